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
from mikrosim.measures.shrinkage import Estimates, composite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mikrosim.measures.groups import Groups
    from mikrosim.measures.ranked import RankedGroups
    from mikrosim.units import Bools, Floats, Ints, Nok


class GroupOrders:
    """The rows of groups in the order of a value of households, sorted once for any number of weights.

    Args:
        value: One value per household.
    """

    def __init__(self, value: Floats) -> None:
        self.value = value
        self.lowest_first = np.argsort(value, kind="stable")
        self._known: dict[str, Ints] = {}

    def of(self, groups: Groups) -> Ints:
        """Return the rows by group and value; groups are known by their name."""
        if groups.name not in self._known:
            self._known[groups.name] = groups.order(groups.rows(self.value), self.lowest_first)
        return self._known[groups.name]


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
    share, fgt1, fgt2 = _several(groups, (low, gap, gap * gap), weight, counted)
    persons = share._replace(value=share.value * groups.totals(weight))
    return {"share": share, "persons": persons, "fgt1": fgt1, "fgt2": fgt2}


def means_by_group(
    values: Mapping[str, Floats | Bools], weight: Floats, groups: Groups, counted: Bools | None = None
) -> dict[str, Estimates]:
    """Return each group's means of some values, or shares in which something is so, such as persistent low income.

    Args:
        values: By name, one value per household.
        weight: Weighted persons, row by row.
        groups: The groups.
        counted: The rows of the sample that count; by default those with weight.
    """
    rows = [groups.rows(one) for one in values.values()]
    return dict(zip(values, _several(groups, rows, weight, counted), strict=True))


def incomes_by_group(
    income: Floats, weight: Floats, groups: Groups, counted: Bools | None = None, orders: GroupOrders | None = None
) -> dict[str, Estimates]:
    """Return `mean`, `median` and `gini` of income per consumption unit in each group, as `low_income_by_group`.

    Args:
        income: Income per consumption unit, NOK a year, one value per household.
        weight: Weighted persons, row by row.
        groups: The groups.
        counted: The rows of the sample that count; by default those with weight.
        orders: `GroupOrders(income)`, when the same incomes are measured with many weights.
    """
    rows, known = groups.rows(income), orders or GroupOrders(income)
    return {
        "mean": _composite(groups, lambda each: each.means(rows, weight), weight, counted),
        "median": _composite(groups, lambda each: each.quantiles(rows, weight, order=known.of(each)), weight, counted),
        "gini": _composite(groups, lambda each: each.ginis(rows, weight, known.of(each)), weight, counted),
    }


def change_by_group(
    change: Floats, weight: Floats, groups: Groups, counted: Bools | None = None, orders: GroupOrders | None = None
) -> dict[str, Estimates]:
    """Return shares of persons who `gain`, `lose` and are `unchanged`, and the mean and median change, in each group.

    Args:
        change: Change of the household's income net of child care, NOK a year, one value per household: of the whole
            household, or per consumption unit.
        weight: Weighted persons, row by row.
        groups: The groups.
        counted: The rows of the sample that count; by default those with weight.
        orders: `GroupOrders(change)`, when the same changes are measured with many weights.

    A change of less than one krone is none, as in `winners_losers`; `change` must be the household's for that.
    """
    rows, known = groups.rows(change), orders or GroupOrders(change)
    gain, lose = rows >= UNCHANGED_WITHIN, rows <= -UNCHANGED_WITHIN
    means = _several(groups, (gain, lose, ~(gain | lose), rows), weight, counted)
    return {
        **dict(zip(("gain", "lose", "unchanged", "mean_change"), means, strict=True)),
        "median_change": _composite(
            groups, lambda each: each.quantiles(rows, weight, order=known.of(each)), weight, counted
        ),
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
        "unchanged": np.maximum(1.0 - gain - lose, 0.0),
        "mean_change": ranked.means(change),
        "median_change": ranked.quantiles(change),
    }
    return [{name: float(column[place]) for name, column in columns.items()} for place in range(ranked.groups)]


def _several(
    groups: Groups, values: Sequence[Floats | Bools], weight: Floats, counted: Bools | None
) -> list[Estimates]:
    """Return the means of several values of the same rows."""
    rows = np.array(values, np.float64)
    found = _composite(groups, lambda each: each.means(rows, weight), weight, counted)
    return [
        Estimates(value, found.households, shrunk, share)
        for value, shrunk, share in zip(found.value, found.shrunk, found.own_share, strict=True)
    ]


def _composite(groups: Groups, measure: Callable[[Groups], Floats], weight: Floats, counted: Bools | None) -> Estimates:
    return composite(groups, measure, weight > 0.0 if counted is None else counted)
