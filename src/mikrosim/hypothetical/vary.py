"""A household along a range of one input: income by wage, say."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from mikrosim.errors import HouseholdError, did_you_mean
from mikrosim.hypothetical.columns import AMOUNTS, column_of
from mikrosim.hypothetical.compute import ADULT, compute
from mikrosim.hypothetical.spec import PersonSpec
from mikrosim.parameters.messages import problems_of

if TYPE_CHECKING:
    from mikrosim.hypothetical.spec import HouseholdSpec

MOST_POINTS = 10_001
INPUTS = sorted(
    {name for name in PersonSpec.model_fields if column_of(name) in AMOUNTS or name.endswith("_degree")}
    | {"overgangsstonad_months", "kindergarten_hours", "net_wealth", "primary_home_value"}
)


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
        raise HouseholdError("--vary", f"{name!r} is no input that can vary{did_you_mean(name.casefold(), INPUTS)}")
    try:
        start, end, step = (float(part) for part in rest)
        steps = (end - start) / step
    except (ValueError, ZeroDivisionError):
        steps = math.nan
    if not (math.isfinite(steps) and math.isfinite(step)):
        raise HouseholdError("--vary", f"{text!r} must read INPUT:FROM:TO:STEP, such as wage:0:1500000:5000")
    if steps < 0:
        raise HouseholdError("--vary", f"{text!r} never reaches its end; turn the sign of the step")
    if steps >= MOST_POINTS:
        raise HouseholdError("--vary", f"{text!r} makes {steps + 1:.10g} points; choose at most {MOST_POINTS:,}")
    values = [start + step * point for point in range(math.floor(steps + 1e-9) + 1)]
    for value in values:
        _check(name, value)
    return name, values


def _check(name: str, value: float) -> None:
    """Refuse a value that a household file could not hold."""
    whole = PersonSpec.model_fields[name].annotation is int and value.is_integer()
    try:
        PersonSpec.model_validate({"id": "x", "born": "2000-01", name: int(value) if whole else value})
    except ValidationError as error:
        raise HouseholdError("--vary", f"{name} {value:.12g}: {problems_of(error, ())[0].message}") from None


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
