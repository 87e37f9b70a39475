"""Days on which Norwegian banks move money: no Saturdays, Sundays or public holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
FRIDAY = 4
FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)
"""Maundy Thursday, Good Friday, Easter, Ascension and Whitsun, in days from Easter Sunday (helligdagsloven § 2)."""

FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
"""New Year's Day, 1 and 17 May, and Christmas, as month and day; Christmas Eve is a working day in law."""


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar.

    >>> easter(2019), easter(2025)
    (datetime.date(2019, 4, 21), datetime.date(2025, 4, 20))
    """
    century, golden = year // 100, year % 19
    skipped = century - century // 4 - (8 * century + 13) // 25
    epact = (skipped + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    after = epact - weekday
    month = 3 + (after + 40) // 44
    return date(year, month, after + 28 - 31 * (month // 4))


@cache
def holidays(year: int) -> frozenset[date]:
    """Return the public holidays of a year."""
    sunday = easter(year)
    fixed = (date(year, month, day) for month, day in FIXED)
    return frozenset([*fixed, *(sunday + days * DAY for days in FROM_EASTER)])


def is_bank_day(day: date) -> bool:
    """Return whether money reaches an account on that day."""
    return day.weekday() <= FRIDAY and day not in holidays(day.year)


def bank_day_until(day: date) -> date:
    """Return the day, or the last bank day before it.

    >>> bank_day_until(date(2019, 4, 20))
    datetime.date(2019, 4, 17)
    """
    while not is_bank_day(day):
        day -= DAY
    return day


def bank_days_after(day: date, count: int) -> date:
    """Return the bank day that comes so many bank days after a day.

    >>> bank_days_after(date(2025, 4, 14), 3)
    datetime.date(2025, 4, 22)
    """
    for _ in range(count):
        day += DAY
        while not is_bank_day(day):
            day += DAY
    return day
