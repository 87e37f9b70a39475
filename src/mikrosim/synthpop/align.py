"""Scale drawn amounts to published sums, so that weights have counts to move, hardly sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrosim.synthpop.amounts import WAGE_ITEM, Circumstances, aap, income_from, paid, uforetrygd
from mikrosim.synthpop.figures import share
from mikrosim.synthpop.targets import value_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from mikrosim.units import Floats

    Year = dict[str, Floats]

MILLION = 1_000_000
LOWEST, HIGHEST = 0.3, 3.0
"""Bounds of a factor; one that lies at a bound leaves the rest to the weights."""
STEPS = 30
WITH_WAGES = ("wage", "sykepenger_basis", "foreldrepenger_basis", "dagpenger_basis", "svangerskapspenger")
"""Earnings, and what rests on them."""


def align(who: Circumstances, years: list[Year], weight: float) -> None:
    """Scale the income year to the published sums, and the other years by the same factors.

    Amounts that the law computes are met by way of what they are computed from.

    Args:
        who: What amounts depend on besides a year's columns.
        years: Columns by income year; changed in place.
        weight: How many of Norway's households, and persons, each drawn one stands for.
    """
    for name, million in (
        ("pension", value_of("pension.sum")),
        ("self_employment_income", value_of("self_employment.sum")),
        ("capital_income", share("capital_sum_million")),
        ("dividends", share("dividend_sum_million")),
        ("uforetrygd_given", share("occupational_disability_sum_million")),
    ):
        _scale(years, (name,), million * MILLION / (weight * max(float(years[0][name].sum()), 1.0)))

    def sum_with(factor: float, names: tuple[str, ...], amount: Callable[[Year], Floats]) -> float:
        scaled = {**years[0], **{name: years[0][name] * factor for name in names}}
        return weight * float(amount(scaled).sum()) / MILLION

    for names, million, amount in (
        (("aap_basis",), value_of("aap.sum"), lambda year: aap(who, year)),
        (WITH_WAGES, value_of("wage_item.sum"), lambda year: income_from(year, paid(who, year), WAGE_ITEM)),
        (("uforetrygd_basis",), value_of("uforetrygd.sum"), lambda year: uforetrygd(who, year)),
    ):
        low, high = LOWEST, HIGHEST
        for _ in range(STEPS):
            middle = (low + high) / 2
            if sum_with(middle, names, amount) < million:
                low = middle
            else:
                high = middle
        _scale(years, names, (low + high) / 2)


def _scale(years: list[Year], names: tuple[str, ...], factor: float) -> None:
    for year in years:
        for name in names:
            year[name] = year[name] * factor
