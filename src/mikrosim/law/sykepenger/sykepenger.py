"""Sykepenger to employees: from the basis and the degree of sick leave to the month's amount.

The employer's share (the first 16 days) is counted as sykepenger too. The limits follow the G of the month, whereas
the statute keeps that of the first day of the sick leave. Not modelled: the most days with the benefit (248, and 60
from the age of 67), and the lower rate of the self-employed.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.barnetillegg.barnetillegg import degree_in_month, has_reached
from mikrosim.law.dates import MONTHS_IN_YEAR
from mikrosim.law.grunnbelop.grunnbelop import GrunnbelopLaw
from mikrosim.law.rule import rule, to_person
from mikrosim.units import Nok, Share


class SykepengerLaw(NamedTuple):
    """Rate, cap, least basis and age limits of sykepenger."""

    rate: float
    highest_basis_g: float
    lowest_basis_g: float
    lowest_basis_old_g: float
    old_age: float
    age_limit: float


@rule(of="recipient")
def sykepenger_paid_month(
    year: int,
    month: int,
    birth_year: int,
    birth_month: int,
    sykepenger_given: Nok,
    sykepenger_basis: Nok,
    sykepenger_degree: Share,
    sykepenger_from: int,
    sykepenger_to: int,
    law: SykepengerLaw,
    grunnbelop: GrunnbelopLaw,
) -> Nok:
    """Return the month's sykepenger: the whole basis up to the cap, graded, if the basis is large enough.

    Statute: folketrygdloven §§ 8-3, 8-10, 8-13, 8-16 and 8-51.
    Units: NOK a month; basis NOK a year.
    """
    given = sykepenger_given / MONTHS_IN_YEAR
    if has_reached(law.age_limit, year, month, birth_year, birth_month):
        return given
    is_old = has_reached(law.old_age, year, month, birth_year, birth_month)
    lowest = law.lowest_basis_old_g if is_old else law.lowest_basis_g
    if sykepenger_basis < lowest * grunnbelop.amount:
        return given
    degree = degree_in_month(month, sykepenger_degree, sykepenger_from, sykepenger_to)
    basis = min(sykepenger_basis, law.highest_basis_g * grunnbelop.amount)
    return given + law.rate * degree * basis / MONTHS_IN_YEAR


sykepenger_month = to_person("sykepenger_paid_month")
