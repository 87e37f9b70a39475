"""Introduksjonsstønad: what refugees in the introduction programme are paid.

Months and degree are given; the degree is what is left after absence and other benefits. Not modelled: those who
began under the former introduksjonsloven, who had two thirds when they were young and lived with their parents.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.barnetillegg.barnetillegg import degree_in_month, has_reached
from mikrosim.law.dates import MONTHS_IN_YEAR
from mikrosim.law.grunnbelop.grunnbelop import GrunnbelopLaw
from mikrosim.law.rule import partners, rule, to_person
from mikrosim.units import Nok, Share


class IntroduksjonsstonadLaw(NamedTuple):
    """Level of introduksjonsstønad, and the shares of it that some have."""

    full_g: float
    share_young: float
    share_young_with_parents: float
    share_childless_couple: float
    full_age: float


partners_introduksjonsstonad_degree = partners("introduksjonsstonad_degree")
partners_introduksjonsstonad_from = partners("introduksjonsstonad_from")
partners_introduksjonsstonad_to = partners("introduksjonsstonad_to")


@rule(of="recipient")
def introduksjonsstonad_share_month(
    year: int,
    month: int,
    birth_year: int,
    birth_month: int,
    mother: int,
    father: int,
    partners_introduksjonsstonad_degree: Share,
    partners_introduksjonsstonad_from: int,
    partners_introduksjonsstonad_to: int,
    barnetillegg_children_month: float,
    law: IntroduksjonsstonadLaw,
) -> Share:
    """Return the participant's share of full introduksjonsstønad: less for the young and for couples without children.

    Statute: integreringsloven § 20.
    Units: share.
    """
    share = 1.0
    if not has_reached(law.full_age, year, month, birth_year, birth_month):
        lives_with_parents = mother >= 0 or father >= 0
        share = law.share_young_with_parents if lives_with_parents else law.share_young
    partner = degree_in_month(
        month,
        partners_introduksjonsstonad_degree,
        partners_introduksjonsstonad_from,
        partners_introduksjonsstonad_to,
    )
    if partner > 0.0 and barnetillegg_children_month == 0.0:
        share *= law.share_childless_couple
    return share


@rule(of="recipient")
def introduksjonsstonad_paid_month(
    month: int,
    introduksjonsstonad_given: Nok,
    introduksjonsstonad_degree: Share,
    introduksjonsstonad_from: int,
    introduksjonsstonad_to: int,
    introduksjonsstonad_share_month: Share,
    law: IntroduksjonsstonadLaw,
    grunnbelop: GrunnbelopLaw,
) -> Nok:
    """Return the month's introduksjonsstønad: a twelfth of the participant's share of the year's.

    Statute: integreringsloven §§ 20 and 21.
    Units: NOK a month.
    """
    degree = degree_in_month(month, introduksjonsstonad_degree, introduksjonsstonad_from, introduksjonsstonad_to)
    full = law.full_g * grunnbelop.amount / MONTHS_IN_YEAR
    return introduksjonsstonad_given / MONTHS_IN_YEAR + degree * introduksjonsstonad_share_month * full


introduksjonsstonad_month = to_person("introduksjonsstonad_paid_month")
