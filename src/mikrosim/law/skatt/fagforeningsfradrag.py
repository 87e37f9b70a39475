"""The deduction for union fees."""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.rule import rule
from mikrosim.units import Nok


class FagforeningsfradragLaw(NamedTuple):
    """The highest deduction."""

    maximum: Nok


@rule
def fagforeningsfradrag(union_fee: Nok, law: FagforeningsfradragLaw) -> Nok:
    """Return the deduction for union fees paid.

    Statute: skatteloven § 6-20.
    Units: NOK a year.
    """
    return min(union_fee, law.maximum)
