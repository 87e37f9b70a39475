"""Which months of a year a benefit runs: lasting benefits follow from the states of the years around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.synthpop.figures import share
from mikrosim.synthpop.random import chance, stream
from mikrosim.synthpop.work import PENSION_AGE

if TYPE_CHECKING:
    from mikrosim.synthpop.random import Seed
    from mikrosim.synthpop.work import Persons, State
    from mikrosim.units import Bools, Floats, Ints

YEAR = 12


class Months(NamedTuple):
    """First and last month of a spell, 0 and -1 for those who have none."""

    first: Ints
    last: Ints

    @property
    def number(self) -> Ints:
        """How many months it runs."""
        return self.last - self.first + 1


class Spells(NamedTuple):
    """The lasting spells of one year."""

    uforetrygd: Months
    aap: Months
    sick_before_aap: Months
    """Sick leave that ends where AAP begins."""

    @property
    def part_at_work(self) -> Floats:
        """The part of the year in which none of them runs."""
        away = self.aap.number + self.sick_before_aap.number
        return np.asarray(1 - np.minimum(away, YEAR) / YEAR)


def draw_spells(persons: Persons, states: list[State], seed: Seed) -> list[Spells]:
    """Return the months of uforetrygd and AAP in the income year and the two years before.

    A benefit that was there the year before begins in January, one that is there the year after ends in December.
    Who becomes disabled has AAP until then; uforetrygd ends in the month of the 67th birthday.
    """
    rng = stream(seed, "spells")
    count = len(persons.age)
    result = []
    for lag, state in enumerate(states):
        before = states[lag + 1] if lag + 1 < len(states) else None
        after = states[lag - 1] if lag else None
        begins = rng.integers(2, YEAR + 1, count)
        was_disabled = before.disabled if before else chance(rng, np.full(count, share("disabled_stay")))
        new = state.disabled & ~was_disabled & (persons.age - lag < PENSION_AGE)
        birthday = np.where(persons.age - lag == PENSION_AGE, persons.people.month.astype(np.int64), YEAR)
        disabled = _months(state.disabled, np.where(new, begins, 1), birthday)
        had = before.aap if before else chance(rng, np.full(count, share("aap_stay")))
        goes_on = (after.aap | after.disabled) if after else ~chance(rng, np.full(count, share("aap_leave")))
        starts = rng.integers(1, YEAR + 1, count)
        first = np.where(had, 1, starts)
        last = np.where(goes_on, YEAR, rng.integers(first, YEAR + 1))
        aap = _months(state.aap | new, np.where(new, 1, first), np.where(new, begins - 1, last))
        sick = state.aap & ~had & (starts > 1) & chance(rng, np.full(count, share("sick_before_aap")))
        result.append(Spells(disabled, aap, _months(sick, np.ones(count, dtype=np.int64), starts - 1)))
    return result


def place(rng: np.random.Generator, months: Ints) -> Months:
    """Return spells of so many months, anywhere within the year."""
    first = 1 + np.floor(rng.random(len(months)) * (YEAR + 1 - months)).astype(np.int64)
    return Months(first, first + months - 1)


def _months(chosen: Bools, first: Ints, last: Ints) -> Months:
    return Months(np.where(chosen, first, 0), np.where(chosen, last, -1))
