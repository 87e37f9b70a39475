"""The points of a sweep: a grid, a list, a Latin hypercube or a Sobol sequence; the same for the same file, always."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mikrosim.sweep.model import Value
    from mikrosim.units import Floats

MOST = 5_000_000
"""Scenarios in one sweep."""


@dataclass(frozen=True)
class Design:
    """The points of a sweep, by number.

    Args:
        names: The parameters, in the order of the file.
        kind: How the points are laid.
        values: For a grid, the values of each parameter.
        bounds: For a sample, the lowest and highest value of each parameter.
        listed: For a list, the points themselves; a parameter that a point does not name is as in the base.
        samples: For a sample, how many.
        seed: For a sample.
    """

    names: tuple[str, ...]
    kind: Literal["grid", "list", "latin_hypercube", "sobol"]
    values: tuple[tuple[Value, ...], ...] = ()
    bounds: tuple[tuple[float, float], ...] = ()
    listed: tuple[Mapping[str, Value], ...] = ()
    samples: int = 0
    seed: int = 1

    def __len__(self) -> int:
        if self.kind == "grid":
            return math.prod(len(one) for one in self.values)
        return len(self.listed) if self.kind == "list" else self.samples

    def points(self, first: int, last: int) -> list[dict[str, Value]]:
        """Return the points from number `first` until before `last`; in a grid the last parameter moves fastest."""
        if self.kind == "list":
            return [dict(point) for point in self.listed[first:last]]
        if self.kind == "grid":
            sizes = [len(one) for one in self.values]
            places = np.stack(np.unravel_index(np.arange(first, last), sizes), axis=1)
            return [
                {name: one[place] for name, one, place in zip(self.names, self.values, row, strict=True)}
                for row in places.tolist()
            ]
        return [dict(zip(self.names, row, strict=True)) for row in self._sample[first:last].tolist()]

    @cached_property
    def _sample(self) -> Floats:
        return sample(self.kind, self.bounds, self.samples, self.seed)


def sample(kind: str, bounds: Sequence[tuple[float, float]], count: int, seed: int) -> Floats:
    """Return points drawn evenly between bounds, shape (count, parameters).

    >>> sample("sobol", [(0.0, 10.0)], 2, 1).shape
    (2, 1)
    """
    from scipy.stats import qmc

    if kind == "sobol":
        # The next power of two, of which the first ones are taken: the sequence is balanced only at powers of two.
        drawn = qmc.Sobol(len(bounds), rng=seed).random_base2(max(count - 1, 0).bit_length())[:count]
    else:
        drawn = qmc.LatinHypercube(len(bounds), rng=seed).random(count)
    low, high = np.asarray(bounds).T
    placed: Floats = low + drawn * (high - low)
    return placed


def span(first: float, last: float, step: float | None, steps: int | None) -> tuple[float, ...]:
    """Return the values from first to last, at a step or a number of them, without the dust of binary fractions.

    >>> span(0.0, 0.3, 0.1, None)
    (0.0, 0.1, 0.2, 0.3)
    >>> span(0.0, 1.0, None, 3)
    (0.0, 0.5, 1.0)
    """
    if step is not None:
        count = math.floor((last - first) / step * (1 + 1e-12) + 1e-9) + 1
        return tuple(float(f"{first + place * step:.12g}") for place in range(min(count, MOST + 1)))
    assert steps is not None
    return tuple(float(f"{first + (last - first) * place / (steps - 1):.12g}") for place in range(min(steps, MOST + 1)))
