"""Parental leave: who claims it, how the parents share it, and which months of the year it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mikrosim.law.dates import BENEFIT_DAYS_IN_MONTH
from mikrosim.synthpop.figures import figure, share
from mikrosim.synthpop.random import chance, stream
from mikrosim.synthpop.skeleton import NOBODY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mikrosim.synthpop.random import Seed
    from mikrosim.synthpop.skeleton import People
    from mikrosim.units import Bools, Floats, Ints

OLDEST_CHILD = 1
"""Leave reaches into the year in which the child turns one."""
FULL, REDUCED = 100, 80


class Leave(NamedTuple):
    """Each parent's claim: per cent of the basis, 0 without one, and the part of the common period."""

    percent: NDArray[np.int8]
    common: Floats


class Births(NamedTuple):
    """The births whose leave may fall into the year: twins are one birth; parents are rows or -1."""

    mother: Ints
    father: Ints
    month: Floats
    """The birth's place in the year, in months; negative for those of the years before."""


def births_of(people: People) -> Births:
    """Return the births by those children born this year or last who live with a parent."""
    child = np.flatnonzero((people.age <= OLDEST_CHILD) & ((people.mother >= 0) | (people.father >= 0)))
    at = people.month[child] - 0.5 - 12.0 * people.age[child]
    keys = np.column_stack([people.mother[child], people.father[child], at])
    _, first = np.unique(keys, axis=0, return_index=True)
    one = child[np.sort(first)]
    return Births(people.mother[one].astype(np.int64), people.father[one].astype(np.int64),
                  people.month[one] - 0.5 - 12.0 * people.age[one])  # fmt: skip


def draw_leave(people: People, claims: Bools, seed: Seed) -> Leave:
    """Return how parents who have earned the right share the leave; both have the same per cent.

    Args:
        people: Everybody.
        claims: Who has earned a right to foreldrepenger.
        seed: Chooses the random stream.
    """
    rng = stream(seed, "parental leave")
    percent = np.zeros(len(people.age), dtype=np.int8)
    common = np.zeros(len(people.age))
    births = births_of(people)
    count = len(births.month)
    full = chance(rng, np.full(count, share("parental_full")))
    fathers_part = chance(rng, np.full(count, share("parental_father_takes_more")))
    low, high = figure("parental_common_of_father")
    part = np.where(fathers_part, rng.uniform(low, high, count), 0.0)
    mothers = (births.mother != NOBODY) & claims[births.mother]
    fathers = (births.father != NOBODY) & claims[births.father]
    for parent, has, other, mine in (
        (births.mother, mothers, fathers, 1 - part),
        (births.father, fathers, mothers, part),
    ):
        percent[parent[has]] = np.where(full[has], FULL, REDUCED)
        common[parent[has]] = np.where(other[has], mine[has], 1.0)
    return Leave(percent, common)


def months_of_leave(people: People, percent: NDArray[Any], common: NDArray[Any]) -> Floats:
    """Return each parent's months of leave within the year.

    The mother is on leave from three weeks before the birth to the end of her part of the common period, then the
    father; who alone has a right has the days that the law gives that parent.
    """
    births = births_of(people)
    months = np.zeros(len(people.age))
    has_mother = (births.mother != NOBODY) & (percent[births.mother] > 0)
    has_father = (births.father != NOBODY) & (percent[births.father] > 0)
    reduced = percent[np.where(has_mother, births.mother, births.father)] == REDUCED
    days = {name: np.where(reduced, value[1], value[0]) for name, value in figure("parental_days").items()}
    both = has_mother & has_father
    mother_ends = np.where(both, days["quota"] + days["common"] * common[births.mother], days["alone"])
    beside = births.mother != NOBODY
    father_begins = np.where(both, mother_ends, np.where(beside, share("parental_days_father_waits"), 0.0))
    fathers = np.where(beside, share("parental_days_father_beside"), days["alone"])
    fathers = np.where(both, days["quota"] + days["common"] * common[births.father], fathers)
    before = np.full(len(reduced), -share("parental_days_before"))
    for parent, has, first, last in (
        (births.mother, has_mother, before, mother_ends),
        (births.father, has_father, father_begins, father_begins + fathers),
    ):
        begins = births.month + first / BENEFIT_DAYS_IN_MONTH
        ends = births.month + last / BENEFIT_DAYS_IN_MONTH
        inside = (ends.clip(max=12) - begins.clip(0)).clip(0)
        np.add.at(months, parent[has], inside[has])
    return months.clip(max=12)
