"""The municipalities of the 2024 division: number, name, county, centrality and tiltakssone."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from mikrosim.errors import PopulationError, did_you_mean

SOURCE = "municipalities.md"


class Municipality(NamedTuple):
    """One municipality of the division in force from 1 January 2024; counts are those of that day."""

    number: int
    name: str
    county: str
    centrality: int
    """Statistics Norway's centrality class of 2024, 1 (most central) to 6."""
    tiltakssone: bool
    """Finnmark, and seven municipalities of Nord-Troms, with their own tax and benefit rules."""
    population: int
    children_0_17: int
    children_0_5: int


@cache
def municipalities() -> dict[int, Municipality]:
    """Return all 357 municipalities by number.

    >>> municipalities()[301].name
    'Oslo-Oslove'
    >>> len(municipalities())
    357
    """
    text = (files("mikrosim.population") / "municipalities.csv").read_text(encoding="utf-8")
    return {int(row["number"]): _municipality(row) for row in csv.DictReader(text.splitlines())}


def _municipality(row: dict[str, str]) -> Municipality:
    return Municipality(
        number=int(row["number"]),
        name=row["name"],
        county=row["county"],
        centrality=int(row["centrality"]),
        tiltakssone=row["tiltakssone"] == "1",
        population=int(row["population"]),
        children_0_17=int(row["children_0_17"]),
        children_0_5=int(row["children_0_5"]),
    )


def municipality(number: int | str) -> Municipality:
    """Return the municipality with a number such as ``"0301"`` or ``301``.

    Raises:
        PopulationError: If no municipality of the 2024 division has the number or name.

    >>> municipality("5601").name, municipality(5601).tiltakssone
    ('Alta', True)
    """
    known = municipalities()
    text = str(number).strip()
    if text.isdecimal() and int(text) in known:
        return known[int(text)]
    if text.isdecimal():
        same_county = [one for one in known if one // 100 == int(text) // 100]
        near = min(same_county, key=lambda one: abs(one - int(text)), default=None)
        hint = f"; did you mean {near:04d} ({known[near].name})?" if near is not None else ""
    else:
        hint = _named(text)
    raise PopulationError("municipality", f"{text} is not a municipality number of 2024{hint}")


def _named(text: str) -> str:
    names = {part.casefold(): one for one in municipalities().values() for part in {one.name, *one.name.split("-")}}
    if text.casefold() in names:
        return f"; {names[text.casefold()].name} has number {names[text.casefold()].number:04d}"
    return did_you_mean(text.casefold(), names)
