"""Income after tax, as Statistics Norway counts it.

Interest and union fees paid are not taken off; child support paid is, as a negative transfer.
"""

from __future__ import annotations

from mikrosim.law.rule import rule, sum_of, total
from mikrosim.units import Nok

income_before_means_tested = sum_of(
    "wage_type_income",
    "pension_type_income",
    "self_employment_income",
    "capital_income",
    "dividends",
    "barnetrygd",
    "kontantstotte",
    "engangsstonad",
    "stonad_til_barnetilsyn",
    "bidragsforskudd",
    "barnebidrag",
    "tilleggsstonad_pass_av_barn",
    "tiltakspenger",
    "engangssum_uforetrygd",
    "child_support_received",
    "other_tax_free_transfers",
)


@rule
def last_years_income(
    income_previous_year: Nok,
    income_as_year_before: bool,
    wage_type_income: Nok,
    pension_type_income: Nok,
    self_employment_income: Nok,
    capital_income: Nok,
    dividends: Nok,
) -> Nok:
    """Return the taxable income of the year before: what is given, or this year's where it is taken to be the same.

    Statute: forskrift om foreldrebetaling i barnehager § 3.
    Units: NOK a year.
    """
    if not income_as_year_before:
        return income_previous_year
    return wage_type_income + pension_type_income + self_employment_income + capital_income + dividends


@rule
def after_tax_income_before_means_tested(income_before_means_tested: Nok, skatt: Nok, child_support_paid: Nok) -> Nok:
    """Return one person's income after tax and child support paid, without bostøtte and sosialhjelp.

    It is what sosialhjelp is held against.

    Statute: none; Statistics Norway's definition of inntekt etter skatt.
    Units: NOK a year.
    """
    return income_before_means_tested - skatt - child_support_paid


# A household's means-tested transfers are income of its first member.
means_tested_income = sum_of("bostotte_received", "sosialhjelp_received")
gross_income = sum_of("income_before_means_tested", "means_tested_income")
after_tax_income = sum_of("after_tax_income_before_means_tested", "means_tested_income")

household_gross_income = total("gross_income", over="household")
household_after_tax_income = total("after_tax_income", over="household")


@rule(of="household")
def equivalised_income(household_after_tax_income: Nok, consumption_units_eu: float) -> Nok:
    """Return the household's income after tax per consumption unit, EU scale.

    Statute: none; Statistics Norway's definition.
    Units: NOK a year per consumption unit.
    """
    return household_after_tax_income / consumption_units_eu


@rule(of="household")
def equivalised_income_oecd(household_after_tax_income: Nok, consumption_units_oecd: float) -> Nok:
    """Return the household's income after tax per consumption unit, older OECD scale.

    Statute: none; Statistics Norway's definition.
    Units: NOK a year per consumption unit.
    """
    return household_after_tax_income / consumption_units_oecd


@rule(of="household")
def after_tax_income_net_of_child_care(household_after_tax_income: Nok, child_care_costs: Nok) -> Nok:
    """Return what the household has left of its income when kindergarten and SFO are paid.

    Statute: none; an account of this model.
    Units: NOK a year.
    """
    return household_after_tax_income - child_care_costs
