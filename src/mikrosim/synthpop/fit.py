"""How well the weighted population meets each target: the fit table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mikrosim.synthpop.features import units_of
from mikrosim.synthpop.statistics import gini, quantile
from mikrosim.synthpop.targets import Target, targets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mikrosim.population.population import Population
    from mikrosim.synthpop.features import Feature
    from mikrosim.units import Floats

    Outlays = Callable[[Population, int], Mapping[str, float]]

FIT_FILE = "fit.json"
OUTLAY = "check.outlay."
PAYOUTS = "bostotte_payouts"
"""What the outlays may hold besides amounts: payouts of bostotte, a household's month being one."""
DERIVED = ("pensions", "bostotte_households", "bostotte_payout")
"""Checks that follow from outlays and are none."""
MILLION = 1_000_000
MONTHS_IN_YEAR = 12
TOLERANCE_PERCENT = 2.0
"""No count of the default population may be further from its target."""


class Fit(NamedTuple):
    """One target beside what the population gives."""

    target: Target
    reached: float

    @property
    def difference_percent(self) -> float:
        """How far above the target the population is, in percent of the target."""
        return 100 * (self.reached / self.target.value - 1)

    @property
    def is_missed(self) -> bool:
        """Whether a calibrated target is further away than the tolerance."""
        return self.target.calibrated and not abs(self.difference_percent) <= TOLERANCE_PERCENT


def measure_fit(
    population: Population, found: Mapping[str, Feature], after_tax: Floats, outlays: Outlays | None = None
) -> list[Fit]:
    """Return the fit of every target that the population can be held against.

    Args:
        population: With its final weights.
        found: Features by target.
        after_tax: Each household's income after tax.
        outlays: What the law of a year pays out; without it the outlays' rows say nothing.
    """
    weights = population.weights
    equivalised = after_tax / units_of(population)
    result = []
    for name, target in targets().items():
        reached = _reached(target, found.get(name), weights, after_tax, equivalised)
        if name.startswith("check.") and reached is None:
            reached = _checked(name, population, equivalised, found)
        if name.startswith(OUTLAY):
            reached = float("nan")
        if reached is not None:
            result.append(Fit(target, reached))
    if outlays is None:
        return result
    return _with_outlays(result, population, outlays)


def _with_outlays(fits: list[Fit], population: Population, outlays: Outlays) -> list[Fit]:
    """Fill in what the law of each year pays out to the population carried to that year."""
    years: dict[int, Mapping[str, float]] = {}
    result = []
    for fit in fits:
        if fit.target.id.startswith(OUTLAY):
            name, year = instrument_of(fit.target.id)
            if year not in years:
                years[year] = _paid_by_law(population, year, outlays)
            fit = Fit(fit.target, years[year][name] / (MILLION if fit.target.unit == "million NOK" else 1))
        result.append(fit)
    return result


def _paid_by_law(population: Population, year: int, outlays: Outlays) -> dict[str, float]:
    """Return a year's outlays by instrument without amounts that are given, and what else is held against figures.

    Given amounts of a benefit stand for what other schemes pay beside it.
    """
    carried = population.at_year(year)
    weights, given = carried.person_weights(), carried.incomes[0]
    paid = {name: total - float(weights @ given.get(f"{name}_given", np.zeros(len(weights))))
            for name, total in outlays(carried, year).items()}  # fmt: skip
    months = paid.get(PAYOUTS, 0.0)
    return paid | {
        "pensions": float(weights @ given["pension"]) + paid["minstenivatillegg"],
        "bostotte_households": months / MONTHS_IN_YEAR if months else float("nan"),
        "bostotte_payout": paid["bostotte"] / months if months else float("nan"),
    }


def instrument_of(target: str) -> tuple[str, int]:
    """Return the instrument and the year of an outlay's check row.

    >>> instrument_of("check.outlay.bostotte_2023")
    ('bostotte', 2023)
    """
    name, year = target.removeprefix(OUTLAY).rsplit("_", 1)
    return name, int(year)


def _reached(target: Target, feature: Feature | None, weights: Floats, after_tax: Floats,
             equivalised: Floats) -> float | None:  # fmt: skip
    if feature is None:
        return None
    if feature.group is None:
        return float(feature.values @ weights)
    inside = feature.group > 0
    counts = (feature.group * weights)[inside]
    if not counts.sum():
        return float("nan")
    if target.kind == "median":
        income = equivalised if target.id == "median.equivalised" else after_tax
        return quantile(income[inside], counts, 0.5)
    return 100 * float(feature.values @ weights) / float(counts.sum()) + target.value


def _checked(name: str, population: Population, equivalised: Floats, found: Mapping[str, Feature]) -> float | None:
    weights, persons = population.weights, found["median.equivalised"].group
    assert persons is not None
    inside, counts = persons > 0, (persons * weights)[persons > 0]
    if name == "check.gini":
        return gini(equivalised[inside].clip(0), counts)
    if name == "check.p90_p10":
        return quantile(equivalised[inside], counts, 0.9) / quantile(equivalised[inside], counts, 0.1)
    if name == "check.single_providers":
        return float(population.person_weights() @ population.persons["lives_alone_with_children"])
    return None


def fit_bytes(fits: list[Fit]) -> bytes:
    """Return the fit table as the JSON that is kept beside the population."""
    rows: list[dict[str, Any]] = [
        {
            "id": fit.target.id,
            "name": fit.target.name,
            "unit": fit.target.unit,
            "kind": fit.target.kind,
            "calibrated": fit.target.calibrated,
            "target": fit.target.value,
            "reached": None if np.isnan(fit.reached) else round(fit.reached, 3),
            "difference_percent": None if np.isnan(fit.reached) else round(fit.difference_percent, 2),
            "source": fit.target.source._asdict(),
            "derived": fit.target.derived,
        }
        for fit in fits
    ]
    return (json.dumps(rows, indent=1, ensure_ascii=False) + "\n").encode()


def read_fit(folder: Path) -> list[dict[str, Any]] | None:
    """Return the fit table kept in a population's folder, None where there is none."""
    try:
        rows: list[dict[str, Any]] = json.loads((folder / FIT_FILE).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return rows
