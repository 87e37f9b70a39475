"""How much more populations of different seeds differ than samples do, by family of numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mikrosim.units import Floats

LAWS = ("baseline", "reform", "change")


def synthesis_ratios(paths: Sequence[str], sampling: Floats, others: Floats, replicates: int) -> dict[str, float]:
    """Return the variance between syntheses over that of sampling alone, for each family of numbers.

    Both are estimated from few replicates; the mean over the numbers of a family is far steadier than that of one
    (a generalised variance function: Wolter 2007, Introduction to Variance Estimation, chapter 7).

    Args:
        paths: The numbers.
        sampling: The sampling variance of each in a population of the size of the others.
        others: Populations by numbers.
        replicates: How many replicates the sampling variance rests on.
    """
    between = others.var(axis=0, ddof=1)
    # The mean of one over a variance estimated with f degrees of freedom is f / (f - 2) times what it should be.
    steady = (replicates - 3) / (replicates - 1) if replicates > 3 else 1.0
    found: dict[str, list[float]] = {}
    moving = sampling > 1e-18 * np.square(others).mean(axis=0)
    for path, one, other, moves in zip(paths, between, sampling, moving, strict=True):
        ratio = found.setdefault(family(path), [])
        if moves and math.isfinite(one) and math.isfinite(other):
            ratio.append(steady * one / other)
    return {name: float(np.mean(ratio)) if ratio else 1.0 for name, ratio in found.items()}


def family(path: str) -> str:
    """Return the family of a number: its law and measure.

    >>> family("change.low_income.eu60.children.share"), family("deciles.3.mean_change")
    ('change.low_income', 'deciles')
    """
    first, _, rest = path.partition(".")
    return f"{first}.{rest.partition('.')[0]}" if first in LAWS else first
