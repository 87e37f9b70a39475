"""Sosialhjelp: the state's guideline rates and actual housing costs, less what the household has.

The statute leaves the amount to the municipality's judgement; the guideline rates are where it starts from, and
many municipalities have rates of their own (municipal_factor). A reform may take the levels of SIFO's reference budget
instead (rates_by), which covers living on an acceptable level without housing, electricity, car and child care. All
who live together are taken as one household.
Not modelled: costs beyond the rates that offices weigh case by case (kindergarten and SFO, medicine, furniture,
Christmas), what rent is reasonable, the activity that younger recipients must take part in, and parents of children
who live with the other parent in turn.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.bostotte.inntekt import InntektLaw
from mikrosim.law.dates import MONTHS_IN_YEAR, months_since_birth
from mikrosim.law.rule import rule, to_first_member, total
from mikrosim.units import Nok, Share


class SosialhjelpLaw(NamedTuple):
    """Guideline rates, and what counts against them."""

    single: float
    couple: float
    shared_housing: float
    child_0_5: float
    child_6_10: float
    child_11_17: float
    age_limit_0_5: float
    age_limit_6_10: float
    municipal_factor: float
    electricity: float
    counts_barnetrygd: float
    counts_wealth: float
    take_up: float
    full_take_up_amount: Nok
    rates_by: float
    sifo_level: float
    sifo_adult: float
    sifo_child: tuple[
        float, float, float, float, float, float, float, float, float,
        float, float, float, float, float, float, float, float, float,
    ]  # fmt: skip
    sifo_household: tuple[float, float, float, float, float, float, float]


BY_SIFO = 1.0


# What the household needs


@rule(of="child")
def sosialhjelp_child_rate_month(
    year: int, month: int, birth_year: int, birth_month: int, is_minor_member_month: bool, law: SosialhjelpLaw
) -> Nok:
    """Return the rate of a child under 18, by its age on the first day of the month.

    Statute: sosialtjenesteloven § 18; statlige veiledende retningslinjer for økonomisk stønad.
    Units: NOK a month.
    """
    if not is_minor_member_month:
        return 0.0
    months = months_since_birth(year, month, birth_year, birth_month)
    if law.rates_by == BY_SIFO:
        age = (months - 1) // MONTHS_IN_YEAR
        return law.sifo_level * law.sifo_child[min(age, len(law.sifo_child) - 1)]
    if months <= MONTHS_IN_YEAR * law.age_limit_0_5:
        return law.child_0_5
    if months <= MONTHS_IN_YEAR * law.age_limit_6_10:
        return law.child_6_10
    return law.child_11_17


@rule
def has_partner(partner: int) -> bool:
    """Return whether the person lives with a spouse or cohabitant.

    Statute: statlige veiledende retningslinjer for økonomisk stønad.
    Units: yes or no, the whole year.
    """
    return partner >= 0


sosialhjelp_child_rates_month = total("sosialhjelp_child_rate_month", over="household")
household_partners = total("has_partner", over="household")


@rule(of="household")
def sosialhjelp_need_month(
    adults_all_year: float,
    adult_children_month: float,
    minor_members_month: float,
    household_partners: float,
    sosialhjelp_child_rates_month: Nok,
    housing_cost_month: Nok,
    law: SosialhjelpLaw,
) -> Nok:
    """Return what the household needs: the rates of its members, housing costs and electricity.

    A single adult has the rate of singles alone with or without children, and that of shared housing with others.
    SIFO's levels have one amount for each person and one for the household, by its number of members.

    Statute: sosialtjenesteloven § 18; statlige veiledende retningslinjer for økonomisk stønad.
    Units: NOK a month.
    """
    adults = adults_all_year + adult_children_month
    couples = household_partners / 2.0
    singles = max(adults - household_partners, 0.0)
    of_singles = law.single if adults <= 1.0 else law.shared_housing
    of_adults = couples * law.couple + singles * of_singles
    if law.rates_by == BY_SIFO:
        members = min(max(int(adults + minor_members_month), 1), len(law.sifo_household))
        of_adults = law.sifo_level * (adults * law.sifo_adult + law.sifo_household[members - 1])
    rates = of_adults + sosialhjelp_child_rates_month
    return law.municipal_factor * rates + housing_cost_month + law.electricity


# What it has


@rule
def barnetrygd_after_tax(barnetrygd: Nok, skatt_paa_barnetrygd: Nok) -> Nok:
    """Return the person's barnetrygd less the tax on it, where a reform taxes it.

    Leaving the whole of a taxed barnetrygd out of account would have sosialhjelp pay the tax on it. For a parent
    taxed for barnetrygd that the other receives the figure is below zero.

    Statute: sosialtjenesteloven § 18 third paragraph, read for a taxed barnetrygd.
    Units: NOK a year.
    """
    return barnetrygd - skatt_paa_barnetrygd


@rule
def is_pupil_at_home(
    mother: int, father: int, upper_secondary_pupil: bool, year: int, birth_year: int, inntekt: InntektLaw
) -> bool:
    """Return whether the person lives with a parent and goes to school, and so keeps what it earns.

    Statute: sosialtjenesteloven § 18 first and third paragraph.
    Units: yes or no, the whole year.
    """
    at_home = mother >= 0 or father >= 0
    return at_home and (upper_secondary_pupil or year - birth_year < inntekt.child_age_limit)


@rule
def sosialhjelp_income(
    after_tax_income_before_means_tested: Nok, barnetrygd_after_tax: Nok, is_pupil_at_home: bool
) -> Nok:
    """Return the person's income after tax without barnetrygd; that of children at home who go to school is theirs.

    Statute: sosialtjenesteloven § 18 first and third paragraph.
    Units: NOK a year.
    """
    return 0.0 if is_pupil_at_home else after_tax_income_before_means_tested - barnetrygd_after_tax


@rule(of="recipient")
def sosialhjelp_uneven_income_month(
    wages_and_monthly_benefits_month: Nok,
    wages_and_monthly_benefits: Nok,
    fortnightly_benefits_month: Nok,
    fortnightly_benefits: Nok,
    tiltakspenger_paid_month: Nok,
    tiltakspenger_paid: Nok,
    share_left_after_tax: Share,
    is_pupil_at_home: bool,
) -> Nok:
    """Return what the month's wages and benefits are after tax above an even part of the year's, or below it.

    Statute: sosialtjenesteloven § 18 first paragraph, which asks what the applicant has now.
    Units: NOK a month; the year's months add up to 0.
    """
    if is_pupil_at_home:
        return 0.0
    of_month = wages_and_monthly_benefits_month + fortnightly_benefits_month + tiltakspenger_paid_month
    of_year = wages_and_monthly_benefits + fortnightly_benefits + tiltakspenger_paid
    return share_left_after_tax * (of_month - of_year / MONTHS_IN_YEAR)


household_sosialhjelp_income = total("sosialhjelp_income", over="household")
household_sosialhjelp_uneven_income_month = total("sosialhjelp_uneven_income_month", over="household")
household_barnetrygd = total("barnetrygd_after_tax", over="household")


household_students = total("student", over="household")


@rule(of="household")
def has_sosialhjelp_right(adults_all_year: float, household_students: float) -> bool:
    """Return whether an adult of the household has no study support to live on, which comes first.

    Statute: sosialtjenesteloven § 18 first paragraph.
    Units: yes or no, the whole year.
    """
    return adults_all_year > household_students


@rule(of="household")
def sosialhjelp_entitled_month(
    has_sosialhjelp_right: bool,
    sosialhjelp_need_month: Nok,
    household_sosialhjelp_income: Nok,
    household_sosialhjelp_uneven_income_month: Nok,
    household_barnetrygd: Nok,
    household_net_wealth: Nok,
    household_home_value: Nok,
    bostotte_month: Nok,
    law: SosialhjelpLaw,
    inntekt: InntektLaw,
) -> Nok:
    """Return what the household lacks: its needs less the month's income, bostøtte and savings.

    Savings are net wealth beyond the own home; they must be used first. Wages and benefits count in their months, all
    other income as a twelfth of the year's. What is left of earlier months' pay is known by the savings only.

    Statute: sosialtjenesteloven § 18.
    Units: NOK a month; not rounded.
    """
    if not has_sosialhjelp_right:
        return 0.0
    income = household_sosialhjelp_income + law.counts_barnetrygd * household_barnetrygd
    savings = max(household_net_wealth - inntekt.home_tax_value_share * household_home_value, 0.0)
    of_month = income / MONTHS_IN_YEAR + household_sosialhjelp_uneven_income_month
    has = of_month + bostotte_month + law.counts_wealth * savings
    return max(sosialhjelp_need_month - has, 0.0)


@rule(of="household")
def sosialhjelp_month(sosialhjelp_entitled_month: Nok, take_up: float, law: SosialhjelpLaw) -> Nok:
    """Return the sosialhjelp of households that apply: fewer of those whom it would give little.

    Statute: sosialtjenesteloven §§ 18 and 41.
    Units: NOK a month; not rounded.
    """
    share = law.take_up * min(1.0, sosialhjelp_entitled_month / max(law.full_take_up_amount, 1.0))
    return sosialhjelp_entitled_month if take_up < share else 0.0


@rule(of="household")
def sosialhjelp_payouts_month(sosialhjelp_month: Nok) -> float:
    """Return one payout in a month that has one, as the statistics count recipients and their months.

    Statute: sosialtjenesteloven § 18.
    Units: payouts.
    """
    return 1.0 if sosialhjelp_month > 0.0 else 0.0


@rule(of="household")
def sosialhjelp_recipients(sosialhjelp: Nok) -> float:
    """Return one for a household with sosialhjelp in some month of the year.

    Statute: sosialtjenesteloven § 18.
    Units: households.
    """
    return 1.0 if sosialhjelp > 0.0 else 0.0


sosialhjelp_received_month = to_first_member("sosialhjelp_month")
