"""From a household file to the columns of a population of one household, or of many that differ a little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.engine.dataset import NOBODY, Dataset, build
from mikrosim.engine.nodes import Column
from mikrosim.hypothetical.people import partners
from mikrosim.hypothetical.spec import SVALBARD
from mikrosim.population.municipalities import municipality
from mikrosim.population.schema import HOUSEHOLDS, INCOMES, PERSONS, HouseholdType, Tenure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from mikrosim.hypothetical.spec import HouseholdKeys, HouseholdSpec, PersonSpec

SFO = {"none": 0, "half": 1, "full": 2}
NATIONAL_AVERAGE = -1
NOT_KNOWN = -1
FULL = 100
_NAMES = [column.name for column in INCOMES]
GIVEN = tuple(name.removesuffix("_given") for name in _NAMES if name.endswith("_given"))
"""Benefits whose amount a file may give: it stands in the column of the name with the ending ``_given``."""

SPELLS = tuple(name.removesuffix("_degree") for name in _NAMES if name.endswith("_degree"))
"""Benefits with a degree and months; without a degree the months stand at 0."""

WITH_BASIS = tuple(name for name in SPELLS if f"{name}_basis" in _NAMES)
"""Benefits that run in full where the file gives a basis and no degree."""

COLUMNS = {
    **{column.name: Column("person", "float64") for column in (*PERSONS, *INCOMES)},
    **{column.name: Column("household", "float64") for column in HOUSEHOLDS},
}
"""The population's columns as this package gives them: any number, whole kroner or not."""

AMOUNTS = frozenset(column.name for column in INCOMES if column.unit.startswith("NOK"))


def dataset_of(spec: HouseholdSpec, variants: Sequence[Mapping[str, Mapping[str, float]]] = ({},)) -> Dataset:
    """Return the household once for each variant, side by side.

    Args:
        spec: The household.
        variants: For each copy, person id to the inputs that differ from the file's.
    """
    size = len(spec.persons)
    couples = partners(spec.persons)
    first_parents = {person.parents[0] for person in spec.persons if person.parents}

    def row(person: PersonSpec) -> dict[str, float]:
        return _person(person, spec, couples.get(person.id), is_first_parent=person.id in first_parents)

    as_given = [row(person) for person in spec.persons]
    rows = [
        row(person.model_copy(update=variant[person.id])) if person.id in variant else same
        for variant in variants
        for person, same in zip(spec.persons, as_given, strict=True)
    ]
    persons: dict[str, NDArray[Any]] = {
        column.name: np.array([row.get(column.name, 0) for row in rows], dtype=float) for column in (*PERSONS, *INCOMES)
    }
    copy = np.repeat(np.arange(len(variants)), size)
    persons["household"] = copy
    for link in ("partner", "mother", "father"):
        linked = persons[link]
        persons[link] = np.where(linked == NOBODY, NOBODY, linked + copy * size)
    keys = _household(spec.household)
    households: dict[str, NDArray[Any]] = {
        column.name: np.full(len(variants), float(keys.get(column.name, 0))) for column in HOUSEHOLDS
    }
    return build(persons, households, spec.year)


def _person(person: PersonSpec, spec: HouseholdSpec, partner: str | None, *, is_first_parent: bool) -> dict[str, float]:
    rows = {one.id: row for row, one in enumerate(spec.persons)}
    year, month = person.birth
    values: dict[str, float] = {
        name: float(value) for name, value in person if isinstance(value, int | float) and name != "id"
    }
    parents = [rows[name] for name in person.parents] + [NOBODY, NOBODY]
    values |= {
        "birth_year": year,
        "birth_month": month,
        "partner": NOBODY if partner is None else rows[partner],
        "mother": parents[0],
        "father": parents[1],
        "sfo": SFO[person.sfo_place],
        "income_as_year_before": float(person.income_previous_year is None),
        "other_parent_income": NOT_KNOWN if person.other_parent_income is None else person.other_parent_income,
        "sfo_price_month": NATIONAL_AVERAGE if person.sfo_price_month is None else person.sfo_price_month,
    }
    given = person.model_fields_set
    if "foreldrepenger_dekningsgrad" not in given:
        values["foreldrepenger_dekningsgrad"] = FULL if "foreldrepenger_basis" in given else 0
    if "foreldrepenger_fellesdel" not in given:
        values["foreldrepenger_fellesdel"] = float(is_first_parent)
    for name in SPELLS:
        if name in WITH_BASIS and f"{name}_degree" not in given:
            values[f"{name}_degree"] = float(f"{name}_basis" in given)
        if not values[f"{name}_degree"]:
            values |= {f"{name}_from": 0.0, f"{name}_to": 0.0}
    return {column_of(name): value for name, value in values.items()}


def column_of(field: str) -> str:
    """Return the column in which an input of the household file lies."""
    return f"{field}_given" if field in GIVEN else field


def _household(keys: HouseholdKeys) -> dict[str, float]:
    svalbard = keys.municipality in SVALBARD
    place = None if svalbard else municipality(keys.municipality)
    zone = keys.tiltakssone if keys.tiltakssone is not None else bool(place and place.tiltakssone)
    return {
        "weight": 1,
        "municipality": int(keys.municipality),
        "centrality": keys.centrality or (place.centrality if place else 6),
        "in_tiltakssone": zone,
        "on_svalbard": svalbard,
        "tenure": Tenure[keys.tenure.upper()].value,
        "housing_cost_month": keys.housing_cost_month,
        "household_type": HouseholdType.COHABITING_WITH_CHILDREN.value if keys.cohabiting else 0,
        "take_up": keys.take_up,
    }
