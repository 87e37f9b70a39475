"""Minstefradrag: the standard deduction in wage-type and pension-type income.

Business income gives none. Until 2022 wage earners got særskilt fradrag i arbeidsinntekt where it was
higher, and pensions a minimum; both amounts are zero from 2023, when the rules were repealed.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.rule import rule, sum_of
from mikrosim.units import Nok, Share


class MinstefradragLaw(NamedTuple):
    """Rates and limits of minstefradrag."""

    wage_rate: Share
    wage_maximum: Nok
    saerskilt_lonnsfradrag: Nok
    pension_rate: Share
    pension_minimum: Nok
    pension_maximum: Nok


wage_type_minstefradrag_base = sum_of("wage_type_income", "barnetrygd_in_minstefradrag")


@rule
def saerskilt_lonnsfradrag(wage_type_minstefradrag_base: Nok, law: MinstefradragLaw) -> Nok:
    """Return særskilt fradrag i arbeidsinntekt, never more than the income itself.

    Statute: skatteloven § 6-31 as it read until 2022.
    Units: NOK a year.
    """
    return min(wage_type_minstefradrag_base, law.saerskilt_lonnsfradrag)


@rule
def minstefradrag_wage_type(wage_type_minstefradrag_base: Nok, law: MinstefradragLaw) -> Nok:
    """Return minstefradrag in wage-type income.

    Statute: skatteloven § 6-32 first paragraph a; Stortingets skattevedtak § 6-1.
    Units: NOK a year.
    """
    return min(law.wage_rate * wage_type_minstefradrag_base, law.wage_maximum)


@rule
def minstefradrag_pension_type(pension_type_income: Nok, law: MinstefradragLaw) -> Nok:
    """Return minstefradrag in pension-type income, never more than the income itself.

    Statute: skatteloven § 6-32 first paragraph b; Stortingets skattevedtak § 6-1.
    Units: NOK a year.
    """
    deduction = min(law.pension_rate * pension_type_income, law.pension_maximum)
    return min(max(deduction, law.pension_minimum), pension_type_income)


@rule
def minstefradrag(
    minstefradrag_wage_type: Nok,
    minstefradrag_pension_type: Nok,
    saerskilt_lonnsfradrag: Nok,
    law: MinstefradragLaw,
) -> Nok:
    """Return both kinds together, limited as wages are, or særskilt fradrag i arbeidsinntekt if higher.

    Statute: skatteloven §§ 6-30 to 6-32.
    Units: NOK a year.
    """
    both = min(minstefradrag_wage_type + minstefradrag_pension_type, law.wage_maximum)
    return max(both, saerskilt_lonnsfradrag)
