"""What each target measures in a population: one number per household for every target."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.population.schema import HouseholdType, Tenure
from mikrosim.synthpop.amounts import WAGE_ITEM, income_from, paid_in
from mikrosim.synthpop.targets import targets
from mikrosim.synthpop.work import HALF_G

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from mikrosim.population.population import Population
    from mikrosim.units import Bools, Floats, Ints

PER_UNIT = "median.equivalised"
SCALE_ADULT_AGE = 17
AAP_MONTH = 9
"""The month whose recipients of AAP are counted."""
WORK = ("wage", "self_employment_income", "sykepenger", "foreldrepenger", "svangerskapspenger")
"""Incomes of those who are counted as employed."""


class Features(NamedTuple):
    """What each household of a block counts in each target: its weighted sum is to be the target.

    For a median it counts half of its own above the median and as much less below, so that the sum is to be 0.
    """

    names: tuple[str, ...]
    values: csr_array
    """Rows are households, columns the targets by name."""
    groups: tuple[float, ...]
    """How many households a median is of, 1 for other targets."""
    weight: float
    """The mean drawn weight."""
    ratios: Floats
    """Each household's drawn weight over the mean."""


def features(population: Population, after_tax: Floats) -> Features:
    """Return what each household counts in all targets but those that describe the whole distribution.

    Args:
        population: As drawn.
        after_tax: Each household's income after tax in the income year.
    """
    from scipy.sparse import csr_array

    view = View(population)
    wanted = targets()
    found = {name: values for name, values in {**view.structure(), **view.incomes()}.items() if name in wanted}
    groups = dict.fromkeys(found, 1.0)
    for name, group in view.income_groups().items():
        counts = group & view.counted
        found[f"median.{name}"] = counts * ((after_tax < wanted[f"median.{name}"].value) - 0.5)
        groups[f"median.{name}"] = max(float(counts.sum()), 1.0)
    persons = np.where(view.counted, view.size, 0)
    value = wanted[PER_UNIT].value
    found[PER_UNIT] = persons * ((after_tax / units_of(population) < value) - 0.5)
    groups[PER_UNIT] = max(float(persons.sum()), 1.0)
    missing = [name for name, one in wanted.items() if one.calibrated and name not in found]
    assert not missing, f"no feature for {missing}"
    values = np.column_stack([one.astype(np.float64) for one in found.values()])
    weight = float(population.weights.mean())
    return Features(tuple(found), csr_array(values), tuple(groups.values()), weight, population.weights / weight)


def units_of(population: Population) -> Floats:
    """Return each household's consumption units on the EU scale."""
    home, count = population.persons["household"], len(population.weights)
    is_adult = population.year - population.persons["birth_year"] >= SCALE_ADULT_AGE
    adults = np.bincount(home[is_adult], minlength=count)
    size = np.bincount(home, minlength=count)
    return np.asarray(1.0 + 0.5 * (adults - 1).clip(0) + 0.3 * (size - adults))


class View:
    """A population with the few derived columns that many targets need."""

    INCOME_GROUPS = (
        "all",
        "alone_under_30",
        "alone_30_44",
        "alone_45_66",
        "alone_67plus",
        "couple_no_children_oldest_under_30",
        "couple_no_children_oldest_30_44",
        "couple_no_children_oldest_45_66",
        "couple_no_children_oldest_67plus",
        "couple_youngest_child_0_5",
        "couple_youngest_child_6_17",
        "couple_youngest_child_18plus",
        "lone_parent_youngest_0_5",
        "lone_parent_youngest_6_17",
        "lone_parent_youngest_18plus",
    )
    """Households by the types of the income statistics; all of them first."""

    def __init__(self, population: Population) -> None:
        persons, self.households = population.persons, population.households
        self.persons, self.year0 = persons, population.incomes[0]
        self.paid = paid_in(population)
        self.home: Ints = persons["household"]
        self.age: Ints = population.year - persons["birth_year"].astype(np.int64)
        self.type: NDArray[np.int8] = self.households["household_type"]
        self.counted: Bools = ~self.households["student_household"]
        self.size = self.count(np.ones(len(self.home), dtype=bool))
        self.child: Bools = (self.age < 18) & ((persons["mother"] >= 0) | (persons["father"] >= 0))
        own = (persons["mother"] >= 0) | (persons["father"] >= 0)
        self.youngest = np.full(len(self.type), 999)
        np.minimum.at(self.youngest, self.home, np.where(own, self.age, 999))
        self.oldest = np.zeros(len(self.type), dtype=np.int64)
        np.maximum.at(self.oldest, self.home, self.age)

    def count(self, chosen: Bools) -> Ints:
        """Return how many chosen persons live in each household."""
        return np.bincount(self.home[chosen], minlength=len(self.type))

    def million(self, amount: Floats) -> Floats:
        """Return the sum of persons' amounts in each household, in millions."""
        return np.bincount(self.home, weights=amount, minlength=len(self.type)) / 1e6

    def structure(self) -> dict[str, NDArray[np.generic]]:
        """Return counts of households and persons."""
        found: dict[str, NDArray[np.generic]] = {
            f"household_type.{one.name.lower()}": self.type == one for one in HouseholdType
        }
        found |= self._children() | self._adults()
        multi = np.isin(self.type, (HouseholdType.MULTI_WITHOUT_CHILDREN, HouseholdType.MULTI_WITH_CHILDREN))
        couple = np.isin(self.type, (HouseholdType.MARRIED_WITH_CHILDREN, HouseholdType.COHABITING_WITH_CHILDREN))
        single = self.type == HouseholdType.SINGLE_PARENT
        found |= {
            "multi_family.persons": np.where(multi, self.size, 0),
            "size.three_or_more": self.size >= 3,
            "youngest.single_parent_0_5": single & (self.youngest < 6),
            "youngest.couple_0_5": couple & (self.youngest < 6),
            "tenure.renters": np.isin(self.households["tenure"], (Tenure.RENTER, Tenure.MUNICIPAL_RENTER)),
            "tiltakssone.persons": np.where(self.households["in_tiltakssone"], self.size, 0),
            "tiltakssone.children": np.where(self.households["in_tiltakssone"], self.count(self.child), 0),
            "check.private_persons": self.size,
            "check.children_with_parent": self.count(self.child),
            "check.single_providers": self.count(self.persons["lives_alone_with_children"]),
        }
        for level in range(1, 7):
            here = self.households["centrality"] == level
            found[f"centrality.persons_{level}"] = np.where(here, self.size, 0)
            found[f"centrality.children_{level}"] = np.where(here, self.count(self.child), 0)
        background = self.persons["immigrant_background"]
        for number, name in ((1, "immigrants"), (2, "norwegian_born")):
            members = self.count(background == number)
            found[f"background.{name}"] = members
            found[f"check.{name}_with.single_parent"] = np.where(single, members, 0)
            found[f"check.{name}_with.couple_with_children"] = np.where(couple, members, 0)
        care = self.child & (self.persons["kindergarten_hours"] > 0)
        found["kindergarten.children"] = self.count(care & (self.age <= 5))
        found["kindergarten.aged_1_2"] = self.count(care & (self.age >= 1) & (self.age <= 2))
        return found

    def _children(self) -> dict[str, NDArray[np.generic]]:
        mother, father, partner = (self.persons[name] for name in ("mother", "father", "partner"))
        both = self.child & (mother >= 0) & (father >= 0)
        parent = np.where(mother >= 0, mother, father)
        step = self.child & ~both & (partner[parent] >= 0)
        married = self.type[self.home] == HouseholdType.MARRIED_WITH_CHILDREN
        multi = self.type[self.home] == HouseholdType.MULTI_WITH_CHILDREN
        # The schema does not say who is married; two in three parents of multi-family households are taken to be.
        married |= multi & (self.persons["person_id"][parent] % 3 != 0)
        found: dict[str, NDArray[np.generic]] = {
            "children_with.married_parents": self.count(both & married),
            "children_with.cohabiting_parents": self.count(both & ~married),
            "children_with.step_family": self.count(step),
            "children_with.single_parent": self.count(self.child & ~both & ~step),
            "children_sex.male": self.count(self.child & (self.persons["sex"] == 1)),
        }
        at_home = (mother >= 0) | (father >= 0)
        other = partner[parent]
        family = np.where(other >= 0, np.minimum(parent, other), parent)
        siblings = np.bincount(family[at_home], minlength=len(self.home))[family] - 1
        for number in range(4):
            found[f"siblings.{number}"] = self.count(both & (siblings == number))
        found["siblings.4plus"] = self.count(both & (siblings >= 4))
        for age in range(18):
            found[f"children_aged.{age}"] = self.count(self.child & (self.age == age))
        return found

    def _adults(self) -> dict[str, NDArray[np.generic]]:
        found: dict[str, NDArray[np.generic]] = {}
        for name in targets():
            if name.startswith("adults_aged."):
                sex, low, high = name.removeprefix("adults_aged.").split("_")
                chosen = (self.age >= int(low)) & (self.age <= int(high))
                found[name] = self.count(chosen & (self.persons["sex"] == (1 if sex == "male" else 2)))
        return found

    def incomes(self) -> dict[str, NDArray[np.generic]]:
        """Return counts of persons with an income and its sums."""
        year = {name: column.astype(np.float64) for name, column in self.year0.items()}
        item = income_from(year, self.paid, WAGE_ITEM)
        work = income_from(year, self.paid, WORK)
        employed = (work >= HALF_G) & (self.age >= 15) & (self.age < 75)
        found: dict[str, NDArray[np.generic]] = {
            "check.employed_men": self.count(employed & (self.persons["sex"] == 1)),
            "check.employed_women": self.count(employed & (self.persons["sex"] == 2)),
            "check.single_providers_in_work": self.count(employed & self.persons["lives_alone_with_children"]),
            "wage_item.persons": self.count((item > 0) & (self.age >= 17)),
            "wage_item.sum": self.million(np.where(self.age >= 17, item, 0.0)),
            "overgangsstonad.persons": self.count(year["overgangsstonad_months"] > 0),
            "check.introduksjonsstonad": self.count(self.paid["introduksjonsstonad"] > 0),
        }
        on_leave = self.paid["foreldrepenger"] > 0
        for sex, name in ((1, "men"), (2, "women")):
            found[f"check.foreldrepenger_{name}"] = self.count(on_leave & (self.persons["sex"] == sex))
        for name, amount in (
            ("pension", year["pension"]),
            ("uforetrygd", self.paid["uforetrygd"] - year["uforetrygd_given"]),
            ("aap", self.paid["aap"]),
            ("sykepenger", self.paid["sykepenger"]),
            ("self_employment", year["self_employment_income"]),
        ):
            found[f"{name}.persons"] = self.count(amount > 0)
            found[f"{name}.sum"] = self.million(amount)
        in_september = (self.paid["aap"] > 0) & (year["aap_from"] <= AAP_MONTH) & (year["aap_to"] >= AAP_MONTH)
        found["aap.persons"] = self.count(in_september)
        return found

    def income_groups(self) -> dict[str, Bools]:
        """Return the household types of the income statistics."""
        alone, couple = self.type == HouseholdType.ALONE, self.type == HouseholdType.COUPLE
        family = np.isin(self.type, (HouseholdType.MARRIED_WITH_CHILDREN, HouseholdType.COHABITING_WITH_CHILDREN))
        single, grown = self.type == HouseholdType.SINGLE_PARENT, self.type == HouseholdType.ADULT_CHILDREN
        paired = self.count(self.persons["partner"] >= 0) > 0
        oldest, youngest = self.oldest, self.youngest
        members = (
            np.ones(len(self.type), dtype=bool),
            alone & (oldest < 30),
            alone & (oldest >= 30) & (oldest < 45),
            alone & (oldest >= 45) & (oldest < 67),
            alone & (oldest >= 67),
            couple & (oldest < 30),
            couple & (oldest >= 30) & (oldest < 45),
            couple & (oldest >= 45) & (oldest < 67),
            couple & (oldest >= 67),
            family & (youngest < 6),
            family & (youngest >= 6),
            grown & paired,
            single & (youngest < 6),
            single & (youngest >= 6),
            grown & ~paired,
        )
        return dict(zip(self.INCOME_GROUPS, members, strict=True))
