"""Draw a whole population: households, persons and three years of incomes, with equal weights."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.population.population import Population
from mikrosim.population.schema import HOUSEHOLDS, INCOMES, PERSONS, Column
from mikrosim.synthpop import amounts, background, benefits, capital, care, housing, support, transfers, work
from mikrosim.synthpop.align import MILLION, align
from mikrosim.synthpop.figures import figure, share
from mikrosim.synthpop.households import draw_households
from mikrosim.synthpop.random import stream
from mikrosim.synthpop.skeleton import flatten
from mikrosim.synthpop.spells import draw_spells

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from mikrosim.population.population import Columns
    from mikrosim.synthpop.random import Seed
    from mikrosim.synthpop.skeleton import Grid
    from mikrosim.units import Floats

BASE_YEAR = 2023
"""The income year of the drawn population; its households are those of 1 January 2024."""
REFERENCE_DATE = "2024-01-01"


def draw_population(households: int, seed: Seed, note: Callable[[str], None] = lambda step: None) -> Population:
    """Return so many households with their members and incomes; those drawn more often than others weigh less.

    Args:
        households: How many to draw; in random order, so that the first ones are a sample too.
        seed: Chooses the random streams.
        note: Is told the name of each step before it starts.
    """
    note("households")
    grid = draw_households(households, seed)
    people = flatten(grid)
    note("municipalities and backgrounds")
    places = background.draw_places(grid.kind, seed)
    traits = background.draw_traits(people, grid.kind, places, seed)
    number, youngest = background.children_by_family(people)
    weight = sum(figure("households_by_type").values()) / households
    student = work.draw_student(people, traits, number, seed)
    persons = work.Persons(people, traits, number, youngest, student, weight)
    note("work and benefits")
    states = work.draw_states(persons, seed)
    spells = draw_spells(persons, states, seed)
    pay = work.draw_pay(persons, seed)
    worked = work.draw_wages(persons, states, spells, pay, seed)
    years = benefits.draw_benefits(persons, states, spells, worked, pay, seed)
    note("business and capital")
    for year, business, wealth in zip(
        years, capital.draw_business(persons, states, seed), capital.draw_capital(persons, seed), strict=True
    ):
        year |= {"self_employment_income": business, **wealth}
    disabled = states[0].disabled
    insured = benefits.trygdetid(persons, disabled)
    young_disabled = disabled & (persons.age < share("young_disabled_below"))
    who = amounts.circumstances_of(people, insured, young_disabled)
    align(who, years, weight)
    incomes = [amounts.income_from(year, amounts.paid(who, year)) for year in years]
    note("housing and debt")
    rank = housing.income_rank(people, incomes[0], households)
    tenure = housing.draw_tenure(grid.kind, people, rank, seed)
    debt = capital.draw_debt(persons, years[0]["wage"], tenure, seed)
    debt *= share("debt_sum_million") * MILLION / (weight * debt.sum())
    interest = share("interest_rate") * debt
    note("transfers and child care")
    hours = care.draw_kindergarten(persons, states, seed)
    apart = support.draw_apart(persons, seed)
    home, wealth_net = capital.home_and_wealth(
        persons, debt, years[0]["capital_income"], tenure, places.centrality, seed
    )
    for lag, year in enumerate(years):
        year["other_tax_free_transfers"] = transfers.study_grants(persons, lag)
        year["interest_paid"] = interest
        year["union_fee"] = capital.draw_union_fee(persons, year["wage"], seed)
        gross = incomes[lag] + year["capital_income"] + year["dividends"]
        year["other_parent_income"] = support.other_parent_income(apart, gross)
        year["child_support_paid"] = support.child_support_paid(persons, apart, gross)
        year |= dict.fromkeys(("child_support_received", "tilleggsstonad_pass_av_barn"), np.zeros(len(interest)))
        year["income_as_year_before"] = np.zeros(len(interest), dtype=bool)
        year["overgangsstonad_months"] = transfers.draw_overgangsstonad(persons, year["wage"], seed)
        year["net_wealth"], year["primary_home_value"] = wealth_net, home
        last = min(lag + 1, len(years) - 1)
        before = years[last]
        year["income_previous_year"] = incomes[last] + before["capital_income"] + before["dividends"]
    note("columns")
    return Population(
        households=_households(places, grid, tenure, rank, persons, years[0], incomes[0], seed),
        persons=_persons(persons, who, hours, apart, seed),
        incomes=tuple(_table(INCOMES, year) for year in years),
        year=BASE_YEAR,
        manifest=MappingProxyType({"seed": seed, "reference_date": REFERENCE_DATE}),
    )


def _households(places: background.Places, grid: Grid, tenure: NDArray[np.int8], rank: Floats,
                persons: work.Persons, year: dict[str, Floats], income: Floats, seed: Seed) -> Columns:  # fmt: skip
    count, home = len(grid.kind), persons.people.household
    members = np.bincount(home, minlength=count)
    owed = np.bincount(home, weights=year["interest_paid"], minlength=count).astype(np.float64)
    return _table(HOUSEHOLDS, {
        "household_id": np.arange(1, count + 1),
        "weight": persons.weight * grid.ratio,
        "municipality": places.municipality,
        "centrality": places.centrality,
        "in_tiltakssone": places.in_tiltakssone,
        "on_svalbard": np.zeros(count, dtype=bool),
        "household_type": grid.kind,
        "tenure": tenure,
        "housing_cost_month": housing.housing_cost(tenure, places.centrality, members, rank, owed, seed),
        "student_household": _student_households(persons, income + year["capital_income"], count),
        "take_up": stream(seed, "take-up").random(count, dtype=np.float32),
    })  # fmt: skip


def _persons(persons: work.Persons, who: amounts.Circumstances, hours: NDArray[np.int8], apart: support.Apart,
             seed: Seed) -> Columns:  # fmt: skip
    people, count = persons.people, len(persons.age)
    return _table(PERSONS, {
        "person_id": np.arange(1, count + 1),
        "household": people.household,
        "birth_year": BASE_YEAR - people.age,
        "birth_month": people.month,
        "sex": people.sex,
        "partner": people.partner,
        "mother": people.mother,
        "father": people.father,
        "immigrant_background": persons.traits.background,
        "residence_years": persons.traits.residence_years,
        "trygdetid": who.trygdetid,
        "student": persons.student,
        "upper_secondary_pupil": care.draw_pupils(persons, seed),
        "shared_residence": np.zeros(count, dtype=bool),
        "samvaersklasse": apart.contact,
        "lives_alone_with_children": persons.alone_with_children,
        "young_disabled": who.young_disabled,
        "in_arbeidsfradrag_trial": transfers.draw_trial(persons, seed),
        "kindergarten_hours": hours,
        "kindergarten_start_month": care.draw_start_month(persons, hours, seed),
        "sfo": care.draw_sfo(persons, seed),
        "sfo_price_month": np.full(count, -1),
    })  # fmt: skip


def _student_households(persons: work.Persons, income: Floats, households: int) -> NDArray[np.bool_]:
    """Return households whose member with the largest income is a student; without income, the eldest counts."""
    home = persons.people.household
    order = np.lexsort((income + persons.age / 1000, home))
    last = np.searchsorted(home[order], np.arange(households), side="right") - 1
    return persons.student[order[last]]


def _table(columns: tuple[Column, ...], values: dict[str, Any]) -> Columns:
    """Return the columns of a table in the schema's order and types, amounts in whole kroner."""
    return {column.name: _typed(values[column.name], column.dtype) for column in columns}


def _typed(values: NDArray[Any], dtype: str) -> NDArray[Any]:
    if values.dtype.kind == "f" and np.dtype(dtype).kind == "i":
        limits = np.iinfo(dtype)
        values = np.rint(values).clip(limits.min, limits.max)
    return np.ascontiguousarray(values, dtype=dtype)
