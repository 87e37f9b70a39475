"""Numbers as Norwegians read them: 1 234,5 with a true minus sign, and a plus sign on changes."""

from __future__ import annotations

import math

MINUS, SPACE = "−", "\N{NO-BREAK SPACE}"


def number(value: float, decimals: int = 0, *, sign: bool = False, comma: bool = True) -> str:
    r"""Return a number with grouped thousands; a dash where it does not exist.

    Args:
        value: The number.
        decimals: Digits after the comma.
        sign: Whether a positive number gets a plus sign, as changes do.
        comma: Norwegian comma and space; otherwise the English point and comma.

    >>> number(-1234567.25, 1), number(0.04, 1, sign=True), number(12.0, sign=True)
    ('−1\xa0234\xa0567,3', '0,0', '+12')
    """
    if not math.isfinite(value):
        return "–"
    # Halves go away from zero, as readers round; the small addition undoes binary noise (0.15 is 0.1499...).
    shift = 10.0**decimals
    rounded = math.copysign(math.floor(abs(value) * shift + 0.5 + 1e-9) / shift, value)
    text = f"{abs(rounded):,.{decimals}f}"
    if comma:
        text = text.replace(",", SPACE).replace(".", ",")
    before = MINUS if rounded < 0 else "+" if sign and rounded > 0 else ""
    return before + text


def percent(share: float, decimals: int = 1, *, sign: bool = False, comma: bool = True) -> str:
    """Return a share as percent, without the percent sign.

    >>> percent(0.1234)
    '12,3'
    """
    return number(100.0 * share, decimals, sign=sign, comma=comma)
