"""Parents who live apart: each child whose other parent lives elsewhere is given one from another household.

The law computes what the child is due from that parent's income. What the parent pays is given, and about the same:
the two households are not linked otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.synthpop.figures import figure, profile, share
from mikrosim.synthpop.random import at_age, chance, pick, stream
from mikrosim.synthpop.skeleton import MALE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mikrosim.synthpop.random import Seed
    from mikrosim.synthpop.work import Persons
    from mikrosim.units import Floats, Ints

ADULT_AGE = 18
NOT_KNOWN = -1
MONTHS = 12
OLDEST_PAYER, YOUNGEST_PAYER = 58, 25


class Apart(NamedTuple):
    """Children with support, and for each the parent it lives with, the one who pays, and how much contact it has."""

    child: Ints
    receiver: Ints
    payer: Ints
    contact: NDArray[np.int8]
    """Class of contact by row of persons, 0 for all others."""


def draw_apart(persons: Persons, seed: Seed) -> Apart:
    """Return which parents pay for which children: men without children at home, by the order of their ages.

    They have more luck than other such men. The receiver is the parent whom the child lives with, alone or with a
    new partner. Some agree on no support. Contact is alike for siblings, and less with those who earn less.
    """
    rng = stream(seed, "child support")
    people, count = persons.people, len(persons.age)
    child = np.flatnonzero((people.age < ADULT_AGE) & ((people.mother >= 0) != (people.father >= 0)))
    receiver = np.maximum(people.mother, people.father)[child].astype(np.int64)
    receivers = np.unique(receiver)
    receivers = receivers[chance(rng, np.full(len(receivers), share("child_support_share")))]
    could = (persons.children == 0) & (people.sex == MALE) & ~persons.at_parents & ~persons.student
    men = np.flatnonzero(could & (people.age >= YOUNGEST_PAYER) & (people.age < OLDEST_PAYER))
    pull = share("child_support_payers_luck") * persons.traits.luck[men] + rng.gumbel(size=len(men))
    chosen = men[np.argsort(-pull, kind="stable")[: len(receivers)]]
    receivers = receivers[: len(chosen)]

    def by_age(rows: Ints) -> Ints:
        return rows[np.argsort(people.age[rows] + rng.normal(0, share("child_support_age_spread"), len(rows)))]

    payer_of = np.full(count, NOT_KNOWN, dtype=np.int64)
    payer_of[by_age(receivers)] = by_age(chosen)
    luck = np.where(payer_of >= 0, persons.traits.luck[payer_of], 0.0)[receiver]
    order = np.argsort(share("child_support_contact_luck") * luck + rng.standard_normal(count)[receiver])
    classes = np.sort(pick(rng, len(child), figure("child_support_contact_shares")))
    contact = np.zeros(count, dtype=np.int8)
    contact[child[order]] = classes
    has = payer_of[receiver] >= 0
    return Apart(child[has], receiver[has], payer_of[receiver[has]], contact)


def other_parent_income(apart: Apart, income: Floats) -> Floats:
    """Return, by row of persons, the income of the parent elsewhere; -1 where none is known."""
    result = np.full(len(income), float(NOT_KNOWN))
    result[apart.child] = income[apart.payer]
    return result


def child_support_paid(persons: Persons, apart: Apart, income: Floats) -> Floats:
    """Return what each parent pays in a year: about what the law computes for the child."""
    age = persons.people.age[apart.child]
    own, others = income[apart.payer], income[apart.receiver]
    part = np.minimum(own / (own + others).clip(1), share("child_support_most_share"))
    contact = np.array([[0.0, *row] for row in figure("child_support_contact").values()])
    group = np.searchsorted(list(profile("child_support_cost")), age, side="right") - 1
    less = contact[group, apart.contact[apart.child]]
    due = np.maximum(part * at_age(profile("child_support_cost"), age), less)
    together = np.bincount(apart.payer, weights=due, minlength=len(income))[apart.payer]
    left = own * (1 - share("child_support_tax")) / MONTHS - share("child_support_own_needs")
    able = np.minimum(left, share("child_support_most_of_income") * own / MONTHS).clip(0)
    due = np.minimum(due, able * due / together.clip(1))
    return np.bincount(apart.payer, weights=MONTHS * (due - less).clip(0), minlength=len(income)).astype(np.float64)
