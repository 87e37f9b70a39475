"""The tables of what a run was asked for beyond its measures: parents' tax rates, and what the reform's parts do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mikrosim.report.families import part_table
from mikrosim.report.summary import INTERVAL, Summary
from mikrosim.simulation.law_parts import OWN_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mikrosim.report.tables_of_run import Rows
    from mikrosim.simulation.result import RunResult

LAWS = ("baseline", "reform", "change")


def further_tables(result: RunResult) -> dict[str, Rows]:
    """Return the tables of what a run was asked for; none of what it was not.

    Args:
        result: The run.
    """
    tables: dict[str, Rows] = {}
    if result.work_incentives is not None:
        tables["work_incentives"] = list(_rates(Summary(result.to_dict())))
    if result.decomposition is not None:
        tables["decomposition"] = list(_parts(result.decomposition))
        parts, detail = result.decomposition["parts"], result.detail
        if detail is not None and OWN_RULES not in parts:
            tables["family_parts"] = part_table(detail.population, detail.baseline, detail.reform, parts)
    return tables


def _rates(summary: Summary) -> Iterator[dict[str, Any]]:
    """Yield one row for each rate, income and group of parents: mean, median, and shares above 60, 70 and 80 %."""
    for rate, incomes in summary.get("work_incentives.baseline").items():
        for income, groups in incomes.items():
            for group, measures in groups.items():
                row: dict[str, Any] = {"rate": rate, "income": income, "parents": group}
                for name in (one for one in measures if one != INTERVAL):
                    path = f"{rate}.{income}.{group}.{name}"
                    row |= {f"{name}_{law}": summary.get(f"work_incentives.{law}.{path}") for law in LAWS}
                    ends = summary.interval(f"work_incentives.change.{path}")
                    if ends is not None:
                        row |= {f"{name}_change_low": ends[0], f"{name}_change_high": ends[1]}
                yield row


def _parts(decomposition: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what each part contributes to each measure, and the sum of all."""
    for part, values in decomposition["contributions"].items():
        yield {"part": part, "parameters": ", ".join(decomposition["parts"][part]), **values}
    yield {"part": "total", "parameters": "", **decomposition["total"]}
