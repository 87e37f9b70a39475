"""Trinnskatt: steps of tax on gross personinntekt, with no deductions."""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.rule import rule
from mikrosim.units import Nok, Share


class TrinnskattLaw(NamedTuple):
    """One rate per threshold, the lowest first; an unused step has no limit and the rate 0."""

    rate: tuple[Share, Share, Share, Share, Share]
    lower: tuple[Nok, Nok, Nok, Nok, Nok]
    rate_tiltakssone: tuple[Share, Share, Share, Share, Share]


@rule
def trinnskatt(personinntekt: Nok, in_tiltakssone: bool, law: TrinnskattLaw) -> Nok:
    """Return one person's trinnskatt: each step's rate on the income above it, less the rate below.

    Statute: Stortingets skattevedtak § 3-1.
    Units: NOK a year; not rounded.
    """
    tax = 0.0
    below = 0.0
    for step in range(5):
        rate = law.rate_tiltakssone[step] if in_tiltakssone else law.rate[step]
        tax += (rate - below) * max(personinntekt - law.lower[step], 0.0)
        below = rate
    return tax
