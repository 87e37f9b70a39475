"""The tables of a run: everything a report shows that is more than a headline, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from mikrosim.report.law_changes import law_changes, take_up
from mikrosim.report.summary import INTERVAL, Summary
from mikrosim.report.table_files import of_one_shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mikrosim.simulation.result import RunResult

Rows: TypeAlias = list[dict[str, Any]]
"""One table: rows that all have the same columns, in the same order."""

LAWS = ("baseline", "reform", "change")
WHO = ("all", "children")


def run_tables(result: RunResult) -> dict[str, Rows]:
    """Return every table of a run by name; those by group only if the result has its detail.

    Args:
        result: The run.
    """
    from mikrosim.report.disclosed import disclosed_tables
    from mikrosim.report.families import family_tables, wage_table
    from mikrosim.report.fit_table import fit_table
    from mikrosim.report.group_intervals import with_level_intervals
    from mikrosim.report.tables_further import further_tables
    from mikrosim.report.tables_of_groups import group_tables

    summary = Summary(result.to_dict())
    tables = {
        "budget": list(_budget(summary)),
        "budget_by_level": list(_by_level(summary)),
        "low_income": list(_low_income(summary)),
        "inequality": list(_inequality(summary)),
        "deciles": [{"decile": place, **row} for place, row in enumerate(_deciles(summary), start=1)],
        "winners_losers": list(_winners_losers(summary)),
    }
    tables |= further_tables(result)
    detail = result.detail
    if detail is None:
        return tables
    ratios = summary.get("uncertainty.synthesis.variance_over_sampling") or {}
    tables["budget_by_level"] = with_level_intervals(tables["budget_by_level"], detail, ratios)
    by_group = group_tables(detail, summary.number("change.budget.net"), ratios)
    for row, more in zip(tables["deciles"], by_group.pop("deciles"), strict=True):
        row.update(more)
    tables["winners_losers"] = of_one_shape([*tables["winners_losers"], *by_group.pop("winners_losers")])
    tables |= {
        **by_group,
        **family_tables(detail.baseline, detail.reform),
        "family_wages": wage_table(
            detail.baseline, detail.reform, (detail.before.lines["eu60"], detail.after.lines["eu60"])
        ),
        "law_changes": law_changes(detail.baseline, detail.reform, detail.parameters),
        "take_up": take_up(detail.baseline, detail.reform, detail.parameters),
        "population_fit": fit_table(detail.population),
    }
    return disclosed_tables(tables, result)


def _beside(summary: Summary, path: str, name: str = "") -> dict[str, Any]:
    """Return a measure under both laws and its change, and the change's interval where there is one."""
    prefix = f"{name}_" if name else ""
    row: dict[str, Any] = {f"{prefix}{law}": summary.get(f"{law}.{path}") for law in LAWS}
    interval = summary.interval(f"change.{path}")
    if interval is not None:
        row |= {f"{prefix}change_low": interval[0], f"{prefix}change_high": interval[1]}
    return row


def _budget(summary: Summary) -> Iterator[dict[str, Any]]:
    for name in summary.instruments:
        yield {"instrument": name, **_beside(summary, f"budget.by_instrument.{name}")}


def _by_level(summary: Summary) -> Iterator[dict[str, Any]]:
    """Yield the budget by who bears it (`level`), and gross and net of tax (`gross`); the parts of each add up."""
    from mikrosim.measures.government import budget_by_level, gross_and_net

    laws = {law: {name: summary.get(f"{law}.budget.by_instrument.{name}") for name in summary.instruments}
            for law in LAWS}  # fmt: skip
    if any(cost is None for law in laws.values() for cost in law.values()):
        return
    levels = {law: budget_by_level(costs, summary.get("year")) for law, costs in laws.items()}
    sums = {law: gross_and_net(costs) for law, costs in laws.items()}
    for division, found in (("level", levels), ("gross", sums)):
        for name in found["change"]:
            yield {"division": division, "part": name, **{law: found[law][name] for law in LAWS}}


def _low_income(summary: Summary) -> Iterator[dict[str, Any]]:
    """Yield one row for each line and group; `line_held` is the change with the baseline's line."""
    for measure in ("low_income", "persistent_low_income"):
        for line in summary.get(f"baseline.{measure}"):
            for who in WHO:
                path = f"{measure}.{line}.{who}"
                held = f"change.low_income_fixed_line.{line}.{who}" if measure == "low_income" else ""
                yield {
                    "measure": measure,
                    "line": line,
                    "who": who,
                    **_beside(summary, f"{path}.share", "share"),
                    **_beside(summary, f"{path}.persons", "persons"),
                    "share_change_line_held": summary.get(f"{held}.share") if held else None,
                    "persons_change_line_held": summary.get(f"{held}.persons") if held else None,
                }


def _inequality(summary: Summary) -> Iterator[dict[str, Any]]:
    for name in summary.get("baseline.inequality"):
        if name != INTERVAL:
            yield {"measure": name, **_beside(summary, f"inequality.{name}")}


def _deciles(summary: Summary) -> Iterator[dict[str, Any]]:
    for place, row in enumerate(summary.get("deciles")):
        numbers = {name: value for name, value in row.items() if name != INTERVAL}
        yield {**numbers, **_ends(summary, f"deciles.{place}", numbers)}


def _ends(summary: Summary, path: str, names: Iterable[str]) -> dict[str, float]:
    """Return the ends of the numbers' intervals, where there are any."""
    found: dict[str, float] = {}
    for name in names:
        interval = summary.interval(f"{path}.{name}")
        if interval is not None:
            found |= {f"{name}_low": interval[0], f"{name}_high": interval[1]}
    return found


def _winners_losers(summary: Summary) -> Iterator[dict[str, Any]]:
    for group, shares in summary.get("winners_losers").items():
        if group != INTERVAL:
            yield {
                "division": "everyone",
                "group": group,
                **{name: shares[name] for name in ("gain", "lose", "unchanged")},
                **dict.fromkeys(("mean_change", "median_change", "persons", "households", "shrunk")),
                **_ends(summary, f"winners_losers.{group}", ("gain", "lose", "unchanged")),
            }
