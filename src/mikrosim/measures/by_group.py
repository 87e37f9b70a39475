"""The measures group by group: low income and its depth, inequality, and what a reform changes.

Incomes come one per household. Weights come row by row of the groups: weighted persons (or children) of each household
for groups of households, the weight of each person for groups of persons (0 for those who are not counted). Groups of
a small sample are pulled towards wider ones and flagged (see `shrinkage`); replicates, in which some weights are 0,
give the whole sample as `counted`, so that a group is pulled alike in all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.measures.changes import UNCHANGED_WITHIN
from mikrosim.measures.distribution import Distribution
from mikrosim.measures.shrinkage import Estimates, composite

if TYPE_CHECKING:
    from collections.abc import Callable

    from mikrosim.measures.groups import Groups
    from mikrosim.measures.ranked import RankedGroups
    from mikrosim.units import Bools, Floats, Nok


def low_income_by_group(
    income: Floats, line: Nok, weight: Floats, groups: Groups, counted: Bools | None = None
) -> dict[str, Estimates]:
    """Return low income in each group: `share`, `persons`, and the gaps `fgt1` and `fgt2` as shares of the line.

    Args:
        income: Income per consumption unit, NOK a year, one value per household; below 0 it counts as 0 in the gaps.
        line: NOK per consumption unit and year, the country's for all groups.
        weight: Weighted persons, row by row.
        groups: The groups.
        counted: The rows of the sample that count; by default those with weight.

    `persons` is the shrunk share times the group's weighted persons.
    """
    rows = groups.rows(income)
    low = (rows < line).astype(np.float64)
    gap = np.where(rows < line, 1.0 - np.maximum(rows, 0.0) / line, 0.0)
    share, fgt1, fgt2 = (_means(groups, value, weight, counted) for value in (low, gap, gap * gap))
    persons = share._replace(value=share.value * groups.totals(weight))
    return {"share": share, "persons": persons, "fgt1": fgt1, "fgt2": fgt2}


def incomes_by_group(
    income: Floats, weight: Floats, groups: Groups, counted: Bools | None = None
) -> dict[str, Estimates]:
    """Return `mean`, `median` and `gini` of income per consumption unit in each group, as `low_income_by_group`."""
    rows = groups.rows(income)
    return {
        "mean": _means(groups, rows, weight, counted),
        "median": _composite(groups, lambda each: each.quantiles(rows, weight), weight, counted),
        "gini": _composite(groups, lambda each: each.each(_gini, rows, weight), weight, counted),
    }


def change_by_group(
    change: Floats, weight: Floats, groups: Groups, counted: Bools | None = None
) -> dict[str, Estimates]:
    """Return shares of persons who `gain`, `lose` and are `unchanged`, and the mean and median change, in each group.

    Args:
        change: Change of the household's income net of child care, NOK a year, one value per household: of the whole
            household, or per consumption unit.
        weight: Weighted persons, row by row.
        groups: The groups.
        counted: The rows of the sample that count; by default those with weight.

    A change of less than one krone is none, as in `winners_losers`; `change` must be the household's for that.
    """
    rows = groups.rows(change)
    gain, lose = rows >= UNCHANGED_WITHIN, rows <= -UNCHANGED_WITHIN
    return {
        "gain": _means(groups, gain, weight, counted),
        "lose": _means(groups, lose, weight, counted),
        "unchanged": _means(groups, ~(gain | lose), weight, counted),
        "mean_change": _means(groups, rows, weight, counted),
        "median_change": _composite(groups, lambda each: each.quantiles(rows, weight), weight, counted),
    }


def change_by_decile(change: Floats, ranked: RankedGroups) -> list[dict[str, float]]:
    """Return the same five numbers for each tenth of persons by income, poorest first.

    Args:
        change: Change of the household's income net of child care, NOK a year.
        ranked: Persons in tenths, by the baseline's income per consumption unit.
    """
    gain, lose = ranked.shares(change >= UNCHANGED_WITHIN), ranked.shares(change <= -UNCHANGED_WITHIN)
    columns = {
        "gain": gain,
        "lose": lose,
        "unchanged": 1.0 - gain - lose,
        "mean_change": ranked.means(change),
        "median_change": ranked.quantiles(change),
    }
    return [{name: float(column[place]) for name, column in columns.items()} for place in range(ranked.groups)]


def _means(groups: Groups, value: Floats | Bools, weight: Floats, counted: Bools | None) -> Estimates:
    return _composite(groups, lambda each: each.means(value, weight), weight, counted)


def _composite(groups: Groups, measure: Callable[[Groups], Floats], weight: Floats, counted: Bools | None) -> Estimates:
    return composite(groups, measure, weight > 0.0 if counted is None else counted)


def _gini(income: Floats, weight: Floats) -> float:
    return Distribution(income, weight).inequality()["gini"]
