"""Transfers that no rule computes: study grants, child support, and who has overgangsstonad.

A reform does not move them. Child support is drawn between households that are not linked: what is paid equals
what is received, no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.synthpop.figures import share
from mikrosim.synthpop.random import chance, stream
from mikrosim.synthpop.skeleton import MALE
from mikrosim.synthpop.work import paid_to

if TYPE_CHECKING:
    from mikrosim.synthpop.work import Persons
    from mikrosim.units import Bools, Floats

ADULT_AGE = 18
STUDY_AGE = 19


def study_grants(persons: Persons, lag: int) -> Floats:
    """Return the study loans of students that are turned into grants, in the income year or one before it."""
    grant = np.full(len(persons.age), share("study_grant"))
    return paid_to(persons.student & (persons.age - lag >= STUDY_AGE), grant)


def draw_child_support(persons: Persons, seed: int) -> tuple[Floats, Floats]:
    """Return child support received for children of an absent parent, and the same sum paid by others.

    The receiver is the parent whom the child lives with, alone or with a new partner.
    """
    rng = stream(seed, "child support")
    people, count = persons.people, len(persons.age)
    one = (people.age < ADULT_AGE) & ((people.mother >= 0) != (people.father >= 0))
    parent = np.maximum(people.mother, people.father)[one]
    children = np.bincount(parent, minlength=count)
    gets = (children > 0) & chance(rng, np.full(count, share("child_support_share")))
    received = paid_to(gets, share("child_support_child") * children * rng.uniform(0.5, 1.5, count))
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
