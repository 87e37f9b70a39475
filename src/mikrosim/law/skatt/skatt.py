"""Alminnelig inntekt and the tax on it, and all of a person's taxes together.

Not modelled, because no column tells whom they concern: skattebegrensning (§ 17-1), which only those have who receive
pension or overgangsstønad as survivors or former family carers, since 2024 a closed group (neither single parents'
overgangsstønad, uføretrygd, introduksjonsstønad, alderspensjon nor supplerende stønad gives it); lower tax by
application where means are small (§ 17-4); deductions in barnepensjon (§ 6-49), for reduced capacity and illness
(§§ 6-82 and 6-83), of fishermen, seafarers and farmers (§§ 6-60, 6-61 and 8-1), for journeys to work
(§ 6-44), gifts (§ 6-50), IPS saving (§ 6-47) and shares in new companies (§ 6-53); the credit for BSU saving (§ 16-10).
Not modelled either: rounding to whole kroner, tax below 100 kroner that is not collected, losses carried forward or
given to a spouse, residence for part of the year, and the tax of Svalbard.
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
    arbeidsfradrag: Nok,
    law: SkattLaw,
) -> Nok:
    """Return the net income that is taxed at one rate; below zero only by loss or interest.

    Statute: skatteloven §§ 5-1, 6-1, 6-20, 6-40, 6-48, 6-80 and 6-86.
    Units: NOK a year.
    """
    net = bruttoinntekt - minstefradrag - fagforeningsfradrag - law.rentefradrag * interest_paid
    return min(net, max(net - foreldrefradrag - saerfradrag_enslig_forsorger - arbeidsfradrag, 0.0))


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
def skatt(
    skatt_alminnelig_inntekt: Nok, trinnskatt: Nok, trygdeavgift: Nok, skattefradrag_pensjon: Nok, formuesskatt: Nok
) -> Nok:
    """Return all taxes on income after the credit for pensioners, and the tax on wealth.

    Statute: skatteloven chapters 15 and 16; Stortingets skattevedtak chapters 2 and 3; folketrygdloven § 23-3.
    Units: NOK a year.
    """
    return skatt_alminnelig_inntekt + trinnskatt + trygdeavgift - skattefradrag_pensjon + formuesskatt
