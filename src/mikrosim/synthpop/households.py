"""Draw the households: types, adults, children, and their links."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.population.schema import HouseholdType
from mikrosim.synthpop.figures import figure, profile, residents, share
from mikrosim.synthpop.random import at_age, chance, pick, stream
from mikrosim.synthpop.skeleton import (
    CHILDREN,
    FEMALE,
    MALE,
    MAN,
    SECOND,
    SECOND_PARTNER,
    THIRD,
    WOMAN,
    Grid,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mikrosim.synthpop.random import Seed
    from mikrosim.units import Bools, Floats, Ints

OLDEST = 105
MANY = 3
"""Children from which a family counts as one of many."""
MOST_CHILDREN = CHILDREN.stop - CHILDREN.start


def draw_households(count: int, seed: Seed) -> Grid:
    """Return so many households, in random order, with the published shares of each type."""
    rng = stream(seed, "household types")
    published = figure("households_by_type")
    wanted = np.array([published[one.name.lower()] for one in HouseholdType], dtype=np.float64)
    edges = np.rint(np.cumsum(wanted) / wanted.sum() * count).astype(np.int64)
    kind = np.searchsorted(edges, np.arange(count), side="right") + 1
    grid = Grid.empty(rng.permutation(kind).astype(np.int8))
    for one, draw in (
        (HouseholdType.MARRIED_WITH_CHILDREN, _couple_with_children),
        (HouseholdType.COHABITING_WITH_CHILDREN, _couple_with_children),
        (HouseholdType.SINGLE_PARENT, _single_parent),
        (HouseholdType.ADULT_CHILDREN, _adult_children),
        (HouseholdType.MULTI_WITHOUT_CHILDREN, _multi_without_children),
        (HouseholdType.MULTI_WITH_CHILDREN, _multi_with_children),
        (HouseholdType.COUPLE, _couple),
        (HouseholdType.ALONE, _alone),
    ):
        rows = np.flatnonzero(grid.kind == one)
        if len(rows):
            draw(grid, rows, one.name.lower(), stream(seed, one.name))
    months = pick(stream(seed, "birth months"), grid.present.size, figure("births_by_month"))
    grid.month[:] = months.reshape(grid.present.shape) + 1
    _space_siblings(grid)
    return grid


def _couple_with_children(grid: Grid, rows: Ints, name: str, rng: np.random.Generator) -> None:
    _children(grid, rows, name, rng)
    _parents(grid, rows, name, rng, both=np.ones(len(rows), dtype=bool), mother=np.ones(len(rows), dtype=bool))
    _link_children(grid, rows)
    _step_children(grid, rows, rng, share(f"step_only_{name}"), share(f"step_mixed_{name}"))


def _single_parent(grid: Grid, rows: Ints, name: str, rng: np.random.Generator) -> None:
    _children(grid, rows, name, rng, often=share("single_parent_of_many_drawn"))
    youngest = _youngest(grid, rows)
    mother = chance(rng, at_age(profile("single_parent_is_mother"), youngest))
    _parents(grid, rows, name, rng, both=np.zeros(len(rows), dtype=bool), mother=mother)
    _link_children(grid, rows)


def _adult_children(grid: Grid, rows: Ints, name: str, rng: np.random.Generator) -> None:
    number = pick(rng, len(rows), figure("adult_children_number")) + 1
    youngest = 18 + np.floor(rng.exponential(share("adult_children_years"), len(rows))).astype(np.int64)
    late = chance(rng, np.full(len(rows), share("adult_children_late")))
    youngest = np.where(late, rng.integers(30, 58, len(rows)), youngest).clip(max=60)
    for place in range(3):
        older = youngest + place * rng.integers(1, 5, len(rows))
        here = rows[number > place]
        grid.put(here, CHILDREN.start + 2 - place, older[number > place], _sexes(rng, len(here)))
    both = chance(rng, at_age(profile("adult_children_couple"), youngest))
    mother = chance(rng, np.full(len(rows), share("adult_children_mother")))
    _parents(grid, rows, name, rng, both=both, mother=mother)
    _link_children(grid, rows)


def _multi_without_children(grid: Grid, rows: Ints, name: str, rng: np.random.Generator) -> None:
    """Two to four unrelated adults, a couple with one more adult, or a couple with a parent of one of them."""
    kind = pick(rng, len(rows), figure("multi_without_children_kinds"))
    age = _ages(rng, len(rows), "multi_adult_age")
    sexes = _sexes(rng, len(rows))
    shared = kind <= 1
    woman, man = rows[~shared | (sexes == FEMALE)], rows[~shared | (sexes == MALE)]
    grid.put(woman, WOMAN, age[~shared | (sexes == FEMALE)], FEMALE)
    grid.put(man, MAN, (age + rng.integers(-3, 6, len(rows)).clip(min=0))[~shared | (sexes == MALE)], MALE)
    grid.pair(rows[~shared], WOMAN, MAN)
    other = (age + rng.normal(0, 6, len(rows))).clip(20, 80)
    grid.put(rows[kind != 3], SECOND, other[kind != 3], _sexes(rng, int((kind != 3).sum())))
    third = (age + rng.normal(0, 6, len(rows))).clip(20, 80)
    grid.put(rows[kind == 1], THIRD, third[kind == 1], _sexes(rng, int((kind == 1).sum())))
    _grandparents(grid, rows[kind == 3], rng, both=np.zeros(int((kind == 3).sum()), dtype=bool))


def _multi_with_children(grid: Grid, rows: Ints, name: str, rng: np.random.Generator) -> None:
    """A parent with the parent's own parents, a couple with a grandparent, or a family with other adults."""
    kind = pick(rng, len(rows), figure("multi_with_children_kinds"))
    _children(grid, rows, name, rng)
    both = (kind == 1) | (kind == 2)
    mother = chance(rng, np.full(len(rows), share("multi_single_mother")))
    _parents(grid, rows, name, rng, both=both, mother=mother)
    _link_children(grid, rows)
    up = kind <= 1
    _grandparents(grid, rows[up], rng, both=chance(rng, np.full(int(up.sum()), share("multi_both_grandparents"))))
    side = ~up
    here = rows[side]
    grid.put(here, SECOND, _ages(rng, len(here), "multi_adult_age"), FEMALE)
    paired = here[chance(rng, np.full(len(here), share("multi_second_couple")))]
    grid.put(paired, SECOND_PARTNER, grid.age[paired, SECOND] + rng.integers(0, 5, len(paired)), MALE)
    grid.pair(paired, SECOND, SECOND_PARTNER)


def _couple(grid: Grid, rows: Ints, name: str, rng: np.random.Generator) -> None:
    """Couples without children at home, by the assumed age of the elder, with the usual distance of ages."""
    band = pick(rng, len(rows), list(profile("couple_age").values()))
    edges = np.array([*profile("couple_age"), 95])
    room = residents().sum(axis=0)[: OLDEST + 1]
    woman = np.empty(len(rows), dtype=np.int64)
    for number, (low, high) in enumerate(pairwise(edges)):
        inside = band == number
        woman[inside] = low + pick(rng, int(inside.sum()), room[low:high])
    gap = np.rint(rng.normal(share("couple_age_gap"), share("couple_age_gap_sd"), len(rows)))
    man = (woman + gap).clip(18, 98)
    grid.put(rows, WOMAN, woman.clip(18, 97), FEMALE)
    grid.put(rows, MAN, man, MALE)
    grid.pair(rows, WOMAN, MAN)


def _alone(grid: Grid, rows: Ints, name: str, rng: np.random.Generator) -> None:
    """Persons alone: drawn from the adults of each age and sex whom the other households leave over."""
    left = _left_over(grid)
    cell = pick(rng, len(rows), left.ravel())
    sex, age = np.divmod(cell, left.shape[1])
    women, men = rows[sex == 1], rows[sex == 0]
    grid.put(women, WOMAN, age[sex == 1], FEMALE)
    grid.put(men, MAN, age[sex == 0], MALE)


def _left_over(grid: Grid) -> Floats:
    """Return adults by sex and age who are not yet in a household, at least a twentieth of each age."""
    scale = sum(figure("households_by_type").values()) / len(grid.kind)
    taken = np.zeros((2, OLDEST + 1))
    np.add.at(taken, (grid.sex[grid.present] - 1, grid.age[grid.present]), scale)
    adults = residents().copy()
    adults[:, :18] = 0
    return np.maximum(adults - taken, adults / 20)


def _children(grid: Grid, rows: Ints, name: str, rng: np.random.Generator, often: float = 1.0) -> None:
    """Draw the children of each household, eldest first; those past 18 have partly left home.

    Households of many children are drawn ``often`` times as often as others, and weigh as much less.
    """
    count = len(rows)
    shares = np.array(figure(f"children_number_{name}"))
    times = np.where(np.arange(len(shares)) + 1 >= MANY, often, 1.0)
    number = pick(rng, count, shares * times) + 1
    grid.ratio[rows] = 1 / times[number - 1]
    grid.ratio[rows] /= grid.ratio[rows].mean()
    age = np.full((count, MOST_CHILDREN), -1)
    age[:, 0] = pick(rng, count, figure(f"youngest_age_{name}"))
    for place in range(1, MOST_CHILDREN):
        gap = pick(rng, count, figure("sibling_gap_years"))
        age[:, place] = np.where(number > place, age[:, place - 1] + gap, -1)
        age[:, place] = np.where(age[:, place] > 45, -1, age[:, place])
    home = chance(rng, at_age(profile("lives_at_home"), age.ravel())).reshape(age.shape)
    age = -np.sort(-np.where(home, age, -1), axis=1)
    sexes = _sexes(rng, age.size).reshape(age.shape)
    grid.present[rows, CHILDREN] = age >= 0
    grid.age[rows, CHILDREN] = age.clip(min=0)
    grid.sex[rows, CHILDREN] = sexes


def _parents(grid: Grid, rows: Ints, name: str, rng: np.random.Generator, both: Bools, mother: Bools) -> None:
    """Put parents whose ages fit the children's: the mother by her age at the youngest child's birth."""
    ages = np.where(grid.present[rows, CHILDREN], grid.age[rows, CHILDREN].astype(np.int64), -1)
    eldest, youngest = ages.max(axis=1), _youngest(grid, rows)
    at_birth = np.rint(rng.normal(share("mother_at_youngest"), share("mother_at_youngest_sd"), len(rows)))
    woman = np.maximum(at_birth.clip(18, 46) + youngest, eldest + 17)
    gap = np.rint(rng.normal(share("couple_age_gap"), share("couple_age_gap_sd"), len(rows)))
    man = np.maximum(woman + gap, eldest + 17).clip(18)
    grid.put(rows[both | mother], WOMAN, woman[both | mother].clip(max=99), FEMALE)
    grid.put(rows[both | ~mother], MAN, man[both | ~mother].clip(max=100), MALE)
    grid.pair(rows[both], WOMAN, MAN)


def _link_children(grid: Grid, rows: Ints) -> None:
    """Link every child of the first family to those of the two adults who are there."""
    child = grid.present[rows, CHILDREN]
    for links, place in ((grid.mother, WOMAN), (grid.father, MAN)):
        links[rows, CHILDREN] = np.where(child & grid.present[rows, place][:, None], place, -1)


def _step_children(grid: Grid, rows: Ints, rng: np.random.Generator, only: float, mixed: float) -> None:
    """Unlink one parent: for all children of some couples, for the eldest child of others."""
    kind = pick(rng, len(rows), [only, mixed, 1 - only - mixed])
    of_mother = chance(rng, np.full(len(rows), share("step_child_is_mothers")))
    several = grid.present[rows, CHILDREN].sum(axis=1) > 1
    for links, mine in ((grid.mother, ~of_mother), (grid.father, of_mother)):
        links[rows[(kind == 0) & mine], CHILDREN] = -1
        links[rows[(kind == 1) & several & mine], CHILDREN.start] = -1


def _grandparents(grid: Grid, rows: Ints, rng: np.random.Generator, both: Bools) -> None:
    """Put the mother's mother (the father's, where no mother lives) and perhaps her partner."""
    place = np.where(grid.present[rows, WOMAN], WOMAN, MAN)
    parent = grid.age[rows, place].astype(np.int64)
    age = (parent + np.rint(rng.normal(28, 4, len(rows))).clip(17, 42)).clip(max=103)
    grid.put(rows, SECOND, age, FEMALE)
    grid.mother[rows, place] = SECOND
    paired = rows[both]
    grid.put(paired, SECOND_PARTNER, (age[both] + rng.integers(0, 5, len(paired))).clip(max=104), MALE)
    grid.pair(paired, SECOND, SECOND_PARTNER)
    grid.father[paired, place[both]] = SECOND_PARTNER


def _space_siblings(grid: Grid) -> None:
    """Move births so that children of one mother lie nine months apart or are twins."""
    for place in range(CHILDREN.start + 1, CHILDREN.stop):
        elder = place - 1
        years = grid.age[:, elder] - grid.age[:, place]
        related = grid.present[:, place] & grid.present[:, elder]
        twins = related & (years == 0)
        grid.month[twins, place] = grid.month[twins, elder]
        close = related & (years == 1)
        grid.month[close, place] = np.maximum(grid.month[close, place], grid.month[close, elder] - 2)


def _youngest(grid: Grid, rows: Ints) -> NDArray[Any]:
    ages = np.where(grid.present[rows, CHILDREN], grid.age[rows, CHILDREN].astype(np.int64), 999)
    return np.asarray(ages.min(axis=1))


def _sexes(rng: np.random.Generator, count: int) -> NDArray[np.int64]:
    return np.where(rng.random(count) < share("boys"), MALE, FEMALE)


def _ages(rng: np.random.Generator, count: int, name: str) -> Ints:
    """Return ages of a profile by lowest age, even within each band."""
    bands = profile(name)
    edges = np.array([*bands, 85])
    band = pick(rng, count, list(bands.values()))
    inside = np.floor(rng.random(count) * (edges[band + 1] - edges[band])).astype(np.int64)
    return np.asarray(edges[band] + inside)
