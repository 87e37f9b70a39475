"""Alminnelig inntekt and the tax on it, and all taxes together.

Not modelled: formuesskatt, reisefradrag, gifts, BSU and IPS saving, fishermen's, seafarers' and farmers'
deductions, skattebegrensning (§ 17-1, legacy groups), the trial deduction for drawn young persons
(§ 6-86), rounding to whole kroner and losses carried forward.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.rule import rule, sum_of
from mikrosim.units import Nok, Share


class SkattLaw(NamedTuple):
    """Rates on alminnelig inntekt and the deductions before them."""

    rate_alminnelig_inntekt: Share
    rate_tiltakssone: Share
    personfradrag: Nok
    tiltakssone_fradrag: Nok
    rentefradrag: Share


bruttoinntekt = sum_of(
    "wage_type_income",
    "pension_type_income",
    "self_employment_income",
    "capital_income",
    "aksjeinntekt",
    "barnetrygd_in_alminnelig_inntekt",
)


@rule
def alminnelig_inntekt(
    bruttoinntekt: Nok,
    minstefradrag: Nok,
    fagforeningsfradrag: Nok,
    interest_paid: Nok,
    foreldrefradrag: Nok,
    saerfradrag_enslig_forsorger: Nok,
    law: SkattLaw,
) -> Nok:
    """Return the net income that is taxed at one rate; below zero only by loss or interest.

    Statute: skatteloven §§ 5-1, 6-1, 6-20, 6-40, 6-48 and 6-80.
    Units: NOK a year.
    """
    net = bruttoinntekt - minstefradrag - fagforeningsfradrag - law.rentefradrag * interest_paid
    return min(net, max(net - foreldrefradrag - saerfradrag_enslig_forsorger, 0.0))


@rule
def personfradrag(law: SkattLaw) -> Nok:
    """Return the personal allowance; what exceeds alminnelig inntekt is lost in the tax itself.

    Statute: skatteloven § 15-4; Stortingets skattevedtak § 6-3.
    Units: NOK a year.
    """
    return law.personfradrag


@rule
def tiltakssonefradrag(in_tiltakssone: bool, law: SkattLaw) -> Nok:
    """Return the special deduction of those who live in Finnmark or Nord-Troms.

    Statute: skatteloven § 15-5.
    Units: NOK a year.
    """
    return law.tiltakssone_fradrag if in_tiltakssone else 0.0


@rule
def skatt_alminnelig_inntekt(
    alminnelig_inntekt: Nok, personfradrag: Nok, tiltakssonefradrag: Nok, in_tiltakssone: bool, law: SkattLaw
) -> Nok:
    """Return the tax of municipality, county and state on alminnelig inntekt above the allowances.

    Statute: skatteloven §§ 15-2, 15-4 and 15-5; Stortingets skattevedtak §§ 3-2 and 3-8.
    Units: NOK a year; not rounded.
    """
    rate = law.rate_tiltakssone if in_tiltakssone else law.rate_alminnelig_inntekt
    return rate * max(alminnelig_inntekt - personfradrag - tiltakssonefradrag, 0.0)


@rule
def skatt(skatt_alminnelig_inntekt: Nok, trinnskatt: Nok, trygdeavgift: Nok, skattefradrag_pensjon: Nok) -> Nok:
    """Return all taxes on income after the credit for pensioners.

    Statute: skatteloven chapters 15 and 16; Stortingets skattevedtak chapter 3; folketrygdloven § 23-3.
    Units: NOK a year.
    """
    return skatt_alminnelig_inntekt + trinnskatt + trygdeavgift - skattefradrag_pensjon
