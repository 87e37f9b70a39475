"""The search for the best point between bounds: a sample, differential evolution, then ever smaller steps.

Low income counts persons, so measures move in small jumps and have no useful slope; everything here compares values
only. Points are tried many at a time, because many laws in one pass cost little more than one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mikrosim.sweep.design import sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from mikrosim.units import Bools, Floats, Ints

SAMPLED, EVOLVED, REFINED = 0.25, 0.3, 0.15
"""Parts of all evaluations that the sample, the evolution and the steps may take; the frontier has the rest."""

FIRST_STEP, LAST_STEP = 0.1, 1e-6
"""Of the distance between the bounds."""

POLLED = 32
"""Points tried around the frontier's at a time."""


class Wanted(NamedTuple):
    """What is looked for: the least objective where no excess is above 0.

    Args:
        objective: Takes measures, shape (points, measures); gives one value for each point.
        excess: The same for each limit, shape (limits, points); above 0 a limit is not met.
    """

    objective: Callable[[Floats], Floats]
    excess: Callable[[Floats], Floats]


@dataclass
class Tried:
    """All points that were tried, in the unit cube, with their measures.

    Args:
        measure: Takes points of the unit cube, shape (points, parameters); gives their measures.
        budget: How many points may be tried.
    """

    measure: Callable[[Floats], Floats]
    budget: int
    known: dict[bytes, Floats] = field(default_factory=dict)

    def values(self, points: Floats) -> Floats:
        """Return the measures of points; each is computed once."""
        points = np.ascontiguousarray(np.clip(points, 0.0, 1.0))
        if not len(points):  # the evolution asks for the objective of those that meet the limits: perhaps none
            return np.empty((0, len(next(iter(self.known.values())))))
        keys = [point.tobytes() for point in points]
        new = {key: place for place, key in enumerate(keys) if key not in self.known}
        if new:
            measured = self.measure(points[list(new.values())])
            self.known.update(zip(new, measured, strict=True))
        return np.array([self.known[key] for key in keys])

    @property
    def left(self) -> int:
        """How many points may still be tried."""
        return self.budget - len(self.known)

    def all(self) -> tuple[Floats, Floats]:
        """Return all points and their measures."""
        points = np.array([np.frombuffer(key) for key in self.known])
        return points, np.array(list(self.known.values()))


def best_first(values: Floats, wanted: Wanted) -> Ints:
    """Return the order of points: those that meet all limits by objective, then the others by how much they miss."""
    missed, objective = missing(values, wanted), wanted.objective(values)
    return np.lexsort((np.where(np.isnan(objective), np.inf, objective), missed))


def missing(values: Floats, wanted: Wanted) -> Floats:
    """Return by how much points miss the limits, all together; 0 where they meet them."""
    excess = wanted.excess(values)
    total: Floats = np.where(np.isnan(excess), np.inf, np.maximum(excess, 0.0)).sum(axis=0)
    return total


def search(tried: Tried, wanted: Wanted, parameters: int, seed: int) -> Floats:
    """Return the best point found, in the unit cube."""
    budget = tried.budget
    tried.values(sample("sobol", [(0.0, 1.0)] * parameters, max(32, int(SAMPLED * budget)), seed))
    _evolve(tried, wanted, parameters, seed, int(EVOLVED * budget))
    refine(tried, wanted, seed, int(REFINED * budget))
    points, values = tried.all()
    best: Floats = points[best_first(values, wanted)[0]]
    return best


def _evolve(tried: Tried, wanted: Wanted, parameters: int, seed: int, budget: int) -> None:
    """Let differential evolution improve the best points of the sample."""
    from scipy.optimize import NonlinearConstraint, differential_evolution

    points, values = tried.all()
    crowd = max(16, 8 * parameters)
    start = points[best_first(values, wanted)[:crowd]]
    limit = NonlinearConstraint(lambda x: missing(tried.values(x.T), wanted)[None, :] if x.ndim == 2
                                else missing(tried.values(x[None]), wanted), -np.inf, 0.0)  # fmt: skip

    def objective(x: Floats) -> Floats:
        found = wanted.objective(tried.values(x.T))
        return np.where(np.isnan(found), np.inf, found)

    enough = len(tried.known) + budget
    evolve: Any = differential_evolution  # scipy-stubs know no vectorized objective
    evolve(
        objective,
        [(0.0, 1.0)] * parameters,
        init=start,
        constraints=limit,
        vectorized=True,
        updating="deferred",
        polish=False,
        maxiter=max(1, budget // len(start)),
        tol=1e-6,
        rng=seed,
        callback=lambda *_, **__: len(tried.known) >= enough,
    )


def refine(tried: Tried, goal: Wanted, seed: int, budget: int) -> None:
    """Go from the best point in ever smaller steps, along the axes and across."""
    rng = np.random.default_rng(seed)
    points, values = tried.all()
    parameters = points.shape[1]
    standing, step = points[best_first(values, goal)[0]], FIRST_STEP
    axes = np.concatenate([np.eye(parameters), -np.eye(parameters)])
    enough = len(tried.known) + budget
    while step > LAST_STEP and len(tried.known) < enough:
        across = rng.standard_normal((2 * parameters, parameters))
        ways = np.concatenate([axes, across / np.linalg.norm(across, axis=1, keepdims=True)])
        candidates = np.clip(np.concatenate([standing[None], standing + step * ways]), 0.0, 1.0)
        best = best_first(tried.values(candidates), goal)[0]
        standing = candidates[best]
        step = min(1.5 * step, FIRST_STEP) if best else step / 2.0


def widen(tried: Tried, kept: Callable[[Floats], Bools], seed: int) -> None:
    """Improve a set of points of which none beats another, until the budget is used up or the steps are small.

    Direct multisearch: every point of the set has a step of its own. Around those with the widest steps points are
    tried in all directions of a random cross; what joins the set has the step of the point it came from, and a step
    that brings nothing is halved. A population bred from mixes of the set left 2 % of what the laws cost between its
    points and the best of a large sample, on the same budget; this leaves a tenth of that.

    Source: Custódio, Madeira, Vaz and Vicente (2011), Direct multisearch for multiobjective optimization, SIAM Journal
    on Optimization 21(3).

    Args:
        tried: All points so far.
        kept: Tells which of the measured points belong to the set.
        seed: Of the directions.
    """
    rng = np.random.default_rng(seed)
    steps: dict[bytes, float] = {}
    while tried.left > 0:
        standing = _members(tried, kept)
        step = np.array([steps.get(key, FIRST_STEP) for key in standing])
        if not len(step) or step.max() < LAST_STEP:
            return
        points = list(standing.values())
        parameters = len(points[0])
        widest = np.lexsort((rng.random(len(step)), -step))[: max(1, POLLED // (2 * parameters))]
        crosses = [_cross(parameters, rng) for _ in widest]
        polls = [np.clip(points[place] + step[place] * cross, 0.0, 1.0)
                 for place, cross in zip(widest, crosses, strict=True)]  # fmt: skip
        tried.values(np.concatenate(polls))
        now = _members(tried, kept)
        for place, poll in zip(widest, polls, strict=True):
            new = {point.tobytes() for point in poll} & now.keys() - standing.keys()
            steps |= dict.fromkeys(new, step[place])
            steps[list(standing)[place]] = step[place] if new else step[place] / 2.0


def _members(tried: Tried, kept: Callable[[Floats], Bools]) -> dict[bytes, Floats]:
    """Return the points of the set by their key."""
    points, values = tried.all()
    return {point.tobytes(): point for point in points[kept(values)]}


def _cross(parameters: int, rng: np.random.Generator) -> Floats:
    """Return random directions at right angles, and their opposites."""
    ways: Floats = np.linalg.qr(rng.standard_normal((parameters, parameters)))[0]
    return np.concatenate([ways, -ways])


def undominated(objective: Floats, other: Floats) -> Bools:
    """Tell which points no other point beats in one of two values (less is better) without losing in the other.

    >>> undominated(np.array([1.0, 2.0, 3.0]), np.array([3.0, 3.0, 1.0])).tolist()
    [True, False, True]
    """
    other = np.where(np.isnan(other), np.inf, other)
    order = np.lexsort((other, objective))
    least = np.minimum.accumulate(other[order])
    kept = np.ones(len(order), np.bool_)
    kept[1:] = other[order][1:] < least[:-1]
    found = np.zeros(len(order), np.bool_)
    found[order] = kept & ~np.isnan(objective[order]) & np.isfinite(other[order])
    return found
