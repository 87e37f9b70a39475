"""How well the weighted population meets each target: the fit table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mikrosim.synthpop.distribution import EARLIER, measures
from mikrosim.synthpop.targets import Target, targets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from mikrosim.population.population import Population
    from mikrosim.synthpop.distribution import Facts
    from mikrosim.synthpop.features import Features

    Outlays = Callable[[Population, int], Mapping[str, float]]

FIT_FILE = "fit.json"
Rows = list[dict[str, Any]]
OUTLAY = "check.outlay."
PAYOUTS = "bostotte_payouts"
"""What the outlays may hold besides amounts: payouts of bostotte, a household's month being one."""
SOSIALHJELP = ("sosialhjelp_payouts", "sosialhjelp_recipients")
"""Likewise payouts of sosialhjelp, and households with one in the year."""
DERIVED = ("pensions", "ordinary_income_tax", "birth_benefits", "bostotte_households", "bostotte_payout",
           "sosialhjelp_recipients", "sosialhjelp_months")  # fmt: skip
"""Checks that follow from outlays and are none."""
GIVEN = ("pension", "svangerskapspenger")
"""Incomes of the population that such checks need beside what the law computes."""
MILLION = 1_000_000
MONTHS_IN_YEAR = 12
AT_A_TIME = 100_000
"""Households that outlays are computed for at a time, so that memory does not grow with the population."""


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
        """Whether the target has a tolerance and is further away than it."""
        target = self.target
        if target.tolerance is None:
            return False
        allowed = target.tolerance * (target.value / 100 if target.in_percent else 1.0)
        return not abs(self.reached - target.value) <= allowed


def measure_fit(
    population: Population, parts: Sequence[Features], facts: Facts, outlays: Outlays | None = None
) -> list[Fit]:
    """Return the fit of every target that the population can be held against.

    Args:
        population: With its final weights.
        parts: What households count in the targets, block by block.
        facts: What describes the income distribution, of all households.
        outlays: What the law of a year pays out; without it the outlays' rows say nothing.
    """
    earlier = population.at_year(EARLIER).weights
    found = {**_counted(population, parts), **measures(facts, population.weights, earlier)}
    result = [Fit(target, found.get(name, float("nan"))) for name, target in targets().items()
              if name in found or name.startswith(OUTLAY)]  # fmt: skip
    if outlays is None:
        return result
    return _with_outlays(result, population, outlays)


def _counted(population: Population, parts: Sequence[Features]) -> dict[str, float]:
    """Return the weighted sum of each target that is one."""
    total, row = np.zeros(len(parts[0].names)), 0
    for part in parts:
        rows = part.values.shape[0]
        total += part.values.T @ population.weights[row : row + rows]
        row += rows
    return {name: float(one) for name, one in zip(parts[0].names, total, strict=True)
            if targets()[name].kind in ("count", "amount")}  # fmt: skip


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
    paid: dict[str, float] = {}
    other = dict.fromkeys(GIVEN, 0.0)
    for first in range(0, len(population.weights), AT_A_TIME):
        carried = population.part(first, first + AT_A_TIME).at_year(year)
        weights, given = carried.person_weights(), carried.incomes[0]
        for name in GIVEN:
            other[name] += float(weights @ given[name])
        for name, total in outlays(carried, year).items():
            beside = given.get(f"{name}_given", np.zeros(len(weights)))
            paid[name] = paid.get(name, 0.0) + total - float(weights @ beside)
    months = paid.get(PAYOUTS, 0.0)
    helped, recipients = (paid.get(name, 0.0) for name in SOSIALHJELP)
    return paid | {
        "ordinary_income_tax": paid["skatt_alminnelig_inntekt"] - paid["skattefradrag_pensjon"],
        "pensions": other["pension"] + paid["minstenivatillegg"],
        "birth_benefits": other["svangerskapspenger"] + paid["foreldrepenger"] + paid["engangsstonad"],
        "bostotte_households": months / MONTHS_IN_YEAR if months else float("nan"),
        "bostotte_payout": paid["bostotte"] / months if months else float("nan"),
        "sosialhjelp_recipients": recipients if recipients else float("nan"),
        "sosialhjelp_months": helped / recipients if recipients else float("nan"),
    }


def instrument_of(target: str) -> tuple[str, int]:
    """Return the instrument and the year of an outlay's check row.

    >>> instrument_of("check.outlay.bostotte_2023")
    ('bostotte', 2023)
    """
    name, year = target.removeprefix(OUTLAY).rsplit("_", 1)
    return name, int(year)


def fit_bytes(fits: list[Fit]) -> bytes:
    """Return the fit table as the JSON that is kept beside the population."""
    rows: list[dict[str, Any]] = [
        {
            "id": fit.target.id,
            "name": fit.target.name,
            "unit": fit.target.unit,
            "kind": fit.target.kind,
            "calibrated": fit.target.calibrated,
            "seen_in_draw": fit.target.seen_in_draw,
            "tolerance": fit.target.tolerance,
            "tolerance_in_percent": fit.target.in_percent,
            "missed": None if np.isnan(fit.reached) else fit.is_missed,
            "target": fit.target.value,
            "reached": None if np.isnan(fit.reached) else round(fit.reached, 3),
            "difference_percent": None if np.isnan(fit.reached) else round(fit.difference_percent, 2),
            "source": fit.target.source._asdict(),
            "derived": fit.target.derived,
        }
        for fit in fits
    ]
    return rows_bytes(rows)


def rows_bytes(rows: Rows) -> bytes:
    """Return rows as the JSON that is kept beside a population."""
    return (json.dumps(rows, indent=1, ensure_ascii=False) + "\n").encode()


def read_fit(folder: Path) -> Rows | None:
    """Return the fit table kept in a population's folder, None where there is none."""
    return read_rows(folder / FIT_FILE)


def read_rows(file: Path) -> Rows | None:
    """Return the rows kept in a file, None where there are none."""
    try:
        rows: Rows = json.loads(file.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return rows
