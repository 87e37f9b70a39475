"""Transfers that no rule computes yet, as stand-ins: study grants, kontantstotte, bostotte, sosialhjelp and others.

They are drawn so that incomes at the bottom look like Norway's. A reform does not move them. Child support
is drawn between households that are not linked: what is paid equals what is received, no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.population.schema import Tenure
from mikrosim.synthpop.benefits import sole_income
from mikrosim.synthpop.care import cash_for_care
from mikrosim.synthpop.figures import share
from mikrosim.synthpop.random import chance, stream
from mikrosim.synthpop.skeleton import FEMALE, MALE
from mikrosim.synthpop.work import paid_to

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mikrosim.synthpop.work import Persons
    from mikrosim.units import Bools, Floats


def draw_transfers(persons: Persons, years: list[dict[str, Floats]], hours: NDArray[np.int8],
                   tenure: NDArray[np.int8], seed: int) -> list[Floats]:  # fmt: skip
    """Return each person's other tax-free transfers of the three years."""
    propensity = stream(seed, "transfer propensity").random((2, len(tenure)))
    return [
        _one_year(persons, columns, hours, tenure, propensity, lag, stream(seed, f"transfers {lag}"))
        for lag, columns in enumerate(years)
    ]


def _one_year(persons: Persons, columns: dict[str, Floats], hours: NDArray[np.int8], tenure: NDArray[np.int8],
              propensity: NDArray[np.float64], lag: int, rng: np.random.Generator) -> Floats:  # fmt: skip
    people = persons.people
    study = paid_to(persons.student, np.full(len(people.age), share("study_grant")))
    study = study * (people.age - lag >= 19)
    care = _to_parent(persons, cash_for_care(persons, hours, rng)) if lag == 0 else np.zeros(len(study))
    mother = (people.sex == FEMALE) & (persons.youngest == lag) & (columns["foreldrepenger"] == 0)
    lump = paid_to(mother & (people.age < 47), np.full(len(study), share("engangsstonad")))
    grants = study + care + lump
    income = sole_income(columns) + grants
    return grants + _means_tested(persons, income, tenure, propensity, lag)


def _means_tested(persons: Persons, income: Floats, tenure: NDArray[np.int8], propensity: NDArray[np.float64],
                  lag: int) -> Floats:  # fmt: skip
    """Return bostotte and sosialhjelp, paid to the first adult of households with little income."""
    people = persons.people
    home, count = people.household, len(tenure)
    total = np.bincount(home, weights=income, minlength=count)
    adults = np.bincount(home, weights=people.age >= 17, minlength=count)
    children = np.bincount(home, weights=people.age < 17, minlength=count)
    units = 0.5 + 0.5 * adults + 0.3 * children
    student = np.bincount(home, weights=persons.student, minlength=count) > 0
    here = np.zeros(count)
    np.maximum.at(here, home, persons.traits.residence_years.astype(np.float64) * (people.age >= 17))
    rents = np.isin(tenure, (Tenure.RENTER, Tenure.MUNICIPAL_RENTER))
    per_unit = total / units
    applies = rents & ~student & (propensity[0] < share("housing_allowance_take_up"))
    room = 1 - per_unit / share("housing_allowance_limit")
    housing = np.where(applies, share("housing_allowance_most") * np.sqrt(units) * room.clip(0, 1), 0.0)
    need = share("social_assistance_need") * units - total - housing
    working_age = np.zeros(count, dtype=bool)
    np.logical_or.at(working_age, home, (people.age >= 18) & (people.age < 67))
    asks = ~student & working_age & (here >= lag)
    asks &= propensity[1] < np.where(rents, share("social_assistance_renters"), share("social_assistance_owners"))
    assistance = np.where(asks, need.clip(0) * share("social_assistance_part"), 0.0)
    result = np.zeros(len(people.age))
    first = np.searchsorted(home, np.arange(count))
    result[first] = np.where(here >= lag, housing + assistance, 0.0)
    return result


def _to_parent(persons: Persons, by_child: Floats) -> Floats:
    """Return amounts by child as amounts of the parent who receives them."""
    people = persons.people
    parent = np.where(people.mother >= 0, people.mother, people.father)
    paid = np.flatnonzero((parent >= 0) & (by_child > 0))
    return np.bincount(parent[paid], weights=by_child[paid], minlength=len(people.age)).astype(np.float64)


def draw_child_support(persons: Persons, seed: int) -> tuple[Floats, Floats]:
    """Return child support received by single parents, and the same sum paid by others who could be the payers."""
    rng = stream(seed, "child support")
    people, count = persons.people, len(persons.age)
    gets = persons.alone_with_children & chance(rng, np.full(count, share("child_support_share")))
    received = paid_to(gets, share("child_support_child") * persons.children * rng.uniform(0.5, 1.5, count))
    could = (persons.children == 0) & (people.age >= 25) & (people.age < 58) & (people.sex == MALE)
    could = could & ~persons.at_parents
    rate = gets.sum() / max(int(could.sum()), 1)
    pays = could & chance(rng, np.full(count, min(rate, 1.0)))
    paid = paid_to(pays, rng.uniform(0.5, 1.5, count))
    return received, paid * received.sum() / max(float(paid.sum()), 1.0)


def draw_overgangsstonad(persons: Persons, wage: Floats, seed: int) -> Floats:
    """Return months with overgangsstonad: few single parents with small children and little or no pay."""
    rng = stream(seed, "overgangsstonad")
    could: Bools = persons.alone_with_children & (persons.youngest < 8) & (wage < share("transitional_wage_limit"))
    rate = share("transitional_persons") / persons.weight / max(int(could.sum()), 1)
    chosen = could & chance(rng, np.full(len(wage), min(rate, 0.95)))
    months = np.where(rng.random(len(wage)) < 0.65, 12, rng.integers(3, 12, len(wage)))
    return np.where(chosen, months, 0).astype(np.float64)
