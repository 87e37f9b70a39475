"""The published targets of ``targets.yaml``, as data."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from mikrosim.synthpop.figures import read_yaml


class Source(NamedTuple):
    """Where a figure was published, and the date or year it speaks of."""

    title: str
    href: str
    date: str


class Target(NamedTuple):
    """One published figure."""

    id: str
    name: dict[str, str]
    """What it counts, in Norwegian (``nb``) and English (``en``)."""
    unit: str
    kind: str
    """``count`` and ``amount`` are weighted sums; ``median`` and ``share`` describe household income after tax."""
    value: float
    source: Source
    calibrated: bool
    """Whether the weights are found to meet it; if not, it is held out of them."""
    seen_in_draw: bool
    """Whether assumptions of the draw were chosen with it in view."""
    tolerance: float | None
    """How far off the population may be: in percent of the value, or in its own unit; None: it is shown only."""
    in_percent: bool
    derived: str


@cache
def targets() -> dict[str, Target]:
    """Return all targets by id, in the order of the file."""
    content = read_yaml("targets.yaml")
    sources = {name: Source(one["title"], one["href"], one["date"]) for name, one in content["sources"].items()}
    return {
        one["id"]: Target(
            id=one["id"],
            name=one["name"],
            unit=one["unit"],
            kind=one["kind"],
            value=float(one["value"]),
            source=sources[one["source"]],
            calibrated=one["calibrated"],
            seen_in_draw=one.get("seen_in_draw", False),
            tolerance=_tolerance(one, content["tolerance_percent"]),
            in_percent="tolerance" not in one,
            derived=one.get("derived", ""),
        )
        for one in content["targets"]
    }


def _tolerance(entry: dict[str, Any], by_kind: dict[str, float]) -> float | None:
    """Return an entry's own tolerance, or for calibrated ones that of their kind."""
    own = entry.get("tolerance", entry.get("tolerance_percent"))
    if own is not None:
        return float(own)
    return by_kind[entry["kind"]] if entry["calibrated"] else None


def tolerance_of(kind: str) -> float:
    """Return how many percent calibrated figures of a kind may be off that have no tolerance of their own."""
    return float(read_yaml("targets.yaml")["tolerance_percent"][kind])


def value_of(name: str) -> float:
    """Return a target's published value."""
    return targets()[name].value
