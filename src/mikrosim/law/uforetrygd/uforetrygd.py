"""Uføretrygd: a full benefit from the basis or the minimum level, what earnings take off it, and what is paid.

Basis, degree, months and years of insurance are given; the right to the benefit is not computed. The whole year's
earnings are held against the benefit, spread evenly over the months. What was earned besides a partial degree
(inntekt etter uførhet) is taken to be what the degree leaves of the income before disability. Not modelled: the
higher minimum of couples whose uførepensjon was converted in 2015, their older free amount and that of permanently
adapted work, gjenlevendetillegg, occupational injury, pensionable benefits beside earnings, and stays in institution.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.barnetillegg.barnetillegg import degree_in_month, has_reached
from mikrosim.law.dates import MONTHS_IN_YEAR
from mikrosim.law.grunnbelop.grunnbelop import GrunnbelopLaw
from mikrosim.law.rule import helper, rule, to_person
from mikrosim.units import Nok, Share


class UforetrygdLaw(NamedTuple):
    """What a full benefit is, and its minimum levels."""

    compensation: Share
    basis_highest_g: float
    minimum_couple_g: float
    minimum_single_g: float
    minimum_young_disabled_couple_g: float
    minimum_young_disabled_single_g: float
    young_disabled_age: float
    age_limit: float
    full_trygdetid: float


class ReduksjonLaw(NamedTuple):
    """How earnings reduce the benefit."""

    free_income_g: float
    free_income_first_years_g: float
    highest_reduction_rate: Share
    ceiling_share: Share
    minimum_ifu_couple_g: float
    minimum_ifu_single_g: float
    minimum_ifu_young_disabled_g: float


@helper
def minimum_level(partner: float, young_disabled: bool, law: UforetrygdLaw, grunnbelop: float) -> float:
    """Return the minimum level of a full benefit with full insurance, NOK a year."""
    if young_disabled:
        single, couple = law.minimum_young_disabled_single_g, law.minimum_young_disabled_couple_g
    else:
        single, couple = law.minimum_single_g, law.minimum_couple_g
    return (single if partner < 0 else couple) * grunnbelop


@helper
def own_level(basis: float, law: UforetrygdLaw, grunnbelop: float) -> float:
    """Return the full benefit that follows from the basis alone, NOK a year."""
    return law.compensation * min(basis, law.basis_highest_g * grunnbelop)


@helper
def share_of_trygdetid(trygdetid: float, full_trygdetid: float) -> float:
    """Return the share of a full benefit that the years of insurance give.

    >>> share_of_trygdetid(30.0, 40.0), share_of_trygdetid(41.0, 40.0)
    (0.75, 1.0)
    """
    return min(trygdetid / max(full_trygdetid, 1.0), 1.0)


@helper
def inntekt_for_uforhet_of(
    ifu: float, basis: float, partner: float, young_disabled: bool, law: ReduksjonLaw, grunnbelop: float
) -> float:
    """Return the income before disability, not below its minimum; the basis where it is not known."""
    if young_disabled:
        minimum = law.minimum_ifu_young_disabled_g
    else:
        minimum = law.minimum_ifu_single_g if partner < 0 else law.minimum_ifu_couple_g
    return max(ifu if ifu > 0.0 else basis, minimum * grunnbelop)


@helper
def months_of_spell(first: int, last: int, age_limit: float, year: int, birth_year: int, birth_month: int) -> int:
    """Return how many of the year's months the benefit runs, through the month in which the age is reached.

    >>> months_of_spell(3, 12, 67.0, 2025, 1980, 1), months_of_spell(1, 12, 67.0, 2025, 1958, 4)
    (10, 4)
    """
    months = 0
    for month in range(1, MONTHS_IN_YEAR + 1):
        if first <= month <= last and not has_reached(age_limit, year, month, birth_year, birth_month):
            months += 1
    return months


@rule(of="recipient")
def full_uforetrygd_month(
    year: int,
    month: int,
    birth_year: int,
    birth_month: int,
    partner: int,
    young_disabled: bool,
    trygdetid: float,
    uforetrygd_degree: Share,
    uforetrygd_from: int,
    uforetrygd_to: int,
    uforetrygd_basis: Nok,
    law: UforetrygdLaw,
    grunnbelop: GrunnbelopLaw,
) -> Nok:
    """Return the month's benefit as it were at a degree of 100 per cent; 0 outside the spell and from 67 years.

    Young disabled have their higher minimum from 20 years.

    Statute: folketrygdloven §§ 12-4, 12-11 and 12-13.
    Units: NOK a month; not rounded.
    """
    if degree_in_month(month, uforetrygd_degree, uforetrygd_from, uforetrygd_to) <= 0.0:
        return 0.0
    if has_reached(law.age_limit, year, month, birth_year, birth_month):
        return 0.0
    young = young_disabled and has_reached(law.young_disabled_age, year, month, birth_year, birth_month)
    own = own_level(uforetrygd_basis, law, grunnbelop.amount)
    level = max(own, minimum_level(partner, young, law, grunnbelop.amount))
    return level * share_of_trygdetid(trygdetid, law.full_trygdetid) / MONTHS_IN_YEAR


@rule(of="recipient")
def uforetrygd_share_after_earnings(
    full_uforetrygd: Nok,
    year: int,
    birth_year: int,
    birth_month: int,
    partner: int,
    young_disabled: bool,
    wage: Nok,
    self_employment_income: Nok,
    uforetrygd_degree: Share,
    uforetrygd_from: int,
    uforetrygd_to: int,
    uforetrygd_basis: Nok,
    inntekt_for_uforhet: Nok,
    level: UforetrygdLaw,
    law: ReduksjonLaw,
    grunnbelop: GrunnbelopLaw,
) -> Share:
    """Return the share of the benefit that is left when the year's earnings have reduced it.

    Earnings above the free income reduce it by full benefit over income before disability; it ends for the year
    above the ceiling. A spell that begins in the year has the free income of the first two years, others the later.

    Statute: folketrygdloven §§ 12-9 and 12-14.
    Units: share; NOK a year in, G is the year's mean.
    """
    if full_uforetrygd <= 0.0:
        return 0.0
    earnings = wage + max(self_employment_income, 0.0)
    ifu = inntekt_for_uforhet_of(inntekt_for_uforhet, uforetrygd_basis, partner, young_disabled, law, grunnbelop.amount)
    free_g = law.free_income_first_years_g if uforetrygd_from > 1 else law.free_income_g
    free = (1.0 - uforetrygd_degree) * ifu + free_g * grunnbelop.amount
    if earnings <= free:
        return 1.0
    if earnings > law.ceiling_share * ifu:
        return 0.0
    months = months_of_spell(uforetrygd_from, uforetrygd_to, level.age_limit, year, birth_year, birth_month)
    full_year = full_uforetrygd * MONTHS_IN_YEAR / max(months, 1)
    rate = min(full_year / max(ifu, 1.0), law.highest_reduction_rate)
    return max(1.0 - rate * (earnings - free) / (full_year * uforetrygd_degree), 0.0)


@rule(of="recipient")
def uforetrygd_without_supplements_month(
    full_uforetrygd_month: Nok, uforetrygd_degree: Share, uforetrygd_share_after_earnings: Share
) -> Nok:
    """Return the month's benefit for the degree of disability after the reduction for earnings.

    Statute: folketrygdloven §§ 12-10, 12-13 and 12-14.
    Units: NOK a month; not rounded.
    """
    return uforetrygd_degree * uforetrygd_share_after_earnings * full_uforetrygd_month


uforetrygd_before_barnetillegg_month = to_person("uforetrygd_without_supplements_month")


@rule(of="recipient")
def uforetrygd_paid_month(
    uforetrygd_given: Nok, uforetrygd_without_supplements_month: Nok, barnetillegg_uforetrygd_paid_month: Nok
) -> Nok:
    """Return a month's uføretrygd with the supplement for children, and a twelfth of what is given for the year.

    Statute: folketrygdloven §§ 12-13 to 12-16.
    Units: NOK a month; a given amount is for the year.
    """
    return uforetrygd_given / MONTHS_IN_YEAR + uforetrygd_without_supplements_month + barnetillegg_uforetrygd_paid_month


uforetrygd_month = to_person("uforetrygd_paid_month")
