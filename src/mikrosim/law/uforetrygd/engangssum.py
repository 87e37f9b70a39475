"""The single tax-free payment of February 2023 to those whose uføretrygd is a minimum level.

It was paid in full whatever the degree paid out, and no benefit of the state took it into account. Offices might
hold it against sosialhjelp, which counts it here as it counts all income.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.grunnbelop.grunnbelop import GrunnbelopLaw
from mikrosim.law.rule import rule, to_person
from mikrosim.law.uforetrygd.uforetrygd import UforetrygdLaw, minimum_level, own_level
from mikrosim.units import Nok


class EngangssumLaw(NamedTuple):
    """The amount, in the month in which it was paid."""

    amount: Nok


@rule(of="recipient")
def engangssum_uforetrygd_paid_month(
    full_uforetrygd_month: Nok,
    uforetrygd_basis: Nok,
    partner: int,
    young_disabled: bool,
    level: UforetrygdLaw,
    law: EngangssumLaw,
    grunnbelop: GrunnbelopLaw,
) -> Nok:
    """Return the single payment to a person whose benefit is a minimum level and not that of the basis.

    Statute: Stortingets budsjettvedtak for 2023.
    Units: NOK a month.
    """
    if full_uforetrygd_month <= 0.0:
        return 0.0
    g = grunnbelop.amount
    lifted = own_level(uforetrygd_basis, level, g) < minimum_level(partner, young_disabled, level, g)
    return law.amount if lifted else 0.0


engangssum_uforetrygd_month = to_person("engangssum_uforetrygd_paid_month")
