"""Whose income and wealth count for bostøtte, and how many the household is.

The statute takes the taxable income that is paid out in the month: wages and benefits with months of their own count
in these, of all other income each month has a twelfth. Of a person who reaches an age in the year, the part of the
months at that age counts.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import MONTHS_IN_YEAR, months_since_birth
from mikrosim.law.rounding import round_half_up
from mikrosim.law.rule import helper, rule, total
from mikrosim.units import Count, Nok

PAYOUTS_IN_YEAR = 26
"""Dagpenger and AAP are paid each fortnight."""

MONTHS_WITH_THREE = 2
"""Months of the year with three such payouts; the others have two."""

RENTER = 2
"""Tenures from this one on are rented homes."""


class InntektLaw(NamedTuple):
    """Ages, incomes and wealth that count, and the household's weight."""

    child_age_limit: float
    youth_age_limit: float
    counts_pupils_income: float
    counts_taxed_barnetrygd: float
    counts_young_income: float
    capital_free: float
    three_payouts_share: float
    weight_adult: float
    weight_child: float
    wealth_share: float
    wealth_free_rented: float
    wealth_free_owned: float
    home_tax_value_share: float


# Members of the household in a month


@rule
def is_adult_all_year(year: int, birth_year: int, mother: int, father: int, law: InntektLaw) -> bool:
    """Return whether the person is no child of the household: of age when the year begins, or without a parent.

    Statute: forskrift om bustøtte § 7.
    Units: yes or no, the whole year.
    """
    return year - birth_year > law.child_age_limit or (mother < 0 and father < 0)


@rule(of="child")
def is_minor_member_month(year: int, month: int, birth_year: int, birth_month: int, law: InntektLaw) -> bool:
    """Return whether the child is born and under age on the first day of the month.

    Statute: forskrift om bustøtte § 7.
    Units: yes or no, this month.
    """
    months = months_since_birth(year, month, birth_year, birth_month)
    return 1 <= months <= MONTHS_IN_YEAR * law.child_age_limit


@rule(of="child")
def is_adult_child_month(year: int, month: int, birth_year: int, birth_month: int, law: InntektLaw) -> bool:
    """Return whether the child came of age this year, before the first day of the month.

    Statute: forskrift om bustøtte § 7.
    Units: yes or no, this month.
    """
    months = months_since_birth(year, month, birth_year, birth_month)
    return months > MONTHS_IN_YEAR * law.child_age_limit


adults_all_year = total("is_adult_all_year", over="household")
adult_children_month = total("is_adult_child_month", over="household")
minor_members_month = total("is_minor_member_month", over="household")


# Income and wealth of a year


@helper
def part_of_year_from(age: float, year: int, birth_year: int, birth_month: int) -> float:
    """Return the part of the year's months on whose first day a person has reached an age.

    >>> part_of_year_from(18.0, 2025, 2007, 3), part_of_year_from(18.0, 2025, 2006, 12)
    (0.75, 1.0)
    """
    months = months_since_birth(year, MONTHS_IN_YEAR, birth_year, birth_month) - MONTHS_IN_YEAR * age
    return min(max(months, 0.0), float(MONTHS_IN_YEAR)) / MONTHS_IN_YEAR


@helper
def counted_of_fortnightly(three_payouts_share: float) -> float:
    """Return the share of fortnightly benefits that counts when a share counts in months with three payouts.

    >>> counted_of_fortnightly(1.0), round(26 * counted_of_fortnightly(2 / 3), 9)
    (1.0, 24.0)
    """
    in_months_with_three = 3.0 * MONTHS_WITH_THREE
    others = PAYOUTS_IN_YEAR - in_months_with_three
    return (others + three_payouts_share * in_months_with_three) / PAYOUTS_IN_YEAR


@rule
def bostotte_gross_income(
    wage_type_income: Nok,
    pension_type_income: Nok,
    self_employment_income: Nok,
    capital_income: Nok,
    dividends: Nok,
    dagpenger: Nok,
    aap: Nok,
    barnetrygd_in_alminnelig_inntekt: Nok,
    law: InntektLaw,
) -> Nok:
    """Return the person's taxable income before deductions, of which part of the fortnightly benefits may be left out.

    Statute: forskrift om bustøtte § 5.
    Units: NOK a year.
    """
    fortnightly = dagpenger + aap
    left_out = (1.0 - counted_of_fortnightly(law.three_payouts_share)) * fortnightly
    earned = wage_type_income + pension_type_income - left_out + max(self_employment_income, 0.0)
    capital = max(capital_income + dividends - law.capital_free, 0.0)
    return earned + capital + law.counts_taxed_barnetrygd * barnetrygd_in_alminnelig_inntekt


@rule
def bostotte_income_young(
    bostotte_gross_income: Nok,
    year: int,
    birth_year: int,
    birth_month: int,
    mother: int,
    father: int,
    upper_secondary_pupil: bool,
    law: InntektLaw,
) -> Nok:
    """Return the income at 18 and 19 of a person who lives with a parent.

    Statute: forskrift om bustøtte § 5.
    Units: NOK a year.
    """
    at_home = mother >= 0 or father >= 0
    if not at_home or (upper_secondary_pupil and law.counts_pupils_income == 0.0):
        return 0.0
    of_age = part_of_year_from(law.child_age_limit, year, birth_year, birth_month)
    no_longer_young = part_of_year_from(law.youth_age_limit, year, birth_year, birth_month)
    return (of_age - no_longer_young) * bostotte_gross_income


@rule
def bostotte_income(
    bostotte_gross_income: Nok,
    year: int,
    birth_year: int,
    birth_month: int,
    mother: int,
    father: int,
    upper_secondary_pupil: bool,
    law: InntektLaw,
) -> Nok:
    """Return the income that counts in any case: from 18 years, of those who live with a parent from 20.

    Statute: forskrift om bustøtte § 5.
    Units: NOK a year.
    """
    at_home = mother >= 0 or father >= 0
    if at_home and upper_secondary_pupil and law.counts_pupils_income == 0.0:
        return 0.0
    age = law.youth_age_limit if at_home else law.child_age_limit
    return part_of_year_from(age, year, birth_year, birth_month) * bostotte_gross_income


@rule(of="recipient")
def bostotte_uneven_income_month(
    wages_and_monthly_benefits_month: Nok,
    wages_and_monthly_benefits: Nok,
    fortnightly_benefits_month: Nok,
    fortnightly_benefits: Nok,
    bostotte_gross_income: Nok,
    bostotte_income: Nok,
    bostotte_income_young: Nok,
    law: InntektLaw,
) -> Nok:
    """Return what the month's wages and benefits are above an even part of the year's, or below it.

    They count as far as the person's whole income does, by age.

    Statute: forskrift om bustøtte § 5.
    Units: NOK a month; the year's months add up to 0.
    """
    if bostotte_gross_income <= 0.0:
        return 0.0
    counted = (bostotte_income + law.counts_young_income * bostotte_income_young) / bostotte_gross_income
    fortnightly = fortnightly_benefits_month - fortnightly_benefits / MONTHS_IN_YEAR
    uneven = wages_and_monthly_benefits_month - wages_and_monthly_benefits / MONTHS_IN_YEAR
    return counted * (uneven + counted_of_fortnightly(law.three_payouts_share) * fortnightly)


@rule
def bostotte_net_wealth(year: int, birth_year: int, net_wealth: Nok, law: InntektLaw) -> Nok:
    """Return the net wealth of a person who is of age by the end of the year.

    Statute: forskrift om bustøtte §§ 5 and 6.
    Units: NOK at the end of the year.
    """
    return net_wealth if year - birth_year >= law.child_age_limit else 0.0


household_bostotte_income = total("bostotte_income", over="household")
household_bostotte_income_young = total("bostotte_income_young", over="household")
household_bostotte_uneven_income_month = total("bostotte_uneven_income_month", over="household")
household_net_wealth = total("bostotte_net_wealth", over="household")
household_home_value = total("primary_home_value", over="household")


# Income per unit of the household's weight


@helper
def wealth_above_free(wealth: float, home_value: float, tenure: int, free_rented: float, free_owned: float) -> float:
    """Return the wealth that counts: above a fixed amount in a rented home, above the home's value in one's own.

    >>> wealth_above_free(400000.0, 0.0, 2, 310208.0, 651436.0)
    89792.0
    >>> wealth_above_free(700000.0, 500000.0, 0, 310208.0, 651436.0)
    200000.0
    """
    free = free_rented if tenure >= RENTER else min(home_value, free_owned)
    return max(wealth - free, 0.0)


@rule(of="household")
def omregnet_inntekt_month(
    household_bostotte_income: Nok,
    household_bostotte_income_young: Nok,
    household_bostotte_uneven_income_month: Nok,
    household_net_wealth: Nok,
    household_home_value: Nok,
    tenure: Count,
    adults_all_year: float,
    adult_children_month: float,
    minor_members_month: float,
    law: InntektLaw,
) -> Nok:
    """Return the household's income per unit, the month's as if of a year: with part of the wealth, by its weight.

    Statute: forskrift om bustøtte §§ 5, 6 and 7.
    Units: NOK a month; a twelfth of whole kroner a year.
    """
    even = household_bostotte_income + law.counts_young_income * household_bostotte_income_young
    income = even + MONTHS_IN_YEAR * household_bostotte_uneven_income_month
    home_value = law.home_tax_value_share * household_home_value
    wealth = wealth_above_free(household_net_wealth, home_value, tenure, law.wealth_free_rented, law.wealth_free_owned)
    further = max(adults_all_year + adult_children_month - 1.0, 0.0)
    weight = 1.0 + law.weight_adult * further + law.weight_child * minor_members_month
    return round_half_up((income + law.wealth_share * wealth) / weight) / MONTHS_IN_YEAR
