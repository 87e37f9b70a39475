"""Bidragsforskudd: what the state pays in advance where a child has no child support, or less than the advance.

Child support that is given by parent and year is divided equally among the family's children who live with one
parent; what is computed for the child (barnebidrag) comes to it, and the advance fills them up to the child's
level. All who are entitled have it. Not modelled: children with shared residence, barnepensjon, the child's own
income, barnetillegg in the parent's income, and support agreed in private without collection by the state.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import MONTHS_IN_YEAR, months_since_birth
from mikrosim.law.rule import fathers, mothers, parents_total, rule, sum_of, to_receiving_parent, total
from mikrosim.units import Nok


class BidragsforskuddLaw(NamedTuple):
    """Levels, income limits and ages."""

    forhoyet_under_11: float
    forhoyet_over_11: float
    ordinaert: float
    redusert: float
    age_limit_under_11: float
    age_limit: float
    income_limit_forhoyet: float
    income_limit_ordinaert_single: float
    income_limit_ordinaert_couple: float
    income_limit_per_further_child: float
    highest_income_factor: float
    free_capital_income: float


@rule
def bidragsforskudd_income(
    wage_type_income: Nok,
    pension_type_income: Nok,
    self_employment_income: Nok,
    capital_income: Nok,
    dividends: Nok,
    interest_paid: Nok,
    utvidet_barnetrygd: Nok,
    smaabarnstillegg: Nok,
    law: BidragsforskuddLaw,
) -> Nok:
    """Return the income that a receiver's advance is held against, apart from the child's kontantstøtte.

    Statute: forskotteringsloven § 5.
    Units: NOK a year.
    """
    capital = capital_income + dividends - interest_paid - law.free_capital_income
    work = wage_type_income + pension_type_income + max(self_employment_income, 0.0)
    return work + max(capital, 0.0) + utvidet_barnetrygd + smaabarnstillegg


mothers_bidragsforskudd_income = mothers("bidragsforskudd_income")
fathers_bidragsforskudd_income = fathers("bidragsforskudd_income")
receivers_income_in_bidragsforskudd = sum_of(
    "mothers_bidragsforskudd_income", "fathers_bidragsforskudd_income", "kontantstotte_child", of="child"
)


@rule(of="child")
def lives_with_one_parent(mother: int, father: int, shared_residence: bool) -> bool:
    """Return whether the child lives with one of its parents only.

    Statute: forskotteringsloven § 2.
    Units: yes or no.
    """
    one = mother < 0 or father < 0
    return one and not shared_residence


children_with_one_parent = total("lives_with_one_parent", over="family")
family_child_support_received = parents_total("child_support_received")


@rule(of="child")
def is_under_bidragsforskudd_age_month(
    year: int, month: int, birth_year: int, birth_month: int, law: BidragsforskuddLaw
) -> bool:
    """Return whether the child is born and not above the age limit: through the month in which it reaches it.

    Statute: forskotteringsloven §§ 2 and 7.
    Units: calendar months.
    """
    months = months_since_birth(year, month, birth_year, birth_month)
    return months >= 0 and months <= MONTHS_IN_YEAR * law.age_limit


bidragsforskudd_children_month = total("is_under_bidragsforskudd_age_month", over="family")


@rule(of="child")
def bidragsforskudd_level_month(
    year: int,
    month: int,
    birth_year: int,
    birth_month: int,
    is_under_bidragsforskudd_age_month: bool,
    lives_with_one_parent: bool,
    receivers_income_in_bidragsforskudd: Nok,
    sole_providers: float,
    bidragsforskudd_children_month: float,
    law: BidragsforskuddLaw,
) -> Nok:
    """Return the child's level: by the receiver's income, whether she lives alone, the children and the age.

    The limits count all children of the family, and every amount on a limit belongs to the better level.

    Statute: forskotteringsloven § 5.
    Units: NOK a month; income NOK a year.
    """
    income = receivers_income_in_bidragsforskudd
    if not is_under_bidragsforskudd_age_month or not lives_with_one_parent:
        return 0.0
    if income > law.highest_income_factor * law.forhoyet_under_11:
        return 0.0
    if income <= law.income_limit_forhoyet:
        months = months_since_birth(year, month, birth_year, birth_month)
        older = months >= MONTHS_IN_YEAR * law.age_limit_under_11
        return law.forhoyet_over_11 if older else law.forhoyet_under_11
    limit = law.income_limit_ordinaert_single if sole_providers > 0.0 else law.income_limit_ordinaert_couple
    limit += law.income_limit_per_further_child * max(bidragsforskudd_children_month - 1.0, 0.0)
    return law.ordinaert if income <= limit else law.redusert


@rule(of="child")
def bidragsforskudd_child_month(
    bidragsforskudd_level_month: Nok,
    family_child_support_received: Nok,
    children_with_one_parent: float,
    barnebidrag_child_month: Nok,
) -> Nok:
    """Return the advance for the child: its level, less the child support that is received and computed for it.

    Statute: forskotteringsloven §§ 3 and 5.
    Units: NOK a month; child support NOK a year.
    """
    given = family_child_support_received / max(children_with_one_parent, 1.0) / MONTHS_IN_YEAR
    return max(0.0, bidragsforskudd_level_month - given - barnebidrag_child_month)


# Such a child has one parent in the household, who receives it.
bidragsforskudd_month = to_receiving_parent("bidragsforskudd_child_month")
