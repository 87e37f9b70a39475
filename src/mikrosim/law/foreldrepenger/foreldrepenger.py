"""Foreldrepenger to the parents of children born this year or last, by paid days of the five-day week.

A birth stands in the middle of its month, and a month has a twelfth of the 260 paid days of the year. The mother
has the three weeks before the birth and all her days after it, the father his days when hers end. The days of a
January birth that fall in December are not computed, since that year's file does not hold the child. Given amounts
are paid evenly over the year. Not modelled: leave in parts or put off, the father's two weeks at the birth,
part-time work beside, and holiday pay.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import BENEFIT_DAYS_IN_MONTH, BENEFIT_DAYS_IN_YEAR, MONTHS_IN_YEAR, months_since_birth
from mikrosim.law.foreldrepenger.dager import FULL
from mikrosim.law.rounding import round_half_up
from mikrosim.law.rule import helper, rule, sum_of, to_person, total_as_father, total_as_mother
from mikrosim.units import Count, Nok


class ForeldrepengerLaw(NamedTuple):
    """The highest basis, and the days around the birth."""

    tak_g: float
    for_fodsel: float
    etter_fodsel: float


@helper
def days_of_month(months: int, first: float, last: float) -> float:
    """Return how many of the days from ``first`` to ``last`` after the birth lie in a month after that of birth.

    >>> round(days_of_month(0, -15.0, 75.0), 4), round(days_of_month(-1, -15.0, 75.0), 4)
    (21.6667, 4.1667)
    """
    begins = (months - 0.5) * BENEFIT_DAYS_IN_MONTH
    return max(0.0, min(last, begins + BENEFIT_DAYS_IN_MONTH) - max(first, begins))


@helper
def daily_rate(basis: float, dekningsgrad: float, highest: float) -> float:
    """Return a day's foreldrepenger in whole kroner.

    >>> daily_rate(500000.0, 80.0, 780960.0)
    1538.0
    """
    return round_half_up(min(basis, highest) * dekningsgrad / FULL / BENEFIT_DAYS_IN_YEAR)


@rule(of="child")
def foreldrepenger_mother_child_month(
    year: int,
    month: int,
    birth_year: int,
    birth_month: int,
    children_at_birth: float,
    foreldrepenger_mother_days: float,
    mothers_foreldrepenger_basis: Nok,
    mothers_foreldrepenger_dekningsgrad: Count,
    grunnbelop_at_birth: Nok,
    law: ForeldrepengerLaw,
) -> Nok:
    """Return the mother's foreldrepenger, from the days before the birth on; shared among children born together.

    Statute: folketrygdloven §§ 14-7, 14-9 and 14-10.
    Units: NOK a month; whole kroner a day.
    """
    if foreldrepenger_mother_days <= 0.0:
        return 0.0
    months = months_since_birth(year, month, birth_year, birth_month)
    rate = daily_rate(
        mothers_foreldrepenger_basis, mothers_foreldrepenger_dekningsgrad, law.tak_g * grunnbelop_at_birth
    )
    return rate * days_of_month(months, -law.for_fodsel, foreldrepenger_mother_days) / children_at_birth


@rule(of="child")
def foreldrepenger_father_child_month(
    year: int,
    month: int,
    birth_year: int,
    birth_month: int,
    mother: int,
    children_at_birth: float,
    mother_earned_foreldrepenger: bool,
    foreldrepenger_mother_days: float,
    foreldrepenger_father_days: float,
    fathers_foreldrepenger_basis: Nok,
    mothers_foreldrepenger_dekningsgrad: Count,
    fathers_foreldrepenger_dekningsgrad: Count,
    grunnbelop_at_birth: Nok,
    law: ForeldrepengerLaw,
) -> Nok:
    """Return the father's foreldrepenger: after the mother's days, or six weeks after the birth where she has none.

    A father alone with the child begins at the birth.

    Statute: folketrygdloven §§ 14-7, 14-10, 14-12, 14-14 and 14-15.
    Units: NOK a month; whole kroner a day.
    """
    if foreldrepenger_father_days <= 0.0:
        return 0.0
    chosen = fathers_foreldrepenger_dekningsgrad
    first = law.etter_fodsel if mother >= 0 else 0.0
    if mother_earned_foreldrepenger:
        chosen = mothers_foreldrepenger_dekningsgrad
        first = foreldrepenger_mother_days
    months = months_since_birth(year, month, birth_year, birth_month)
    rate = daily_rate(fathers_foreldrepenger_basis, chosen, law.tak_g * grunnbelop_at_birth)
    return rate * days_of_month(months, first, first + foreldrepenger_father_days) / children_at_birth


@rule(of="recipient")
def foreldrepenger_not_computed_month(foreldrepenger_given: Nok) -> Nok:
    """Return the foreldrepenger that are given and not computed, evenly over the year.

    Statute: folketrygdloven kapittel 14.
    Units: NOK a month; given NOK a year.
    """
    return foreldrepenger_given / MONTHS_IN_YEAR


foreldrepenger_as_mother_month = total_as_mother("foreldrepenger_mother_child_month")
foreldrepenger_as_father_month = total_as_father("foreldrepenger_father_child_month")
foreldrepenger_as_given_month = to_person("foreldrepenger_not_computed_month")
foreldrepenger_month = sum_of(
    "foreldrepenger_as_mother_month", "foreldrepenger_as_father_month", "foreldrepenger_as_given_month"
)
