"""The standard set: low income by every definition, its depth, and inequality, before and after child-care costs.

Replicates take the same incomes with a thousand sets of weights. `RankedIncomes` divides and sorts them once;
`standard_measures` then takes weights only.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.measures.atkinson import atkinson
from mikrosim.measures.definitions import DEFINITIONS, Counts, lines_by_definition, low_income_by_definition
from mikrosim.measures.distribution import Distribution
from mikrosim.measures.scales import modified_oecd_scale, square_root_scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mikrosim.measures.definitions import Coverage, EquivalenceScale
    from mikrosim.measures.scales import Composition
    from mikrosim.measures.summary import Incomes
    from mikrosim.units import Floats, Ints, Nok

EPSILONS = (0.5, 1.0, 2.0)
"""Aversion to inequality that Atkinson's index is shown for."""


class RankedIncomes:
    """One law's incomes in one year on all scales, before or after child-care costs, with their order.

    Args:
        income: Household income, NOK a year: after tax, or that net of child care.
        units: Consumption units of each household, by scale.
    """

    def __init__(self, income: Floats, units: Mapping[EquivalenceScale, Floats]) -> None:
        self.income = income
        self.units = dict(units)

    @cached_property
    def equivalised(self) -> dict[EquivalenceScale, Floats]:
        """Income per consumption unit on each scale, NOK a year."""
        return {scale: self.income / units for scale, units in self.units.items()}

    @cached_property
    def orders(self) -> dict[EquivalenceScale, Ints]:
        """The order of the households by income per consumption unit, on each scale."""
        return {scale: np.argsort(income) for scale, income in self.equivalised.items()}

    def distribution(self, scale: EquivalenceScale, persons: Floats) -> Distribution:
        """Return the distribution among the persons given, without sorting again."""
        return Distribution(self.equivalised[scale], persons, self.orders[scale])


def units_by_scale(incomes: Incomes, household: Composition) -> dict[EquivalenceScale, Floats]:
    """Return consumption units on the law's two scales and on the two of international statistics."""
    return {
        "eu": incomes.units_eu,
        "oecd": incomes.units_oecd,
        "square_root": square_root_scale(household.size),
        "eurostat": modified_oecd_scale(household.size, household.aged_14),
    }


def standard_measures(
    incomes: RankedIncomes,
    counted: Mapping[Coverage, Counts],
    lines: Mapping[str, Nok] | None = None,
) -> dict[str, Any]:
    """Return `lines`, `low_income` by definition with its depth, and `inequality`; nested numbers.

    Args:
        incomes: Incomes before child-care costs, or after them; the measures after them have lines of their own from
            the median after them, as British statistics have for income after housing costs.
        counted: Who is counted, with the weights of this replicate; from `definitions.counts`.
        lines: NOK per consumption unit by definition, to hold the lines still; this law's own by default.

    `inequality` is on the EU scale in Statistics Norway's population, with `atkinson_0.5` and so on.
    """
    found = {
        (one.scale, one.coverage): incomes.distribution(one.scale, counted[one.coverage].persons)
        for one in {(line.scale, line.coverage): line for line in DEFINITIONS.values()}.values()
    }
    main = found["eu", "ssb"]
    used = lines_by_definition(found) if lines is None else dict(lines)
    return {
        "lines": used,
        "low_income": low_income_by_definition(incomes.equivalised, counted, used, incomes.orders),
        "inequality": {
            **main.inequality(),
            **{f"atkinson_{epsilon:g}": atkinson(main, epsilon) for epsilon in EPSILONS},
        },
    }
