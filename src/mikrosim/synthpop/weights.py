"""From features to weights: which targets can be met together, and the weights that meet them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.synthpop.calibrate import calibrate, ratios_of, scores_of
from mikrosim.synthpop.targets import targets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scipy.sparse import csr_array

    from mikrosim.synthpop.features import Features
    from mikrosim.units import Bools, Floats

SLACK = {"count": 1e-5, "amount": 1e-5, "median": 1e-4}
"""How easily targets of each kind give way when they contradict each other a little."""

TRIES = 4
SAMPLE = 10_000
"""How many households a first solution is looked for in."""
TOO_FAR = 0.005
"""A median that is further off than this part of its group is given up, and counts are kept."""
NOBODY, CONTRADICTS = "no household counts in it", "contradicts the others"


class Weighting(NamedTuple):
    """The ratio of new to drawn weight of each household, and why targets were left out."""

    ratios: Floats
    scores: list[Floats]
    """What the ratios were found from, block by block."""
    multipliers: dict[str, float]
    left_out: dict[str, str]
    found: bool


def find_weights(blocks: Sequence[Features]) -> Weighting:
    """Return the ratio of new to drawn weight of each household.

    A target that no household can serve, as happens in tiny populations, is left out; so is a median that contradicts
    the counts. Both are named, and the fit shows them as missed. A solution for few households is where that for more
    begins.

    Args:
        blocks: The features of each block's households, all of the same targets.
    """
    names = blocks[0].names
    rows = sum(block.values.shape[0] for block in blocks)
    is_median = np.array([targets()[name].kind == "median" for name in names])
    totals = np.array([1.0 if median else targets()[name].value for name, median in zip(names, is_median, strict=True)])
    groups = sum(np.asarray(block.groups) for block in blocks)
    totals = np.where(is_median, groups, totals / blocks[0].weight)
    served = _served(blocks, is_median) & np.array([targets()[name].calibrated for name in names])
    left_out = {name: NOBODY for name, one in zip(names, served, strict=True) if targets()[name].calibrated and not one}
    columns = np.flatnonzero(served)
    wanted = np.where(is_median, 0.0, 1.0)[columns]
    slack = np.array([SLACK[targets()[names[column]].kind] for column in columns])
    scaled = [_scaled(block.values, columns, rows / totals) for block in blocks]
    drawn = [scores_of(block.ratios) for block in blocks]
    multipliers = np.zeros(len(columns))
    kept = np.ones(len(columns), dtype=bool)
    for stage in _stages(scaled)[:-1]:
        begun = [score[: part.shape[0]] for part, score in zip(stage, drawn, strict=False)]
        solution = calibrate(stage, wanted, slack, multipliers, begun)
        if solution.found:
            multipliers = solution.multipliers
    for _ in range(TRIES):
        part = scaled if kept.all() else [block[:, kept] for block in scaled]
        solution = calibrate(part, wanted[kept], slack[kept], multipliers[kept], drawn)
        if not solution.found:
            solution = calibrate(part, wanted[kept], slack[kept], scores=drawn)
        multipliers[kept] = solution.multipliers
        far = np.zeros(len(columns), dtype=bool)
        far[kept] = np.abs(solution.misfit) > TOO_FAR
        far &= wanted == 0
        if not far.any():
            break
        left_out |= {names[columns[one]]: CONTRADICTS for one in np.flatnonzero(far)}
        kept &= ~far
        multipliers[far] = 0.0
    scores = [begun + block @ multipliers for begun, block in zip(drawn, scaled, strict=True)]
    used = {names[column]: float(one) for column, one, use in zip(columns, multipliers, kept, strict=True) if use}
    return Weighting(_ratios(scores), scores, used, left_out, solution.found)


def find_weights_near(blocks: Sequence[Features], totals: Mapping[str, float], near: Weighting) -> Weighting:
    """Return the weights that meet other totals and are as near as can be to those found before.

    Bounds and distance are the same. A total that no household can serve is left out and named.

    Args:
        blocks: The features of each block's households.
        totals: Weighted sums by the names of their targets, which are counts.
        near: The weights to be near to.
    """
    names = blocks[0].names
    rows = sum(block.values.shape[0] for block in blocks)
    asked = np.array([name in totals for name in names])
    served = _served(blocks, np.zeros(len(names), dtype=bool)) & asked
    left_out = {name: NOBODY for name, one in zip(names, asked & ~served, strict=True) if one}
    columns = np.flatnonzero(served)
    sums = np.array([totals.get(name, 1.0) for name in names]) / blocks[0].weight
    scaled = [_scaled(block.values, columns, rows / sums) for block in blocks]
    wanted, slack = np.ones(len(columns)), np.full(len(columns), SLACK["count"])
    multipliers = np.zeros(len(columns))
    if len(blocks) > 1:
        multipliers = calibrate(scaled[:1], wanted, slack, multipliers, near.scores[:1]).multipliers
    solution = calibrate(scaled, wanted, slack, multipliers, near.scores)
    scores = [begun + block @ solution.multipliers for begun, block in zip(near.scores, scaled, strict=True)]
    used = {names[column]: float(one) for column, one in zip(columns, solution.multipliers, strict=True)}
    return Weighting(_ratios(scores), scores, used, left_out, solution.found)


def _ratios(scores: Sequence[Floats]) -> Floats:
    """Return all households' ratios, rounded: processors that differ in the last bits give the same population."""
    return np.round(np.concatenate([ratios_of(one) for one in scores]), 6)


def _stages(blocks: list[csr_array]) -> list[list[csr_array]]:
    """Return the households a solution is looked for in, one after the other: a few, a block, all."""
    stages = [[blocks[0][:SAMPLE]]] if blocks[0].shape[0] > SAMPLE else []
    return [*stages, *([blocks[:1]] if len(blocks) > 1 else []), blocks]


def _scaled(values: csr_array, columns: np.ndarray, factor: Floats) -> csr_array:
    """Return the columns of the kept targets, scaled to a mean of about one."""
    from scipy.sparse import csr_array, diags_array

    return csr_array(values[:, columns] @ diags_array(factor[columns]))


def _served(blocks: Sequence[Features], is_median: Bools) -> Bools:
    """Return for each target whether some households count in it; for a median, on both sides."""
    high = np.max([block.values.max(axis=0).toarray().ravel() for block in blocks], axis=0)
    low = np.min([block.values.min(axis=0).toarray().ravel() for block in blocks], axis=0)
    return np.asarray((high > 0) & (~is_median | (low < 0)))
