"""Ages, school years and days of benefit as the family statutes count them."""

from __future__ import annotations

from mikrosim.law.rule import helper

SCHOOL_YEAR_STARTS = 8
"""August: school and kindergarten years run from 1 August to 31 July."""

SCHOOL_START_AGE = 6
"""Children start school in the calendar year in which they reach this age (opplæringslova)."""

HOLIDAY_MONTH = 7
"""July, which most municipalities do not charge for kindergarten and SFO."""

MONTHS_IN_YEAR = 12

BENEFIT_DAYS_IN_YEAR = 260
"""Days of benefit in a year: five a week for 52 weeks, by which a year's benefit becomes a day's (NAV)."""

BENEFIT_DAYS_IN_MONTH = BENEFIT_DAYS_IN_YEAR / MONTHS_IN_YEAR
"""Days of benefit in a month, the same in all months."""


@helper
def months_since_birth(year: int, month: int, birth_year: int, birth_month: int) -> int:
    """Return the number of months from the month of birth to this one, negative before it.

    >>> months_since_birth(2025, 3, 2024, 12)
    3
    """
    return (year - birth_year) * MONTHS_IN_YEAR + month - birth_month


@helper
def cohort_age(year: int, month: int, birth_year: int) -> int:
    """Return the age that the child's cohort reaches in the calendar year in which this school year began.

    It is 6 through a child's first year of school, whatever its month of birth.

    >>> cohort_age(2025, 7, 2019), cohort_age(2025, 8, 2019)
    (5, 6)
    """
    if month >= SCHOOL_YEAR_STARTS:
        return year - birth_year
    return year - 1 - birth_year


@helper
def is_charged(month: int, charged_months: float) -> bool:
    """Return whether parents pay for this month: all but July where eleven months are charged."""
    return month != HOLIDAY_MONTH or charged_months >= MONTHS_IN_YEAR
