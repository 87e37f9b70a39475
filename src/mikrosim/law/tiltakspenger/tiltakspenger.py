"""Tiltakspenger: a fixed amount for each day of participation in a labour market measure.

The degree is the share of five days a week with participation. Both parents are taken to have the supplement for a
child if both participate, as in AAP; that is not confirmed. Not modelled: the lower rate from the fourth day of
sickness, and other benefits, which exclude the allowance.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.barnetillegg.barnetillegg import degree_in_month, is_child_under
from mikrosim.law.dates import BENEFIT_DAYS_IN_MONTH, MONTHS_IN_YEAR
from mikrosim.law.rule import rule, to_person, total
from mikrosim.units import Nok, Share


class TiltakspengerLaw(NamedTuple):
    """Daily amounts of tiltakspenger, and until which age a child gives a supplement."""

    dagsats: float
    barnetillegg: float
    child_age_limit: float


@rule(of="child")
def gives_tiltakspenger_barnetillegg_month(
    year: int, month: int, birth_year: int, birth_month: int, law: TiltakspengerLaw
) -> bool:
    """Return whether the child is of an age that gives a parent's tiltakspenger a supplement.

    Statute: tiltakspengeforskriften § 3.
    Units: yes or no.
    """
    return is_child_under(law.child_age_limit, year, month, birth_year, birth_month)


tiltakspenger_children_month = total("gives_tiltakspenger_barnetillegg_month", over="family")


@rule(of="recipient")
def tiltakspenger_paid_month(
    month: int,
    tiltakspenger_given: Nok,
    tiltakspenger_degree: Share,
    tiltakspenger_from: int,
    tiltakspenger_to: int,
    tiltakspenger_children_month: float,
    law: TiltakspengerLaw,
) -> Nok:
    """Return the month's tiltakspenger: the daily rate and a supplement for each child, for the days of participation.

    Statute: tiltakspengeforskriften §§ 3 and 6.
    Units: NOK a month.
    """
    degree = degree_in_month(month, tiltakspenger_degree, tiltakspenger_from, tiltakspenger_to)
    daily = law.dagsats + law.barnetillegg * tiltakspenger_children_month
    return tiltakspenger_given / MONTHS_IN_YEAR + BENEFIT_DAYS_IN_MONTH * degree * daily


tiltakspenger_month = to_person("tiltakspenger_paid_month")
