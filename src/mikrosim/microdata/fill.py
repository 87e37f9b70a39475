"""What stands in the population where the microdata say nothing: constants, and what follows from other columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mikrosim.population.municipalities import municipalities
from mikrosim.population.schema import NOBODY, HouseholdType

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from mikrosim.population.population import Columns
    from mikrosim.units import Bools, Floats, Ints

CHILD_UNTIL = 18
ADULT_INSURED_FROM = 16
FULL_TRYGDETID = 40
IMMIGRANT = 1


class Filler(NamedTuple):
    """What fills a column, and why: a constant, or a function of the tables so far."""

    why: str
    constant: float | None = None
    derive: Callable[[Tables], NDArray[Any]] | None = None


class Tables(NamedTuple):
    """The columns so far, and the income year; incomes are those of that year."""

    households: Columns
    persons: Columns
    income: Columns
    year: int

    @property
    def age(self) -> Ints:
        """Age at the end of the income year."""
        return self.year - self.persons["birth_year"].astype(np.int64)


def draw(ids: NDArray[Any], salt: int) -> Floats:
    """Return a number in [0, 1) for each id, the same every time: SplitMix64 of the id and the salt.

    >>> draw(np.array([1, 2, 1]), 0).round(3).tolist()
    [0.567, 0.591, 0.567]
    """
    with np.errstate(over="ignore"):
        mixed = ids.astype(np.int64).view(np.uint64) + np.uint64(0x9E3779B97F4A7C15) * np.uint64(salt + 1)
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
        mixed ^= mixed >> np.uint64(31)
    numbers: Floats = (mixed >> np.uint64(11)).astype(np.float64) / 2.0**53
    return numbers


def draw_municipality(
    ids: NDArray[Any], counties: list[frozenset[str] | None], classes: list[frozenset[int] | None]
) -> Ints:
    """Return a municipality for each household, drawn by its residents among those of a region and density.

    Args:
        ids: The households' numbers, which decide the draw.
        counties: The counties of each household's region, None for all of Norway.
        classes: The classes of centrality that fit its density, None for all; where a region has none of them, all.
    """
    table = list(municipalities().values())
    number = np.array([one.number for one in table])
    residents = np.array([one.population for one in table], np.float64)
    drawn, result = draw(ids, salt=3), np.zeros(len(ids), np.int64)
    kinds: dict[tuple[Any, Any], list[int]] = {}
    for row, kind in enumerate(zip(counties, classes, strict=True)):
        kinds.setdefault(kind, []).append(row)
    for (county, density), rows in kinds.items():
        inside = np.array([county is None or one.county in county for one in table])
        fitting = inside & np.array([density is None or one.centrality in density for one in table])
        reached = np.cumsum(residents * (fitting if fitting.any() else inside))
        result[rows] = number[np.searchsorted(reached, drawn[rows] * reached[-1], side="right")]
    return result


def _of_municipality(name: str) -> Callable[[Tables], NDArray[Any]]:
    def derive(tables: Tables) -> NDArray[Any]:
        known = municipalities()
        values = {number: getattr(one, name) for number, one in known.items()}
        return np.array([values.get(int(number), 0) for number in tables.households["municipality"]])

    return derive


def has_child(tables: Tables) -> Bools:
    """Tell who has an own child under 18 in the household."""
    persons, found = tables.persons, np.zeros(len(tables.age), np.bool_)
    child = tables.age < CHILD_UNTIL
    for parent in ("mother", "father"):
        found[persons[parent][child & (persons[parent] != NOBODY)]] = True
    return found


def household_types(tables: Tables) -> Ints:
    """Return each household's type from its families: a person or couple with the children who live with them."""
    persons, age = tables.persons, tables.age
    rows, home = np.arange(len(age)), persons["household"]
    mother, father, partner = (persons[name].astype(np.int64) for name in ("mother", "father", "partner"))
    parent = np.where(mother != NOBODY, mother, father)
    has_own = np.zeros(len(age), np.bool_)
    for link in (mother, father):
        has_own[link[link != NOBODY]] = True
    belongs = (parent != NOBODY) & (partner == NOBODY) & ~has_own
    adult = np.where(belongs, parent, rows)
    family = np.where(partner[adult] != NOBODY, np.minimum(adult, partner[adult]), adult)
    count = len(tables.households["household_id"])
    families = np.bincount(home[family == rows], minlength=count)
    couples = np.bincount(home[partner != NOBODY], minlength=count) > 0
    with_children = np.bincount(home[belongs], minlength=count) > 0
    minors = np.bincount(home[age < CHILD_UNTIL], minlength=count) > 0
    kind = np.where(couples, HouseholdType.COUPLE, HouseholdType.ALONE)
    kind = np.where(with_children & ~minors, HouseholdType.ADULT_CHILDREN, kind)
    young = np.where(couples, HouseholdType.MARRIED_WITH_CHILDREN, HouseholdType.SINGLE_PARENT)
    kind = np.where(with_children & minors, young, kind)
    several = np.where(minors, HouseholdType.MULTI_WITH_CHILDREN, HouseholdType.MULTI_WITHOUT_CHILDREN)
    return np.where(families > 1, several, kind).astype(np.int64)


def _student_households(tables: Tables) -> Bools:
    persons, income = tables.persons, tables.income
    total = previous_income(income)
    order = np.lexsort((total + tables.age / 1000.0, persons["household"]))
    last = np.searchsorted(persons["household"][order], np.arange(len(tables.households["household_id"])), side="right")
    student: Bools = persons["student"][order[last - 1]].astype(np.bool_)
    return student


def _trygdetid(tables: Tables) -> Ints:
    years = np.minimum(tables.persons["residence_years"], np.maximum(tables.age - ADULT_INSURED_FROM, 0))
    immigrant = tables.persons["immigrant_background"] == IMMIGRANT
    return np.where(immigrant, np.minimum(years, FULL_TRYGDETID), FULL_TRYGDETID).astype(np.int64)


def _alone_with_children(tables: Tables) -> Bools:
    alone: Bools = tables.persons["partner"] == NOBODY
    return has_child(tables) & alone


def previous_income(income: Columns) -> Floats:
    """Return the taxable personal and capital income that a year's columns give, benefits by basis left out."""
    taxed = (
        "wage", "self_employment_income", "pension", "svangerskapspenger", "capital_income", "dividends",
        "dagpenger_given", "aap_given", "uforetrygd_given", "sykepenger_given", "foreldrepenger_given",
        "introduksjonsstonad_given", "kvalifiseringsstonad_given",
    )  # fmt: skip
    total: Floats = sum((income[name].astype(np.float64) for name in taxed), start=np.zeros(len(income["wage"])))
    return total


FILLERS: dict[str, Filler] = {
    "centrality": Filler("the municipality's class", derive=_of_municipality("centrality")),
    "in_tiltakssone": Filler("whether the municipality is in the zone", derive=_of_municipality("tiltakssone")),
    "on_svalbard": Filler("nobody lives on Svalbard", 0),
    "household_type": Filler("from the members and their links; couples with children count as married",
                             derive=household_types),
    "tenure": Filler("all are taken for owners", 0),
    "housing_cost_month": Filler("no housing cost, so no bostotte", 0),
    "student_household": Filler("whether the member with the largest income is a student", derive=_student_households),
    "take_up": Filler("drawn by the household's number", derive=lambda to: draw(to.households["household_id"], salt=1)),
    "birth_month": Filler("drawn by the person's number, all months alike",
                          derive=lambda to: 1 + np.floor(12 * draw(to.persons["person_id"], salt=2))),
    "partner": Filler("nobody has a partner", NOBODY),
    "mother": Filler("nobody is linked to a mother", NOBODY),
    "father": Filler("nobody is linked to a father", NOBODY),
    "immigrant_background": Filler("nobody has an immigrant background", 0),
    "residence_years": Filler("the person's age", derive=lambda to: np.maximum(to.age, 0)),
    "trygdetid": Filler("40 years; to immigrants the years of residence since 16", derive=_trygdetid),
    "student": Filler("nobody studies", 0),
    "upper_secondary_pupil": Filler("nobody is a pupil", 0),
    "shared_residence": Filler("no child has two homes", 0),
    "samvaersklasse": Filler("no contact with a parent who lives elsewhere", 0),
    "lives_alone_with_children": Filler("has an own child under 18 and no partner", derive=_alone_with_children),
    "young_disabled": Filler("nobody", 0),
    "in_arbeidsfradrag_trial": Filler("nobody", 0),
    "kindergarten_hours": Filler("no child is in kindergarten", 0),
    "kindergarten_start_month": Filler("places last all year", 0),
    "sfo": Filler("no child is in after-school care", 0),
    "sfo_price_month": Filler("the national average price", -1),
    "wage_from": Filler("wages are earned all year", 1),
    "wage_to": Filler("wages are earned all year", 12),
    "income_previous_year": Filler("not used: this year's income stands for it", 0),
    "other_parent_income": Filler("not known: no child support is computed", -1),
}  # fmt: skip
"""What fills a column that is not read, or its empty cells. Income columns not named here are filled with 0."""

REQUIRED = ("household_id", "weight", "municipality", "person_id", "birth_year", "sex")
"""Columns without which there is no population."""

DRAWN = ("take_up", "birth_month")
"""Columns whose filler is drawn."""


def filler_of(column: str) -> Filler:
    """Return what fills a column."""
    return FILLERS.get(column) or Filler("none", 0)
