"""What measures are called, and how their numbers are written, by the paths that the JSON has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrosim.report.numbers import number, percent
from mikrosim.report.texts import WORDS

if TYPE_CHECKING:
    from mikrosim.report.texts import Words

LOW = ("low_income", "low_income_fixed_line", "persistent_low_income")
SHARES = ("share", "gain", "lose", "unchanged")
GROUPS = {"all": "everyone", "families_with_children": "families"}


def measure_name(path: str, words: Words) -> str:
    """Return what a measure is called, with its unit; the path itself where it has no name.

    >>> from mikrosim.report.texts import Words
    >>> measure_name("low_income.eu60.children.share", Words("en"))
    'Children in low income, EU60 (%)'
    """
    first, *rest = path.split(".")
    last = rest[-1] if rest else ""
    if path == "budget.net":
        return words("measure.million", name=words("net"))
    if path.startswith("budget.by_instrument."):
        return words("measure.million", name=words.instrument(path.partition("by_instrument.")[2]))
    if first in LOW and len(rest) == 3 and last in ("share", "persons"):
        who = words("children" if rest[1] == "children" else "persons")
        return words("measure.share" if last == "share" else "measure.count",
                     name=words(f"measure.{first}", who=who, line=rest[0].upper()))  # fmt: skip
    if first == "inequality" and f"inequality.{path.partition('.')[2]}" in WORDS:
        return words(path)
    if first == "winners_losers" and len(rest) == 2 and rest[0] in GROUPS and last in SHARES:
        told = words("measure.winners_losers", group=words(GROUPS[rest[0]]), part=words(last).lower())
        return words("measure.share", name=told)
    if first == "deciles" and last in ("mean_change", "mean_change_percent"):
        return words("measure.decile_percent" if last.endswith("percent") else "measure.decile_kroner", place=rest[0])
    if f"measure.{path}" in WORDS:
        return words("measure.kroner", name=words(f"measure.{path}"))
    return words("measure.kroner", name=words.instrument(path)) if f"instrument.{path}" in WORDS else path


def measure_value(path: str, value: float, words: Words, *, sign: bool = False) -> str:
    """Return a measure's number as it is written beside its name."""
    if path.endswith(tuple(f".{name}" for name in SHARES)):
        return percent(value, 2, sign=sign, comma=words.comma)
    if path.startswith("inequality"):
        return number(value, 4, sign=sign, comma=words.comma)
    return number(value, 2 if path.endswith("percent") else 0, sign=sign, comma=words.comma)
