"""Build a population: draw it block by block, compute incomes after tax, and find the weights that meet the targets."""

from __future__ import annotations

from collections import ChainMap
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.population.schema import INCOME_YEARS
from mikrosim.synthpop.distribution import facts_of
from mikrosim.synthpop.draw import BASE_YEAR, draw_population
from mikrosim.synthpop.features import features
from mikrosim.synthpop.figures import figure
from mikrosim.synthpop.fit import measure_fit
from mikrosim.synthpop.pile import Pile
from mikrosim.synthpop.reweight import fit_of_years, year_weights
from mikrosim.synthpop.weights import find_weights

if TYPE_CHECKING:
    from collections.abc import Callable

    from mikrosim.population.population import Population
    from mikrosim.synthpop.distribution import Facts
    from mikrosim.synthpop.features import Features
    from mikrosim.synthpop.fit import Fit, Outlays
    from mikrosim.synthpop.reweight import YearFit
    from mikrosim.units import Floats

    AfterTax = Callable[[Population], Floats]

STEPS = ("households", "municipalities and backgrounds", "work and benefits", "business and capital",
         "housing and debt", "transfers and child care", "columns", "income after tax", "weights",
         "weights of other years", "fit")  # fmt: skip
"""The names that ``progress`` is told, in order; those up to the weights once for each block."""

BLOCK = 100_000
"""Most households that are drawn at a time: what they need of memory does not grow with the population."""


class Built(NamedTuple):
    """A weighted population, how it fits, and which targets the weights could not meet, with the reason."""

    population: Population
    fit: list[Fit]
    years: list[YearFit]
    missed: tuple[str, ...]
    left_out: dict[str, str]


def build_population(
    after_tax_income: AfterTax,
    *,
    households: int,
    seed: int,
    progress: Callable[[str], None] = lambda step: None,
    outlays: Outlays | None = None,
    block: int = BLOCK,
) -> Built:
    """Return a population of so many drawn households, weighted to the published targets.

    Args:
        after_tax_income: Gives each household's income after tax under the law of the population's own year.
        households: How many households to draw.
        seed: Chooses the random streams; equal seeds give equal populations.
        progress: Is told each step's name when it begins.
        outlays: Gives what the law of a year pays out to a population, NOK by instrument, for the fit table's checks.
        block: Most households that are drawn at a time.
    """
    sizes = block_sizes(households, block)
    drawn_weight = sum(figure("households_by_type").values()) / households
    parts: list[Features] = []
    facts: list[Facts] = []
    with Pile(len(sizes)) as pile:
        for number, size in enumerate(sizes):
            drawn = draw_population(size, seed if len(sizes) == 1 else (seed, number), progress)
            progress("income after tax")
            incomes = [np.asarray(after_tax_income(_with_year(drawn, lag)), np.float64) for lag in range(INCOME_YEARS)]
            facts.append(facts_of(drawn, after_tax_income, incomes))
            parts.append(features(drawn, incomes[0]))
            pile.add(drawn)
        population = pile.population()
    progress("weights")
    parts = [part._replace(weight=drawn_weight) for part in parts]
    solution = find_weights(parts)
    progress("weights of other years")
    years = year_weights(parts, solution)
    weights = {year: drawn_weight * one.ratios for year, one in years.items()}
    left_out = dict(ChainMap(solution.left_out, *(one.left_out for one in years.values())))
    del solution, years
    weighted = replace(
        population,
        households={**population.households, "weight": weights[BASE_YEAR]},
        weights_by_year=MappingProxyType(weights),
    )
    progress("fit")
    joined = {name: np.concatenate([one[name] for one in facts]) for name in facts[0]}
    fit = measure_fit(weighted, parts, joined, outlays)
    by_year = fit_of_years(parts, weights)
    missed = [one.target.id for one in fit if one.is_missed and one.target.calibrated]
    missed += [f"{one.name} {one.year}" for one in by_year if one.is_missed and one.year != BASE_YEAR]
    manifest = {"seed": seed, "reference_date": drawn.manifest["reference_date"], "missed_targets": missed,
                "left_out": left_out}  # fmt: skip
    return Built(replace(weighted, manifest=MappingProxyType(manifest)), fit, by_year, tuple(missed), left_out)


def block_sizes(households: int, most: int = BLOCK) -> list[int]:
    """Return the households of each block: as few blocks as can be, of about one size.

    >>> block_sizes(250_000)
    [83333, 83333, 83334]
    """
    blocks = -(-households // most)
    edges = [households * number // blocks for number in range(blocks + 1)]
    return [end - start for start, end in pairwise(edges)]


def _with_year(population: Population, lag: int) -> Population:
    """Return the population with the incomes of a year before in the place of the income year's."""
    return replace(population, incomes=population.incomes[lag:]) if lag else population
