"""Carry the weights to each year's published population, and hold what they give against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.population.uprating import FIRST_YEAR, LAST_YEAR
from mikrosim.synthpop.draw import BASE_YEAR
from mikrosim.synthpop.fit import Rows, read_rows, rows_bytes
from mikrosim.synthpop.targets import targets, tolerance_of
from mikrosim.synthpop.weights import find_weights_near
from mikrosim.synthpop.years import YearTarget, same_as, year_targets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mikrosim.synthpop.features import Features
    from mikrosim.synthpop.weights import Weighting
    from mikrosim.units import Floats

YEARS_FILE = "years.json"


class YearFit(NamedTuple):
    """One total of a year beside what the year's weights give; without a target where none was found."""

    year: int
    name: str
    target: YearTarget | None
    reached: float

    @property
    def is_missed(self) -> bool:
        """Whether the year's population is further away than the tolerance of counts."""
        if self.target is None:
            return False
        return not abs(self.reached / self.target.value - 1) <= tolerance_of("count") / 100


class YearWeights(NamedTuple):
    """The weights of one year: ratios to the mean drawn weight, and why totals were left out."""

    ratios: Floats
    left_out: dict[str, str]


def year_weights(parts: Sequence[Features], base: Weighting) -> dict[int, YearWeights]:
    """Return the weights of every year, the base year's among them.

    Args:
        parts: What households count in the targets, block by block.
        base: The weights of the base year.
    """
    found: dict[int, YearWeights] = {}
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        other = same_as(year)
        if other is not None:
            found[year] = found[other]
        elif year == BASE_YEAR:
            found[year] = YearWeights(base.ratios, {})
        else:
            wanted = {name: one.value for name, one in year_targets(year).items() if targets()[name].calibrated}
            near = find_weights_near(parts, wanted, base)
            found[year] = YearWeights(near.ratios, {f"{name} {year}": why for name, why in near.left_out.items()})
    return found


def fit_of_years(parts: Sequence[Features], weights: Mapping[int, Floats]) -> list[YearFit]:
    """Return every total of every year beside what the year's weights give, the base year's among them."""
    names = [name for name in parts[0].names if any(name in year_targets(year) for year in weights)]
    columns = [parts[0].names.index(name) for name in names]
    result = []
    for year, of_year in sorted(weights.items()):
        total, row = np.zeros(len(columns)), 0
        for part in parts:
            rows = part.values.shape[0]
            total += (part.values.T @ of_year[row : row + rows])[columns]
            row += rows
        known = year_targets(year)
        result += [YearFit(year, name, known.get(name), float(one)) for name, one in zip(names, total, strict=True)]
    return result


def years_bytes(fits: Sequence[YearFit]) -> bytes:
    """Return the fit of every year as the JSON that is kept beside the population."""
    rows = [
        {
            "year": fit.year,
            "id": fit.name,
            "name": targets()[fit.name].name,
            "unit": targets()[fit.name].unit,
            "target": None if fit.target is None else round(fit.target.value, 1),
            "kind": None if fit.target is None else fit.target.kind,
            "reached": round(fit.reached, 1),
            "missed": fit.is_missed,
            "source": None if fit.target is None else fit.target.source._asdict(),
        }
        for fit in fits
    ]
    return rows_bytes(rows)


def read_years(folder: Path) -> Rows | None:
    """Return the years' fit kept in a population's folder, None where there is none."""
    return read_rows(folder / YEARS_FILE)
