"""The result in a few sentences, for those who read nothing else."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mikrosim.report.numbers import number, percent

if TYPE_CHECKING:
    from collections.abc import Callable

    from mikrosim.report.summary import Summary
    from mikrosim.report.texts import Words

BILLION = 1000.0
"""In million NOK."""

SMALL = 10.0
"""Below this a solved value is a rate or a factor, and gets more decimals."""

CHILDREN = "low_income.eu60.children"
LASTING = "persistent_low_income.eu60.children"


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
    decimals = 2 if abs(solved["value"]) >= SMALL else 5
    value = number(solved["value"], decimals, comma=words.comma)
    return [words(f"solved.{solved['operation']}", parameter=solved["parameter"], value=value)]


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


def _shares(summary: Summary, path: str, words: Words) -> tuple[str, str]:
    before, after = (
        percent(summary.number(f"{law}.{path}.share"), comma=words.comma) for law in ("baseline", "reform")
    )
    return before, after


def _moved(summary: Summary) -> float:
    """Return the change in the number of children in low income, in hundreds; NaN where it is not shown."""
    change = summary.number(f"change.{CHILDREN}.persons")
    return 100.0 * round(change / 100.0) if math.isfinite(change) else change


def _children(summary: Summary, words: Words) -> str:
    before, after = _shares(summary, CHILDREN, words)
    moved = _moved(summary)
    if not math.isfinite(moved):
        return words("children_not_shown", before=before)
    if not moved:
        return words("children_stay", before=before)
    told = {"number": number(abs(moved), comma=words.comma), "direction": words("up" if moved > 0 else "down")}
    return words("children_move", before=before, after=after, interval=_children_interval(summary, words), **told)


def _children_in_one(summary: Summary, words: Words) -> str:
    """Return children in low income and in persistent low income in one sentence."""
    before, after = _shares(summary, CHILDREN, words)
    lasting_before, lasting_after = _shares(summary, LASTING, words)
    lasting = {"lasting_before": lasting_before, "lasting_after": lasting_after}
    moved = _moved(summary)
    if not math.isfinite(moved):
        return words("children_not_shown", before=before)
    if not moved:
        return words("page.children_persistent_stay", before=before, **lasting)
    told = {"number": number(abs(moved), comma=words.comma), "direction": words("up" if moved > 0 else "down")}
    interval = _children_interval(summary, words)
    return words("page.children_persistent_move", before=before, after=after, interval=interval, **told, **lasting)


def _children_interval(summary: Summary, words: Words) -> str:
    def written(ends: tuple[float, float]) -> tuple[str, str]:
        low, high = (number(100.0 * round(end / 100.0), sign=True, comma=words.comma) for end in ends)
        return low, high

    return _interval(summary, f"change.{CHILDREN}.persons", words, written)


def _persistent(summary: Summary, words: Words) -> str:
    before, after = _shares(summary, LASTING, words)
    return words("persistent_children", before=before, after=after)


def _winners(summary: Summary, words: Words) -> str:
    gain, lose = (
        percent(summary.number(f"winners_losers.families_with_children.{name}"), 0, comma=words.comma)
        for name in ("gain", "lose")
    )
    return words("winners", gain=gain, lose=lose)
