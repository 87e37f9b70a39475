"""How large everything is that is measured, and populations of those sizes, made from the default one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from mikrosim.population.schema import LINKS

if TYPE_CHECKING:
    from mikrosim.population import Columns, Population

YEAR = 2025
PERSONS = {"100 k": 100_000, "1 M": 1_000_000}
"""The populations that the engine is measured on, by the names of the figures."""

HOUSEHOLDS = 100_000
"""The default population, which sweeps run over and whose making is measured."""

COMMAND_HOUSEHOLDS = (100_000, 45_000)
SWEEP_SCENARIOS, FULL_SWEEP_SCENARIOS = 64, 1000
FEW_SCENARIOS = 100
"""What the memory of a full sweep is held against."""


def resized(population: Population, persons: int) -> Population:
    """Return a population of so many persons (to within a household), at the same total weight.

    Fewer are its first households; more are the whole population several times over.
    """
    copies = -(-persons // len(population.persons["household"]))
    tiled = _tiled(population, copies) if copies > 1 else population
    members = tiled.persons["household"]
    if persons >= len(members):
        return tiled
    return _first(tiled, int(members[persons]))


def _first(population: Population, households: int) -> Population:
    """Return the first households at the whole population's weight; it lies in random order, so they are a sample."""
    part = population.part(0, households)
    weight = part.weights * (population.weights.sum() / part.weights.sum())
    return replace(part, households={**part.households, "weight": weight}, weights_by_year={})


def _tiled(population: Population, copies: int) -> Population:
    """Return the population several times over; links and numbers point within each copy."""
    households = {name: np.tile(column, copies) for name, column in population.households.items()}
    households["household_id"] = np.arange(len(households["weight"]))
    households["weight"] = households["weight"] / copies
    return replace(
        population,
        households=households,
        persons=_tiled_persons(population.persons, len(population.weights), copies),
        incomes=tuple({name: np.tile(column, copies) for name, column in year.items()} for year in population.incomes),
        hash=f"{population.hash} x {copies}",
        path=None,
        weights_by_year={},
    )


def _tiled_persons(persons: Columns, households: int, copies: int) -> Columns:
    count = len(persons["household"])
    tiled = {name: np.tile(column, copies) for name, column in persons.items()}
    copy = np.repeat(np.arange(copies, dtype=np.int32), count)
    tiled["household"] += copy * np.int32(households)
    for name in LINKS:
        tiled[name] = np.where(tiled[name] >= 0, tiled[name] + copy * np.int32(count), np.int32(-1))
    tiled["person_id"] = np.arange(count * copies)
    return tiled
