"""The low-income line of a population's own year, held in the prices of another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.measures import Distribution, anchored_line, frame_of
from mikrosim.measures.low_income import LINES
from mikrosim.parameters import baseline
from mikrosim.simulation.compute import prepare
from mikrosim.simulation.reform import HOUSEHOLD_OUTPUTS, SUMS

if TYPE_CHECKING:
    from mikrosim.population import Population
    from mikrosim.units import Nok


class AnchoredLine(NamedTuple):
    """A line that follows prices only: EU60 of the law and the incomes of one year, in another year's NOK.

    Attributes:
        year: The year whose standard of living is kept.
        factor: Prices of the income year over those of that year (the consumer price index).
        line: NOK per consumption unit and year, in the income year's prices.
    """

    year: int
    factor: float
    line: Nok


def line_of_own_year(population: Population) -> AnchoredLine | None:
    """Return the line of the year a population was made for, in the prices of the year it has been carried to.

    Args:
        population: The population at the income year; its folder holds it as it was in its own year.

    None for a population that is still of its own year, where the line would be the present law's own, and for one
    without a folder.
    """
    own_year = population.manifest.get("uprated_from")
    if own_year is None or population.path is None:
        return None
    from mikrosim.population import load

    own = load(population.path)
    columns = prepare(own, own_year, HOUSEHOLD_OUTPUTS, SUMS).run([baseline(own_year)]).columns
    after_tax, units = (columns[name][0] for name in ("household_after_tax_income", "consumption_units_eu"))
    frame = frame_of(own.persons, own.households, own_year)
    median = Distribution(after_tax / np.maximum(units, 1.0), frame.persons).quantile(0.5)
    line = LINES["eu60"].share * median
    return AnchoredLine(own_year, anchored_line(1.0, own_year, population.year),
                        anchored_line(line, own_year, population.year))  # fmt: skip
