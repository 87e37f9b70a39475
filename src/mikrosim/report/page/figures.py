"""Numbers in the words of one language, as the page shows them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mikrosim.report.headline import BILLION, few
from mikrosim.report.numbers import number, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mikrosim.report.texts import Words

HUNDRED, THOUSAND = 100.0, 1000.0
"""Persons are told to the nearest hundred: the sample carries no more."""


@dataclass(frozen=True)
class Figures:
    """Writes numbers; what does not exist is a dash."""

    words: Words

    def plain(self, value: float | None, decimals: int = 0, *, sign: bool = False) -> str:
        """Return a number."""
        return number(math.nan if value is None else value, decimals, sign=sign, comma=self.words.comma)

    def laws(self, row: Mapping[str, float | None]) -> list[str]:
        """Return an amount under both laws, and its change."""
        return [self.plain(row["baseline"]), self.plain(row["reform"]), self.plain(row["change"], sign=True)]

    def percent(self, share: float | None, decimals: int = 1, *, sign: bool = False) -> str:
        """Return a share as percent, without the sign."""
        return percent(math.nan if share is None else share, decimals, sign=sign, comma=self.words.comma)

    def few(self, share: float | None) -> str:
        """Return a share in whole percent; one that is not 0 but would read so is below a half."""
        return few(math.nan if share is None else share, self.words)

    def apart(self, before: float, after: float) -> tuple[str, str]:
        """Return two shares as percent, with as many decimals, up to three, as it takes to tell them apart."""
        for decimals in (1, 2, 3):
            old, new = self.percent(before, decimals), self.percent(after, decimals)
            if old != new:
                break
        return old, new

    def persons(self, count: float | None, *, sign: bool = False) -> str:
        """Return a number of persons, to the nearest hundred."""
        if count is None or not math.isfinite(count):
            return self.plain(None)
        return self.plain(HUNDRED * round(count / HUNDRED), sign=sign)

    def rough(self, amount: float) -> str:
        """Return an amount to the nearest thousand."""
        return self.plain(THOUSAND * round(amount / THOUSAND) if math.isfinite(amount) else None)

    def amount(self, million: float, *, sign: bool = False) -> str:
        """Return million NOK in the unit that reads best."""
        if not math.isfinite(million):
            return self.plain(None)
        large = abs(million) >= BILLION
        shown = million / BILLION if large else million
        text = self.plain(shown if sign else abs(shown), 1 if large else 0, sign=sign)
        return self.words("billion" if large else "million", amount=text)

    def span(self, low: float | None, high: float | None, written: Callable[..., str]) -> str:
        """Return the two ends of an interval; a dash where there is none."""
        if low is None or high is None:
            return self.plain(None)
        return self.words("page.span", low=written(low, sign=True), high=written(high, sign=True))

    def range(self, low: float | None, high: float | None, written: Callable[..., str]) -> str:
        """Return the two ends of the interval of a number that is no change; a dash where there is none."""
        if low is None or high is None:
            return self.plain(None)
        return self.words("page.span", low=written(low), high=written(high))

    def arrow(self, before: str, after: str) -> str:
        """Return what it was and what it becomes."""
        return f"{before} → {after}"


def finite(value: float | None) -> float:
    """Return a number as a chart needs it, 0 where there is none."""
    return value if value is not None and math.isfinite(value) else 0.0


def inside(name: str) -> str:
    """Return a name as it stands inside a sentence.

    >>> inside("Trinnskatt")
    'trinnskatt'
    """
    return name[:1].lower() + name[1:]
