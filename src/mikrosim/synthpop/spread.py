"""How much every figure varies from seed to seed: populations drawn and weighted anew, one after the other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mikrosim.synthpop.build import build_population

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mikrosim.synthpop.build import AfterTax
    from mikrosim.synthpop.fit import Outlays


class Spread(NamedTuple):
    """The figures of populations that differ in their seed only."""

    households: int
    seeds: list[int]
    reached: dict[str, list[float]]
    """What each population gives, by the id of its target."""

    def ends(self, name: str) -> tuple[float, float] | None:
        """Return the lowest and the highest value of a figure, None if it was not measured."""
        values = self.reached.get(name)
        return (min(values), max(values)) if values else None

    def deviation(self, name: str) -> float:
        """Return a figure's standard deviation from seed to seed."""
        return float(np.std(self.reached[name], ddof=1))


def measure_spread(
    after_tax_income: AfterTax,
    *,
    households: int,
    seeds: int,
    outlays: Outlays | None = None,
    note: Callable[[int], None] = lambda seed: None,
) -> Spread:
    """Return the held-out figures of as many populations as there are seeds.

    Args:
        after_tax_income: Gives each household's income after tax under the law of the population's own year.
        households: Households of each population.
        seeds: How many; they are 1, 2, 3 and so on.
        outlays: Gives what the law of a year pays out to a population.
        note: Is told each seed before its population is built.
    """
    reached: dict[str, list[float]] = {}
    numbers = list(range(1, seeds + 1))
    for seed in numbers:
        note(seed)
        built = build_population(after_tax_income, households=households, seed=seed, outlays=outlays)
        for one in built.fit:
            if not one.target.calibrated and np.isfinite(one.reached):
                reached.setdefault(one.target.id, []).append(round(one.reached, 4))
    return Spread(households, numbers, reached)


def write_spread(spread: Spread, path: Path) -> None:
    """Write a spread as JSON, one figure a line."""
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(values)}" for name, values in spread.reached.items())
    seeds = json.dumps(spread.seeds)
    text = f'{{"households": {spread.households}, "seeds": {seeds}, "reached": {{\n{lines}\n}}}}\n'
    path.write_text(text, encoding="utf-8")


def read_spread(path: Path) -> Spread:
    """Return the spread of a file that ``write_spread`` wrote."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Spread(content["households"], content["seeds"], content["reached"])
