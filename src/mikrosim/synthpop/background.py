"""Where households live, who immigrated and when, and the traits behind incomes that no column shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mikrosim.population.municipalities import municipalities
from mikrosim.population.schema import HouseholdType
from mikrosim.synthpop.figures import figure, profile, share
from mikrosim.synthpop.random import at_age, chance, pick, stream
from mikrosim.synthpop.skeleton import SECOND

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mikrosim.synthpop.random import Seed
    from mikrosim.synthpop.skeleton import People
    from mikrosim.units import Bools, Floats, Ints

NONE, IMMIGRANT, NORWEGIAN_BORN = 0, 1, 2
WITH_CHILDREN = (
    HouseholdType.MARRIED_WITH_CHILDREN,
    HouseholdType.COHABITING_WITH_CHILDREN,
    HouseholdType.SINGLE_PARENT,
    HouseholdType.MULTI_WITH_CHILDREN,
)


@dataclass(slots=True)
class Places:
    """Where each household lives."""

    municipality: NDArray[np.int16]
    centrality: NDArray[np.int8]
    in_tiltakssone: Bools


@dataclass(slots=True)
class Traits:
    """What persons bring with them."""

    background: NDArray[np.int8]
    residence_years: NDArray[np.int16]
    from_far: Bools
    """Immigrants (and their children) from outside the EU, the EEA, North America and Oceania."""
    luck: Floats
    """The lasting advantage in the labour market, about standard normal; members of a household are alike."""


def draw_places(kind: NDArray[np.int8], seed: Seed) -> Places:
    """Return a municipality for each household, by residents without or with children."""
    rng = stream(seed, "municipalities")
    table = list(municipalities().values())
    children = np.array([one.children_0_17 for one in table], dtype=np.float64)
    others = np.array([one.population for one in table], dtype=np.float64) - 2.0 * children
    with_children = np.isin(kind, WITH_CHILDREN)
    row = np.where(with_children, pick(rng, len(kind), children), pick(rng, len(kind), others))
    return Places(
        municipality=np.array([one.number for one in table], dtype=np.int16)[row],
        centrality=np.array([one.centrality for one in table], dtype=np.int8)[row],
        in_tiltakssone=np.array([one.tiltakssone for one in table])[row],
    )


def draw_traits(people: People, kind: NDArray[np.int8], places: Places, seed: Seed) -> Traits:
    """Return background, years of residence and luck of each person."""
    rng = stream(seed, "background")
    background, from_far = _background(people, kind, places, rng)
    years = _residence(people, background, rng)
    together = rng.standard_normal(len(places.centrality))[people.household]
    own = rng.standard_normal(len(people.age))
    like = share("luck_of_the_household")
    mean = _by_type("luck_by_type", kind)[people.household]
    alone = kind[people.household] == HouseholdType.ALONE
    mean = np.where(alone, at_age(profile("luck_alone"), people.age), mean)
    mean = mean + share("luck_from_far") * ((background == IMMIGRANT) & from_far)
    return Traits(background, years, from_far, np.sqrt(like) * together + np.sqrt(1 - like) * own + mean)


def _background(
    people: People, kind: NDArray[np.int8], places: Places, rng: np.random.Generator
) -> tuple[NDArray[np.int8], Bools]:
    """Immigrants come in families: partners are alike, and children follow their parents.

    Where they come from decides in which households they live: those from far are alone with children more often.
    """
    count = len(people.age)
    rate = at_age(profile("immigrant_share"), people.age) * _by_type("immigrant_by_type", kind)[people.household]
    number, _ = children_by_family(people)
    alone = (people.partner < 0) & (number > 0)
    rate = rate * np.where(alone, at_age(profile("immigrant_by_children_alone"), number),
                           at_age(profile("immigrant_by_children"), number))  # fmt: skip
    rate = (rate * at_age(profile("immigrant_by_centrality"), places.centrality[people.household])).clip(max=0.9)
    immigrant = chance(rng, rate)
    follows = (people.partner >= 0) & (people.partner < np.arange(count))
    lead = people.partner.clip(min=0)
    alike = share("immigrant_couples")
    other = (rate * (1 - alike) / (1 - rate)).clip(0, 1)
    immigrant = np.where(follows, chance(rng, np.where(immigrant[lead], alike, other)), immigrant)
    from_far = chance(rng, _by_type("immigrant_from_far", kind)[people.household])
    from_far = np.where(follows & immigrant[lead], from_far[lead], from_far)

    background = np.where(immigrant, IMMIGRANT, NONE)
    child = (people.mother >= 0) | (people.father >= 0)
    mother, father = people.mother, people.father
    of_mother = np.where(mother >= 0, immigrant[mother], immigrant[father])
    of_father = np.where(father >= 0, immigrant[father], immigrant[mother])
    absent = child & ((mother < 0) | (father < 0))
    both = child & of_mother & of_father & ~(absent & chance(rng, np.full(count, share("absent_parent_is_not"))))
    abroad = chance(rng, at_age(profile("child_born_abroad"), people.age))
    young = child & (people.place < SECOND) & (people.place > 1)
    background = np.where(young, np.where(both, np.where(abroad, IMMIGRANT, NORWEGIAN_BORN), NONE), background)
    second = (background == NONE) & ~young & chance(rng, at_age(profile("norwegian_born_share"), people.age))
    background = np.where(second, NORWEGIAN_BORN, background)
    parent = np.where(mother >= 0, mother, father)
    from_far = np.where(young, from_far[parent], from_far) & (background != NONE)
    return background.astype(np.int8), from_far


def _by_type(name: str, kind: NDArray[np.int8]) -> Floats:
    """Return each household's value of a figure that is given by type of household."""
    values = figure(name)
    return np.array([values[one.name.lower()] for one in HouseholdType], dtype=np.float64)[kind - 1]


def _residence(people: People, background: NDArray[np.int8], rng: np.random.Generator) -> NDArray[np.int16]:
    """Years since immigration, never more than the age; the arrivals of 2022 and 2023 stand out."""
    count = len(people.age)
    recent = chance(rng, np.full(count, share("immigrant_arrived_2022_2023")))
    years = np.floor(at_age(profile("residence_years"), people.age) * rng.exponential(1.0, count))
    years = years + at_age(profile("residence_years_least"), people.age)
    years = np.where(recent, rng.integers(0, 2, count), years)
    parent = np.where(people.mother >= 0, people.mother, people.father)
    young = (parent >= 0) & (people.age < 25)
    years = np.where(young, years[parent], years)
    years = np.where(background == IMMIGRANT, np.minimum(years, people.age), people.age)
    return years.astype(np.int16)


def children_by_family(people: People) -> tuple[Ints, Ints]:
    """Return, for each person, the number of own or the partner's children under 18, and the youngest's age (99)."""
    count = len(people.age)
    number = np.zeros(count, dtype=np.int64)
    youngest = np.full(count, 99, dtype=np.int64)
    child = np.flatnonzero(people.age < 18)
    for link in (people.mother, people.father):
        parent = link[child]
        of = parent >= 0
        np.add.at(number, parent[of], 1)
        np.minimum.at(youngest, parent[of], people.age[child[of]].astype(np.int64))
    paired = people.partner >= 0
    other = people.partner.clip(min=0)
    both = np.maximum(number, np.where(paired, number[other], 0))
    return both, np.minimum(youngest, np.where(paired, youngest[other], 99))
