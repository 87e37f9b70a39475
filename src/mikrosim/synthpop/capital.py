"""Business and capital: own firms, interest received and paid, dividends, wealth, and union fees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.population.schema import Tenure
from mikrosim.synthpop.background import IMMIGRANT
from mikrosim.synthpop.figures import figure, profile, share
from mikrosim.synthpop.random import at_age, chance, stream
from mikrosim.synthpop.skeleton import MALE
from mikrosim.synthpop.work import HALF_G, paid_to

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mikrosim.synthpop.random import Seed
    from mikrosim.synthpop.work import Persons, State
    from mikrosim.units import Bools, Floats


def draw_business(persons: Persons, states: list[State], seed: Seed) -> list[Floats]:
    """Return income from own business: most who have it have had it before, and many live of it alone."""
    rng = stream(seed, "business")
    age, count = persons.age, len(persons.age)
    rate = at_age(profile("business_share"), age) * np.where(persons.people.sex == MALE, 1.33, 0.67)
    no_wage = ~states[0].employed & ~states[0].pensioner & ~states[0].aap
    far = (persons.traits.background == IMMIGRANT) & persons.traits.from_far
    lives_of_it, from_far, others = figure("business_without_wage")
    rate = (rate * np.where(no_wage, np.where(far, from_far, lives_of_it), others)).clip(max=0.9)
    owner = chance(rng, rate) & ~states[0].disabled & ~persons.student
    level = np.exp(share("business_spread") * (0.3 * persons.traits.luck + 0.95 * rng.standard_normal(count)))
    level = level * np.where(no_wage, *figure("business_level"))
    result = []
    for _ in states:
        noise = np.exp(0.3 * rng.standard_normal(count))
        result.append(paid_to(owner, share("business_typical") * level * noise))
        owner = owner & chance(rng, np.full(count, share("business_stay")))
    return result


def draw_capital(persons: Persons, seed: Seed) -> list[dict[str, Floats]]:
    """Return interest and gains, and dividends, whose upper tail is long and thin."""
    rng = stream(seed, "capital")
    age, luck, count = persons.age, persons.traits.luck, len(persons.age)
    rich = 0.35 * luck + 0.94 * rng.standard_normal(count)
    level = at_age(profile("capital_by_age"), age) * np.exp(share("capital_spread") * rich)
    owner = (age >= 18) & (rng.random(count) < share("dividend_share") * np.exp(0.6 * rich - 0.18))
    pareto = (1 - rng.random(count)) ** (-1 / share("dividend_tail"))
    size = share("dividend_typical") * np.minimum(pareto, 2000.0)
    result = []
    for _ in range(3):
        some = chance(rng, np.full(count, share("dividend_years")))
        result.append({
            "capital_income": level * np.exp(0.25 * rng.standard_normal(count)),
            "dividends": paid_to(owner & some, size * np.exp(0.4 * rng.standard_normal(count))),
        })  # fmt: skip
    return result


def draw_debt(persons: Persons, wages: Floats, tenure: NDArray[np.int8], seed: Seed) -> Floats:
    """Return debt by age, tenure and wage; study and car loans for those who rent."""
    rng = stream(seed, "debt")
    owns = np.isin(tenure, (Tenure.OWNER, Tenure.COOPERATIVE))[persons.people.household]
    age = persons.age
    level = at_age(profile("debt_by_age"), age) * np.where(owns, 1.0, share("debt_of_renters"))
    child = ((persons.people.mother >= 0) | (persons.people.father >= 0)) & (age < 30)
    level = level * np.where(child, share("debt_of_renters"), 1.0)
    means = (0.35 + 0.65 * wages / share("wage_typical")).clip(max=4.0)
    has = chance(rng, np.where(age >= 18, share("debt_share"), 0.0) * np.ones(len(age)))
    return paid_to(has, level * means * np.exp(0.5 * rng.standard_normal(len(age)) - 0.125))


def draw_union_fee(persons: Persons, wage: Floats, seed: Seed) -> Floats:
    """Return the fee of the half of employees who are members."""
    rng = stream(seed, "union")
    member = (wage > 2 * HALF_G) & chance(rng, np.full(len(wage), share("union_share")))
    return paid_to(member, (share("union_fee_of_wage") * wage).clip(1500, 9000))


def home_and_wealth(persons: Persons, debt: Floats, capital: Floats, tenure: NDArray[np.int8],
                    centrality: NDArray[np.int8], seed: Seed) -> tuple[Floats, Floats]:  # fmt: skip
    """Return each person's part of the home's market value, and taxable net wealth: both plausible only."""
    rng = stream(seed, "wealth")
    people = persons.people
    owns = np.isin(tenure, (Tenure.OWNER, Tenure.COOPERATIVE))
    value = at_age(profile("home_value"), centrality) * np.exp(0.35 * rng.standard_normal(len(tenure)))
    main = _main_adults(persons)
    adults = np.bincount(people.household, weights=main, minlength=len(tenure)).clip(1)
    home = paid_to(main & owns[people.household], (value / adults)[people.household])
    deposits = capital / share("return_on_deposits")
    return home, 0.25 * home + deposits - debt


def _main_adults(persons: Persons) -> Bools:
    """Return the household's first adult and that person's partner."""
    people = persons.people
    adult = (people.age >= 18) & ~((people.mother >= 0) | (people.father >= 0))
    adult = adult | (people.partner >= 0)
    order = np.where(adult, people.place, 99)
    first = np.full(int(people.household[-1]) + 1, 99)
    np.minimum.at(first, people.household, order)
    lead = adult & (people.place == first[people.household])
    return np.asarray(lead | ((people.partner >= 0) & lead[people.partner.clip(min=0)]))
