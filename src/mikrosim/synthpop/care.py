"""Children's places: kindergarten, after-school care, and upper secondary school."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.synthpop.figures import figure, profile, share
from mikrosim.synthpop.random import at_age, chance, stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mikrosim.synthpop.work import Persons, State
    from mikrosim.units import Bools, Floats

FULL_WEEK = 45


def draw_kindergarten(persons: Persons, states: list[State], seed: int) -> NDArray[np.int8]:
    """Return hours a week by age at the end of the year; at six, the place the child has until school starts."""
    rng = stream(seed, "kindergarten")
    people = persons.people
    rate = at_age(profile("kindergarten_share"), people.age)
    abroad = (persons.traits.background > 0) & persons.traits.from_far
    home = np.zeros(len(people.age), dtype=bool)
    for link in (people.mother, people.father):
        home |= (link >= 0) & ~states[0].employed[link]
    absent = (1 - rate) * np.where(abroad, 1.6, 1.0) * np.where(home, 2.0, 0.8)
    goes = (rate > 0) & ~chance(rng, np.where(rate < 0.5, 1 - rate, absent.clip(0, 0.9)))
    full = chance(rng, np.full(len(people.age), share("kindergarten_full_week")))
    hours = np.where(full, FULL_WEEK, rng.choice(figure("kindergarten_part_hours"), len(people.age)))
    return np.where(goes & persons.at_parents, hours, 0).astype(np.int8)


def draw_sfo(persons: Persons, seed: int) -> NDArray[np.int8]:
    """Return after-school care of the first four grades in the autumn: none, half or full."""
    rng = stream(seed, "sfo")
    age = persons.people.age
    goes = chance(rng, at_age(profile("sfo_share"), age)) & persons.at_parents
    full = chance(rng, at_age(profile("sfo_full_share"), age))
    return np.where(goes, np.where(full, 2, 1), 0).astype(np.int8)


def draw_pupils(persons: Persons, seed: int) -> Bools:
    """Return who goes to upper secondary school."""
    return chance(stream(seed, "pupils"), at_age(profile("pupil_share"), persons.people.age)) & ~persons.student


def cash_for_care(persons: Persons, hours: NDArray[np.int8], rng: np.random.Generator) -> Floats:
    """Return kontantstotte by child, for the months before a place, in the rates and ages of 2023."""
    age, month = persons.people.age, persons.people.month
    stays = (hours == 0) & persons.at_parents
    waits = (hours > 0) & (age == 1) & chance(rng, np.full(len(age), share("cash_for_care_before_place")))
    months = np.where(age == 1, (12 - month).clip(0, 11), np.where(age == 2, (month - 1).clip(0, 11), 0))
    months = np.where(waits, np.minimum((7 - month).clip(0, 6), 5), np.where(stays, months, 0))
    taken = np.where(waits, 1.0, share("cash_for_care_take_up"))
    return months * share("cash_for_care_month") * chance(rng, taken)
