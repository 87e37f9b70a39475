"""Rounding to whole kroner, in the ways that the statutes' administrators use."""

from __future__ import annotations

import math

from mikrosim.law.rule import helper


@helper
def round_half_up(amount: float) -> float:
    """Return the amount in whole kroner, half a krone up.

    >>> round_half_up(541.5), round_half_up(541.4)
    (542.0, 541.0)
    """
    return float(math.floor(amount + 0.5))


@helper
def round_half_down(amount: float) -> float:
    """Return the amount in whole kroner, half a krone down.

    >>> round_half_down(541.5), round_half_down(541.6)
    (541.0, 542.0)
    """
    return float(math.ceil(amount - 0.5))


@helper
def round_up(amount: float) -> float:
    """Return the amount in whole kroner, any part of a krone up; a billionth of a krone is an error of arithmetic.

    >>> round_up(57.6), round_up(64.0), round_up(64.0000000001)
    (58.0, 64.0, 64.0)
    """
    return float(math.ceil(amount - 1e-9))
