"""The law's values in words: amounts with their unit, choices, months and places, as people read them."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from mikrosim.parameters import load_law
from mikrosim.population.municipalities import municipality
from mikrosim.report.numbers import number
from mikrosim.report.texts import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mikrosim.report.texts import Words

VALUES = {"no law": "no_law", "yes": "yes", "no": "no", "no limit": "no_limit"}
"""Values that are words, as `Parameter.readable` writes them."""

UNIT_FREE = ("share", "factor", "choice", "flag", "count", "municipality", "calendar year", "calendar month",
             "school grade")  # fmt: skip
"""Units that do not stand behind the number: it says enough, or its own words do."""

NO_LIMIT = 1e9
"""NOK; a scenario that takes a limit away writes so much, above all incomes."""

WHOLE_FROM = 10_000.0
"""NOK from which øre are left out: an uprated amount has them, and the law's own has not."""

OWN_RULES = "rules of its own"
_CHANGE = re.compile(r"(?P<before>.*) -> (?P<after>.*) \((?P<when>[^()]*)\)")
_FIGURE = re.compile(r"(?P<index>\w+) (?P<year>\d{4}) \((?P<kind>\w+)\)")


def value_and_unit(path: str, unit: str, text: str, words: Words) -> tuple[str, str]:
    """Return a parameter's value, and the unit that belongs behind it ("" for none).

    Args:
        path: The parameter.
        unit: Its unit.
        text: The value as `Parameter.readable` writes it: `1 968`, `[0.017, 0.04]`, `personinntekt`.
        words: The language.

    >>> from mikrosim.report.texts import Words
    >>> value_and_unit("sfo.x", "NOK per month", "[1968, 2516.5]", Words("en"))
    ('[1,968, 2,516.5]', 'NOK per month')
    """
    if text in VALUES:
        return words(f"value.{VALUES[text]}"), ""
    if unit == "choice":
        key = f"choice.{path}.{text}"
        return words(key) if key in WORDS else text, ""
    items = [_one(item, unit, words) for item in text.strip("[]").split(", ")]
    if items == [words("value.no_limit")]:
        return items[0], ""
    shown = f"[{('; ' if words.comma else ', ').join(items)}]" if text.startswith("[") else items[0]
    return shown, unit_name(unit, words, one=items == ["1"])


def unit_name(unit: str, words: Words, *, one: bool = False) -> str:
    """Return a unit as it stands behind a number; nothing for units that do not."""
    if unit in UNIT_FREE:
        return ""
    return words(f"one.{unit}") if one and f"one.{unit}" in WORDS else words(f"unit.{unit}")


def _one(text: str, unit: str, words: Words) -> str:
    """Return one number of a value."""
    if text in VALUES:
        return words(f"value.{VALUES[text]}")
    value = float(text.replace(" ", ""))
    if unit == "calendar month":
        return words(f"month.{value:.0f}")
    if unit == "school grade":
        return words("value.school_grade", grade=f"{value:.0f}")
    if unit == "municipality":
        return place_name(int(value), words)
    if unit == "calendar year":
        return f"{value:.0f}"
    decimals = 6
    if unit.startswith("NOK"):
        if value >= NO_LIMIT:
            return words("value.no_limit")
        decimals = 0 if abs(value) >= WHOLE_FROM else 2
    written = number(value, decimals, comma=words.comma)
    return written.rstrip("0").rstrip(",.") if decimals else written


def place_name(code: int, words: Words) -> str:
    """Return what the municipality of a kommunenummer is called; its official names apart where it has several."""
    key = f"place.{code:04d}"
    return words(key) if key in WORDS else municipality(code).name


def parameter_name(path: str, words: Words) -> str:
    """Return what a parameter is called; its path where the law has none of that path."""
    parameter = load_law().parameters.get(path)
    return path if parameter is None else parameter.name_nb if words.comma else parameter.name_en


def remark_name(name: str, words: Words) -> str:
    """Return what a remark is about in words: a parameter of the law by name and path, or a figure of growth."""
    title = parameter_name(name, words)
    return figure_name(name, words) if title == name else f"{title} ({name})"


def figure_name(name: str, words: Words) -> str:
    """Return a figure of growth in words, such as `wage 2025 (projection)`; anything else as it is."""
    found = _FIGURE.fullmatch(name)
    if found is None or f"index.{found['index']}" not in WORDS:
        return name
    index, kind = words.named("index", found["index"]), words.named("kind", found["kind"])
    return f"{index} {found['year']} ({kind})"


def named_changes(changes: Sequence[str], words: Words) -> list[str]:
    """Return the changes of the law in words, one line per parameter.

    Args:
        changes: Lines of `path: before -> after unit (when)`, those of a parameter one after the other.
        words: The language.
    """
    lines = []
    for path, group in groupby(changes, key=lambda change: change.partition(": ")[0]):
        values = [change.partition(": ")[2] for change in group]
        parameter = load_law().parameters.get(path)
        if parameter is None:
            name = words("part.own_rules") if path == OWN_RULES else path
            lines.append(f"{name}: {'; '.join(values)}")
        else:
            told = "; ".join(_change(path, parameter.unit, value, words) for value in values)
            lines.append(f"{parameter_name(path, words)} ({path}): {told}")
    return lines


def _change(path: str, unit: str, text: str, words: Words) -> str:
    """Return `before -> after unit (when)` with the language's numbers, words and unit."""
    found = _CHANGE.fullmatch(text)
    if found is None:
        return text
    before, after = from_to(path, unit, found["before"], found["after"].removesuffix(f" {unit}"), words)
    return f"{before} → {after} ({found['when'].replace(' .. ', '–')})"


def from_to(path: str, unit: str, before: str, after: str, words: Words) -> tuple[str, str]:
    """Return the value before and after, with a unit that both share once, behind the latter."""
    (old, old_unit), (new, new_unit) = (value_and_unit(path, unit, text, words) for text in (before, after))
    # One of something is of the same unit as many.
    alike = old_unit and new_unit and (old_unit == new_unit or unit_name(unit, words) == new_unit)
    return old if alike or not old_unit else f"{old} {old_unit}", f"{new} {new_unit}".rstrip()
