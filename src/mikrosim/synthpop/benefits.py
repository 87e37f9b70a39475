"""What pensions and benefits in the place of work are computed from: one year at a time, from state and wage.

The law turns a basis, a degree and months into an amount. Months with a benefit are months without the pay it
replaces, so leave and sickness take theirs out of the year's wage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.synthpop.amounts import FULL_TRYGDETID, PAID
from mikrosim.synthpop.figures import figure, profile, share
from mikrosim.synthpop.leave import draw_leave, months_of_leave
from mikrosim.synthpop.random import at_age, chance, stream
from mikrosim.synthpop.skeleton import FEMALE, MALE
from mikrosim.synthpop.spells import YEAR, Months, place
from mikrosim.synthpop.wage_months import draw_wage_months
from mikrosim.synthpop.work import HALF_G, PENSION_AGE, paid_to

if TYPE_CHECKING:
    from mikrosim.synthpop.random import Seed
    from mikrosim.synthpop.spells import Spells
    from mikrosim.synthpop.work import Pay, Persons, State, Work
    from mikrosim.units import Bools, Floats, Ints

G = 2 * HALF_G
YOUNGEST_EARNER = 16
"""Age from which years of residence count as trygdetid."""

Year = dict[str, "Floats"]


class Lasting(NamedTuple):
    """What does not change from year to year: the full pension, and the earnings that benefits rest on."""

    pension: Floats
    before_disability: Floats
    before_aap: Floats
    occupational: Floats
    """Disability pension from an occupational scheme."""


def draw_benefits(persons: Persons, states: list[State], spells: list[Spells], work: list[Work], pay: Pay,
                  seed: Seed) -> list[Year]:  # fmt: skip
    """Return each year's benefit columns, and the wage, with its months, that leave and sickness leave of it."""
    lasting = _lasting(persons, seed)
    result = []
    for lag, state in enumerate(states):
        rng = stream(seed, f"benefits {lag}")
        year: Year = {f"{name}_given": np.zeros(len(persons.age)) for name in PAID}
        _pension(year, persons, state, lasting, lag, rng)
        _health(year, state, spells[lag], lasting, rng)
        away = _parental(year, persons, state, work[lag], seed, rng)
        sick = _sick(year, persons, state, spells[lag], work[lag], lasting, away, rng)
        _labour_market(year, persons, state, work[lag], pay, lag, rng)
        year["wage"] = (work[lag].wage - (away + sick) * work[lag].rate * (work[lag].wage > 0)).clip(0)
        result.append(year)
    draw_wage_months(result, persons, states, work, pay, seed)
    return result


def trygdetid(persons: Persons, disabled: Bools) -> Ints:
    """Return the years of insurance: full for those born here, the years of residence from 16 to 66 for immigrants.

    To the disabled the years until 67 count too: all of them if four fifths of those since 16 were spent here, else
    what is left of forty when four fifths of them are taken off.
    """
    age, years = persons.age, persons.traits.residence_years.astype(np.int64)
    possible = (age - YOUNGEST_EARNER).clip(0)
    here = np.minimum((years - (age - PENSION_AGE + 1).clip(0)).clip(0), possible)
    left = (PENSION_AGE - 1 - age).clip(0)
    most = 0.8 * possible
    future = np.where(here >= most, left, np.minimum(left, (FULL_TRYGDETID - most).clip(0)))
    own = np.minimum(here + np.where(disabled, future, 0), FULL_TRYGDETID)
    return np.floor(np.where(persons.traits.background == 1, own, FULL_TRYGDETID)).astype(np.int64)


def _lasting(persons: Persons, seed: Seed) -> Lasting:
    rng = stream(seed, "benefit levels")
    age, luck, sex = persons.age, persons.traits.luck, persons.people.sex
    count = len(age)
    z = 0.6 * luck + 0.8 * rng.standard_normal(count)
    level = np.where(sex == MALE, share("pension_men_factor"), 2 - share("pension_men_factor"))
    partner = persons.people.partner >= 0
    years = trygdetid(persons, np.zeros(count, dtype=bool)) / FULL_TRYGDETID
    least = np.where(partner, share("pension_least_couple"), share("pension_least_alone"))
    pension = np.maximum(share("pension_typical") * level * np.exp(share("pension_spread") * z), least) * years
    pension = pension * np.where(age < PENSION_AGE, share("pension_early_factor"), 1.0)
    has = chance(rng, np.full(count, share("occupational_disability_share")))
    return Lasting(
        pension=np.where(years * FULL_TRYGDETID < share("pension_least_years"), 0.0, pension),
        before_disability=share("disabled_basis") * np.exp(share("disabled_basis_spread") * z),
        before_aap=share("aap_basis") * np.exp(share("aap_basis_spread") * z),
        occupational=paid_to(has, np.exp(0.5 * z)),
    )


def _pension(year: Year, persons: Persons, state: State, lasting: Lasting, lag: int,
             rng: np.random.Generator) -> None:  # fmt: skip
    """A pension runs half of the year at 62, and from the month after the 67th birthday of the disabled."""
    age, count = persons.age - lag, len(persons.age)
    part = np.where(age == 62, 0.5, np.where(state.disabled, (YEAR - persons.people.month) / YEAR, 1.0))
    year["pension"] = paid_to(state.pensioner, lasting.pension * part)
    some = np.array(figure("pension_drawn_before_67"))
    early = rng.choice(np.array(figure("pension_degrees_before_67")), count, p=some / some.sum())
    early = np.where(age < 62, 0.0, early)
    year["alderspensjon_uttaksgrad"] = paid_to(year["pension"] > 0, np.where(age >= PENSION_AGE, 1.0, early))


def _health(year: Year, state: State, spell: Spells, lasting: Lasting, rng: np.random.Generator) -> None:
    """Uforetrygd, in part beside work, and AAP, reduced for the hours that some work."""
    count = len(state.disabled)
    disabled, aap = spell.uforetrygd.number > 0, spell.aap.number > 0
    parts = rng.choice(np.array(figure("disabled_degrees")), count)
    _set(year, "uforetrygd", spell.uforetrygd, np.where(state.graded, parts, 1.0))
    year["uforetrygd_basis"] = paid_to(disabled, lasting.before_disability)
    year["inntekt_for_uforhet"] = np.zeros(count)
    year["uforetrygd_given"] = paid_to(disabled, lasting.occupational)
    low, high = figure("aap_degree_beside_work")
    _set(year, "aap", spell.aap, np.where(state.employed, rng.uniform(low, high, count), 1.0))
    year["aap_basis"] = paid_to(aap, lasting.before_aap)


def _parental(year: Year, persons: Persons, state: State, work: Work, seed: Seed, rng: np.random.Generator) -> Floats:
    """Set foreldrepenger and svangerskapspenger; return the part of the year's pay that they take.

    AAP earns the right too, and gives way to it. The children are those of the income year in the years before too,
    as in all that the law computes.
    """
    people, count = persons.people, len(persons.age)
    works = state.employed & ~state.disabled & (work.rate >= HALF_G)
    by_aap = ~works & state.aap & ~state.disabled & (year["aap_degree"] > 0)
    leave = draw_leave(people, works | by_aap, seed)
    months = months_of_leave(people, leave.percent, leave.common)
    allowance = np.maximum(share("aap_rate") * year["aap_basis"], share("aap_least") * G)
    year["foreldrepenger_basis"] = paid_to(leave.percent > 0, np.where(by_aap, allowance, work.rate))
    year["foreldrepenger_dekningsgrad"] = leave.percent.astype(np.float64)
    year["foreldrepenger_fellesdel"] = leave.common
    year["aap_degree"] = year["aap_degree"] * np.where(by_aap, 1 - months / YEAR, 1.0).clip(min=0.05)
    mothers = works & (leave.percent > 0) & (people.sex == FEMALE) & (persons.youngest == 0)
    unfit = mothers & chance(rng, np.full(count, share("pregnancy_benefit_share")))
    low, high = figure("pregnancy_benefit_part")
    before = np.minimum(rng.uniform(low, high, count), 1 - months / YEAR)
    year["svangerskapspenger"] = paid_to(unfit, np.minimum(work.rate, 6 * G) * before)
    return paid_to(works, months / YEAR) + paid_to(unfit, before)


def _sick(year: Year, persons: Persons, state: State, spell: Spells, work: Work, lasting: Lasting, away: Floats,
          rng: np.random.Generator) -> Floats:  # fmt: skip
    """Set sykepenger from folketrygden; return the part of the year that the wage is without for it."""
    count = len(work.wage)
    rate = share("sick_share") * np.exp(-0.2 * persons.traits.luck)
    rate = rate * np.where(persons.people.sex == FEMALE, 1.25, 0.8)
    long = spell.sick_before_aap.number > 0
    working = state.employed & ~state.disabled & ~state.aap & (work.wage > HALF_G) & (persons.age < PENSION_AGE)
    sick = working & chance(rng, rate)
    part = rng.exponential(share("sick_part"), count) + 0.02
    part = np.minimum(part, 0.85 * (work.part - away).clip(0.03))
    degree = rng.choice(np.array(figure("sick_degrees")), count)
    months = np.ceil(YEAR * part / degree).clip(1, YEAR).astype(np.int64)
    spells = place(rng, months)
    chosen = Months(np.where(long, 1, np.where(sick, spells.first, 0)),
                    np.where(long, spell.sick_before_aap.last, np.where(sick, spells.last, -1)))  # fmt: skip
    _set(year, "sykepenger", chosen, np.where(long, 1.0, (YEAR * part / months).clip(max=1.0)))
    year["sykepenger_basis"] = np.where(long, lasting.before_aap, paid_to(sick, work.rate))
    return paid_to(sick & ~long, part)


def _labour_market(year: Year, persons: Persons, state: State, work: Work, pay: Pay, lag: int,
                   rng: np.random.Generator) -> None:  # fmt: skip
    """Dagpenger, introduction and qualification benefit, and tiltakspenger: one at most for each person.

    Mothers of a newborn child without work have none: who has earned dagpenger has foreldrepenger.
    """
    age, traits, count = persons.age - lag, persons.traits, len(persons.age)
    years = traits.residence_years.astype(np.int64) - lag
    free = ~state.disabled & ~state.aap & ~state.pensioner & ~persons.student & (years >= 0)
    new = free & ~state.employed & (traits.background == 1) & traits.from_far & (years <= 2)
    new = new & (age >= 18) & (age < 56) & chance(rng, np.full(count, share("introduction_share")))
    frail = np.exp(-0.6 * traits.luck - 0.18)
    birth = (persons.youngest == 0) & (persons.people.sex == FEMALE) & ~state.employed
    between = free & ~new & ~birth & (age >= 20) & (age < 65)
    earned = np.where(state.employed, work.rate, share("unemployed_basis") * pay.full_time * pay.hours)
    gap = state.employed & (work.part < 1)
    rate = np.where(gap, share("unemployed_between_jobs"), at_age(profile("unemployed_share"), age))
    out = between & (gap | ~state.employed) & (earned >= share("unemployed_least_g") * G) & chance(rng, rate)
    most = np.where(gap, np.ceil(YEAR * (1 - work.part)), share("unemployed_months")).clip(1, YEAR)
    months = np.ceil(most * np.where(gap, 1.0, rng.random(count))).astype(np.int64)
    low, high = figure("unemployed_degree")
    degree = np.where(chance(rng, np.full(count, share("unemployed_full"))), 1.0, rng.uniform(low, high, count))
    _set(year, "dagpenger", _of(out, _at_an_end(rng, months)), degree)
    year["dagpenger_basis"] = paid_to(out, earned)
    programme = between & ~out & ~state.employed & chance(rng, share("qualification_share") * frail)
    measures = between & ~out & ~programme & ~state.employed & chance(rng, share("measures_share") * frail)
    _set(year, "introduksjonsstonad", _of(new, _introduction(rng, years)), np.ones(count))
    _set(year, "kvalifiseringsstonad", _of(programme, place(rng, rng.integers(3, YEAR + 1, count))), np.ones(count))
    low, high = figure("measures_degree")
    _set(year, "tiltakspenger", _of(measures, place(rng, rng.integers(1, 9, count))), rng.uniform(low, high, count))


def _introduction(rng: np.random.Generator, years: Ints) -> Months:
    """The programme begins in the year of arrival or the next, and ends in the second."""
    count = len(years)
    begins = chance(rng, np.where(years == 0, 1.0, share("introduction_begins")))
    ends = ~begins & chance(rng, np.full(count, share("introduction_ends")))
    first = np.where(begins, rng.integers(1, YEAR + 1, count), 1)
    return Months(first, np.where(ends, rng.integers(1, YEAR + 1, count), YEAR))


def _at_an_end(rng: np.random.Generator, months: Ints) -> Months:
    """Return spells of so many months: from January until a job is found, or from its loss until December."""
    found = chance(rng, np.full(len(months), 0.5))
    return Months(np.where(found, 1, YEAR + 1 - months), np.where(found, months, YEAR))


def _of(chosen: Bools, months: Months) -> Months:
    return Months(np.where(chosen, months.first, 0), np.where(chosen, months.last, -1))


def _set(year: Year, name: str, months: Months, degree: Floats) -> None:
    """Set a benefit's degree and months, 0 for those without it."""
    runs = months.number > 0
    year[f"{name}_degree"] = paid_to(runs, degree)
    year[f"{name}_from"] = paid_to(runs, months.first.astype(np.float64))
    year[f"{name}_to"] = paid_to(runs, months.last.astype(np.float64))
