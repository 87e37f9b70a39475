"""The result in a few sentences, for those who read nothing else."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mikrosim.measures import number_at
from mikrosim.report.numbers import number, percent

if TYPE_CHECKING:
    from mikrosim.report.texts import Words
    from mikrosim.simulation.result import RunResult

BILLION = 1000.0
"""In million NOK."""

SMALL = 10.0
"""Below this a solved value is a rate or a factor, and gets more decimals."""


def headline(result: RunResult, words: Words) -> list[str]:
    """Return the sentences: cost, children in low income, persistent low income, winners and losers."""
    sentences = []
    if result.solved is not None:
        decimals = 2 if abs(result.solved.value) >= SMALL else 5
        value = number(result.solved.value, decimals, comma=words.comma)
        sentences.append(words(f"solved.{result.solved.operation}", parameter=result.solved.parameter, value=value))
    sentences += [_cost(result, words), _children(result, words), _persistent(result, words)]
    gain, lose = (
        percent(number_at(result.winners_losers, f"families_with_children.{name}"), 0, comma=words.comma)
        for name in ("gain", "lose")
    )
    return [*sentences, words("winners", gain=gain, lose=lose)]


def amount(million: float, words: Words) -> str:
    """Return an amount of million NOK in the unit that reads best, without sign.

    >>> from mikrosim.report.texts import Words
    >>> amount(-2345.6, Words()), amount(999.4, Words())
    ('2,3 mrd. kr', '999 mill. kr')
    """
    if abs(million) >= BILLION:
        return words("billion", amount=number(abs(million) / BILLION, 1, comma=words.comma))
    return words("million", amount=number(abs(million), 0, comma=words.comma))


def _cost(result: RunResult, words: Words) -> str:
    cost = number_at(result.change, "budget.net")
    if not math.isfinite(cost) or round(cost) == 0:
        return words("neutral")
    return words("costs" if cost > 0 else "saves", amount=amount(cost, words))


def _children(result: RunResult, words: Words) -> str:
    before, after = (
        percent(number_at(law, "low_income.eu60.children.share"), comma=words.comma)
        for law in (result.baseline, result.reform)
    )
    change = number_at(result.change, "low_income.eu60.children.persons")
    hundreds = 100.0 * round(change / 100.0) if math.isfinite(change) else 0.0
    if not hundreds:
        return words("children_stay", before=before)
    return words(
        "children_move",
        before=before,
        after=after,
        number=number(abs(hundreds), comma=words.comma),
        direction=words("up" if hundreds > 0 else "down"),
    )


def _persistent(result: RunResult, words: Words) -> str:
    path = "persistent_low_income.eu60.children.share"
    before, after = (percent(number_at(law, path), comma=words.comma) for law in (result.baseline, result.reform))
    return words("persistent_children", before=before, after=after)
