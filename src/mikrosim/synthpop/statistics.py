"""Weighted quantiles and the Gini coefficient."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from mikrosim.units import Floats


def quantile(values: Floats, counts: Floats, part: float) -> float:
    """Return the value below which the given part of the counts lies.

    >>> quantile(np.array([3.0, 1.0, 2.0]), np.ones(3), 0.5)
    2.0
    """
    order = np.argsort(values, kind="stable")
    below = np.cumsum(counts[order])
    return float(values[order][np.searchsorted(below, part * below[-1])])


def gini(values: Floats, counts: Floats) -> float:
    """Return the Gini coefficient.

    >>> round(gini(np.array([1.0, 1.0]), np.ones(2)), 3), round(gini(np.array([0.0, 1.0]), np.ones(2)), 3)
    (0.0, 0.5)
    """
    order = np.argsort(values, kind="stable")
    share = np.cumsum((values * counts)[order]) / float(values @ counts)
    before = np.concatenate(([0.0], share[:-1]))
    return float(1 - (counts[order] / counts.sum()) @ (share + before))
