"""What parents pay for kindergarten: the maximum price and its moderations, in the regulation's order.

Maximum price by place, then six per cent of income, then siblings, then free core time. Prices are not
rounded: municipalities round differently. Not modelled: food, the municipalities' own lower prices and
larger discounts, and applying for a moderation (all who are entitled have it).
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import MONTHS_IN_YEAR, SCHOOL_START_AGE, cohort_age, is_charged, months_since_birth
from mikrosim.law.rule import helper, parents_total, partners, rank_in_family, rule, total
from mikrosim.units import Count, Nok

LEAST_CENTRAL = 5
"""Municipalities of centrality 5 and 6 have the lower maximum price."""


class BarnehageLaw(NamedTuple):
    """Maximum prices and moderations."""

    max_price: float
    max_price_centrality_5_6: float
    max_price_tiltakssone: float
    charged_months: float
    full_time_hours: float
    full_week_hours: float
    income_share: float
    sibling_discount_second: float
    sibling_discount_third: float
    free_core_hours: float
    free_core_from_age: float
    free_core_income_limit: float


@helper
def paid_hours(kindergarten_hours: int, full_time_hours: float, full_week_hours: float) -> float:
    """Return the weekly hours that a place is priced for: a full week from the full-time limit.

    >>> paid_hours(41, 41.0, 45.0), paid_hours(40, 41.0, 45.0)
    (45.0, 40.0)
    """
    if kindergarten_hours >= full_time_hours:
        return full_week_hours
    return float(kindergarten_hours)


partner_is_alone_with_children = partners("lives_alone_with_children")


@rule
def child_care_income(
    last_years_income: Nok, lives_alone_with_children: bool, partner_is_alone_with_children: float
) -> Nok:
    """Return last year's income as it counts for child care: a cohabitant of less than a year is left out.

    A cohabitant is one of the household when the two have a child together or have lived together for
    twelve of the last eighteen months, which also ends the other's claim as a single provider.

    Statute: forskrift om foreldrebetaling i barnehager § 3; forskrift til opplæringslova (2006) kapittel 1B.
    Units: NOK a year.
    """
    if partner_is_alone_with_children > 0.0 and not lives_alone_with_children:
        return 0.0
    return last_years_income


family_income_previous_year = parents_total("child_care_income")


@rule(of="child")
def has_kindergarten_place_month(
    year: int,
    month: int,
    birth_year: int,
    birth_month: int,
    kindergarten_hours: Count,
    kindergarten_start_month: Count,
    has_kindergarten_right_month: bool,
) -> bool:
    """Return whether the child goes to kindergarten: from its first birthday at the earliest until school.

    A place begins in the given month of this year; 0 means that the child has it all year, and -1 that its
    parents take it as soon as the child has a right to it.

    Statute: barnehageloven § 16.
    Units: calendar months.
    """
    one_year_old = months_since_birth(year, month, birth_year, birth_month) >= MONTHS_IN_YEAR
    before_school = cohort_age(year, month, birth_year) < SCHOOL_START_AGE
    begun = month >= kindergarten_start_month
    if kindergarten_start_month < 0:
        begun = has_kindergarten_right_month
    return kindergarten_hours > 0 and one_year_old and before_school and begun


@rule(of="child")
def barnehage_price_month(
    month: int,
    has_kindergarten_place_month: bool,
    kindergarten_hours: Count,
    in_tiltakssone: bool,
    centrality: Count,
    law: BarnehageLaw,
) -> Nok:
    """Return the maximum price of the child's place: lower in some municipalities, none in July.

    Part-time places are priced in proportion, which the regulation leaves to the municipalities.

    Statute: forskrift om foreldrebetaling i barnehager §§ 1 and 2.
    Units: NOK a month.
    """
    if not has_kindergarten_place_month or not is_charged(month, law.charged_months):
        return 0.0
    price = law.max_price
    if in_tiltakssone:
        price = min(price, law.max_price_tiltakssone)
    if centrality >= LEAST_CENTRAL:
        price = min(price, law.max_price_centrality_5_6)
    hours = paid_hours(kindergarten_hours, law.full_time_hours, law.full_week_hours)
    return price * hours / law.full_week_hours


@rule(of="child")
def barnehage_income_price_month(
    barnehage_price_month: Nok, kindergarten_hours: Count, family_income_previous_year: Nok, law: BarnehageLaw
) -> Nok:
    """Return the price of the place after the highest share of the parents' income.

    The share is for a full-time place; for a part-time place it is taken in proportion.

    Statute: forskrift om foreldrebetaling i barnehager § 3.
    Units: NOK a month; income NOK a year.
    """
    hours = paid_hours(kindergarten_hours, law.full_time_hours, law.full_week_hours)
    highest = law.income_share * max(0.0, family_income_previous_year) / law.charged_months
    return min(barnehage_price_month, highest * hours / law.full_week_hours)


barnehage_place_in_family_month = rank_in_family("barnehage_income_price_month")


@rule(of="child")
def barnehage_sibling_price_month(
    barnehage_income_price_month: Nok, barnehage_place_in_family_month: Count, law: BarnehageLaw
) -> Nok:
    """Return the price after the siblings' discount, which the cheaper places have.

    Statute: forskrift om foreldrebetaling i barnehager § 3.
    Units: NOK a month.
    """
    if barnehage_place_in_family_month == 1:
        return barnehage_income_price_month
    if barnehage_place_in_family_month == 2:
        return (1.0 - law.sibling_discount_second) * barnehage_income_price_month
    return (1.0 - law.sibling_discount_third) * barnehage_income_price_month


@rule(of="child")
def foreldrebetaling_barnehage_child_month(
    year: int,
    month: int,
    birth_year: int,
    kindergarten_hours: Count,
    barnehage_sibling_price_month: Nok,
    family_income_previous_year: Nok,
    law: BarnehageLaw,
) -> Nok:
    """Return what the parents pay for the child after free core time for incomes below the limit.

    The free hours take their part of the place's hours off the price; a place no longer than they is free.

    Statute: forskrift om foreldrebetaling i barnehager § 3.
    Units: NOK a month; income NOK a year.
    """
    old_enough = cohort_age(year, month, birth_year) >= law.free_core_from_age
    if not old_enough or family_income_previous_year >= law.free_core_income_limit:
        return barnehage_sibling_price_month
    hours = max(1.0, paid_hours(kindergarten_hours, law.full_time_hours, law.full_week_hours))
    return barnehage_sibling_price_month * max(0.0, hours - law.free_core_hours) / hours


foreldrebetaling_barnehage_month = total("foreldrebetaling_barnehage_child_month", over="household")
