"""From features to weights: which targets can be met together, and the weights that meet them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.synthpop.calibrate import calibrate
from mikrosim.synthpop.targets import targets

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from mikrosim.synthpop.features import Feature
    from mikrosim.units import Bools, Floats

SLACK = {"count": 1e-5, "amount": 1e-5, "median": 1e-4, "share": 1e-4}
"""How easily targets of each kind give way when they contradict each other a little."""

TRIES = 4
SAMPLE = 10_000
"""How many households a first solution is looked for in."""
TOO_FAR = 0.005
"""A median or share that is further off than this part of its group is given up, and counts are kept."""


class Weighting(NamedTuple):
    """The ratios of new to drawn weights, and the multiplier of each target that was kept."""

    ratios: Floats
    multipliers: dict[str, float]


def find_weights(found: dict[str, Feature], weights: Floats, start: dict[str, float] | None = None) -> Weighting:
    """Return the ratio of new to drawn weight of each household.

    A target that no household can serve, as happens in tiny populations, is left out; so is a median or a share
    that contradicts the counts. The fit shows them as missed.

    Args:
        found: Features by target.
        weights: The drawn weights.
        start: Multipliers of an earlier solution to start from.
    """
    from scipy.sparse import csr_array

    start = start or {}
    names = [name for name, one in found.items() if targets()[name].calibrated and _can_be_met(one)]
    design = csr_array(np.column_stack([_scaled(found[name], weights) for name in names]))
    wanted = np.array([1.0 if found[name].group is None else 0.0 for name in names])
    slack = np.array([SLACK[targets()[name].kind] for name in names]) / len(weights)
    multipliers = np.array([start.get(name, 0.0) for name in names])
    if not start and len(weights) > SAMPLE:
        multipliers = _from_sample(design, wanted, slack)
    kept = np.ones(len(names), dtype=bool)
    for _ in range(TRIES):
        solution = calibrate(design[:, kept], wanted[kept], slack[kept], multipliers[kept])
        contradicting = _contradicting(design.T @ solution.ratios - wanted, wanted, kept)
        if not contradicting.any():
            break
        kept &= ~contradicting
    used = [name for name, one in zip(names, kept, strict=True) if one]
    return Weighting(solution.ratios, dict(zip(used, solution.multipliers.tolist(), strict=True)))


def _from_sample(design: csr_array, wanted: Floats, slack: Floats) -> Floats:
    """Return multipliers that the first households alone would have: near the solution, at a tenth of the work."""
    part = design.shape[0] / SAMPLE
    return calibrate(design[:SAMPLE] * part, wanted, slack * part).multipliers * part


def _scaled(feature: Feature, weights: Floats) -> Floats:
    """Return a feature's contribution by household, on a scale where the target is one (or the group is)."""
    scale = feature.total if feature.group is None else float(feature.group @ weights)
    return feature.values * weights / scale


def _can_be_met(feature: Feature) -> bool:
    if feature.group is None:
        return bool(feature.values.any())
    return bool((feature.values > 0).any() and (feature.values < 0).any())


def _contradicting(misfit: Floats, wanted: Floats, kept: Bools) -> Bools:
    """Return the kept medians and shares that stay too far off."""
    return np.asarray(kept & (wanted == 0) & (np.abs(misfit) > TOO_FAR))
