"""Where a krone more leaves a family with less: all such cliffs are listed here, and no other is found.

The krone is one of wages, pension, savings or former earnings. What a benefit that is given by its degree would lose
by more work is not seen: the degree follows the work, and is an input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
from norway import COLUMNS, GRAPH, LAYOUT

from mikrosim.engine.dataset import build
from mikrosim.engine.plain import evaluate
from mikrosim.hypothetical.columns import dataset_of
from mikrosim.hypothetical.spec import read_spec
from mikrosim.measures.budget import BUDGET_SIGNS
from mikrosim.parameters import FIRST_YEAR, LAST_YEAR, baseline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

INCOME = "after_tax_income_net_of_child_care"
SIGNS = {**BUDGET_SIGNS, "barnebidrag": 1}

STEP = 2_048
"""NOK between the amounts that are computed in any case. Where income is not a straight line from one to the next, the
interval is halved, and so on down to a krone: small cliffs at even distances within it could hide each other."""

ROUNDED = 24.0
"""What bostøtte, overgangsstønad and stønad til barnetilsyn may jump, two at once: a krone a month, each. Where the
rates of tax, prices and benefits make up more than the whole next krone, income also slides."""

TENS = 120.0
"""What barnebidrag for a child may jump: ten kroner a month."""

DAYS = 260.0
"""What foreldrepenger may jump: a krone a day."""


class Cliff(NamedTuple):
    """An instrument, what there is more of, years, the largest fall (NOK a year) found here, and the paragraph."""

    instrument: str
    more: str
    first_year: int
    last_year: int
    fall: int
    paragraph: str


class Family(NamedTuple):
    """A household whose member "a" has more and more of something, up to thousands of NOK, and what may be rounding."""

    home: dict[str, Any]
    persons: list[dict[str, Any]]
    more: str = "wage"
    most: int = 450
    rounded: float = ROUNDED


FORELDREPENGER = "folketrygdloven §§ 14-6 and 14-17: half of G earns foreldrepenger and ends engangsstønad"
CLIFFS = (
    Cliff("bostotte", "wage", 2021, 2024, 590, "forskrift om bustøtte § 4: progressive steps until June 2024; § 13"),
    Cliff("bostotte", "wage", 2025, 2026, 440, "forskrift om bustøtte § 13: the smallest payout"),
    Cliff("foreldrebetaling_barnehage", "wage", 2021, 2026, 8_500, "forskrift om foreldrebetaling § 3: free core time"),
    Cliff("bidragsforskudd", "wage", 2021, 2026, 28_100, "forskotteringsloven § 5: to the next level, and to none"),
    Cliff("stonad_til_barnetilsyn", "wage", 2021, 2026, 27_300, "folketrygdloven § 15-10: 6 G"),
    Cliff("barnetrygd", "wage", 2021, 2026, 2_830, "barnetrygdloven § 9: småbarnstillegg needs full overgangsstønad"),
    Cliff("engangsstonad", "wage", 2021, 2026, 92_650, FORELDREPENGER),
    Cliff("engangsstonad", "foreldrepenger_basis", 2021, 2026, 53_910, FORELDREPENGER),
    Cliff("uforetrygd", "wage", 2021, 2026, 141_800, "folketrygdloven § 12-14: over 80 per cent of former income"),
    Cliff("minstenivatillegg", "wage", 2021, 2026, 13_120, "folketrygdloven §§ 19-8 and 20-9: the partner's 2 G"),
    Cliff(
        "minstenivatillegg", "pension", 2021, 2026, 13_120, "folketrygdloven §§ 19-8 and 20-9: the partner's pension"
    ),
    Cliff("supplerende_stonad", "wage", 2021, 2026, 5_000, "lov om supplerande stønad § 9: the smallest allowance"),
    Cliff("supplerende_stonad", "net_wealth", 2021, 2026, 250_000, "lov om supplerande stønad § 8: half of G"),
    Cliff("skattefradrag_pensjon", "wage", 2021, 2026, 26_000, "skatteloven § 16-1 c: the credit of its receivers"),
    Cliff(
        "barnebidrag", "wage", 2021, 2026, 20_700, "forskrift om fastsetjing av fostringstilskot § 5: the child's own"
    ),
)


def families(year: int) -> Iterator[Family]:
    """Yield households for which more may be less."""
    renter = {"tenure": "renter", "housing_cost_month": 12_000}
    own = {"housing_cost_month": 0}
    applies_for_nothing = {"take_up": 1}
    apart = {"other_parent_income": 500_000, "samvaersklasse": 1}

    def one(who: str, age: int, **inputs: Any) -> dict[str, Any]:
        return {"id": who, "born": f"{year - age}-05", **inputs}

    def three(*parents: str) -> list[dict[str, Any]]:
        return [
            {"id": "b1", "born": f"{year - 3}-04", "kindergarten_hours": 45, "parents": list(parents)},
            {"id": "b2", "born": f"{year - 7}-03", "sfo": "full", "parents": list(parents)},
            {"id": "b3", "born": f"{year - 12}-03", "parents": list(parents)},
        ]

    # Wages of single persons and of parents
    yield Family(renter, [one("a", 40)])
    yield Family(renter, [one("a", 40)], "net_wealth")
    yield Family(renter, [one("c", 45, wage=200_000), one("a", 19, parents=["c"])])
    yield Family(renter, [one("a", 38, partner="c"), one("c", 36), *three("a", "c")[1:]])
    yield Family(own, [one("a", 38, partner="c"), one("c", 36, wage=150_000), *three("a", "c")], most=700)
    yield Family(own, [one("a", 38), *three("a")], most=900)
    yield Family(own, [one("a", 38, overgangsstonad_months=12), *three("a")])
    yield Family(applies_for_nothing, [one("a", 30), one("b1", 0, parents=["a"]), one("b2", 1, parents=["a"])])
    claims = one("a", 30, foreldrepenger_dekningsgrad=100)
    yield Family(
        applies_for_nothing,
        [claims, one("b", 0, parents=["a"])],
        "foreldrepenger_basis",
        most=100,
        rounded=ROUNDED + DAYS,
    )
    # Benefits that replace work
    yield Family(renter, [one("a", 45, uforetrygd_basis=400_000)])
    yield Family(own, [one("a", 27, uforetrygd_basis=150_000, young_disabled=True, uforetrygd_from=4)], most=600)
    yield Family(own, [one("a", 45, uforetrygd_basis=500_000, uforetrygd_degree=0.5), *three("a")[1:]])
    both = [one("a", 38, partner="c"), one("c", 36, uforetrygd_basis=300_000)]
    yield Family(own, [*both, *three("a", "c")[1:]], most=700)
    both = [one("a", 33, partner="c", aap_basis=300_000, aap_to=6), one("c", 34, dagpenger_basis=350_000)]
    yield Family(own, [*both, *three("a", "c")])
    both = [one("a", 33, partner="c", introduksjonsstonad_degree=1), one("c", 34, kvalifiseringsstonad_degree=0.5)]
    yield Family(own, [*both, one("d", 20, tiltakspenger_degree=1)])
    yield Family(own, [one("a", 68, sykepenger_degree=1, sykepenger_to=8)], "sykepenger_basis")
    # The old, with a pension of their own and with short residence
    yield Family(renter, [one("a", 70, pension=220_000)])
    for more in ("wage", "pension"):
        yield Family(own, [one("a", 68, partner="c"), one("c", 72, pension=90_000, alderspensjon_uttaksgrad=1)], more)
    yield Family(own, [one("a", 60, partner="c"), one("c", 72, trygdetid=5)])
    for more in ("wage", "net_wealth"):
        yield Family(applies_for_nothing, [one("a", 70, trygdetid=10)], more)
    # Child support: the receiver's wages, the child's own, and the payer's income
    yield Family(own, [one("a", 38), one("b", 8, parents=["a"], **apart)], most=900, rounded=ROUNDED + TENS)
    yield Family(own, [one("c", 38, wage=300_000), one("a", 16, parents=["c"], **apart)], rounded=ROUNDED + TENS)
    child = one("a", 8, parents=["c"], **{**apart, "other_parent_income": 0})
    yield Family(own, [one("c", 38), child], "other_parent_income", most=700, rounded=ROUNDED + TENS)


def incomes(family: Family, year: int, amounts: NDArray[np.float64]) -> tuple[NDArray[np.float64], dict[str, Any]]:
    """Return the household's income and each instrument's sum, at each amount that \"a\" has more."""
    spec = read_spec({"year": year, "household": family.home, "persons": family.persons}, "family")
    size, copies = len(family.persons), len(amounts)
    one = dataset_of(spec).columns
    columns = {name: np.tile(one[name], copies) for name in COLUMNS}
    copy = np.repeat(np.arange(copies), size)
    for link in ("partner", "mother", "father"):
        columns[link] = np.where(columns[link] < 0, columns[link], columns[link] + copy * size)
    columns["household"] = copy
    columns[family.more][[person["id"] for person in family.persons].index("a") :: size] += amounts
    of_persons, of_households = (
        {name: columns[name] for name, column in COLUMNS.items() if column.entity == entity}
        for entity in ("person", "household")
    )
    values = evaluate(GRAPH, LAYOUT, build(of_persons, of_households, year), baseline(year).vector, year)
    of_instrument = {
        name: sign * np.array(values[name][0]).reshape(copies, -1).sum(axis=1) for name, sign in SIGNS.items()
    }
    return np.array(values[INCOME][0]), of_instrument


def falls(family: Family, year: int) -> Iterator[tuple[str, float, float]]:
    """Yield each cliff: the instrument that loses most, the amount below it, and the fall.

    Where income halfway between two amounts is not halfway between their incomes, both halves are looked at again.
    """
    amounts = np.arange(0.0, family.most * 1_000 + STEP, STEP)
    income, _ = incomes(family, year, amounts)
    low, high, below, above = amounts[:-1], amounts[1:], income[:-1], income[1:]
    while len(low) and (high - low).max() > 1:
        middle = (low + high) / 2
        income, _ = incomes(family, year, middle)
        bent = np.abs(income - (below + above) / 2) > family.rounded / 2 + 1
        low, high = np.r_[low[bent], middle[bent]], np.r_[middle[bent], high[bent]]
        below, above = np.r_[below[bent], income[bent]], np.r_[income[bent], above[bent]]
    falling = above - below < -family.rounded - 1
    if falling.any():
        low, high = low[falling], high[falling]
        _, before = incomes(family, year, low)
        _, after = incomes(family, year, high)
        change = {name: after[name] - before[name] for name in SIGNS}
        for place, amount in enumerate(low):
            yield min(change, key=lambda name: change[name][place]), amount, (below - above)[falling][place]


def test_every_cliff_is_listed_with_its_paragraph_and_every_one_listed_is_found() -> None:
    largest = dict.fromkeys(CLIFFS, 0.0)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for family in families(year):
            for instrument, amount, fall in falls(family, year):
                listed = [
                    one
                    for one in CLIFFS
                    if one[:2] == (instrument, family.more) and one.first_year <= year <= one.last_year
                ]
                found = f"{year}: {instrument} falls by {fall:.0f} at {family.more} {amount:.0f}: {family.persons}"
                assert listed, found
                largest[listed[0]] = max(largest[listed[0]], fall)
    assert {one: one.fall for one in CLIFFS} == pytest.approx(largest, rel=0.02)
