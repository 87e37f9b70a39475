"""A household along a range of one input: income by wage, say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.errors import HouseholdError, did_you_mean
from mikrosim.hypothetical.columns import AMOUNTS
from mikrosim.hypothetical.compute import ADULT, compute

if TYPE_CHECKING:
    from mikrosim.hypothetical.spec import HouseholdSpec

MOST_POINTS = 10_001
INPUTS = sorted(AMOUNTS | {"overgangsstonad_months", "kindergarten_hours", "net_wealth", "primary_home_value"})


def vary_input(spec: HouseholdSpec, range_text: str, person: str | None, month: str | None = None) -> dict[str, Any]:
    """Return the household's results at each point: ``{"year", "month", "vary", "person", "points": [...]}``.

    Args:
        spec: The household.
        range_text: ``INPUT:FROM:TO:STEP``, both ends included, such as ``wage:0:1500000:5000``.
        person: Whose input it is; may be left out where there is one adult.
        month: As in ``household``.

    Raises:
        HouseholdError: The range or the person cannot be read.
    """
    name, values = _range(range_text)
    who = _who(spec, person)
    results = compute(spec, month, None, [{who: {name: value}} for value in values], [who])
    points = [
        {"value": value, "household": result["household"], "persons": result["persons"]}
        for value, result in zip(values, results, strict=True)
    ]
    return {"year": spec.year, "month": month, "vary": name, "person": who, "points": points}


def _range(text: str) -> tuple[str, list[float]]:
    name, *rest = text.split(":")
    if name not in INPUTS:
        raise HouseholdError("--vary", f"{name!r} is no input that can vary{did_you_mean(name, INPUTS)}")
    try:
        start, end, step = (float(part) for part in rest)
        count = int(np.floor((end - start) / step + 1e-9)) + 1
    except (ValueError, ZeroDivisionError, OverflowError):
        raise HouseholdError("--vary", f"{text!r} must read INPUT:FROM:TO:STEP, such as wage:0:1500000:5000") from None
    if not 1 <= count <= MOST_POINTS:
        raise HouseholdError("--vary", f"{text!r} makes {max(count, 0)} points; choose between 1 and {MOST_POINTS}")
    return name, [start + step * point for point in range(count)]


def _who(spec: HouseholdSpec, person: str | None) -> str:
    ids = [one.id for one in spec.persons]
    if person is not None:
        if person not in ids:
            raise HouseholdError("--person", f"no person has the id {person}{did_you_mean(person, ids)}")
        return person
    adults = [one.id for one in spec.persons if spec.year - one.birth[0] >= ADULT]
    if len(adults) != 1:
        raise HouseholdError("--person", f"say whose input varies: {', '.join(adults or ids)}")
    return adults[0]
