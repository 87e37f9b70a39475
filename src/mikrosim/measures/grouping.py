"""The groups that results are shown by, from a population's columns.

Ages are those reached by 31 December of the income year, and children are 0-17.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.errors import MikrosimError
from mikrosim.measures.frame import ADULT_AGE, IMMIGRANT
from mikrosim.measures.groups import Groups
from mikrosim.population.municipalities import municipalities
from mikrosim.population.schema import HouseholdType
from mikrosim.population.uprating import uprating

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from mikrosim.units import Bools, Floats, Ints, Nok

    Columns = Mapping[str, NDArray[Any]]

FAMILY_TYPES: dict[HouseholdType, str] = {
    HouseholdType.ALONE: "living_alone",
    HouseholdType.COUPLE: "couple",
    HouseholdType.MARRIED_WITH_CHILDREN: "couple_with_children",
    HouseholdType.COHABITING_WITH_CHILDREN: "couple_with_children",
    HouseholdType.SINGLE_PARENT: "single_parent",
    HouseholdType.ADULT_CHILDREN: "adult_children",
    HouseholdType.MULTI_WITHOUT_CHILDREN: "several_families",
    HouseholdType.MULTI_WITH_CHILDREN: "several_families_with_children",
}
"""Statistics Norway's types of household; `with_children` is with children 0-17."""

YOUNGEST_FROM = (0, 3, 6, 10)
"""Lower limits of the youngest child's age: nursery, kindergarten, the years of after-school care, and older."""

PERSON_AGE_FROM = (0, 6, 11, 18, 35, 50, 67)

MOST_CHILDREN = 4

WORKING_G = 2.0
"""A parent works with wages and business income of at least twice the average G of the year: yrkestilknyttet,
SSB, Ordforklaring 400511."""


def household_groups(persons: Columns, households: Columns, incomes: Columns, year: int) -> dict[str, Groups]:
    """Return households by family type, children, parents' work, immigrant background and place.

    Args:
        persons: The columns `household`, `birth_year`, `mother`, `father` and `immigrant_background`.
        households: The columns `household_type`, `municipality` and `centrality`.
        incomes: The columns `wage` and `self_employment_income` of the income year.
        year: The income year.

    Raises:
        MikrosimError: If the average G of the year is not known.
    """
    age = year - persons["birth_year"].astype(np.int64)
    groups = (
        _family_type(households["household_type"]),
        *_children(persons["household"], age, len(households["household_type"])),
        _parents_work(persons, incomes, age, len(households["household_type"]), WORKING_G * _grunnbelop(year)),
        _background(persons, age, len(households["household_type"])),
        *_places(households["municipality"]),
        _by_number("centrality", households["centrality"], 6),
    )
    return {one.name: one for one in groups}


def person_groups(persons: Columns, year: int) -> dict[str, Groups]:
    """Return persons by their own age and immigrant background.

    Args:
        persons: The columns `household`, `birth_year` and `immigrant_background`.
        year: The income year.
    """
    home, age = persons["household"], year - persons["birth_year"].astype(np.int64)
    ages = np.searchsorted(np.asarray(PERSON_AGE_FROM), age, side="right") - 1
    background = ("none", "immigrant", "norwegian_born_to_immigrants")
    groups = (
        Groups("age", _spans(PERSON_AGE_FROM), ages.astype(np.int8), home),
        Groups("immigrant_background", background, persons["immigrant_background"], home),
    )
    return {one.name: one for one in groups}


def _family_type(kind: NDArray[Any]) -> Groups:
    labels = tuple(dict.fromkeys(FAMILY_TYPES.values()))
    code = np.full(max(HouseholdType) + 1, -1, np.int8)
    for one, label in FAMILY_TYPES.items():
        code[one] = labels.index(label)
    return Groups("family_type", labels, code[kind])


def _children(home: NDArray[Any], age: Ints, households: int) -> tuple[Groups, Groups]:
    young = age < ADULT_AGE
    number = np.bincount(home[young], minlength=households)
    youngest = np.full(households, ADULT_AGE)
    np.minimum.at(youngest, home[young], age[young])
    place = np.searchsorted(np.asarray(YOUNGEST_FROM), youngest, side="right")
    place[number == 0] = 0
    labels = tuple(str(one) for one in range(MOST_CHILDREN))
    return (
        Groups("number_of_children", (*labels, f"{MOST_CHILDREN}+"), np.minimum(number, MOST_CHILDREN).astype(np.int8)),
        Groups("youngest_child", ("none", *_spans((*YOUNGEST_FROM, ADULT_AGE))[:-1]), place.astype(np.int8)),
    )


def _parents_work(persons: Columns, incomes: Columns, age: Ints, households: int, enough: Nok) -> Groups:
    """Return households with children by how many of the parents who live there work."""
    is_parent = np.zeros(len(age), np.bool_)
    for link in ("mother", "father"):
        rows = persons[link][(age < ADULT_AGE) & (persons[link] >= 0)]
        is_parent[rows] = True
    earned: Floats = incomes["wage"].astype(np.float64) + incomes["self_employment_income"]
    home = persons["household"]
    parents = np.bincount(home[is_parent], minlength=households)
    working = np.bincount(home[is_parent & (earned >= enough)], minlength=households)
    code = np.where(working == 0, 0, np.where(working < parents, 1, 2))
    labels = ("no_parent_works", "some_parents_work", "all_parents_work")
    return Groups("parents_work", labels, np.where(parents == 0, -1, code).astype(np.int8))


def _background(persons: Columns, age: Ints, households: int) -> Groups:
    """Return households by whether none, some or all of the adults are immigrants or born to two immigrant parents."""
    adult: Bools = age >= ADULT_AGE
    home = persons["household"]
    adults = np.bincount(home[adult], minlength=households)
    immigrants = np.bincount(home[adult & (persons["immigrant_background"] >= IMMIGRANT)], minlength=households)
    code = np.where(immigrants == 0, 0, np.where(immigrants < adults, 1, 2))
    labels = ("no_adult", "some_adults", "all_adults")
    return Groups("immigrant_background", labels, np.where(adults == 0, -1, code).astype(np.int8))


def _places(municipality: NDArray[Any]) -> tuple[Groups, Groups]:
    """Return the counties and the municipalities of 2024, small municipalities pulled towards their county."""
    known = municipalities()
    numbers = np.array(sorted(known))
    names = dict.fromkeys(known[one].county for one in numbers.tolist())
    county_of = np.array([list(names).index(known[one].county) for one in numbers.tolist()])
    place = np.searchsorted(numbers, municipality).clip(max=len(numbers) - 1)
    found = numbers[place] == municipality
    county = Groups("county", tuple(names), np.where(found, county_of[place], -1).astype(np.int8))
    labels = tuple(f"{one:04d} {known[one].name}" for one in numbers.tolist())
    code = np.where(found, place, -1).astype(np.int16)
    return county, Groups("municipality", labels, code, wider=county, parent=county_of)


def _by_number(name: str, number: NDArray[Any], highest: int) -> Groups:
    code = np.where((number >= 1) & (number <= highest), number - 1, -1).astype(np.int8)
    return Groups(name, tuple(str(one) for one in range(1, highest + 1)), code)


def _spans(limits: Sequence[int]) -> tuple[str, ...]:
    """Return `0-2`, `3-5` and so on, and the last one open: `67+`."""
    closed = (f"{low}-{high - 1}" for low, high in pairwise(limits))
    return (*closed, f"{limits[-1]}+")


def _grunnbelop(year: int) -> Nok:
    known = uprating().series["grunnbelop"]
    if year not in known:
        raise MikrosimError("groups", f"no average G for {year}; it is known for {min(known)} to {max(known)}")
    return known[year]
