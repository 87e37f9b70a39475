"""A parameter of the law as the rest of the program sees it: checked, dated, sourced."""

from __future__ import annotations

import math
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

FIRST_YEAR = 2021
LAST_YEAR = 2026

Unit = Literal[
    "NOK per year", "NOK per month", "NOK per week", "NOK per day", "NOK per hour", "NOK",
    "share", "factor", "G", "G per year",
    "years", "months", "weeks", "days", "hours per week", "hours per month", "hours per year",
    "age", "calendar year", "calendar month", "school grade", "count", "choice", "flag", "municipality",
]  # fmt: skip
"""The closed list of units. A share is 0 to 1, a factor any other plain number, G multiples of grunnbeløp.

A municipality is its kommunenummer of 2024.
"""

Kind = Literal["enacted", "projection", "unconfirmed"]
Changes = Literal["yearly", "monthly"]
Numbers: TypeAlias = tuple[float, ...]


class Dated(NamedTuple):
    """What holds from a day on: the numbers (None: no law from then), and who says so."""

    start: date
    numbers: Numbers | None
    source: str
    href: str
    kind: Kind
    note: str


class Parameter(NamedTuple):
    """One amount, rate, limit, choice or list of them, with all its dated values.

    ``length`` is the number of slots it takes in the law vector: 1, or the longest of its lists.
    A parameter with ``moves`` has no value of its own; changing it changes each of those.
    """

    path: str
    name_nb: str
    name_en: str
    statute: str
    unit: Unit
    changes: Changes
    dated: tuple[Dated, ...]
    checked: str
    minimum: float
    maximum: float
    choices: tuple[str, ...]
    moves: tuple[str, ...]
    pad: float | None
    length: int
    is_list: bool
    note: str

    def at(self, day: date) -> Dated | None:
        """Return what is in force on a day, or None before the first value."""
        found = None
        for dated in self.dated:
            if dated.start > day:
                break
            found = dated
        return found

    def at_month(self, year: int, month: int) -> Dated | None:
        """Return what the engine reads for a month: as of its first day, or of 1 January."""
        return self.at(date(year, 1 if self.changes == "yearly" else month, 1))

    def padded(self, numbers: Numbers) -> Numbers:
        """Return the numbers filled up to ``length``."""
        missing = self.length - len(numbers)
        return numbers + (self.pad if self.pad is not None else math.nan,) * missing

    def readable(self, numbers: Numbers | None) -> str:
        """Return the numbers as people write them: ``1 968``, ``[0.017, 0.04]``, ``personinntekt``."""
        if numbers is None:
            return "no law"
        if self.is_list:
            return f"[{', '.join(map(_number, numbers))}]"
        (number,) = numbers
        if self.choices:
            return self.choices[int(number)]
        if self.unit == "flag":
            return "yes" if number else "no"
        if self.unit in ("calendar year", "municipality"):
            return _number(number).replace(" ", "")
        return _number(round(number, 2) if self.unit.startswith("NOK") else number)


def _number(number: float) -> str:
    """Return a number with spaces between thousands.

    >>> _number(1234567.5), _number(0.017), _number(math.inf)
    ('1 234 567.5', '0.017', 'no limit')
    """
    if math.isinf(number):
        return "no limit" if number > 0 else "-no limit"
    return f"{round(number, 9):,.9f}".rstrip("0").rstrip(".").replace(",", " ")


def path_prefix(module: str) -> str:
    """Return the first part of the parameter paths of a rule module.

    >>> path_prefix("mikrosim.law.skatt.skatt"), path_prefix("mikrosim.law.skatt.foreldrefradrag")
    ('skatt', 'skatt.foreldrefradrag')
    """
    *_, folder, name = module.split(".")
    return folder if folder == name else f"{folder}.{name}"
