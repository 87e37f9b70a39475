"""Build a population: draw it, compute incomes after tax, and find the weights that meet the targets."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.population.schema import INCOME_YEARS
from mikrosim.synthpop.draw import draw_population
from mikrosim.synthpop.features import features
from mikrosim.synthpop.fit import measure_fit
from mikrosim.synthpop.weights import find_weights

if TYPE_CHECKING:
    from collections.abc import Callable

    from mikrosim.population.population import Population
    from mikrosim.synthpop.fit import Fit, Outlays
    from mikrosim.units import Floats

    AfterTax = Callable[[Population], Floats]

STEPS = ("households", "municipalities and backgrounds", "work and benefits", "business and capital",
         "housing and debt", "transfers and child care", "columns", "income after tax", "weights",
         "fit")  # fmt: skip
"""The names that ``progress`` is told, in order."""

ROUNDS = 3
"""The line of persistent low income rests on weighted medians, so the weights are found anew."""


class Built(NamedTuple):
    """A weighted population, how it fits, and the calibrated targets that it misses."""

    population: Population
    fit: list[Fit]
    missed: tuple[str, ...]


def build_population(
    after_tax_income: AfterTax,
    *,
    households: int,
    seed: int,
    progress: Callable[[str], None] = lambda step: None,
    outlays: Outlays | None = None,
) -> Built:
    """Return a population of so many drawn households, weighted to the published targets.

    Args:
        after_tax_income: Gives each household's income after tax under the law of the population's own year.
        households: How many households to draw.
        seed: Chooses the random streams; equal seeds give equal populations.
        progress: Is told each step's name when it begins.
        outlays: Gives what the law of a year pays out to a population, NOK by instrument, for the fit table's checks.
    """
    drawn = draw_population(households, seed, progress)
    progress("income after tax")
    after_tax = [np.asarray(after_tax_income(_with_year(drawn, lag)), dtype=np.float64) for lag in range(INCOME_YEARS)]
    progress("weights")
    weighted = drawn
    start: dict[str, float] = {}
    for _ in range(ROUNDS):
        found = features(weighted, after_tax)
        solution = find_weights(found, drawn.weights, start)
        start = solution.multipliers
        # Rounded, so that processors and thread counts that differ in the last bits give the same population.
        ratios = np.round(solution.ratios, 6)
        weighted = replace(drawn, households={**drawn.households, "weight": drawn.weights * ratios})
    progress("fit")
    fit = measure_fit(weighted, found, after_tax[0], outlays)
    missed = tuple(one.target.id for one in fit if one.is_missed)
    manifest = {**drawn.manifest, "missed_targets": list(missed)}
    return Built(replace(weighted, manifest=MappingProxyType(manifest)), fit, missed)


def _with_year(population: Population, lag: int) -> Population:
    """Return the population with the incomes of a year before in the place of the income year's."""
    return replace(population, incomes=population.incomes[lag:]) if lag else population
