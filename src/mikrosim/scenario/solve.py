"""Find the value of a parameter at which a result is reached: one pass over a few points, then refine."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from mikrosim.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mikrosim.parameters.law import Policy
    from mikrosim.scenario.scenario import Scenario

POINTS = 8
CLOSE = 1.0
"""Million NOK; how near a result of the budget comes."""

GRAIN = 0.05
"""Part of the span of results that a jump may be. Shares and counts move by whole households, so they jump a little."""


class Solution(NamedTuple):
    """The value found, the law with it, the result it gives and the number of laws that were run."""

    value: float
    policy: Policy
    reached: float
    evaluations: int


def solve(scenario: Scenario, evaluate: Callable[[list[Policy]], Sequence[float]]) -> Solution:
    """Return the value of ``scenario.solve.parameter`` at which the result equals what is asked for.

    ``evaluate`` returns the result ``scenario.solve.so_that`` of each given law; several laws at once
    cost it little more than one, so the first look is at eight values over the whole interval. Of several
    solutions the one nearest to the law's own value is returned. A result of the budget is reached to within a
    million NOK, another as nearly as single households let it.

    Raises:
        ScenarioError: If no value in the interval gives the result.
    """
    from scipy.optimize import brentq

    wanted = scenario.solve
    if wanted is None:
        raise ScenarioError(scenario.origin, "has no `solve`")
    known: dict[float, float] = {}

    def distance(values: Sequence[float]) -> list[float]:
        new = [value for value in values if value not in known]
        if new:
            results = evaluate([scenario.policy(wanted.change(value)) for value in new])
            known.update((value, result - wanted.equals) for value, result in zip(new, results, strict=True))
        return [known[value] for value in values]

    low, high = wanted.between
    points = [low + (high - low) * step / (POINTS - 1) for step in range(POINTS)]
    found = distance(points)
    if not all(map(math.isfinite, found)):
        raise ScenarioError(scenario.origin, [Problem("solve.so_that", f"{wanted.so_that} is not a number here")])
    if min(found) == max(found):
        still = f"{wanted.parameter} does not move {wanted.so_that}; it stays {found[0] + wanted.equals:g}"
        raise ScenarioError(scenario.origin, [Problem("solve.parameter", still)])
    brackets = [
        (points[step], points[step + 1])
        for step in range(POINTS - 1)
        if min(found[step], found[step + 1]) <= 0 <= max(found[step], found[step + 1])
    ]
    if not brackets:
        raise ScenarioError(scenario.origin, [Problem("solve", _no_solution(scenario, points, found))])
    home = _law_value(scenario)
    left, right = min(brackets, key=lambda ends: max(ends[0] - home, home - ends[1], 0.0))
    tolerance = 1e-9 * max(abs(low), abs(high))
    root = float(brentq(lambda x: distance([float(x)])[0], left, right, xtol=tolerance, rtol=1e-12))
    sides = _sides(known, root)
    value = min(sides, key=lambda x: abs(known[x]))
    rest = known[value]
    jump = abs(known[sides[0]] - known[sides[1]])
    is_near = abs(rest) <= CLOSE if ".budget." in wanted.so_that else jump <= GRAIN * (max(found) - min(found))
    if not is_near:
        ends = " to ".join(f"{known[side] + wanted.equals:.6g}" for side in sides)
        message = f"{wanted.so_that} jumps over {wanted.equals:g} at {wanted.parameter} = {value:.7g}, from {ends}"
        raise ScenarioError(scenario.origin, [Problem("solve", message)])
    policy = scenario.policy(wanted.change(value))
    return Solution(value, policy, rest + wanted.equals, len(known))


def _sides(known: Mapping[float, float], root: float) -> tuple[float, float]:
    """Return a root and the value nearest it whose result lies on the other side, the lower first."""
    beyond = min((x for x in known if x != root and known[x] * known[root] <= 0.0), key=lambda x: abs(x - root))
    return min(root, beyond), max(root, beyond)


def _law_value(scenario: Scenario) -> float:
    """Return the value of the solved parameter that leaves the law as it is."""
    assert scenario.solve is not None
    if scenario.solve.operation != "set":
        return 1.0 if scenario.solve.operation == "multiply" else 0.0
    slot = scenario.law.layout.slots[scenario.solve.moved[0]]
    value = float(scenario.law.vector(scenario.year)[11, slot.start])
    return value if math.isfinite(value) else scenario.solve.between[0]


def _no_solution(scenario: Scenario, points: list[float], found: list[float]) -> str:
    assert scenario.solve is not None
    solve = scenario.solve
    results = [distance + solve.equals for distance in found]
    nearest = min(range(len(points)), key=lambda step: abs(found[step]))
    return (
        f"no {solve.parameter} between {points[0]:.10g} and {points[-1]:.10g} gives {solve.so_that} = "
        f"{solve.equals:g}: it runs from {min(results):.6g} to {max(results):.6g}, nearest at "
        f"{points[nearest]:.6g}; widen it with `between: [low, high]`"
    )
