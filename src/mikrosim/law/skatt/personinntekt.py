"""Personinntekt: the gross base of trinnskatt and trygdeavgift, by type.

Barnetrygd is tax-free (skatteloven § 5-43) and enters only when a scenario says so.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.rule import rule, sum_of
from mikrosim.units import Nok


class PersoninntektLaw(NamedTuple):
    """Which rules introduksjonsstønad follows: 0 those of pensions, 1 those of wages."""

    introduksjonsstonad_as: float


@rule
def wage_type_income(
    wage: Nok,
    sykepenger: Nok,
    foreldrepenger: Nok,
    svangerskapspenger: Nok,
    dagpenger: Nok,
    aap: Nok,
    uforetrygd: Nok,
    kvalifiseringsstonad: Nok,
    overgangsstonad: Nok,
    introduksjonsstonad: Nok,
    law: PersoninntektLaw,
) -> Nok:
    """Return wages and the benefits that are taxed as wages.

    Statute: skatteloven §§ 5-10, 5-42, 6-31 and 12-2.
    Units: NOK a year.
    """
    family = foreldrepenger + svangerskapspenger + overgangsstonad
    benefits = sykepenger + dagpenger + aap + uforetrygd + kvalifiseringsstonad
    return wage + family + benefits + law.introduksjonsstonad_as * introduksjonsstonad


pensions = sum_of("pension", "minstenivatillegg", "supplerende_stonad")


@rule
def pension_type_income(pensions: Nok, introduksjonsstonad: Nok, law: PersoninntektLaw) -> Nok:
    """Return pensions and the benefits that are taxed as pensions.

    Statute: skatteloven § 12-2 b and h; folketrygdloven § 23-3 second paragraph no. 1.
    Units: NOK a year.
    """
    return pensions + (1.0 - law.introduksjonsstonad_as) * introduksjonsstonad


wage_type_personinntekt = sum_of("wage_type_income", "barnetrygd_in_personinntekt")


@rule
def personinntekt(wage_type_personinntekt: Nok, pension_type_income: Nok, self_employment_income: Nok) -> Nok:
    """Return the person's whole personinntekt; a loss in business does not lower the rest.

    Statute: skatteloven §§ 12-2 and 12-10 to 12-13.
    Units: NOK a year.
    """
    return wage_type_personinntekt + pension_type_income + max(self_employment_income, 0.0)
