"""The published targets of ``targets.yaml``, as data."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

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
            derived=one.get("derived", ""),
        )
        for one in content["targets"]
    }


def value_of(name: str) -> float:
    """Return a target's published value."""
    return targets()[name].value
