"""Weights that meet totals, as near to the weights drawn as can be, and within bounds.

Deville and Särndal's calibration with the logit distance: the ratio of new to old weight is a smooth function
of a linear score that never leaves the bounds. Each target may miss a little, at a price (ridge calibration),
so that contradicting targets share the misfit instead of stopping the solution. The dual problem is convex
and has one unknown per target; scipy's trust-region method solves it. A household counts in few targets, so the
design is sparse, and it comes in blocks, so that no more than one block's products are in memory at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_array

    from mikrosim.units import Floats

LOWEST, HIGHEST = 0.2, 5.0
"""Bounds of a weight, as parts of the mean weight."""
MOST_STEPS = 60
NEAR_ENOUGH = 1e-6
WIDEST, FIRST_WIDTH = 1e4, 10.0
"""How far the multipliers may move in a step: at most, and in the first one."""


class Calibration(NamedTuple):
    """The multipliers of the targets, how far each is missed, and whether the solution was found."""

    multipliers: Floats
    misfit: Floats
    found: bool


def calibrate(
    blocks: Sequence[csr_array],
    wanted: Floats,
    slack: Floats,
    start: Floats | None = None,
    scores: Sequence[Floats] | None = None,
) -> Calibration:
    """Return the multipliers whose ratios g, one per row, make the mean of each column times g what is wanted.

    Args:
        blocks: Rows are households at their old weight, columns targets, each scaled to a mean of one or so.
        wanted: What the mean of each column is to be, on the same scale.
        slack: How cheaply each target gives way: the misfit is the slack times the target's multiplier.
        start: Multipliers to start from.
        scores: Scores of the weights that the new ones are to be near to, block by block; none are the old weights'.
    """
    from scipy.optimize import minimize

    dual = _Dual(blocks, wanted, slack, scores)
    begin = np.zeros(len(wanted)) if start is None else start
    options: Any = {"gtol": NEAR_ENOUGH, "maxiter": MOST_STEPS, "max_trust_radius": WIDEST,
                    "initial_trust_radius": FIRST_WIDTH}  # fmt: skip
    found = minimize(dual.value, begin, jac=True, hess=dual.curvature, method="trust-exact", options=options)
    multipliers = np.asarray(found.x, dtype=np.float64)
    _, gradient = dual.value(multipliers)
    return Calibration(multipliers, gradient - slack * multipliers, bool(np.abs(gradient).max() < 10 * NEAR_ENOUGH))


def ratios_of(scores: Floats) -> Floats:
    """Return the ratio of new to old weight that belongs to each score: a row's targets times their multipliers."""
    return _ratio(scores)[0]


def scores_of(ratios: Floats) -> Floats:
    """Return the score that belongs to each ratio within the bounds: 0 for 1."""
    power = (HIGHEST - 1) * (ratios - LOWEST) / ((1 - LOWEST) * (HIGHEST - ratios))
    return np.asarray(np.log(power) / _A)


class _Dual:
    """The function of the multipliers that is to be made as small as can be, with its derivatives."""

    def __init__(
        self, blocks: Sequence[csr_array], wanted: Floats, slack: Floats, scores: Sequence[Floats] | None
    ) -> None:
        self.blocks, self.wanted, self.slack = blocks, wanted, slack
        self.scores = [np.zeros(block.shape[0]) for block in blocks] if scores is None else scores
        self.rows = sum(block.shape[0] for block in blocks)

    def value(self, multipliers: Floats) -> tuple[float, Floats]:
        """Return the function and its gradient."""
        integral, gradient = 0.0, np.zeros(len(multipliers))
        for block, begun in zip(self.blocks, self.scores, strict=True):
            score = begun + block @ multipliers
            grown = np.clip(_A * score, -50, 50)
            inside = np.log(((HIGHEST - 1) + (1 - LOWEST) * np.exp(grown)) / (HIGHEST - LOWEST))
            integral += float((LOWEST * score + (HIGHEST - LOWEST) / _A * inside).sum())
            gradient += block.T @ _ratio(score)[0]
        price = 0.5 * float(self.slack @ np.square(multipliers))
        value = integral / self.rows - float(self.wanted @ multipliers) + price
        return value, gradient / self.rows - self.wanted + self.slack * multipliers

    def curvature(self, multipliers: Floats) -> Floats:
        """Return the matrix of second derivatives."""
        from scipy.sparse import csr_array

        curvature = np.diag(self.rows * (self.slack + 1e-12))
        for block, begun in zip(self.blocks, self.scores, strict=True):
            slope = _ratio(begun + block @ multipliers)[1]
            data = block.data * np.repeat(slope, np.diff(block.indptr))
            curvature += (block.T @ csr_array((data, block.indices, block.indptr), block.shape)).toarray()
        return curvature / self.rows


_A = (HIGHEST - LOWEST) / ((1 - LOWEST) * (HIGHEST - 1))


def _ratio(score: Floats) -> tuple[Floats, Floats]:
    """Return the ratio between the bounds that belongs to each score, and its slope."""
    power = np.exp(np.clip(_A * score, -50, 50))
    below = (HIGHEST - 1) + (1 - LOWEST) * power
    ratio = (LOWEST * (HIGHEST - 1) + HIGHEST * (1 - LOWEST) * power) / below
    slope = _A * (HIGHEST - ratio) * (ratio - LOWEST) / (HIGHEST - LOWEST)
    return ratio, slope
