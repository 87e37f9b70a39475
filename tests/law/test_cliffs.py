"""Where a little more wage leaves a family with less: all such cliffs are listed here, and no other is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
from norway import COLUMNS, program

from mikrosim.engine.dataset import build
from mikrosim.engine.run import run
from mikrosim.hypothetical.columns import dataset_of
from mikrosim.hypothetical.spec import read_spec
from mikrosim.measures.budget import BUDGET_SIGNS
from mikrosim.parameters import FIRST_YEAR, LAST_YEAR, baseline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mikrosim.engine.dataset import Dataset

STEP = 10
MOST = 900_000
ROUNDED = 24.0
"""What bostøtte, overgangsstønad and stønad til barnetilsyn may jump, two at once: a krone a month, each. Where the
rates of tax, prices and benefits make up more than the whole next krone, income also slides, by a krone in ten."""


class Cliff(NamedTuple):
    """An instrument, years, the largest fall (NOK a year) among the families here, and the paragraph."""

    instrument: str
    first_year: int
    last_year: int
    fall: int
    paragraph: str


CLIFFS = (
    Cliff("bostotte", 2021, 2024, 600, "forskrift om bustøtte § 4: the progressive steps until June 2024; § 13"),
    Cliff("bostotte", 2025, 2026, 430, "forskrift om bustøtte § 13: the smallest payout"),
    Cliff("foreldrebetaling_barnehage", 2021, 2026, 8_500, "forskrift om foreldrebetaling § 3: free core time"),
    Cliff("bidragsforskudd", 2021, 2026, 28_100, "forskotteringsloven § 5: from each level to the next, and to none"),
    Cliff("stonad_til_barnetilsyn", 2021, 2026, 27_300, "folketrygdloven § 15-10: 6 G"),
    Cliff("barnetrygd", 2021, 2026, 2_830, "barnetrygdloven § 9: småbarnstillegg needs full overgangsstønad"),
    Cliff("engangsstonad", 2021, 2026, 88_100, "folketrygdloven §§ 14-6 and 14-17: half of G earns foreldrepenger"),
)


def families(year: int) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield homes and households whose member \"a\" earns more and more."""
    oslo = {"tenure": "renter", "housing_cost_month": 12_000, "municipality": "0301"}
    alta = {"tenure": "renter", "housing_cost_month": 9_000, "municipality": "5601"}

    def one(who: str, age: int, **inputs: Any) -> dict[str, Any]:
        return {"id": who, "born": f"{year - age}-05", **inputs}

    def three(*parents: str) -> list[dict[str, Any]]:
        return [
            {"id": "b1", "born": f"{year - 3}-04", "kindergarten_hours": 45, "parents": list(parents)},
            {"id": "b2", "born": f"{year - 7}-03", "sfo": "full", "parents": list(parents)},
            {"id": "b3", "born": f"{year - 12}-03", "parents": list(parents)},
        ]

    infants = [{"id": "b1", "born": f"{year}-02", "parents": ["a"]}, {"id": "b2", "born": f"{year - 1}-03"}]
    yield oslo, [one("a", 40)]
    yield oslo, [one("a", 40, net_wealth=100_000)]
    yield oslo, [one("a", 38), *three("a")]
    yield alta, [one("a", 38, overgangsstonad_months=12), *three("a")]
    yield alta, [one("a", 30), infants[0], {**infants[1], "parents": ["a"]}]
    yield oslo, [one("a", 38, partner="c"), one("c", 36), *three("a", "c")]
    yield oslo, [one("a", 38, partner="c"), one("c", 36, wage=150_000), *three("a", "c")]
    yield oslo, [one("a", 45, uforetrygd=250_000, young_disabled=True)]
    yield oslo, [one("a", 70, pension=220_000)]
    yield oslo, [one("a", 70, pension=220_000, partner="c"), one("c", 70, pension=150_000)]
    yield oslo, [one("c", 45, wage=200_000), one("a", 19, parents=["c"])]


def along_wages(home: dict[str, Any], persons: list[dict[str, Any]], year: int) -> tuple[Dataset, np.ndarray]:
    """Return the household once for each wage of \"a\", and the wages."""
    spec = read_spec({"year": year, "household": home, "persons": persons}, "family")
    wages = np.arange(0.0, MOST, STEP)
    columns = dataset_of(spec, ({},) * len(wages)).columns
    place = [person["id"] for person in persons].index("a")
    for name in ("wage", "income_previous_year"):
        columns[name][place :: len(persons)] += wages
    of_persons, of_households = (
        {name: columns[name].astype(column.dtype) for name, column in COLUMNS.items() if column.entity == entity}
        for entity in ("person", "household")
    )
    return build(of_persons, of_households, year), wages


def falls(home: dict[str, Any], persons: list[dict[str, Any]], year: int) -> Iterator[tuple[str, float, float]]:
    """Yield each cliff: the instrument that loses most, the wage below it, and the fall."""
    households, wages = along_wages(home, persons, year)
    columns = run(program(), households, baseline(year).vector[None], year).columns
    change = np.diff(columns["after_tax_income_net_of_child_care"][0])
    of_instrument = {
        name: sign * np.diff(columns[name][0].reshape(len(wages), -1).sum(axis=1))
        for name, sign in BUDGET_SIGNS.items()
    }
    for at in np.flatnonzero(change < -ROUNDED - STEP / 10):
        yield min(of_instrument, key=lambda name: of_instrument[name][at]), wages[at], -change[at]


def test_every_cliff_is_listed_with_its_paragraph_and_every_one_listed_is_found() -> None:
    largest = dict.fromkeys(CLIFFS, 0.0)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for home, persons in families(year):
            for instrument, wage, fall in falls(home, persons, year):
                listed = [
                    one for one in CLIFFS if one.instrument == instrument and one.first_year <= year <= one.last_year
                ]
                assert listed, f"{year}: {instrument} falls by {fall:.0f} at a wage of {wage:.0f}: {persons}"
                largest[listed[0]] = max(largest[listed[0]], fall)
    assert {one: one.fall for one in CLIFFS} == pytest.approx(largest, rel=0.02)
