"""From a household file to the columns of a population of one household, or of many that differ a little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.engine.dataset import NOBODY, Dataset, build
from mikrosim.engine.nodes import Column
from mikrosim.hypothetical.people import partners
from mikrosim.hypothetical.spec import SVALBARD
from mikrosim.population.municipalities import municipality
from mikrosim.population.schema import HOUSEHOLDS, INCOMES, PERSONS, Tenure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from mikrosim.hypothetical.spec import HouseholdKeys, HouseholdSpec, PersonSpec

SFO = {"none": 0, "half": 1, "full": 2}
NATIONAL_AVERAGE = -1
TAXABLE = (
    "wage",
    "self_employment_income",
    "pension",
    "capital_income",
    "dividends",
    "dagpenger",
    "aap",
    "uforetrygd",
    "sykepenger",
    "foreldrepenger",
    "introduksjonsstonad",
    "kvalifiseringsstonad",
)
"""What last year's income is taken to have been where the file does not give it: the same as this year's."""

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
    one = [_person(person, spec, couples.get(person.id)) for person in spec.persons]
    persons: dict[str, NDArray[Any]] = {}
    for column in (*PERSONS, *INCOMES):
        persons[column.name] = np.tile(np.array([row.get(column.name, 0) for row in one], dtype=float), len(variants))
    copy = np.repeat(np.arange(len(variants)), size)
    persons["household"] = copy
    for link in ("partner", "mother", "father"):
        row = persons[link]
        persons[link] = np.where(row == NOBODY, NOBODY, row + copy * size)
    rows = {person.id: row for row, person in enumerate(spec.persons)}
    for number, variant in enumerate(variants):
        for name, inputs in variant.items():
            at = number * size + rows[name]
            for field, value in inputs.items():
                if spec.persons[rows[name]].income_previous_year is None and field in TAXABLE:
                    persons["income_previous_year"][at] += value - persons[field][at]
                persons[field][at] = value
    keys = _household(spec.household)
    households: dict[str, NDArray[Any]] = {
        column.name: np.full(len(variants), float(keys.get(column.name, 0))) for column in HOUSEHOLDS
    }
    return build(persons, households, spec.year)


def _person(person: PersonSpec, spec: HouseholdSpec, partner: str | None) -> dict[str, float]:
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
        "sfo_price_month": NATIONAL_AVERAGE if person.sfo_price_month is None else person.sfo_price_month,
    }
    if person.income_previous_year is None:
        values["income_previous_year"] = sum(values[name] for name in TAXABLE)
    return values


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
        "take_up": keys.take_up,
    }
