"""Atkinson's index: the part of all income that could be given up if the rest were equally shared.

Source: Atkinson (1970), On the measurement of inequality, Journal of Economic Theory 2(3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.measures.distribution import weighted_sum

if TYPE_CHECKING:
    from mikrosim.measures.distribution import Distribution

LOWEST_SHARE = 0.01
"""Incomes below 1 % of the mean count as 1 % of it, or one zero would decide the index: the bottom code that the
Luxembourg Income Study used in its Inequality and Poverty Key Figures until 2021."""


def atkinson(incomes: Distribution, epsilon: float) -> float:
    """Return Atkinson's index, 0 (equal) to 1; NaN without persons or without income.

    Args:
        incomes: Income per consumption unit, NOK a year, weighted by persons.
        epsilon: Aversion to inequality, above 0; 1 takes the geometric mean as the equally shared income.

    >>> from mikrosim.measures.distribution import Distribution
    >>> round(atkinson(Distribution(np.array([100.0, 400.0]), np.ones(2)), 1.0), 3)
    0.2
    """
    if epsilon <= 0.0:
        raise ValueError(f"epsilon is {epsilon}; it must be above 0")
    income, weight = np.maximum(incomes.income, 0.0), incomes.weight
    persons = float(weight.sum())
    total = weighted_sum(income, weight)
    if not total:
        return float("nan")
    relative = np.maximum(income / (total / persons), LOWEST_SHARE)
    mean = weighted_sum(relative, weight) / persons  # above 1 by what the bottom code adds
    if epsilon == 1.0:
        equal = float(np.exp(weighted_sum(np.log(relative), weight) / persons))
    else:
        power = 1.0 - epsilon
        equal = (weighted_sum(relative**power, weight) / persons) ** (1.0 / power)
    return 1.0 - equal / mean
