"""From what a household has a right to, month by month, to payouts on days of the year."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mikrosim.hypothetical.bank_days import DAY, FRIDAY, bank_day_until, bank_days_after
from mikrosim.law.dates import BENEFIT_DAYS_IN_YEAR
from mikrosim.law.utbetaling.utbetaling import UtbetalingLaw
from mikrosim.parameters import load_law

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mikrosim.parameters import Policy

MONTHS = 12
FOLDER = "utbetaling"
PARAMETERS = tuple(f"{FOLDER}.{name}" for name in UtbetalingLaw._fields)
INSTRUMENTS = tuple(name.removesuffix("_lag") for name in UtbetalingLaw._fields if name.endswith("_lag"))
"""Everything with a payment date, in the calendar's order; named as the law's own values."""

BETWEEN_CITIZENS = ("wage", "barnebidrag")
"""What no public office pays out: one common payment day leaves it where it is."""

OWN_DAYS = {5: "may_day", 12: "december_day"}
"""Months in which some instruments are paid on another day than in the rest of the year."""

FIRST_MONDAY = date(2021, 1, 4)
PERIOD = timedelta(weeks=2)
AROUND = range(-2 * MONTHS, 3 * MONTHS)
"""Months, counted from this January, whose payouts may fall in this year: a lag is a year at most."""

EARLIER = timedelta(weeks=16)
"""A payout of the year's first days cannot be for a period that began before this."""


class Payout(NamedTuple):
    """An amount on an account: on which day, of what, whose, and for which month (or two weeks)."""

    date: date
    instrument: str
    person: str
    amount: float
    concerns: str


def calendar_law(policy: Policy) -> list[UtbetalingLaw]:
    """Return the payment dates in force in each month of a policy's year."""
    slots = load_law().layout.slots
    columns = [slots[path].start for path in PARAMETERS]
    return [UtbetalingLaw(*row) for row in policy.vector[:, columns].tolist()]


def day_field(law: UtbetalingLaw, instrument: str, month: int) -> str:
    """Return which payment date holds for an instrument in a month (1 is January)."""
    if law.common_day and instrument not in BETWEEN_CITIZENS:
        return "common_day"
    own = f"{instrument}_{OWN_DAYS.get(month)}"
    return own if getattr(law, own, 0.0) else f"{instrument}_day"


def day_of(law: UtbetalingLaw, instrument: str, month: int) -> int:
    """Return the day of a month (1 is January) on which an instrument is paid; 0: by periods of two weeks."""
    day: float = getattr(law, day_field(law, instrument, month))
    return round(day)


def payouts(
    laws: Sequence[UtbetalingLaw], year: int, instrument: str, person: str, rights: Sequence[float]
) -> Iterator[Payout]:
    """Yield what is paid out within a year of one person's right to an instrument.

    What is paid for a month of the year before, or of the next, is taken to be what the same month of this year gives:
    the year's payouts are those of a year among others like itself.

    Args:
        laws: The payment dates of each month.
        year: The income year.
        instrument: One of ``INSTRUMENTS``.
        person: Whose right it is.
        rights: The amount that each month of the year gives.
    """
    by_period: dict[tuple[int, int], float] = {}
    for index in AROUND:
        years, month = divmod(index, MONTHS)
        amount = rights[month]
        later = index + round(getattr(_at(laws, index), f"{instrument}_lag"))
        day = day_of(_at(laws, later), instrument, later % MONTHS + 1)
        if day == 0:
            by_period[year + years, month + 1] = amount
        elif amount:
            paid = _bank_day(year + later // MONTHS, later % MONTHS + 1, day)
            if paid.year == year:
                yield Payout(paid, instrument, person, amount, f"{year + years:04d}-{month + 1:02d}")
    if any(by_period.values()):
        for start, paid in periods(laws[0], year):
            amount = sum(_of_day(by_period, start + days * DAY) for days in range(PERIOD.days))
            if amount:
                yield Payout(paid, instrument, person, amount, f"{start}/{start + PERIOD - DAY}")


def _at(laws: Sequence[UtbetalingLaw], index: int) -> UtbetalingLaw:
    """Return the payment dates of a month, counted from this January: before it January's, after December its."""
    return laws[min(max(index, 0), MONTHS - 1)]


def periods(law: UtbetalingLaw, year: int) -> Iterator[tuple[date, date]]:
    """Yield the first day of each period of two weeks that is paid in a year, and the day on which it is paid."""
    first = FIRST_MONDAY + round(law.meldekort_first_monday) * DAY
    start = first + (date(year, 1, 1) - EARLIER - first) // PERIOD * PERIOD
    while (paid := bank_days_after(start + PERIOD, round(law.meldekort_wait))).year <= year:
        if paid.year == year:
            yield start, paid
        start += PERIOD


def _bank_day(year: int, month: int, day: int) -> date:
    return bank_day_until(date(year, month, min(day, monthrange(year, month)[1])))


def _of_day(rights: Mapping[tuple[int, int], float], day: date) -> float:
    """Return what a day is paid with, of the rights of months that are paid by period."""
    return rights.get((day.year, day.month), 0.0) * MONTHS / BENEFIT_DAYS_IN_YEAR if day.weekday() <= FRIDAY else 0.0
