"""Supplerende stønad to persons of 67 years or more whose pension is low for short residence.

The year's income is spread evenly over its months. All who fulfil the conditions are taken to apply and to have a
residence permit that gives the right. Not modelled: the allowance to disabled refugees under 67, rooms and boarding
with adults who do not stay the whole year, the exclusion of relatives under a duty of support, stays abroad and in
institution, and the smallest amounts that are paid where social assistance brings them down.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.alderspensjon.alderspensjon import AlderspensjonLaw
from mikrosim.law.bostotte.inntekt import InntektLaw
from mikrosim.law.grunnbelop.grunnbelop import GrunnbelopLaw
from mikrosim.law.rule import partners, rule
from mikrosim.units import Nok, Share


class SupplerendeStonadLaw(NamedTuple):
    """The limits; the full allowance is a rate of garantipensjon."""

    smallest_share_of_hoy: Share
    wealth_limit_g: float


@rule
def income_in_supplerende_stonad(
    wage_type_income: Nok,
    pension: Nok,
    minstenivatillegg: Nok,
    introduksjonsstonad: Nok,
    tiltakspenger: Nok,
    self_employment_income: Nok,
    capital_income: Nok,
    dividends: Nok,
) -> Nok:
    """Return the income that is deducted: earnings, pensions, benefits to live on, and capital income.

    Statute: lov om supplerande stønad § 6.
    Units: NOK a year.
    """
    work = wage_type_income + max(self_employment_income, 0.0)
    benefits = pension + minstenivatillegg + introduksjonsstonad + tiltakspenger
    return work + benefits + max(capital_income, 0.0) + dividends


@rule
def wealth_in_supplerende_stonad(net_wealth: Nok, primary_home_value: Nok, inntekt: InntektLaw) -> Nok:
    """Return the person's net wealth beyond the home.

    Statute: lov om supplerande stønad § 8.
    Units: NOK; the home stands in net wealth at its tax value.
    """
    return max(net_wealth - inntekt.home_tax_value_share * primary_home_value, 0.0)


partners_income_in_supplerende_stonad = partners("income_in_supplerende_stonad")
partners_wealth_in_supplerende_stonad = partners("wealth_in_supplerende_stonad")
partners_part_of_year_in_pension_age = partners("part_of_year_in_pension_age")


@rule
def supplerende_stonad(
    partner: int,
    trygdetid: float,
    part_of_year_in_pension_age: Share,
    partners_part_of_year_in_pension_age: Share,
    adults_all_year: float,
    income_in_supplerende_stonad: Nok,
    partners_income_in_supplerende_stonad: Nok,
    wealth_in_supplerende_stonad: Nok,
    partners_wealth_in_supplerende_stonad: Nok,
    pensjon: AlderspensjonLaw,
    law: SupplerendeStonadLaw,
    grunnbelop: GrunnbelopLaw,
) -> Nok:
    """Return the allowance: a rate of garantipensjon less own income and what counts of a spouse's.

    The high rate is for those alone and with a spouse under 67, all of whose income counts; the ordinary rate for
    those with a spouse of 67 or more, whose income counts above that rate, and for those who share their home with
    other adults.

    Statute: lov om supplerande stønad §§ 3, 5, 6, 7, 8 and 9.
    Units: NOK a year; rates and G are the year's means.
    """
    if part_of_year_in_pension_age <= 0.0 or trygdetid >= pensjon.full_trygdetid:
        return 0.0
    wealth = wealth_in_supplerende_stonad + partners_wealth_in_supplerende_stonad
    if wealth > law.wealth_limit_g * grunnbelop.amount:
        return 0.0
    hoy, ordinaer = pensjon.garantipensjon_hoy, pensjon.garantipensjon_ordinaer
    couple = 2.0 if partner >= 0 else 1.0
    ordinary_part = 1.0 if adults_all_year > couple else partners_part_of_year_in_pension_age
    full = hoy + ordinary_part * (ordinaer - hoy)
    free = partners_part_of_year_in_pension_age * ordinaer
    deducted = income_in_supplerende_stonad + max(partners_income_in_supplerende_stonad - free, 0.0)
    allowance = max(full - deducted, 0.0)
    if allowance < law.smallest_share_of_hoy * hoy:
        return 0.0
    return part_of_year_in_pension_age * allowance
