"""Arbeidsfradrag for the young: the deduction of those drawn by lot to a trial of five years from 2026.

Who is drawn is a column, since it is settled by lot among those born in the years of the trial. Not modelled:
the smaller deduction of those who live in Norway for part of the year, and foreign workers under other rules.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.rule import rule
from mikrosim.units import Count, Nok, Share


class ArbeidsfradragLaw(NamedTuple):
    """The deduction, its reduction, and the years of birth that the lot was drawn among."""

    maximum: Nok
    threshold: Nok
    rate: Share
    first_birth_year: float
    last_birth_year: float


@rule
def arbeidsfradrag(
    in_arbeidsfradrag_trial: bool,
    birth_year: Count,
    wage: Nok,
    sykepenger: Nok,
    foreldrepenger: Nok,
    svangerskapspenger: Nok,
    self_employment_income: Nok,
    law: ArbeidsfradragLaw,
) -> Nok:
    """Return the deduction, reduced as income from work rises and never more than that income.

    Benefits that replace wages count, dagpenger does not; AAP, uføretrygd, overgangsstønad, kvalifiserings- and
    introduksjonsstønad and pensions are no income from work.

    Statute: skatteloven § 6-86; Stortingets skattevedtak § 6-6.
    Units: NOK a year.
    """
    if not in_arbeidsfradrag_trial or birth_year < law.first_birth_year or birth_year > law.last_birth_year:
        return 0.0
    work = wage + sykepenger + foreldrepenger + svangerskapspenger + max(self_employment_income, 0.0)
    deduction = law.maximum - law.rate * max(work - law.threshold, 0.0)
    return min(max(deduction, 0.0), work)
