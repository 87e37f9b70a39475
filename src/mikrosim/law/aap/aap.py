"""Arbeidsavklaringspenger (AAP): from the basis and the degree to the month's amount.

The right is not computed: months and degree are given; the degree is what is left after work, other benefits and
stays in institutions. Both parents have the supplement for a child if both have AAP. Not modelled: the rules before
2020 for those who had AAP then (a full minimum under 25, a higher one for those who became disabled young), and the
child's barnepensjon, which takes the supplement away. NAV's own computation knows no limit of 90 per cent as in
dagpenger, which some guides name.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.barnetillegg.barnetillegg import daily_amount, degree_in_month, has_reached
from mikrosim.law.dates import BENEFIT_DAYS_IN_MONTH, BENEFIT_DAYS_IN_YEAR, MONTHS_IN_YEAR
from mikrosim.law.grunnbelop.grunnbelop import GrunnbelopLaw
from mikrosim.law.rule import rule, to_person
from mikrosim.units import Nok, Share


class AapLaw(NamedTuple):
    """Rate, cap, minimum and child supplement of AAP."""

    rate: float
    highest_basis_g: float
    lowest_g: float
    lowest_share_young: float
    full_minimum_age: float
    barnetillegg: float


@rule(of="recipient")
def aap_paid_month(
    year: int,
    month: int,
    birth_year: int,
    birth_month: int,
    aap_given: Nok,
    aap_basis: Nok,
    aap_degree: Share,
    aap_from: int,
    aap_to: int,
    barnetillegg_children_month: float,
    law: AapLaw,
    grunnbelop: GrunnbelopLaw,
) -> Nok:
    """Return the month's AAP: 66 per cent of the basis or the minimum, with child supplement, graded.

    Statute: folketrygdloven §§ 11-19, 11-20 and 11-23.
    Units: NOK a month; basis NOK a year; daily amounts in whole kroner, half a krone up.
    """
    given = aap_given / MONTHS_IN_YEAR
    degree = degree_in_month(month, aap_degree, aap_from, aap_to)
    if degree == 0.0:
        return given
    lowest = law.lowest_g * grunnbelop.amount
    if not has_reached(law.full_minimum_age, year, month, birth_year, birth_month):
        lowest *= law.lowest_share_young
    yearly = max(law.rate * min(aap_basis, law.highest_basis_g * grunnbelop.amount), lowest)
    daily = daily_amount(degree * yearly / BENEFIT_DAYS_IN_YEAR)
    supplement = daily_amount(degree * law.barnetillegg * barnetillegg_children_month)
    return given + BENEFIT_DAYS_IN_MONTH * (daily + supplement)


aap_month = to_person("aap_paid_month")
