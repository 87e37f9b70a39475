"""The tables of a run: everything a report shows that is more than a headline, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from mikrosim.report.law_changes import law_changes, take_up
from mikrosim.report.summary import Summary

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    from mikrosim.report.families import family_tables
    from mikrosim.report.fit_table import fit_table
    from mikrosim.report.tables_of_groups import group_tables

    summary = Summary(result.to_dict())
    tables = {
        "budget": list(_budget(summary)),
        "low_income": list(_low_income(summary)),
        "inequality": list(_inequality(summary)),
        "deciles": [{"decile": place, **row} for place, row in enumerate(_deciles(summary), start=1)],
        "winners_losers": list(_winners_losers(summary)),
    }
    detail = result.detail
    if detail is None:
        return tables
    by_group = group_tables(detail, summary.number("change.budget.net"))
    for row, more in zip(tables["deciles"], by_group.pop("deciles"), strict=True):
        row.update(more)
    tables["winners_losers"] += by_group.pop("winners_losers")
    return {
        **tables,
        **by_group,
        **family_tables(detail.baseline, detail.reform),
        "law_changes": law_changes(detail.baseline, detail.reform, detail.parameters),
        "take_up": take_up(detail.baseline, detail.reform, detail.parameters),
        "population_fit": fit_table(detail.population),
    }


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
        if name != "interval":
            yield {"measure": name, **_beside(summary, f"inequality.{name}")}


def _deciles(summary: Summary) -> Iterator[dict[str, Any]]:
    for row in summary.get("deciles"):
        yield {name: value for name, value in row.items() if name != "interval"}


def _winners_losers(summary: Summary) -> Iterator[dict[str, Any]]:
    for group, shares in summary.get("winners_losers").items():
        if group != "interval":
            yield {
                "division": "everyone",
                "group": group,
                **{name: shares[name] for name in ("gain", "lose", "unchanged")},
                **dict.fromkeys(("mean_change", "median_change", "persons", "households", "shrunk")),
            }
