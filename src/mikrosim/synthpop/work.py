"""Who works, who is on a benefit, and what they earn: three years for each person.

Year 0 is drawn first: benefits of the sick and the old, then employment, then wages. The years before follow
by going back: most keep their state, some were elsewhere, and pay varies around the person's own level.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from mikrosim.synthpop.figures import figure, profile, share
from mikrosim.synthpop.random import at_age, chance, pick, stream
from mikrosim.synthpop.skeleton import CHILDREN, FEMALE, MALE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mikrosim.synthpop.background import Traits
    from mikrosim.synthpop.random import Seed
    from mikrosim.synthpop.skeleton import People
    from mikrosim.synthpop.spells import Spells
    from mikrosim.units import Bools, Floats, Ints

YEARS = 3
PENSION_AGE = 67
MEMBERSHIP_YEARS = 5
"""Years in Norway from which an immigrant may have uforetrygd or a pension."""
HALF_G = 58_120
"""Half the average grunnbelop of 2023; who earns as much from work in a year counts as employed."""


@dataclass(slots=True)
class Persons:
    """What the draws of income need to know of each person."""

    people: People
    traits: Traits
    children: Ints
    """Own or the partner's children under 18."""
    youngest: Ints
    """Age of the youngest of them, 99 without."""
    student: Bools
    weight: float
    """Households of Norway for each household drawn."""

    @property
    def age(self) -> Ints:
        """Age on 31 December of the income year."""
        return self.people.age.astype(np.int64)

    @property
    def at_parents(self) -> Bools:
        """Whether the person lives with a parent."""
        return (self.people.mother >= 0) | (self.people.father >= 0)

    @property
    def must_earn(self) -> Bools:
        """Whether nobody else provides: no partner, no parents and no children in the household, and no studies."""
        alone: Bools = (self.people.partner < 0) & (self.children == 0)
        return alone & ~self.at_parents & ~self.student

    @property
    def alone_with_children(self) -> Bools:
        """Whether the person has children and no partner in the household."""
        return (self.children > 0) & (self.people.partner < 0)


@dataclass(slots=True)
class State:
    """A person's main sources of income in one year; at 67 uforetrygd gives way to a pension."""

    disabled: Bools
    graded: Bools
    """Part of uforetrygd, beside work."""
    aap: Bools
    pensioner: Bools
    employed: Bools


@dataclass(slots=True)
class Pay:
    """What does not change from year to year: a full year's full-time pay, and the hours worked."""

    full_time: Floats
    hours: Floats


@dataclass(slots=True)
class Work:
    """A year's work: what was earned, at what pay of a whole year, and the part of the year with a job."""

    wage: Floats
    rate: Floats
    part: Floats


def draw_student(people: People, traits: Traits, children: Ints, seed: Seed) -> Bools:
    """Return who studies at a university or college: fewer of those with children."""
    rng = stream(seed, "students")
    rate = at_age(profile("student_share"), people.age) * np.where(children > 0, share("student_parents"), 1.0)
    parent = ((people.mother >= 0) | (people.father >= 0)) & (people.place >= CHILDREN.start)
    return chance(rng, rate * np.where(parent, *figure("student_at_home")) * np.exp(0.25 * traits.luck - 0.03))


def draw_states(persons: Persons, seed: Seed) -> list[State]:
    """Return the states of the income year and the two years before."""
    rng = stream(seed, "states")
    age, luck, sex = persons.age, persons.traits.luck, persons.people.sex
    pull = share("disability_luck")
    frail = np.exp(-pull * luck - pull**2 / 2)
    women = np.where(sex == FEMALE, share("disabled_women_factor"), 2 - share("disabled_women_factor"))
    settled = (persons.traits.background != 1) | (persons.traits.residence_years >= MEMBERSHIP_YEARS)
    disabled = chance(rng, (at_age(profile("disabled_share"), age) * frail * women).clip(max=0.9)) & settled
    in_year = share("aap_in_year") * at_age(profile("aap_share"), age) * frail
    aap = ~disabled & chance(rng, in_year.clip(max=0.6))
    pensioner = (~disabled | (age >= PENSION_AGE)) & chance(rng, at_age(profile("pension_share"), age))
    graded = disabled & chance(rng, np.full(len(age), share("disabled_graded")))
    states = [State(disabled, graded, aap, pensioner, _employed(persons, disabled, graded, aap, pensioner, rng))]
    for lag in range(1, YEARS):
        states.append(_year_before(persons, states[-1], lag, rng))
    return states


def _employed(persons: Persons, disabled: Bools, graded: Bools, aap: Bools, pensioner: Bools,
              rng: np.random.Generator) -> Bools:  # fmt: skip
    """Draw employment from a logit whose level is set, by age and sex, to the published rates."""
    age, traits, sex = persons.age, persons.traits, persons.people.sex
    far = (traits.background == 1) & traits.from_far
    near = (traits.background == 1) & ~traits.from_far
    partner = persons.people.partner
    not_mixed = far & (persons.children > 0) & ((partner < 0) | far[partner])
    score = (
        share("employment_luck") * traits.luck
        - share("employment_disabled") * (disabled & ~graded)
        - share("employment_graded") * graded
        - share("employment_aap") * aap
        - share("employment_pensioner") * pensioner
        - at_age(profile("employment_from_far"), traits.residence_years) * far
        - at_age(profile("employment_from_near"), traits.residence_years) * near
        - share("employment_alone_with_small_children") * (persons.alone_with_children & (persons.youngest < 6))
        - share("employment_newborn") * ((persons.youngest == 0) & (sex == FEMALE))
        - share("employment_third_child") * (persons.children - 2).clip(0, 3) * (sex == FEMALE)
        - np.where(partner >= 0, *figure("employment_mother_from_far")) * (not_mixed & (sex == FEMALE))
        + at_age(profile("employment_parent"), persons.children) * (partner >= 0)
        - share("employment_parent_from_far") * (not_mixed & (partner >= 0))
        + at_age(profile("employment_single_parent"), persons.children) * persons.alone_with_children
        + at_age(profile("employment_own_home"), age) * (~persons.student & ~persons.at_parents)
        + at_age(profile("employment_alone"), age) * persons.must_earn
    )
    draw = rng.random(len(age))
    employed = np.zeros(len(age), dtype=bool)
    rates = profile("employment_rate")
    edges = [*rates, 200]
    for low, high in pairwise(edges):
        for one, factor in ((MALE, share("employment_men_factor")), (FEMALE, 2 - share("employment_men_factor"))):
            group = np.flatnonzero((age >= low) & (age < high) & (sex == one))
            if len(group) and rates[low] > 0:
                employed[group] = draw[group] < _logistic(score[group], min(rates[low] * factor, 0.98))
    return employed


def _logistic(score: Floats, mean: float) -> Floats:
    """Return probabilities with the scores' order and the given mean."""
    low, high = -20.0, 20.0
    for _ in range(40):
        middle = (low + high) / 2
        if float((1 / (1 + np.exp(-score - middle))).mean()) < mean:
            low = middle
        else:
            high = middle
    return np.asarray(1 / (1 + np.exp(-score - middle)))


def _year_before(persons: Persons, state: State, lag: int, rng: np.random.Generator) -> State:
    """Go back one year: those on a benefit may have come from work, the employed from elsewhere."""
    age, years = persons.age - lag, persons.traits.residence_years
    here = years >= lag
    count = len(age)
    disabled = state.disabled & chance(rng, np.full(count, share("disabled_stay"))) & here & (age >= 18)
    turned = state.pensioner & ~state.disabled & (age == PENSION_AGE)
    disabled = disabled | (turned & chance(rng, at_age(profile("disabled_share"), age)))
    was_aap = (state.disabled & ~disabled) | chance(rng, np.where(age < 62, share("aap_before"), 0.0))
    aap = ((state.aap & chance(rng, np.full(count, share("aap_stay")))) | (was_aap & ~disabled)) & here & (age >= 18)
    pensioner = state.pensioner & chance(rng, at_age(profile("pension_stay"), age))
    pensioner = pensioner & (~disabled | (age >= PENSION_AGE))
    stayed = chance(rng, at_age(profile("employment_stay"), age))
    entered = chance(rng, at_age(profile("employment_before"), age) * np.where(disabled, 0.3, 1.0))
    retired = chance(rng, np.full(count, share("retired_worked_before")))
    from_work = (state.pensioner & ~pensioner & ~disabled & retired) | (state.aap & ~aap)
    employed = np.where(state.employed, stayed, entered | from_work) & here & (age >= 15)
    return State(disabled, state.graded & disabled, aap, pensioner, employed)


def draw_pay(persons: Persons, seed: Seed) -> Pay:
    """Return each person's full-time pay of a year and usual hours.

    Pay by age and sex meets the published means; around them its spread is that of monthly pay, with the longer
    upper tail that makes the mean exceed the median.
    """
    rng = stream(seed, "pay")
    age, traits, sex = persons.age, persons.traits, persons.people.sex
    mean = figure("full_time_pay_year") * at_age(profile("pay_by_age"), age)
    mean = mean * np.where(sex == MALE, share("pay_men_factor"), share("pay_women_factor"))
    far = (traits.background == 1) & traits.from_far
    mean = mean * np.where(far, share("pay_from_far_factor"), 1.0)
    like = share("pay_luck")
    z = np.sqrt(like) * traits.luck + np.sqrt(1 - like) * rng.standard_normal(len(age))
    low, tail = figure("pay_spread")
    spread = np.exp(low * z + tail * np.square(z.clip(0, 3.5)))
    kind = np.where(sex == MALE, pick(rng, len(age), figure("hours_men")), pick(rng, len(age), figure("hours_women")))
    hours = np.array(figure("hours_of_full_time"))[kind]
    hours = hours * (1 + 0.1 * rng.standard_normal(len(age))).clip(0.6, 1.3)
    hours = np.where(persons.student, np.minimum(hours, share("hours_student")), hours)
    hours = np.where((age < 20) & ~persons.must_earn, np.minimum(hours, share("hours_teenager")), hours)
    older = age >= 67
    hours = np.where(older, hours * share("hours_from_67"), hours)
    return Pay(full_time=mean * spread / spread.mean(), hours=hours)


def draw_wages(persons: Persons, states: list[State], spells: list[Spells], pay: Pay, seed: Seed) -> list[Work]:
    """Return the work of each year, employer's and folketrygden's sick pay and parental pay still inside."""
    rng = stream(seed, "wages")
    age, count = persons.age, len(persons.age)
    result = []
    for lag, (state, spell) in enumerate(zip(states, spells, strict=True)):
        some = chance(rng, at_age(profile("part_year"), age - lag))
        part = np.where(some, rng.uniform(0.25, 0.95, count), 1.0)
        healthy = spell.part_at_work
        limited = np.where(state.aap, healthy + (1 - healthy) * share("hours_aap"), 1.0)
        limited = np.where(state.disabled, np.where(state.graded, share("hours_graded"), share("hours_disabled")),
                           limited)  # fmt: skip
        noise = np.exp(share("pay_moves") * rng.standard_normal(count))
        rate = pay.full_time * pay.hours * noise * (1 - 0.006 * lag * (age < 40))
        wage = np.maximum(rate * limited * part, HALF_G * (1 + 0.4 * rng.random(count)))
        odd = ~state.employed & chance(rng, at_age(profile("odd_jobs"), age - lag) * ~state.disabled)
        odd = odd & (persons.traits.residence_years >= lag)
        odd_wage = np.where(odd, HALF_G * rng.random(count) ** 1.5, 0.0)
        result.append(Work(np.where(state.employed, wage, odd_wage), np.maximum(rate, wage),
                           np.where(state.employed, part, 0.0)))  # fmt: skip
    return result


def paid_to(selected: Bools, amount: Floats) -> NDArray[np.float64]:
    """Return the amount for the selected and nothing for the others."""
    return np.where(selected, amount, 0.0)
