"""What the engine asks of a country's parameters: where each lies in the flat law vector, and the vector's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from mikrosim.engine.nodes import MONTHS

if TYPE_CHECKING:
    from numpy.typing import NDArray

YEAR_MEAN = MONTHS
"""The row after those of the months: the year's mean, which is what yearly rules read."""


class FieldLayout(Protocol):
    """Where parameters lie in a law vector of shape (12 months, slots)."""

    @property
    def slots(self) -> int:
        """The number of slots in a month."""

    def field(self, prefix: str, name: str) -> tuple[int, int, bool]:
        """Return the first slot, the number of slots, and whether the value is a list.

        Raises:
            LawError: There is no such parameter.
        """


def with_year_mean(laws: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return law vectors with a thirteenth row, the mean of the year's months; exact where all months are alike.

    Args:
        laws: Shape (laws, 12, slots).
    """
    same = (laws == laws[:, :1]).all(axis=1, keepdims=True)
    mean = np.where(same, laws[:, :1], laws.mean(axis=1, keepdims=True))
    return np.ascontiguousarray(np.concatenate([laws, mean], axis=1))
