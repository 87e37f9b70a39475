"""Egenandel: the part of the housing costs that a household must pay itself, and that rises with its income."""

from __future__ import annotations

import math
from typing import NamedTuple

from mikrosim.law.dates import MONTHS_IN_YEAR
from mikrosim.law.rounding import round_half_up
from mikrosim.law.rule import any_of, helper, rule
from mikrosim.units import Nok


class EgenandelLaw(NamedTuple):
    """Amounts of a year, incomes per unit of the household's weight."""

    lowest: float
    share: float
    rises_from: float
    rises_from_single_pensioner: float
    steep_share: float
    steep_from: float
    steep_from_young_disabled: float
    steep_from_single_pensioner: float
    progressive_share: float
    progressive_step: float
    pension_age: float


@rule
def is_single_pensioner(year: int, birth_year: int, partner: int, pensions: Nok, law: EgenandelLaw) -> bool:
    """Return whether the person has old-age pension and neither spouse nor cohabitant.

    Statute: forskrift om bustøtte § 4.
    Units: yes or no, the whole year.
    """
    return partner < 0 and pensions > 0.0 and year - birth_year >= law.pension_age


has_single_pensioner = any_of("is_single_pensioner", over="household")
has_young_disabled = any_of("young_disabled", over="household")


@helper
def steep_from(
    has_young_disabled: bool,
    has_single_pensioner: bool,
    ordinary: float,
    young_disabled: float,
    single_pensioner: float,
) -> float:
    """Return the income above which the own share rises faster: the most favourable that the household has."""
    limit = ordinary
    if has_young_disabled:
        limit = max(limit, young_disabled)
    if has_single_pensioner:
        limit = max(limit, single_pensioner)
    return limit


@rule(of="household")
def bostotte_egenandel_progressive_month(
    omregnet_inntekt_month: Nok, has_young_disabled: bool, has_single_pensioner: bool, law: EgenandelLaw
) -> Nok:
    """Return the progressive part of the own share: a rate of the whole income, once for each step begun.

    In force until June 2024; its rate is 0 from July.

    Statute: forskrift om bustøtte § 4 third to fifth paragraph.
    Units: NOK a month; not rounded.
    """
    limit = steep_from(
        has_young_disabled,
        has_single_pensioner,
        law.steep_from,
        law.steep_from_young_disabled,
        law.steep_from_single_pensioner,
    )
    income = round_half_up(MONTHS_IN_YEAR * omregnet_inntekt_month)
    steps = max(math.ceil((income - limit) / law.progressive_step), 0)
    return law.progressive_share * steps * omregnet_inntekt_month


@rule(of="household")
def bostotte_egenandel_linear_month(
    omregnet_inntekt_month: Nok, has_young_disabled: bool, has_single_pensioner: bool, law: EgenandelLaw
) -> Nok:
    """Return the part of the own share that rises faster with income, in the place of the progressive part.

    In force from July 2024; its rate is 0 before.

    Statute: forskrift om bustøtte § 4.
    Units: NOK a month; not rounded.
    """
    limit = steep_from(
        has_young_disabled,
        has_single_pensioner,
        law.steep_from,
        law.steep_from_young_disabled,
        law.steep_from_single_pensioner,
    )
    return law.steep_share * max(omregnet_inntekt_month - limit / MONTHS_IN_YEAR, 0.0)


@rule(of="household")
def bostotte_egenandel_month(
    omregnet_inntekt_month: Nok,
    bostotte_egenandel_progressive_month: Nok,
    bostotte_egenandel_linear_month: Nok,
    has_single_pensioner: bool,
    law: EgenandelLaw,
) -> Nok:
    """Return the housing costs that the household must pay itself.

    Statute: forskrift om bustøtte § 4.
    Units: NOK a month; not rounded.
    """
    limit = law.rises_from_single_pensioner if has_single_pensioner else law.rises_from
    rising = law.share * max(omregnet_inntekt_month - limit / MONTHS_IN_YEAR, 0.0)
    ordinary = law.lowest / MONTHS_IN_YEAR + rising
    return ordinary + bostotte_egenandel_progressive_month + bostotte_egenandel_linear_month
