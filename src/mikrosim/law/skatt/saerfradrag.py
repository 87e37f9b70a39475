"""Særfradrag for single providers, given until February 2023 for the months with utvidet barnetrygd."""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.rule import rule, to_first_parent
from mikrosim.units import Nok, Share


class SaerfradragLaw(NamedTuple):
    """The amount for each month; zero from March 2023."""

    enslig_forsorger: Nok


@rule(of="family")
def saerfradrag_enslig_forsorger_family_month(
    has_utvidet_barnetrygd_month: bool, largest_barnetrygd_share_month: Share, law: SaerfradragLaw
) -> Nok:
    """Return the single provider's deduction for a month, halved where the children's residence is shared.

    Statute: skatteloven § 6-80 (repealed from 1 March 2023).
    Units: NOK a month.
    """
    return law.enslig_forsorger * largest_barnetrygd_share_month if has_utvidet_barnetrygd_month else 0.0


saerfradrag_enslig_forsorger_month = to_first_parent("saerfradrag_enslig_forsorger_family_month")
