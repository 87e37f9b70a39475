"""Working days, held against the payment dates that Husbanken and NAV have published."""

from datetime import date

import pytest

from mikrosim.hypothetical.bank_days import bank_day_until, bank_days_after, holidays, is_bank_day

BOSTOTTE_2022 = ["01-20", "02-18", "03-18", "04-20", "05-20", "06-20",
                 "07-20", "08-19", "09-20", "10-20", "11-18", "12-20"]  # fmt: skip
"""Husbanken: Utbetaling av bostøtte i 2022, https://husbanken.no/person/bostotte/utbetalingsdatoer/."""

UFORETRYGD_2019 = ["01-18", "02-20", "03-20", "04-17", "05-16", "06-20",
                   "07-19", "08-20", "09-20", "10-18", "11-20", "12-12"]  # fmt: skip
ALDERSPENSJON_2018 = ["01-19", "02-20", "03-20", "04-20", "05-16", "06-20",
                      "07-20", "08-20", "09-20", "10-19", "11-20", "12-12"]  # fmt: skip
"""NAV: Utbetalingsdatoer, feriepenger og skattetrekk, https://www.nav.no/print-innhold?book=499545."""


@pytest.mark.parametrize(
    ("year", "published", "own_days"),
    [(2022, BOSTOTTE_2022, {}), (2019, UFORETRYGD_2019, {5: 16, 12: 12}), (2018, ALDERSPENSJON_2018, {5: 16, 12: 12})],
)
def test_the_20th_or_the_working_day_before_is_what_was_published(year, published, own_days):
    days = [bank_day_until(date(year, month, own_days.get(month, 20))) for month in range(1, 13)]
    assert [f"{day:%m-%d}" for day in days] == published


def test_easter_ascension_and_whitsun_move_with_the_year():
    moving = {day for day in holidays(2025) if day.month in (4, 5, 6)} - {date(2025, 5, 1), date(2025, 5, 17)}
    assert moving == {
        date(2025, 4, 17), date(2025, 4, 18), date(2025, 4, 20), date(2025, 4, 21),
        date(2025, 5, 29), date(2025, 6, 8), date(2025, 6, 9),
    }  # fmt: skip
    assert not is_bank_day(date(2024, 3, 28))
    assert is_bank_day(date(2024, 3, 27))


def test_working_days_are_counted_from_the_day_after():
    assert bank_days_after(date(2025, 4, 21), 2) == date(2025, 4, 23)  # Easter Monday is not counted
    assert bank_days_after(date(2025, 5, 16), 1) == date(2025, 5, 19)
    assert bank_days_after(date(2025, 4, 21), 0) == date(2025, 4, 21)
