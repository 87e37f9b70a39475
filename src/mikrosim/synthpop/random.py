"""Random draws: one stream per named step, so that a change in one step leaves the others' draws alone."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from mikrosim.units import Bools, Floats, Ints


Seed = int | tuple[int, int]
"""A seed, or a seed and the number of a block."""


def stream(seed: Seed, step: str) -> np.random.Generator:
    """Return the generator of one step; the same seed and name give the same draws on every machine."""
    numbers = [seed] if isinstance(seed, int) else [*seed]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([*numbers, zlib.crc32(step.encode())])))


def pick(rng: np.random.Generator, count: int, shares: Sequence[float] | Floats) -> Ints:
    """Return draws of 0, 1, 2, ... with the given shares (they need not sum to one)."""
    steps = np.cumsum(np.asarray(shares, dtype=np.float64))
    drawn: Ints = np.searchsorted(steps, rng.random(count) * steps[-1], side="right").clip(max=len(steps) - 1)
    return drawn


def chance(rng: np.random.Generator, probability: NDArray[Any]) -> Bools:
    """Return true with each row's probability."""
    return rng.random(len(probability)) < probability


def at_age(profile: dict[int, float], age: NDArray[Any]) -> Floats:
    """Return a profile's value at each age: the value of the last age named that is not above it, 0 before.

    >>> at_age({0: 1.0, 18: 2.0}, np.array([17, 18, 40]))
    array([1., 2., 2.])
    """
    ages = np.array(sorted(profile))
    values = np.array([0.0, *(profile[int(one)] for one in ages)])
    return values[np.searchsorted(ages, age, side="right")]
