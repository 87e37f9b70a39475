"""Pensions and benefits that replace work: one year at a time, from the person's state and wage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.synthpop.figures import figure, profile, share
from mikrosim.synthpop.random import at_age, chance, stream
from mikrosim.synthpop.skeleton import FEMALE, MALE
from mikrosim.synthpop.work import HALF_G, paid_to

if TYPE_CHECKING:
    from mikrosim.synthpop.work import Persons, State
    from mikrosim.units import Bools, Floats

G = 2 * HALF_G


def draw_benefits(persons: Persons, states: list[State], wages: list[Floats], seed: int) -> list[dict[str, Floats]]:
    """Return the year's benefits, and the wage that is left when sick and parental pay are taken out of it."""
    lasting = _lasting(persons, seed)
    result = []
    for lag, state in enumerate(states):
        rng = stream(seed, f"benefits {lag}")
        columns = {
            "pension": paid_to(state.pensioner, lasting["pension"] * _late_start(persons, lag)),
            "uforetrygd": paid_to(state.disabled, lasting["uforetrygd"] * np.where(state.graded, 0.5, 1.0)),
            "aap": paid_to(state.aap, lasting["aap"]),
        }
        wage, columns["foreldrepenger"] = _parental(persons, state, wages[lag], lag)
        wage, columns["sykepenger"] = _sick(persons, state, wage, rng)
        columns["wage"] = wage
        columns |= _labour_market(persons, state, wages[lag], lag, rng)
        result.append(columns)
    return result


def _lasting(persons: Persons, seed: int) -> dict[str, Floats]:
    """Return each person's full pension, uforetrygd and AAP of a year, alike in all years."""
    rng = stream(seed, "benefit levels")
    age, luck, sex = persons.age, persons.traits.luck, persons.people.sex
    count = len(age)
    z = 0.6 * luck + 0.8 * rng.standard_normal(count)
    level = np.where(sex == MALE, share("pension_men_factor"), 2 - share("pension_men_factor"))
    partner = persons.people.partner >= 0
    years = np.where(persons.traits.background == 1, (persons.traits.residence_years / 40).clip(0.3, 1), 1.0)
    least = np.where(partner, share("pension_least_couple"), share("pension_least_alone"))
    pension = np.maximum(share("pension_typical") * level * np.exp(share("pension_spread") * z), least) * years
    pension = pension * np.where(age < 67, share("pension_early_factor"), 1.0)
    least = G * np.where(partner, share("disabled_least_couple"), share("disabled_least_alone"))
    disabled = np.maximum(least, share("disabled_typical") * np.exp(0.25 * z))
    aap = np.maximum(2 * G, share("aap_typical") * np.exp(0.28 * z)) * rng.uniform(0.75, 1.0, count)
    return {"pension": pension, "uforetrygd": disabled, "aap": aap}


def _late_start(persons: Persons, lag: int) -> Floats:
    """Return the part of the year that a pension is drawn in the year of its start, at 62."""
    return np.where(persons.age - lag == 62, 0.5, 1.0)


def _parental(persons: Persons, state: State, wage: Floats, lag: int) -> tuple[Floats, Floats]:
    """Return the wage left and foreldrepenger, by months of leave of the youngest child in that year."""
    people, youngest = persons.people, persons.youngest - lag
    child = np.flatnonzero(people.age < 18)
    month = np.full(len(people.age), 6.0)
    for link in (people.mother, people.father):
        of = child[link[child] >= 0]
        newest = of[people.age[of] == persons.youngest[link[of]]]
        month[link[newest]] = people.month[newest]
    mothers, fathers = figure("parental_months_mother"), figure("parental_months_father")
    first = np.where(people.sex == FEMALE, (13.25 - month).clip(0, mothers), (5.0 - month).clip(0, fathers))
    whole = np.where(people.sex == FEMALE, mothers, fathers)
    months = np.where(youngest == 0, first, np.where(youngest == 1, whole - first, 0.0))
    is_parent = np.zeros(len(people.age), dtype=bool)
    for link in (people.mother, people.father):
        is_parent[link[child[link[child] >= 0]]] = True
    part = np.where(is_parent & state.employed & ~state.disabled, months / 12, 0.0)
    return wage * (1 - part), np.minimum(wage, 6 * G) * part


def _sick(persons: Persons, state: State, wage: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    rate = share("sick_share") * np.exp(-0.2 * persons.traits.luck)
    rate = rate * np.where(persons.people.sex == FEMALE, 1.25, 0.8)
    sick = state.employed & (wage > HALF_G) & (persons.age < 67) & chance(rng, rate)
    part = (rng.exponential(share("sick_part"), len(wage)) + 0.02).clip(max=0.85)
    lost = paid_to(sick, wage * part)
    return wage - lost, np.minimum(lost, 6 * G * part)


def _labour_market(persons: Persons, state: State, wage: Floats, lag: int,
                   rng: np.random.Generator) -> dict[str, Floats]:  # fmt: skip
    """Return dagpenger, introduction and qualification benefit, and tiltakspenger: one at most for each."""
    age, traits = persons.age - lag, persons.traits
    count = len(age)
    years = traits.residence_years - lag
    free = ~state.disabled & ~state.aap & ~state.pensioner & ~persons.student & (years >= 0)
    new = free & ~state.employed & (traits.background == 1) & traits.from_far & (years <= 2)
    new = new & (age >= 18) & (age < 56) & chance(rng, np.full(count, share("introduction_share")))
    frail = np.exp(-0.6 * traits.luck - 0.18)
    between = free & ~new & (age >= 20) & (age < 65)
    less = np.where(state.employed, wage < 0.6 * share("wage_typical"), True)
    unemployed = between & less & chance(rng, at_age(profile("unemployed_share"), age))
    programme = between & ~unemployed & ~state.employed & chance(rng, share("qualification_share") * frail)
    measures = between & ~unemployed & ~programme & ~state.employed & chance(rng, share("measures_share") * frail)
    full = np.where(age < 25, 2 / 3, 1.0) * 2 * G
    return {
        "introduksjonsstonad": paid_to(new, full * rng.uniform(0.35, 1.0, count)),
        "dagpenger": paid_to(unemployed, share("unemployed_year") * rng.uniform(0.08, 0.9, count)),
        "kvalifiseringsstonad": paid_to(programme, full * rng.uniform(0.3, 1.0, count)),
        "tiltakspenger": paid_to(measures, share("measures_year") * rng.uniform(0.1, 0.8, count)),
    }


def sole_income(columns: dict[str, Floats]) -> Floats:
    """Return the sum of a year's taxable work and benefit incomes."""
    taxable = ("wage", "self_employment_income", "pension", "uforetrygd", "aap", "sykepenger", "foreldrepenger",
               "dagpenger", "introduksjonsstonad", "kvalifiseringsstonad")  # fmt: skip
    total: Floats = np.sum([columns[name] for name in taxable if name in columns], axis=0)
    return total


def is_adult(persons: Persons) -> Bools:
    """Return who is 18 or older."""
    return persons.age >= 18
