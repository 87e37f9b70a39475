"""The floor under old-age pension: minste pensjonsnivå, garantipensjon, and the mix of the two between them.

``pension`` is all that a person is paid in pensions in the year, AFP and occupational pensions included, and with it
any guarantee that already lies in it. The floor is held against that whole: a person who draws old-age pension from 67
years is lifted to the level of her birth cohort, scaled by the share she draws and by her years of insurance. So a
person with an occupational pension is lifted less than in law, where only the pension of the National Insurance Scheme
counts, and the 80 per cent of an income pension that garantipensjon gives way to, which leaves those with a little
pension of their own above the level, is not taken off again from a pension that holds it. Not modelled: the least
years of insurance, the higher levels of those who draw the pension later than at 67, the level of one who supports a
spouse over 60, supplements for spouse and children, and the ordinary rate of cohabitants without common children,
who are taken to be spouses.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.bostotte.inntekt import part_of_year_from
from mikrosim.law.grunnbelop.grunnbelop import GrunnbelopLaw
from mikrosim.law.rule import helper, partners, rule
from mikrosim.units import Nok, Share


class AlderspensjonLaw(NamedTuple):
    """The levels, and who has which."""

    age: float
    full_trygdetid: float
    partners_income_limit_g: float
    minste_pensjonsniva_lav: Nok
    minste_pensjonsniva_ordinaer: Nok
    minste_pensjonsniva_hoy: Nok
    minste_pensjonsniva_enslig: Nok
    garantipensjon_ordinaer: Nok
    garantipensjon_hoy: Nok
    last_birth_year_old_rules: float
    first_birth_year_new_rules: float


@rule
def part_of_year_in_pension_age(year: int, birth_year: int, birth_month: int, law: AlderspensjonLaw) -> Share:
    """Return the part of the year's months on whose first day the person has reached the age of the floor.

    Statute: folketrygdloven §§ 19-8, 20-9 and 22-12.
    Units: share of the year.
    """
    return part_of_year_from(law.age, year, birth_year, birth_month)


@rule
def supports_oneself(
    wage: Nok,
    self_employment_income: Nok,
    capital_income: Nok,
    dividends: Nok,
    pension: Nok,
    uforetrygd: Nok,
    law: AlderspensjonLaw,
    grunnbelop: GrunnbelopLaw,
) -> bool:
    """Return whether a person's pension, uføretrygd or income gives the partner a lower level.

    Statute: folketrygdloven §§ 19-8 and 20-9.
    Units: NOK a year, G is the year's mean.
    """
    income = wage + max(self_employment_income, 0.0) + max(capital_income, 0.0) + dividends
    return pension > 0.0 or uforetrygd > 0.0 or income > law.partners_income_limit_g * grunnbelop.amount


partner_supports_oneself = partners("supports_oneself")
partners_pension = partners("pension")


@helper
def minste_pensjonsniva(
    partner: float, partner_supports_oneself: float, partners_pension: float, law: AlderspensjonLaw
) -> float:
    """Return the level of those born before the transition, with full insurance, NOK a year.

    Two pensioners who live together have the low rate each, and at least twice the ordinary rate between them.
    """
    if partner < 0:
        return law.minste_pensjonsniva_enslig
    if partners_pension > 0.0:
        ordinaer = law.minste_pensjonsniva_ordinaer
        return max(law.minste_pensjonsniva_lav, min(ordinaer, 2.0 * ordinaer - partners_pension))
    return law.minste_pensjonsniva_ordinaer if partner_supports_oneself > 0.0 else law.minste_pensjonsniva_hoy


@rule
def minstenivatillegg(
    birth_year: int,
    partner: int,
    pension: Nok,
    alderspensjon_uttaksgrad: Share,
    trygdetid: float,
    part_of_year_in_pension_age: Share,
    partner_supports_oneself: float,
    partners_pension: Nok,
    law: AlderspensjonLaw,
) -> Nok:
    """Return what lifts the year's pension to the minimum level of the person's birth cohort.

    Statute: folketrygdloven §§ 19-8, 19-9, 20-9, 20-10 and 20-19.
    Units: NOK a year; the levels are the year's means.
    """
    if alderspensjon_uttaksgrad <= 0.0 or part_of_year_in_pension_age <= 0.0:
        return 0.0
    cohorts = max(law.first_birth_year_new_rules - law.last_birth_year_old_rules, 1.0)
    by_new_rules = min(max((birth_year - law.last_birth_year_old_rules) / cohorts, 0.0), 1.0)
    old = minste_pensjonsniva(partner, partner_supports_oneself, partners_pension, law)
    new = law.garantipensjon_ordinaer if partner_supports_oneself > 0.0 else law.garantipensjon_hoy
    level = (1.0 - by_new_rules) * old + by_new_rules * new
    insured = min(trygdetid / max(law.full_trygdetid, 1.0), 1.0)
    floor = level * insured * alderspensjon_uttaksgrad * part_of_year_in_pension_age
    return max(floor - pension, 0.0)
