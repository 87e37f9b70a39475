"""Kvalifiseringsstønad: what participants in the qualification programme are paid.

Months and degree are given; the degree is what is left after absence, wages and other benefits. Both parents are
taken to have the supplement for a child if both participate, as in AAP; that is not confirmed. Not modelled: the right
to the programme and its length, and the days off and absences that the degree stands for.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.barnetillegg.barnetillegg import degree_in_month, has_reached
from mikrosim.law.dates import BENEFIT_DAYS_IN_MONTH, MONTHS_IN_YEAR
from mikrosim.law.grunnbelop.grunnbelop import GrunnbelopLaw
from mikrosim.law.rule import rule, to_person
from mikrosim.units import Nok, Share


class KvalifiseringsstonadLaw(NamedTuple):
    """Level and child supplement of kvalifiseringsstønad."""

    full_g: float
    share_young: float
    full_age: float
    barnetillegg: float


@rule(of="recipient")
def kvalifiseringsstonad_paid_month(
    year: int,
    month: int,
    birth_year: int,
    birth_month: int,
    kvalifiseringsstonad_given: Nok,
    kvalifiseringsstonad_degree: Share,
    kvalifiseringsstonad_from: int,
    kvalifiseringsstonad_to: int,
    barnetillegg_children_month: float,
    law: KvalifiseringsstonadLaw,
    grunnbelop: GrunnbelopLaw,
) -> Nok:
    """Return the month's kvalifiseringsstønad: a twelfth of the year's, less for the young, with child supplement.

    Statute: sosialtjenesteloven § 35.
    Units: NOK a month.
    """
    degree = degree_in_month(month, kvalifiseringsstonad_degree, kvalifiseringsstonad_from, kvalifiseringsstonad_to)
    full = law.full_g * grunnbelop.amount / MONTHS_IN_YEAR
    if not has_reached(law.full_age, year, month, birth_year, birth_month):
        full *= law.share_young
    supplement = BENEFIT_DAYS_IN_MONTH * law.barnetillegg * barnetillegg_children_month
    return kvalifiseringsstonad_given / MONTHS_IN_YEAR + degree * (full + supplement)


kvalifiseringsstonad_month = to_person("kvalifiseringsstonad_paid_month")
