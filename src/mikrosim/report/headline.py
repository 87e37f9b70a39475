"""The result in a few sentences, for those who read nothing else."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mikrosim.parameters import load_law
from mikrosim.report.law_values import parameter_name, unit_name
from mikrosim.report.numbers import number, percent

if TYPE_CHECKING:
    from collections.abc import Callable

    from mikrosim.report.summary import Summary
    from mikrosim.report.texts import Words

BILLION = 1000.0
"""In million NOK."""

FEW = 0.005
"""A share below which whole percent would say 0."""

SMALL = 10.0
"""Below this a solved value is a rate or a factor, and gets more decimals."""

CHILDREN = "low_income.eu60.children"
LASTING = "persistent_low_income.eu60.children"
MOVE, ABOUT, STAY = "move", "about", "stay"
"""Whether a share is told before and after, as about the same, or as unchanged."""

NO_CHANGE = 1e-9


def headline(summary: Summary, words: Words) -> list[str]:
    """Return the sentences: cost, children in low income, persistent low income, winners and losers."""
    return [*_solved(summary, words), _cost(summary, words), _children(summary, words), _persistent(summary, words),
            _winners(summary, words)]  # fmt: skip


def answer(summary: Summary, words: Words) -> list[str]:
    """Return three sentences: cost, children, winners and losers; before them what was solved for, if anything."""
    return [*_solved(summary, words), _cost(summary, words), _children_in_one(summary, words), _winners(summary, words)]


def amount(million: float, words: Words) -> str:
    """Return an amount of million NOK in the unit that reads best, without sign.

    >>> from mikrosim.report.texts import Words
    >>> amount(-2345.6, Words()), amount(999.4, Words())
    ('2,3 mrd. kr', '999 mill. kr')
    """
    if abs(million) >= BILLION:
        return words("billion", amount=number(abs(million) / BILLION, 1, comma=words.comma))
    return words("million", amount=number(abs(million), 0, comma=words.comma))


def _solved(summary: Summary, words: Words) -> list[str]:
    solved = summary.get("solved")
    if solved is None:
        return []
    path, operation = solved["parameter"], solved["operation"]
    small = abs(solved["value"]) < SMALL
    value = number(solved["value"], 5 if small else 2, comma=words.comma)
    value = value.rstrip("0").rstrip(",.") if small else value
    parameter = load_law().parameters.get(path)
    if parameter is not None and operation != "multiply":
        value = f"{value} {unit_name(parameter.unit, words)}".rstrip()
    name = path if parameter is None else f"{parameter_name(path, words)} ({path})"
    return [words(f"solved.{operation}", parameter=name, value=value)]


def _cost(summary: Summary, words: Words) -> str:
    cost = summary.number("change.budget.net")
    interval = _interval(summary, "change.budget.net", words, lambda ends: _amounts(ends, words))
    if not math.isfinite(cost):
        return words("cost_not_shown")
    if round(cost) == 0:
        return words("neutral", interval=interval)
    return words("costs" if cost > 0 else "saves", amount=amount(cost, words), interval=interval)


def _amounts(ends: tuple[float, float], words: Words) -> tuple[str, str]:
    """Return two amounts in the unit of the larger, with their signs."""
    unit = BILLION if max(map(abs, ends)) >= BILLION else 1.0
    low, high = (number(end / unit, 1 if unit == BILLION else 0, comma=words.comma) for end in ends)
    return low, words("billion" if unit == BILLION else "million", amount=high)


def _interval(
    summary: Summary, path: str, words: Words, written: Callable[[tuple[float, float]], tuple[str, str]]
) -> str:
    """Return the interval beside a number in words, nothing where there is none."""
    ends = summary.interval(path)
    if ends is None:
        return ""
    low, high = written(ends)
    return words("interval", low=low, high=high)


def few(share: float, words: Words) -> str:
    """Return a share in whole percent; one that is not 0 but would read so is below a half.

    >>> from mikrosim.report.texts import Words
    >>> few(0.003, Words()), few(0.0, Words()), few(0.42, Words())
    ('under 0,5', '0', '42')
    """
    if 0.0 < share < FEW:
        return words("few", limit=number(100.0 * FEW, 1, comma=words.comma))
    return percent(share, 0, comma=words.comma)


def shares(summary: Summary, path: str, words: Words) -> tuple[str, dict[str, str]]:
    """Return how a share is told, `MOVE`, `ABOUT` or `STAY`, and what it is `before` and `after`."""
    old, new = (summary.number(f"{law}.{path}.share") for law in ("baseline", "reform"))
    told = {name: percent(share, comma=words.comma) for name, share in (("before", old), ("after", new))}
    how = MOVE if told["before"] != told["after"] else STAY if not abs(new - old) > NO_CHANGE else ABOUT
    return how, told


def _moved(summary: Summary) -> float:
    """Return the change in the number of children in low income, in hundreds; NaN where it is not shown."""
    change = summary.number(f"change.{CHILDREN}.persons")
    return 100.0 * round(change / 100.0) if math.isfinite(change) else change


def _children(summary: Summary, words: Words) -> str:
    how, told = _told_children(summary, words)
    return words(f"children_{how}", **told)


def _told_children(summary: Summary, words: Words) -> tuple[str, dict[str, str]]:
    """Return how children in low income are told, and the numbers that go into the sentence."""
    how, told = shares(summary, CHILDREN, words)
    moved = _moved(summary)
    if not math.isfinite(moved):
        return "not_shown", told
    if not moved:
        return STAY, told
    told |= {"number": number(abs(moved), comma=words.comma), "direction": words("up" if moved > 0 else "down")}
    return (MOVE if how == MOVE else ABOUT), told | {"interval": _children_interval(summary, words)}


def _children_in_one(summary: Summary, words: Words) -> str:
    """Return children in low income and in persistent low income in one sentence."""
    how, told = _told_children(summary, words)
    if how == "not_shown":
        return words("children_not_shown", **told)
    lasting, shown = shares(summary, LASTING, words)
    return words(f"page.lasting_{lasting}", children=words(f"page.children_{how}", **told), **shown)


def _children_interval(summary: Summary, words: Words) -> str:
    def written(ends: tuple[float, float]) -> tuple[str, str]:
        low, high = (number(100.0 * round(end / 100.0), sign=True, comma=words.comma) for end in ends)
        return low, high

    return _interval(summary, f"change.{CHILDREN}.persons", words, written)


def _persistent(summary: Summary, words: Words) -> str:
    how, told = shares(summary, LASTING, words)
    return words("persistent_children" if how == MOVE else f"persistent_children_{how}", **told)


def _winners(summary: Summary, words: Words) -> str:
    gain, lose = (
        few(summary.number(f"winners_losers.families_with_children.{name}"), words) for name in ("gain", "lose")
    )
    return words("winners", gain=gain, lose=lose)
