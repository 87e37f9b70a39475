"""The published population of each year: totals by the names of the targets that they are other years' figures of."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mikrosim.population.uprating import FIRST_YEAR, LAST_YEAR
from mikrosim.synthpop.draw import BASE_YEAR
from mikrosim.synthpop.figures import read_yaml, residents
from mikrosim.synthpop.targets import Source, targets

if TYPE_CHECKING:
    from mikrosim.units import Floats

PERSONS, CHILDREN = "check.private_persons", "check.children_with_parent"
AGED, ADULTS = "children_aged.", "adults_aged."
CHILD_AGE = 18
ESTIMATE, PROJECTION, DERIVED = "estimate", "projection", "derived"


class YearTarget(NamedTuple):
    """One total of one year's population."""

    value: float
    source: Source
    kind: str
    """Empty as published; ``derived`` from published counts; ``estimate`` and ``projection`` are our own arithmetic."""


@cache
def year_targets(year: int) -> dict[str, YearTarget]:
    """Return the published totals of a year's population by the names of their targets.

    The base year's are those of ``targets.yaml``; another year has what ``years.yaml`` holds of it. What the register
    alone counts is taken to those in private households as in the base year.
    """
    content = _content()
    if year == BASE_YEAR:
        known = [targets()[name] for name in _names()]
        return {one.id: YearTarget(one.value, one.source, DERIVED if one.derived else "") for one in known}
    other = same_as(year)
    if other is not None:
        return {name: one._replace(kind=PROJECTION) for name, one in year_targets(other).items()}
    sources = {name: Source(one["title"], one["href"], one["date"]) for name, one in content["sources"].items()}
    groups = [group for group in content["published"] if group["year"] == year]
    found = {name: YearTarget(float(value), sources[group["source"]], "")
             for group in groups for name, value in group["values"].items()}  # fmt: skip
    ages, kind = _by_age(year, found[PERSONS].value if PERSONS in found else None)
    register = sources[content["residents"]["source"]]
    found |= {name: YearTarget(value, register, kind if name.startswith(ADULTS) else DERIVED)
              for name, value in ages.items()}  # fmt: skip
    children = _together(ages, AGED)
    found[CHILDREN] = YearTarget(children, register, DERIVED)
    found.setdefault(PERSONS, YearTarget(children + _together(ages, ADULTS), register, DERIVED))
    for group in content["grown"]:
        grown = {name: targets()[name].value * counts[year] / counts[BASE_YEAR]
                 for name, counts in group["values"].items() if year in counts}  # fmt: skip
        for prefix, whole in (("centrality.persons_", found[PERSONS].value), ("centrality.children_", children)):
            grown |= _scaled(grown, prefix, whole)
        found |= {name: YearTarget(value, sources[group["source"]], DERIVED) for name, value in grown.items()}
    return found


def _by_age(year: int, persons: float | None) -> tuple[dict[str, float], str]:
    """Return the children of each age and the adults by sex and age, and what the adults' figures are.

    Args:
        year: The income year, not the base year.
        persons: How many live in private households, if that was published: the adults are made to add up to it.
    """
    content = _content()
    files = content["residents"]["files"]
    known = year in files
    if known:
        register = residents(files[year])
    else:
        register = _one_year_back(residents(files[year + 1]), residents(files[year + 2]))
    base = residents()
    by_age = register.sum(axis=0) if known else np.array(content["residents"][f"children_{year}"], dtype=np.float64)
    found = {f"{AGED}{age}": targets()[f"{AGED}{age}"].value * by_age[age] / base[:, age].sum()
             for age in range(CHILD_AGE)}  # fmt: skip
    for ages, total in content["children"]["values"].get(year, {}).items():
        first, last = (int(one) for one in ages.split("-"))
        found |= _scaled({f"{AGED}{age}": found[f"{AGED}{age}"] for age in range(first, last + 1)}, AGED, total)
    if known:
        boys = register[0, :CHILD_AGE].sum() / base[0, :CHILD_AGE].sum()
        found["children_sex.male"] = targets()["children_sex.male"].value * boys
    adults = {}
    for name in (one for one in targets() if one.startswith(ADULTS)):
        sex, low, high = name.removeprefix(ADULTS).split("_")
        row, ages = int(sex == "female"), slice(int(low), int(high) + 1)
        adults[name] = targets()[name].value * register[row, ages].sum() / base[row, ages].sum()
    if persons is not None:
        adults = _scaled(adults, ADULTS, persons - _together(found, AGED))
    return found | adults, DERIVED if known else ESTIMATE


def _together(values: dict[str, float], prefix: str) -> float:
    return sum(value for name, value in values.items() if name.startswith(prefix))


def _scaled(values: dict[str, float], prefix: str, total: float) -> dict[str, float]:
    """Return the values whose names begin so, made to add up to a total."""
    together = _together(values, prefix)
    return {name: value * total / together for name, value in values.items() if name.startswith(prefix)}


def _one_year_back(later: Floats, last: Floats) -> Floats:
    """Return residents of the year before: each cohort went to the first register as the one before it to the last."""
    earlier = later.copy()
    earlier[:, :-2] = later[:, 1:-1] * later[:, :-2] / last[:, 1:-1].clip(1)
    return earlier


@cache
def _names() -> tuple[str, ...]:
    """Return the targets that some year has a total of, in the order of ``targets.yaml``."""
    years = [year for year in range(FIRST_YEAR, LAST_YEAR + 1) if year != BASE_YEAR]
    return tuple(name for name in targets() if any(name in year_targets(year) for year in years))


def same_as(year: int) -> int | None:
    """Return the year whose population a year has that nothing is published of, None for the others."""
    other: int | None = _content()["same_as"].get(year)
    return other


def _content() -> dict[str, Any]:
    content: dict[str, Any] = read_yaml("years.yaml")
    return content
