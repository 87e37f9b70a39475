"""Consumption units: how many single adults a household counts as when incomes are compared."""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.rule import helper, rule, total
from mikrosim.units import Count


class ConsumptionUnitsLaw(NamedTuple):
    """Statistics Norway's two scales."""

    adult_age: float
    eu_further_adult: float
    eu_child: float
    oecd_further_adult: float
    oecd_child: float


@rule
def scale_adult(birth_year: Count, year: Count, law: ConsumptionUnitsLaw) -> float:
    """Return 1 for a person who is an adult in the scales by 31 December, else 0.

    Statute: none; Statistics Norway's definition.
    Units: 0 or 1.
    """
    return 1.0 if year - birth_year >= law.adult_age else 0.0


@rule
def scale_child(scale_adult: float) -> float:
    """Return 1 for a person who is a child in the scales, else 0.

    Statute: none; Statistics Norway's definition.
    Units: 0 or 1.
    """
    return 1.0 - scale_adult


scale_adults = total("scale_adult", over="household")
scale_children = total("scale_child", over="household")


@helper
def units(adults: float, children: float, further_adult: float, child: float) -> float:
    """Return 1 for the first person and the weights of the others; adults come first."""
    other_adults = max(adults - 1.0, 0.0)
    other_children = children if adults > 0.0 else children - 1.0
    return 1.0 + further_adult * other_adults + child * other_children


@rule(of="household")
def consumption_units_eu(scale_adults: float, scale_children: float, law: ConsumptionUnitsLaw) -> float:
    """Return the household's consumption units on the EU scale.

    Statute: none; Statistics Norway's definition.
    Units: consumption units; a single adult is 1.
    """
    return units(scale_adults, scale_children, law.eu_further_adult, law.eu_child)


@rule(of="household")
def consumption_units_oecd(scale_adults: float, scale_children: float, law: ConsumptionUnitsLaw) -> float:
    """Return the household's consumption units on the older OECD scale.

    Statute: none; Statistics Norway's definition.
    Units: consumption units; a single adult is 1.
    """
    return units(scale_adults, scale_children, law.oecd_further_adult, law.oecd_child)
