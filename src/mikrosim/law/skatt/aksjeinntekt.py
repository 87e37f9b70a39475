"""Share income: dividends are grossed up before they are taxed as alminnelig inntekt."""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.rule import rule
from mikrosim.units import Nok


class AksjeinntektLaw(NamedTuple):
    """The factor dividends are multiplied by."""

    oppjusteringsfaktor: float


@rule
def aksjeinntekt(dividends: Nok, law: AksjeinntektLaw) -> Nok:
    """Return grossed-up share income; dividends are entered net of skjerming.

    Statute: skatteloven §§ 10-11 and 10-31.
    Units: NOK a year.
    """
    return law.oppjusteringsfaktor * dividends
