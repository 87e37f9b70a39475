"""What parents pay for the after-school programme (SFO, in Oslo AKS), and child care in all.

Prices are local. A household that gives its own price has it; others have the national average, with free
hours by grade. Not modelled: food, municipalities' discounts for siblings, free places, grades 5 to 7, and what a place
costs the municipality before the parents pay, for which no national figure was found: a reform of prices or free hours
costs what parents no longer pay, and who has a place is given.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import SCHOOL_START_AGE, cohort_age, is_charged
from mikrosim.law.rule import rule, sum_of, total
from mikrosim.units import Count, Nok

LAST_GRADE = 4
FULL_PLACE = 2


class SfoLaw(NamedTuple):
    """Average prices, free hours by grade, and the highest share of income."""

    full_price: float
    part_price: float
    part_hours: float
    free_hours: tuple[float, float, float, float]
    income_share: float
    income_rule_last_grade: float
    charged_months: float


@rule(of="child")
def sfo_grade_month(year: int, month: int, birth_year: int) -> Count:
    """Return the child's grade where SFO is offered, 1 to 4; 0 before and after.

    Statute: opplæringslova (1998) § 13-7; from August 2024 opplæringslova (2023).
    Units: grade.
    """
    grade = cohort_age(year, month, birth_year) - SCHOOL_START_AGE + 1
    return grade if grade >= 1 and grade <= LAST_GRADE else 0


@rule(of="child")
def sfo_bill_month(month: int, sfo: Count, sfo_price_month: Nok, sfo_grade_month: Count, law: SfoLaw) -> Nok:
    """Return the price of the child's place: the given one, or the average less the price of the free hours.

    A given price is net of free hours. Free hours are worth their part of a part-time place.

    Statute: opplæringslova (1998) § 13-7; from August 2024 opplæringslova (2023); local by-laws.
    Units: NOK a month; below 0 means that no price is given.
    """
    if sfo == 0 or sfo_grade_month == 0 or not is_charged(month, law.charged_months):
        return 0.0
    if sfo_price_month >= 0.0:
        return sfo_price_month
    price = law.full_price if sfo == FULL_PLACE else law.part_price
    free = law.part_price * law.free_hours[sfo_grade_month - 1] / law.part_hours
    return max(0.0, price - free)


@rule(of="child")
def foreldrebetaling_sfo_child_month(
    sfo_bill_month: Nok, sfo_grade_month: Count, family_income_previous_year: Nok, law: SfoLaw
) -> Nok:
    """Return what the parents pay: at most a share of their income in the grades that have that rule.

    Statute: forskrift til opplæringslova (2006) kapittel 1B.
    Units: NOK a month; income NOK a year.
    """
    if sfo_grade_month > law.income_rule_last_grade:
        return sfo_bill_month
    return min(sfo_bill_month, law.income_share * max(0.0, family_income_previous_year) / law.charged_months)


foreldrebetaling_sfo_month = total("foreldrebetaling_sfo_child_month", over="household")
child_care_costs_month = sum_of("foreldrebetaling_barnehage_month", "foreldrebetaling_sfo_month", of="household")
