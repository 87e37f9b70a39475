"""The tax that a taxed barnetrygd brings: the difference it makes to each of the taxes on income."""

from __future__ import annotations

from mikrosim.law.rule import rule
from mikrosim.law.skatt.skatt import SkattLaw, skatt_alminnelig_inntekt
from mikrosim.law.trinnskatt.trinnskatt import TrinnskattLaw, trinnskatt
from mikrosim.law.trygdeavgift.trygdeavgift import TrygdeavgiftLaw, trygdeavgift
from mikrosim.units import Count, Nok


@rule
def skatt_paa_barnetrygd(
    barnetrygd_in_alminnelig_inntekt: Nok,
    barnetrygd_in_personinntekt: Nok,
    alminnelig_inntekt: Nok,
    personfradrag: Nok,
    tiltakssonefradrag: Nok,
    in_tiltakssone: bool,
    wage_type_personinntekt: Nok,
    pension_type_income: Nok,
    self_employment_income: Nok,
    personinntekt: Nok,
    birth_year: Count,
    year: Count,
    law: SkattLaw,
    trinnskatt_law: TrinnskattLaw,
    trygdeavgift_law: TrygdeavgiftLaw,
) -> Nok:
    """Return how much less the person would pay in tax if the barnetrygd were not taxed.

    Left out: minstefradrag on barnetrygd, deductions cut at an income of zero, and the credit for pensioners.

    Statute: none yet; skatteloven § 5-43 exempts barnetrygd.
    Units: NOK a year; not rounded.
    """
    taxed, personal = barnetrygd_in_alminnelig_inntekt, barnetrygd_in_personinntekt
    if taxed == 0.0:
        return 0.0
    net = alminnelig_inntekt - taxed
    gross = personinntekt - personal
    wages = wage_type_personinntekt - personal
    without = (
        skatt_alminnelig_inntekt(net, personfradrag, tiltakssonefradrag, in_tiltakssone, law)
        + trinnskatt(gross, in_tiltakssone, trinnskatt_law)
        + trygdeavgift(wages, pension_type_income, self_employment_income, gross, birth_year, year, trygdeavgift_law)
    )
    with_it = (
        skatt_alminnelig_inntekt(alminnelig_inntekt, personfradrag, tiltakssonefradrag, in_tiltakssone, law)
        + trinnskatt(personinntekt, in_tiltakssone, trinnskatt_law)
        + trygdeavgift(
            wage_type_personinntekt,
            pension_type_income,
            self_employment_income,
            personinntekt,
            birth_year,
            year,
            trygdeavgift_law,
        )
    )
    return with_it - without
