"""Persistent low income: three years' mean income under a share of the mean of three years' medians."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrosim.measures.low_income import LINES, below

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mikrosim.measures.frame import Frame
    from mikrosim.units import Floats, Nok


def persistent_low_income(
    incomes: Sequence[Floats], medians: Sequence[Nok], frame: Frame
) -> dict[str, dict[str, dict[str, float]]]:
    """Return the share and number of persons and of children in persistent low income (EU60).

    Args:
        incomes: After-tax income per consumption unit (EU scale) in each of the three years, NOK at the
            income year's level, one value per household.
        medians: The median of each year.
        frame: Who is counted: persons resident all three years.

    As Statistics Norway does, the mean of the years' incomes is held against 60 percent of the mean of
    the years' medians.
    """
    mean = sum(incomes[1:], start=incomes[0]) / len(incomes)
    line = LINES["eu60"].share * sum(medians) / len(medians)
    return {"eu60": below(mean, line, frame.lasting_persons, frame.lasting_children)}
