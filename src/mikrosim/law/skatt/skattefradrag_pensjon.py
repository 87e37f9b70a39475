"""The tax credit for pensioners: a maximum that falls with the pension, in proportion to the part that is drawn.

Everyone with a pension from the lowest age of alderspensjon is taken to draw alderspensjon or public AFP, which the
credit goes with: in full and all year where no degree is given. A degree that changes counts with its mean over the
year, and a pension drawn for part of it with its months: half of a full pension from July is a quarter. Not modelled:
AFP reduced for earnings, pensions from abroad, residence for part of the year.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import MONTHS_IN_YEAR
from mikrosim.law.rule import helper, rule
from mikrosim.law.skatt.personinntekt import PersoninntektLaw
from mikrosim.units import Count, Nok, Share


class SkattefradragPensjonLaw(NamedTuple):
    """The credit, its reduction in two steps, and the ages at which alderspensjon may begin and uføretrygd ends."""

    maximum: Nok
    threshold_1: Nok
    rate_1: Share
    threshold_2: Nok
    rate_2: Share
    lowest_age: float
    uforetrygd_ends_age: float


@helper
def part_of_full_pension(uttaksgrad: float, months: float) -> float:
    """Return the part of a full year's full pension that is drawn; a degree of 0 is none given, so a full one.

    >>> part_of_full_pension(0.5, 12.0), part_of_full_pension(0.0, 6.0)
    (0.5, 0.5)
    """
    degree = uttaksgrad if uttaksgrad > 0.0 else 1.0
    return degree * months / MONTHS_IN_YEAR


@rule
def skattefradrag_pensjon_granted(
    pension_type_income: Nok,
    introduksjonsstonad: Nok,
    uforetrygd: Nok,
    alderspensjon_uttaksgrad: Share,
    birth_year: Count,
    birth_month: Count,
    year: Count,
    law: SkattefradragPensjonLaw,
    personinntekt_law: PersoninntektLaw,
) -> Nok:
    """Return the credit after its reductions for the part that is drawn and for all pensions and uføretrygd.

    One whose uføretrygd ends this year has alderspensjon from the month after, and the uføretrygd before it does not
    count.

    Statute: skatteloven § 16-1 first to third paragraph; Stortingets skattevedtak § 6-5.
    Units: NOK a year.
    """
    age = year - birth_year
    pensions = pension_type_income - (1.0 - personinntekt_law.introduksjonsstonad_as) * introduksjonsstonad
    if pensions <= 0.0 or age < law.lowest_age:
        return 0.0
    from_uforetrygd = uforetrygd > 0.0 and age == law.uforetrygd_ends_age
    months = MONTHS_IN_YEAR - birth_month if from_uforetrygd else MONTHS_IN_YEAR
    part = part_of_full_pension(alderspensjon_uttaksgrad, months)
    income = pensions + (uforetrygd if age < law.uforetrygd_ends_age else 0.0)
    step_1 = max(min(income, part * law.threshold_2) - part * law.threshold_1, 0.0)
    step_2 = max(income - part * law.threshold_2, 0.0)
    return max(part * law.maximum - law.rate_1 * step_1 - law.rate_2 * step_2, 0.0)


@rule
def skattefradrag_pensjon(
    skattefradrag_pensjon_granted: Nok, skatt_alminnelig_inntekt: Nok, trinnskatt: Nok, trygdeavgift: Nok
) -> Nok:
    """Return the credit that is used: at most income tax and trygdeavgift; it does not reduce formuesskatt.

    Statute: skatteloven § 16-1 first and sixth paragraph.
    Units: NOK a year.
    """
    return min(skattefradrag_pensjon_granted, skatt_alminnelig_inntekt + trinnskatt + trygdeavgift)
