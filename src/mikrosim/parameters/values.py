"""One value as people write it -> one number of the law vector; for the law's own files and for scenarios."""

from __future__ import annotations

import math
from numbers import Real

from mikrosim.errors import did_you_mean


def to_number(item: object, unit: str, choices: list[str] | tuple[str, ...]) -> tuple[float, str]:
    """Return one given value as the law vector's number, and what is wrong with it ("" if nothing)."""
    if unit == "choice":
        if item in choices:
            return float(list(choices).index(str(item))), ""
        return 0.0, f"{item!r} is not one of: {', '.join(choices)}{did_you_mean(str(item), choices)}"
    if unit == "flag":
        if isinstance(item, bool):
            return float(item), ""
        return 0.0, f"{item!r} must be true or false"
    if isinstance(item, bool) or not isinstance(item, Real):
        return 0.0, f"{item!r} is not a number"
    try:
        number = float(item)
    except OverflowError:
        return 0.0, "is too large a number"
    return number, "is not a number" if math.isnan(number) else ""


def out_of_bounds(number: float, unit: str, minimum: float, maximum: float) -> str:
    """Return what is wrong with a number that lies outside its bounds ("" if nothing)."""
    if minimum <= number <= maximum:
        return ""
    text = f"{number:.10g} is {'below' if number < minimum else 'above'} the " + (
        f"lowest allowed, {minimum:.10g}" if number < minimum else f"highest allowed, {maximum:.10g}"
    )
    if unit == "share" and 1 < number <= 100:
        text += f"; a share is 0 to 1: did you mean {number / 100:g}?"
    return text
