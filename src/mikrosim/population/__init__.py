"""The population: its schema, loading, checking, and carrying to another income year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrosim.population.municipalities import Municipality, municipality
from mikrosim.population.population import Columns, Population
from mikrosim.population.schema import TABLES, Column, HouseholdType, Tenure
from mikrosim.population.store import load, save

if TYPE_CHECKING:
    from mikrosim.population.checking import check

__all__ = [
    "TABLES",
    "Column",
    "Columns",
    "HouseholdType",
    "Municipality",
    "Population",
    "Tenure",
    "check",
    "load",
    "municipality",
    "save",
]


def __getattr__(name: str) -> object:
    """Import ``check`` when it is first asked for: it needs NumPy, which a plain import must not load."""
    if name == "check":
        from mikrosim.population.checking import check

        return check
    raise AttributeError(f"module {__name__} has no attribute {name}")
