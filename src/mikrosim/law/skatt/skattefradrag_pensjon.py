"""The tax credit for pensioners.

Everyone with a pension from the lowest age of alderspensjon is taken to draw it in full and all year:
the credit's reduction by degree of pension and by months is not modelled.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.rule import rule
from mikrosim.units import Count, Nok, Share


class SkattefradragPensjonLaw(NamedTuple):
    """The credit and its reduction in two steps."""

    maximum: Nok
    threshold_1: Nok
    rate_1: Share
    threshold_2: Nok
    rate_2: Share
    lowest_age: float


@rule
def skattefradrag_pensjon_granted(
    pension: Nok, uforetrygd: Nok, birth_year: Count, year: Count, law: SkattefradragPensjonLaw
) -> Nok:
    """Return the credit after its reduction for the pension and uføretrygd a person has.

    Statute: skatteloven § 16-1 first to third paragraph; Stortingets skattevedtak § 6-5.
    Units: NOK a year.
    """
    if pension <= 0.0 or year - birth_year < law.lowest_age:
        return 0.0
    income = pension + uforetrygd
    step_1 = max(min(income, law.threshold_2) - law.threshold_1, 0.0)
    step_2 = max(income - law.threshold_2, 0.0)
    return max(law.maximum - law.rate_1 * step_1 - law.rate_2 * step_2, 0.0)


@rule
def skattefradrag_pensjon(
    skattefradrag_pensjon_granted: Nok, skatt_alminnelig_inntekt: Nok, trinnskatt: Nok, trygdeavgift: Nok
) -> Nok:
    """Return the credit that is used: at most income tax and trygdeavgift, nothing is paid out.

    Statute: skatteloven § 16-1 first paragraph.
    Units: NOK a year.
    """
    return min(skattefradrag_pensjon_granted, skatt_alminnelig_inntekt + trinnskatt + trygdeavgift)
