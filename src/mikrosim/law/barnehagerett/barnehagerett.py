"""When a child has a right to a kindergarten place, and which children the right covers.

Not modelled: that the right needs an application within the municipality's date, and residence there.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import MONTHS_IN_YEAR, SCHOOL_START_AGE, SCHOOL_YEAR_STARTS, cohort_age, months_since_birth
from mikrosim.law.rule import helper, rule


class BarnehagerettLaw(NamedTuple):
    """Which months of birth have a right in the year in which the child turns one."""

    last_birth_month: float
    every_month: float


@helper
def months_before_right(birth_month: int, last_birth_month: float, every_month: float) -> int:
    """Return the months from the month of birth to the first with a right to a place.

    >>> months_before_right(3, 11.0, 0.0), months_before_right(11, 11.0, 0.0), months_before_right(12, 11.0, 0.0)
    (17, 12, 20)
    >>> months_before_right(12, 12.0, 0.0), months_before_right(3, 11.0, 1.0)
    (12, 12)
    """
    if every_month > 0.0:
        return MONTHS_IN_YEAR
    if birth_month > last_birth_month:
        return SCHOOL_YEAR_STARTS + 2 * MONTHS_IN_YEAR - birth_month
    return max(birth_month, SCHOOL_YEAR_STARTS) + MONTHS_IN_YEAR - birth_month


@rule(of="child")
def has_kindergarten_right_month(
    year: int, month: int, birth_year: int, birth_month: int, law: BarnehagerettLaw
) -> bool:
    """Return whether the child has a right to a kindergarten place this month.

    A child who turns one by the end of August has it from that August; one who turns one later in the year,
    until the last month of birth that the law covers, from the month in which it turns one; others wait for
    the next August. The right ends when the child starts school.

    Statute: barnehageloven § 16.
    Units: calendar months.
    """
    if cohort_age(year, month, birth_year) >= SCHOOL_START_AGE:
        return False
    months = months_since_birth(year, month, birth_year, birth_month)
    return months >= months_before_right(birth_month, law.last_birth_month, law.every_month)
