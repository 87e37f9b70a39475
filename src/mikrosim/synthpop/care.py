"""Children's places: kindergarten, after-school care, and upper secondary school."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.synthpop.figures import figure, profile, share
from mikrosim.synthpop.random import at_age, chance, stream
from mikrosim.synthpop.work import MEMBERSHIP_YEARS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mikrosim.synthpop.random import Seed
    from mikrosim.synthpop.work import Persons, State
    from mikrosim.units import Bools, Floats

FULL_WEEK = 45
AUGUST, DECEMBER = 8, 12
ALL_YEAR, BY_RIGHT = 0, -1


def draw_kindergarten(persons: Persons, states: list[State], seed: Seed) -> NDArray[np.int8]:
    """Return hours a week by age at the end of the year; at six, the place the child has until school starts.

    Children whose parents came too lately to have kontantstotte are at home less often than others.
    """
    rng = stream(seed, "kindergarten")
    people = persons.people
    rate = _share_with_place(people.age, people.month)
    abroad = (persons.traits.background > 0) & persons.traits.from_far
    home, late = np.zeros(len(people.age), dtype=bool), np.zeros(len(people.age), dtype=bool)
    for link in (people.mother, people.father):
        home |= (link >= 0) & ~states[0].employed[link]
        late |= (link >= 0) & (persons.traits.residence_years[link] < MEMBERSHIP_YEARS)
    from_far, newly_come = figure("kindergarten_absent_from_far")
    absent = (1 - rate) * np.where(late, newly_come, np.where(abroad, from_far, 1.0))
    absent = absent * np.where(home, *figure("kindergarten_absent_by_work"))
    goes = (rate > 0) & ~chance(rng, np.where(rate < 0.5, 1 - rate, absent.clip(0, 0.9)))
    full = chance(rng, np.full(len(people.age), share("kindergarten_full_week")))
    hours = np.where(full, FULL_WEEK, rng.choice(figure("kindergarten_part_hours"), len(people.age)))
    return np.where(goes & persons.at_parents, hours, 0).astype(np.int8)


def _share_with_place(age: NDArray[np.int16], month: NDArray[np.int8]) -> Floats:
    """Return the share with a place in December: of one-year-olds few of those who turned one that month."""
    rate = at_age(profile("kindergarten_share"), age)
    december, born = share("kindergarten_share_december"), figure("births_by_month")[-1]
    others = (rate - born * december) / (1 - born)
    return np.where(age == 1, np.where(month == DECEMBER, december, others), rate)


def draw_start_month(persons: Persons, hours: NDArray[np.int8], seed: Seed) -> NDArray[np.int8]:
    """Return the month of the income year in which the place begins: 0 all year, -1 as soon as there is a right.

    A child who turns one waits for its right, mostly until August, or has a place (or a parent on leave, who has
    no kontantstotte either) from the month after its birthday.
    """
    rng = stream(seed, "kindergarten start")
    age, month = persons.people.age, persons.people.month
    count = len(age)
    waits = chance(rng, np.full(count, share("kindergarten_waits_for_right")))
    late = chance(rng, np.full(count, share("kindergarten_late_start")))
    first = np.where(waits | (month >= AUGUST), BY_RIGHT, month + 1)
    first = np.where(month == DECEMBER, DECEMBER, first)
    second = np.where(month == DECEMBER, np.where(waits, BY_RIGHT, 1), np.where(late, AUGUST, ALL_YEAR))
    start = np.where(age == 1, first, np.where(age == 2, second, ALL_YEAR))
    return np.where(hours > 0, start, ALL_YEAR).astype(np.int8)


def draw_sfo(persons: Persons, seed: Seed) -> NDArray[np.int8]:
    """Return after-school care of the first four grades in the autumn: none, half or full."""
    rng = stream(seed, "sfo")
    age = persons.people.age
    goes = chance(rng, at_age(profile("sfo_share"), age)) & persons.at_parents
    full = chance(rng, at_age(profile("sfo_full_share"), age))
    return np.where(goes, np.where(full, 2, 1), 0).astype(np.int8)


def draw_pupils(persons: Persons, seed: Seed) -> Bools:
    """Return who goes to upper secondary school."""
    return chance(stream(seed, "pupils"), at_age(profile("pupil_share"), persons.people.age)) & ~persons.student
