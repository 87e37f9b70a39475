"""How unevenly an income comes in over the months of a year."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def unevenness(months: Sequence[float], days: Iterable[date], year: int) -> dict[str, float | None]:
    """Return measures of how uneven a year's income is; None where it has no meaning.

    - ``coefficient_of_variation``: the months' standard deviation divided by their mean; 0 if all are alike.
    - ``lowest_month_share``: the month with least income, as a share of the mean month.
    - ``payment_days_per_month``: the mean number of different days on which something is paid.
    - ``longest_gap_days``: the most days from one payment to the next; after the year's last comes next year's first,
      taken to be on the day of this year's first.

    Args:
        months: Each month's income.
        days: Days on which something is paid, in any order, one day perhaps several times.
        year: The year that the days lie in.

    >>> unevenness([100.0, 300.0], [date(2025, 1, 10), date(2025, 7, 10)], 2025)["lowest_month_share"]
    0.5
    """
    mean = fmean(months)
    paid = sorted(set(days))
    gaps = [(later - earlier).days for earlier, later in pairwise(paid)]
    if paid:
        gaps.append((date(year + 1, 1, 1) - paid[-1]).days + (paid[0] - date(year, 1, 1)).days)
    return {
        "coefficient_of_variation": pstdev(months) / mean if mean > 0 else None,
        "lowest_month_share": min(months) / mean if mean > 0 else None,
        "payment_days_per_month": len(paid) / len(months),
        "longest_gap_days": max(gaps, default=None),
    }
