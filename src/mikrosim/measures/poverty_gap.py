"""How far below the line: the Foster-Greer-Thorbecke measures, Eurostat's median gap, and the sum that is lacking.

Source: Foster, Greer and Thorbecke (1984), A class of decomposable poverty measures, Econometrica 52(3); Eurostat's
glossary, Relative median at-risk-of-poverty gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.measures.distribution import Distribution, ratio, weighted_sum

if TYPE_CHECKING:
    from mikrosim.units import Floats, Ints, Nok


def fgt(income: Floats, line: Nok, persons: Floats, alpha: float) -> float:
    """Return the mean over all persons of the gap to the line, as a share of the line, to the power alpha.

    Args:
        income: Income per consumption unit, NOK a year, one value per household; below 0 it counts as 0.
        line: NOK per consumption unit and year.
        persons: Weighted persons of each household.
        alpha: 0 gives the share below the line, 1 the poverty gap, 2 its severity.

    >>> fgt(np.array([50.0, 100.0]), 100.0, np.ones(2), 1)
    0.25
    """
    low = np.flatnonzero(income < line)
    return ratio(float((persons[low] * _gap(income[low], line) ** alpha).sum()), float(persons.sum()))


def gaps(
    income: Floats, line: Nok, persons: Floats, children: Floats, order: Ints | None = None
) -> dict[str, dict[str, float]]:
    """Return the depth of low income for all persons and for children.

    Args:
        income: Income per consumption unit, NOK a year, one value per household; below 0 it counts as 0.
        line: NOK per consumption unit and year.
        persons: Weighted persons of each household.
        children: Weighted children of each household.
        order: `np.argsort(income)`, when it is known.

    `fgt1` (poverty gap) and `fgt2` (severity) are means over all persons, those above the line with gap 0;
    `mean_gap` and `median_gap` are over those below it. All are shares of the line; the last two are NaN if nobody
    is below.
    """
    if order is None:
        low = np.flatnonzero(income < line)
        low = low[np.argsort(income[low])]
    else:
        low = order[: np.searchsorted(income, line, sorter=order)]
    gap = _gap(income[low], line)
    return {
        "all": _depth(gap, persons[low], float(persons.sum())),
        "children": _depth(gap, children[low], float(children.sum())),
    }


def shortfall(income: Floats, line: Nok, units: Floats, weight: Floats) -> Nok:
    """Return what all households below the line lack together to reach it, NOK a year.

    Args:
        income: Income per consumption unit, NOK a year, one value per household; below 0 it counts as 0.
        line: NOK per consumption unit and year.
        units: Consumption units of each household, on the same scale.
        weight: How many households each stands for; 0 leaves it out.
    """
    low = np.flatnonzero(income < line)
    return line * float((weight[low] * units[low] * _gap(income[low], line)).sum())


def _gap(income: Floats, line: Nok) -> Floats:
    return 1.0 - np.maximum(income, 0.0) / line


def _depth(gap: Floats, weight: Floats, whole: float) -> dict[str, float]:
    """Return the measures of gaps that lie in the order of income, the deepest first."""
    first = weighted_sum(gap, weight)
    return {
        "fgt1": ratio(first, whole),
        "fgt2": ratio(weighted_sum(gap * gap, weight), whole),
        "mean_gap": ratio(first, float(weight.sum())),
        # The gap of the person with the median income, counted from the deepest.
        "median_gap": -Distribution(-gap, weight, np.arange(len(gap))).quantile(0.5),
    }
