"""A weighted distribution, sorted once and asked many times: quantiles and inequality."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from mikrosim.units import Floats, Ints, Share

ROUNDING = 1e-12
"""Relative slack when cumulated weights meet a quantile's target, so that 0.1 + 0.2 reaches 0.3."""


class Distribution:
    """Incomes with weights, in order; households of weight 0 are left out.

    Args:
        income: NOK a year, one value per household.
        weight: The weighted number of persons who have that income.
        order: `np.argsort(income)`, when the same incomes are asked with many weights, as replicates do.

    >>> Distribution(np.array([300.0, 100.0, 200.0]), np.ones(3)).quantile(0.5)
    200.0
    """

    def __init__(self, income: Floats, weight: Floats, order: Ints | None = None) -> None:
        counted = weight > 0.0
        if order is not None:
            order = order[counted[order]]
        else:
            if not counted.all():
                income, weight = income[counted], weight[counted]
            order = np.argsort(income)
        self.income = income[order]
        self.weight = weight[order]
        self.cumulated = np.cumsum(self.weight)

    def quantile(self, share: Share) -> float:
        """Return the lowest income that this share of the persons do not exceed; NaN without persons."""
        if not len(self.income):
            return float("nan")
        target = share * self.cumulated[-1] * (1.0 - ROUNDING)
        place = np.searchsorted(self.cumulated, target)
        return float(self.income[min(int(place), len(self.income) - 1)])

    def inequality(self) -> dict[str, float]:
        """Return `gini`, `s80_s20` and `p90_p10`; negative incomes count as 0, as Statistics Norway does.

        `s80_s20` is the income of the richest fifth of persons over that of the poorest fifth, a household
        on the border being shared between the fifths. A ratio to 0 is NaN.
        """
        if not len(self.income):
            return dict.fromkeys(("gini", "s80_s20", "p90_p10"), float("nan"))
        amount = np.maximum(self.income, 0.0) * self.weight
        lorenz = np.cumsum(amount)
        total, persons = lorenz[-1], self.cumulated[-1]
        # Twice the area under the Lorenz curve, as trapezes: each household's persons times the sum of
        # the curve's heights at its two ends, lorenz and lorenz - amount.
        area = weighted_sum(2.0 * lorenz - amount, self.weight)
        at = np.interp([0.2, 0.8], _from_zero(self.cumulated) / persons, _from_zero(lorenz))
        lowest, highest = max(self.quantile(0.1), 0.0), max(self.quantile(0.9), 0.0)
        return {
            "gini": 1.0 - ratio(area, float(total * persons)),
            "s80_s20": ratio(float(total - at[1]), float(at[0])),
            "p90_p10": ratio(highest, lowest),
        }


def weighted_sum(value: Floats, weight: Floats) -> float:
    """Return the sum of value times weight.

    Not a matrix product: its library splits long vectors over threads, so that the last digits depend on the machine,
    and waits for a processor when others use them (ten times the time, on two busy cores).
    """
    return float((value * weight).sum())


def ratio(part: float, whole: float) -> float:
    """Return part / whole, NaN where there is no whole."""
    return part / whole if whole else float("nan")


def ratios(part: Floats, whole: Floats) -> Floats:
    """Return part / whole value by value, NaN where there is no whole."""
    found: Floats = np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=whole != 0.0)
    return found


def _from_zero(cumulated: Floats) -> Floats:
    return np.concatenate(([0.0], cumulated))
