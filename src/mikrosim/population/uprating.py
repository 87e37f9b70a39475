"""Carry a population from its own income year to another by published growth."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mikrosim.errors import PopulationError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mikrosim.population.population import Columns, Population

FIRST_YEAR, LAST_YEAR = 2021, 2026
NOT_KNOWN_BELOW_0 = "other_parent_income"


class Uprating(NamedTuple):
    """The indices by name and year, the index of each column, and which index values are not enacted figures."""

    series: dict[str, dict[int, float]]
    columns: dict[str, str]
    unconfirmed: dict[int, tuple[str, ...]]


@cache
def uprating() -> Uprating:
    """Return the published indices of ``uprating.yaml``."""
    import yaml

    text = (files("mikrosim.population") / "uprating.yaml").read_text(encoding="utf-8")
    content: dict[str, dict[str, Any]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    index: dict[str, dict[int, float]] = {}
    columns: dict[str, str] = {}
    unconfirmed: dict[int, list[str]] = {year: [] for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    for name, series in content.items():
        index[name] = {year: float(entry["value"]) for year, entry in series["values"].items()}
        columns |= dict.fromkeys(series["columns"], name)
        for year, entry in series["values"].items():
            if entry.get("kind"):
                unconfirmed[year].append(f"{name} {year} ({entry['kind']})")
    return Uprating(index, columns, {year: tuple(names) for year, names in unconfirmed.items()})


def carry(population: Population, year: int) -> Population:
    """Return the population at another income year; see ``Population.at_year``."""
    table = uprating()
    for one in (population.year, year):
        if not FIRST_YEAR <= one <= LAST_YEAR:
            raise PopulationError(
                "population", f"income year {one}: growth is known for {FIRST_YEAR} to {LAST_YEAR} only"
            )
    factors = {column: table.series[name][year] / table.series[name][population.year]
               for column, name in table.columns.items()}  # fmt: skip
    persons = dict(population.persons)
    persons["birth_year"] = (persons["birth_year"] + (year - population.year)).astype(np.int16)
    households = _scaled(population.households, factors)
    known = population.weights_by_year.get(year)
    households["weight"] = population.weights * _weight_factors(population, year, table) if known is None else known
    incomes = tuple(_scaled(table, factors) for table in population.incomes)
    return replace(
        population,
        households=households,
        persons=persons,
        incomes=incomes,
        year=year,
        hash=f"{population.hash}@{year}" if population.hash else "",
        manifest=MappingProxyType({**population.manifest, "uprated_from": population.year,
                                   "unconfirmed": list(table.unconfirmed[year])}),
    )  # fmt: skip


def _scaled(table: Columns, factors: dict[str, float]) -> Columns:
    """Return the amounts grown; a negative ``other_parent_income`` says that none is known, and stays."""
    return {name: _grown(name, column, factors[name]) if name in factors else column
            for name, column in table.items()}  # fmt: skip


def _grown(name: str, column: NDArray[Any], factor: float) -> NDArray[Any]:
    grown = np.rint(column * factor).astype(column.dtype)
    return np.where(column < 0, column, grown) if name == NOT_KNOWN_BELOW_0 else grown


def _weight_factors(population: Population, year: int, table: Uprating) -> NDArray[np.float64]:
    """Return a factor for households with children and one for the others, so that both published totals are met."""
    children_growth = table.series["children"][year] / table.series["children"][population.year]
    persons_growth = table.series["residents"][year] / table.series["residents"][population.year]
    age = population.year - population.persons["birth_year"].astype(np.int64)
    home, weights = population.persons["household"], population.weights
    children = np.bincount(home, weights=age < 18, minlength=len(weights))
    members = np.bincount(home, minlength=len(weights))
    with_children = children > 0
    inside = float((weights * members)[with_children].sum())
    outside = float((weights * members)[~with_children].sum())
    other = (persons_growth * (inside + outside) - children_growth * inside) / outside if outside else persons_growth
    return np.where(with_children, children_growth, other)
