"""Dagpenger: from the basis and the degree of unemployment to the month's amount.

The right to dagpenger and its length are not computed: months and degree are given. A spell that begins after January
is a new one, and its first month bears the own share (until 2023 days of waiting, which cost the same); one from
January has borne it before. The cap on the basis follows the G of the month, whereas the statute keeps that of
the claim. Not modelled: ferietillegg (a share of last year's dagpenger), other benefits (samordning), and
permittering in the fishing industry, which has no own share.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.barnetillegg.barnetillegg import daily_amount, degree_in_month, has_reached
from mikrosim.law.dates import BENEFIT_DAYS_IN_MONTH, BENEFIT_DAYS_IN_YEAR, MONTHS_IN_YEAR
from mikrosim.law.grunnbelop.grunnbelop import GrunnbelopLaw
from mikrosim.law.rule import partners, rule, to_person
from mikrosim.units import Nok, Share

JANUARY = 1


class DagpengerLaw(NamedTuple):
    """Rates, cap, child supplement and age limit of dagpenger."""

    daily_rate: float
    forhoyet_rate: float
    forhoyet_basis_g: float
    highest_basis_g: float
    barnetillegg: float
    highest_share: float
    egenandel_days: float
    age_limit: float


partners_dagpenger_degree = partners("dagpenger_degree")
partners_dagpenger_from = partners("dagpenger_from")
partners_dagpenger_to = partners("dagpenger_to")


@rule(of="recipient")
def dagpenger_children_month(
    month: int,
    dagpenger_degree: Share,
    partners_dagpenger_degree: Share,
    partners_dagpenger_from: int,
    partners_dagpenger_to: int,
    barnetillegg_children_month: float,
) -> float:
    """Return the number of children for whom the recipient has the supplement: only one of two parents has it.

    Of two the one with the higher degree takes it; with the same degree each has it for half the children.

    Statute: folketrygdloven § 4-12 second paragraph.
    Units: children.
    """
    partner = degree_in_month(month, partners_dagpenger_degree, partners_dagpenger_from, partners_dagpenger_to)
    if partner > dagpenger_degree:
        return 0.0
    return barnetillegg_children_month / 2.0 if partner == dagpenger_degree else barnetillegg_children_month


@rule(of="recipient")
def dagpenger_paid_month(
    year: int,
    month: int,
    birth_year: int,
    birth_month: int,
    dagpenger_given: Nok,
    dagpenger_basis: Nok,
    dagpenger_degree: Share,
    dagpenger_from: int,
    dagpenger_to: int,
    dagpenger_children_month: float,
    law: DagpengerLaw,
    grunnbelop: GrunnbelopLaw,
) -> Nok:
    """Return the month's dagpenger: a share of the basis a day, with child supplement, at most 90 per cent of it.

    Statute: folketrygdloven §§ 4-9, 4-11, 4-12, 4-13 and 4-23.
    Units: NOK a month; basis NOK a year; the daily rate in whole kroner, half a krone up.
    """
    given = dagpenger_given / MONTHS_IN_YEAR
    degree = degree_in_month(month, dagpenger_degree, dagpenger_from, dagpenger_to)
    if degree == 0.0 or has_reached(law.age_limit, year, month, birth_year, birth_month):
        return given
    basis = min(dagpenger_basis, law.highest_basis_g * grunnbelop.amount)
    low_part = min(basis, law.forhoyet_basis_g * grunnbelop.amount)
    extra = max(law.forhoyet_rate / BENEFIT_DAYS_IN_YEAR - law.daily_rate, 0.0)
    rate = daily_amount(law.daily_rate * basis + extra * low_part) + law.barnetillegg * dagpenger_children_month
    rate = min(rate, daily_amount(law.highest_share * basis / BENEFIT_DAYS_IN_YEAR))
    days = BENEFIT_DAYS_IN_MONTH * degree
    if month == dagpenger_from and month > JANUARY:
        days = max(days - law.egenandel_days, 0.0)
    return given + rate * days


dagpenger_month = to_person("dagpenger_paid_month")
