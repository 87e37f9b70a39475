"""Bidragsevne: what the parent who pays has left for the children.

Income less the taxes that the tables count on, less housing and own support. The payer is taken to live alone. Not
modelled: the payer's other children at home, a payer who shares a home, and support paid to other families.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import MONTHS_IN_YEAR
from mikrosim.law.rule import rule
from mikrosim.law.skatt.skatt import SkattLaw
from mikrosim.law.trinnskatt.trinnskatt import TrinnskattLaw
from mikrosim.law.trygdeavgift.trygdeavgift import TrygdeavgiftLaw
from mikrosim.units import Nok


class BidragsevneLaw(NamedTuple):
    """Deductions before tax, what the payer needs, and the highest share of income."""

    minstefradrag_share: float
    minstefradrag_max: float
    personfradrag: float
    boutgift: float
    underhold: float
    income_share: float


@rule(of="child")
def bidragsevne_month(
    gets_barnebidrag_month: bool,
    other_parent_income: Nok,
    law: BidragsevneLaw,
    skatt: SkattLaw,
    trinnskatt: TrinnskattLaw,
    trygdeavgift: TrygdeavgiftLaw,
) -> Nok:
    """Return what the payer has for child support, at most a share of income, for all children together.

    Statute: barnelova § 71; forskrift om samla fastsetjing av tilskot § 1.
    Units: NOK a month; income NOK a year.
    """
    if not gets_barnebidrag_month:
        return 0.0
    income = other_parent_income
    minstefradrag = min(law.minstefradrag_share * income, law.minstefradrag_max)
    tax = skatt.rate_alminnelig_inntekt * max(0.0, income - minstefradrag - law.personfradrag)
    tax += trygdeavgift.rate_wage * income
    below = 0.0
    for step in range(5):
        tax += (trinnskatt.rate[step] - below) * max(0.0, income - trinnskatt.lower[step])
        below = trinnskatt.rate[step]
    left = (income - tax) / MONTHS_IN_YEAR - law.boutgift - law.underhold
    return max(0.0, min(left, law.income_share * income / MONTHS_IN_YEAR))
