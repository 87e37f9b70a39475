"""The common households as a Norwegian population."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.population import Population
from mikrosim.population.schema import HOUSEHOLDS, INCOMES, PERSONS, HouseholdType, Tenure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Given = Mapping[str, NDArray[Any]]
    Columns = dict[str, NDArray[Any]]

YEAR = 2025
WAGE = 700_000
"""NOK for an average wage of 1; a round number that lands in the law's range."""

STATE_PENSION = 0.3
"""Old-age pension from folketrygden, as a share of an average wage; the other models are given as much."""

NOBODY = NOT_KNOWN = AVERAGE_PRICE = -1
PENSION_AGE = 67
OSLO = {"municipality": 301, "centrality": 1}
FULL_SFO = 2
FULL_WEEK = 45
MAN, WOMAN = 1, 2
GOLDEN = 0.618034
"""Its multiples' fractions spread evenly over 0 to 1: the households' draws."""


def population_of(people: Path) -> Population:
    """Return the persons of a folder in mikrosim's tables."""
    with np.load(people / "people.npz") as file:
        return as_population(dict(file))


def one_person() -> Population:
    """Return a population of one person of 40 who earns the average wage, to load the compiled law with."""
    given = {"adults": 1, "size": 1, "age": 40, "birth_month": 1, "wage": 1.0, "earlier_wage": 1.0}
    names = ("household", "first", "place", "unemployed_months", "pension", "interest", "rent")
    zeros = dict.fromkeys(names, 0) | dict.fromkeys(("female", "disabled"), False)
    return as_population({name: np.array([value]) for name, value in (zeros | given).items()})


def as_population(given: Given) -> Population:
    """Return the common columns in mikrosim's tables; the two years before are like the income year."""
    heads = np.flatnonzero(given["place"] == 0)
    incomes = _typed(_incomes(given), INCOMES, len(given["age"]))
    return Population(
        households=_typed(_households(given, heads), HOUSEHOLDS, len(heads)),
        persons=_typed(_persons(given), PERSONS, len(given["age"])),
        incomes=(incomes, incomes, incomes),
        year=YEAR,
        hash="the households of the comparison",
    )


def _persons(given: Given) -> Columns:
    place, adults, first, age, woman = (given[name] for name in ("place", "adults", "first", "age", "female"))
    row = np.arange(len(place))
    child, couple = place >= adults, adults == 2
    first_is_woman = woman[first]
    second = np.where(couple, first + 1, NOBODY)
    mother, father = np.where(first_is_woman, (first, second), (second, first))
    return {
        "person_id": row,
        "household": given["household"],
        "birth_year": YEAR - age,
        "birth_month": given["birth_month"],
        "sex": np.where(woman, WOMAN, MAN),
        "partner": np.where(couple & ~child, np.where(place == 0, row + 1, row - 1), NOBODY),
        "mother": np.where(child, mother, NOBODY),
        "father": np.where(child, father, NOBODY),
        "residence_years": age,
        "trygdetid": np.clip(age - 16, 0, 40),
        "lives_alone_with_children": ~child & ~couple & (given["size"] > 1),
        "kindergarten_hours": np.where((age >= 1) & (age <= 5), FULL_WEEK, 0),
        "sfo": np.where((age >= 6) & (age <= 9), FULL_SFO, 0),
        "sfo_price_month": np.full(len(place), AVERAGE_PRICE),
    }


def _incomes(given: Given) -> Columns:
    old = (given["place"] < given["adults"]) & (given["age"] >= PENSION_AGE)
    months, disabled = given["unemployed_months"], given["disabled"]
    earlier = given["earlier_wage"] * WAGE
    return {
        "wage": given["wage"] * WAGE,
        "pension": (given["pension"] + np.where(old, STATE_PENSION, 0.0)) * WAGE,
        "capital_income": given["interest"] * WAGE,
        "dagpenger_degree": months > 0,
        "dagpenger_from": months > 0,
        "dagpenger_to": months,
        "dagpenger_basis": np.where(months > 0, earlier, 0.0),
        "uforetrygd_degree": disabled,
        "uforetrygd_from": disabled,
        "uforetrygd_to": np.where(disabled, 12, 0),
        "uforetrygd_basis": np.where(disabled, earlier, 0.0),
        "alderspensjon_uttaksgrad": old,
        "income_as_year_before": np.ones(len(old), dtype=bool),
        "other_parent_income": np.full(len(old), NOT_KNOWN),
    }


def _households(given: Given, heads: NDArray[np.int64]) -> Columns:
    row, rent = np.arange(len(heads)), given["rent"][heads]
    couple, children = given["adults"][heads] == 2, given["size"][heads] > given["adults"][heads]
    kind = np.where(
        children,
        np.where(couple, HouseholdType.MARRIED_WITH_CHILDREN, HouseholdType.SINGLE_PARENT),
        np.where(couple, HouseholdType.COUPLE, HouseholdType.ALONE),
    )
    return {
        "household_id": row,
        "weight": np.ones(len(heads)),
        "household_type": kind,
        "tenure": np.where(rent > 0, Tenure.RENTER, Tenure.OWNER),
        "housing_cost_month": rent * WAGE / 12,
        "take_up": (row * GOLDEN) % 1.0,
        **{name: np.full(len(heads), value) for name, value in OSLO.items()},
    }


def _typed(columns: Columns, schema: tuple[Any, ...], rows: int) -> Columns:
    """Return all columns of the schema in its types; 0 where nothing is given."""
    return {
        column.name: columns[column.name].astype(column.dtype)
        if column.name in columns
        else np.zeros(rows, column.dtype)
        for column in schema
    }
