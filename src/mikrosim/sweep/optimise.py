"""`mikrosim optimise`: the values of several parameters that reach a goal at the least cost, and the frontier."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.engine.run import processors
from mikrosim.errors import MikrosimError, Problem, ScenarioError
from mikrosim.measures import number_at
from mikrosim.simulation.result import plain_values
from mikrosim.simulation.run import DEFAULT, LOADING, as_population
from mikrosim.sweep.evaluate import Evaluator
from mikrosim.sweep.manifest import optimum_manifest
from mikrosim.sweep.model import Limit
from mikrosim.sweep.optimisation import Optimisation, load_optimisation
from mikrosim.sweep.run import Threads, refuse_protected
from mikrosim.sweep.search import Tried, Wanted, best_first, missing, search, undominated, widen
from mikrosim.sweep.task import Code, Task, part_of, varying_slots

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from mikrosim.population import Population
    from mikrosim.units import Bools, Floats

LAWS_IN_BATCH = 16


@dataclass(frozen=True, slots=True)
class Optimum:
    """What was found.

    Attributes:
        name: Of the file.
        parameters: The best values, by name.
        measures: The objective, the limits' measures and the frontier's at the optimum, by path.
        baseline: The same measures under the law that reforms are held against; changes are 0.
        objective: The path that was minimised or maximised.
        limits: The limits, in words.
        frontier: Points that cannot be improved in the objective without losing in the frontier's measure.
        evaluations: How many laws were tried.
        tried: All of them, by column: their number, the parameters and the measures.
        manifest: What was varied, on which law and population.
    """

    name: str
    parameters: dict[str, float]
    measures: dict[str, float]
    baseline: dict[str, float]
    objective: str
    limits: tuple[str, ...]
    frontier: tuple[dict[str, float], ...]
    evaluations: int
    tried: Mapping[str, Sequence[float]] = field(repr=False)
    manifest: Mapping[str, Any] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain dicts and lists, without all that was tried."""
        names = [name for name in Optimum.__slots__ if name not in ("tried", "manifest")]
        found: dict[str, Any] = plain_values({name: getattr(self, name) for name in names})
        return found


def optimise(
    wanted: str | Path | Optimisation,
    population: str | Path | Population = DEFAULT,
    households: int | None = None,
    seed: int | None = None,
    *,
    workers: int | None = None,
    allow_code: bool = False,
    progress: Callable[[str], None] | None = None,
    on_laws: Callable[[int, int, int], None] | None = None,
) -> Optimum:
    """Return the parameters that reach the goal best, and the frontier around them.

    Args:
        wanted: An optimise file, or one loaded before.
        population: `default`, a population folder, or a population loaded before.
        households: How many households the default population has.
        seed: The seed the default population is drawn with.
        workers: Threads that measure laws side by side; as many as there are processors by default.
        allow_code: Whether rules of the base's own, in a Python file that it names, may run.
        progress: Called with the name of each stage when it begins.
        on_laws: Called with the laws tried, how many may be, and 0.

    Raises:
        MikrosimError: Something in the file or the population is wrong, or no point meets the limits.
    """
    progress = progress or (lambda stage: None)
    chosen = wanted if isinstance(wanted, Optimisation) else load_optimisation(wanted, allow_code=allow_code)
    progress(LOADING)
    people = as_population(population, households, seed, progress).at_year(chosen.variants.scenario.year)
    refuse_protected(people)
    evaluator = Evaluator(people, _task(chosen), progress=progress)
    places = _places(chosen, evaluator)
    tried = _tried(chosen, evaluator, Threads(evaluator, workers or processors()), on_laws)
    limits = [(places[limit.path], limit) for limit in chosen.limits]
    aim = partial(_objective, places[chosen.objective], chosen.sign)
    goal = Wanted(aim, partial(_excess, limits))
    best = search(tried, goal, len(chosen.bounds), chosen.seed)
    values = tried.values(best[None])
    if missing(values, goal)[0] > 0.0:
        raise ScenarioError(chosen.origin, _infeasible(chosen, tried, goal, places))
    frontier = _frontier(chosen, tried, goal, places)
    points, measured = tried.all()
    place = best_first(measured, goal)[0]
    return Optimum(
        name=chosen.name,
        parameters=chosen.point(points[place]),
        measures={path: float(measured[place][places[path]]) for path in chosen.paths},
        baseline=_baseline(chosen, evaluator),
        objective=chosen.objective,
        limits=tuple(str(limit) for limit in chosen.limits),
        frontier=tuple(frontier),
        evaluations=len(tried.known),
        tried=_columns(chosen, points, measured, places),
        manifest=optimum_manifest(chosen, people, evaluator),
    )


def _task(chosen: Optimisation) -> Task:
    scenario = chosen.variants.scenario
    middle = chosen.variants.vectors([chosen.point(np.full(len(chosen.bounds), 0.5))])[0]
    divisions = [path.split(".")[1] for path in chosen.paths if path.startswith("by_group.") and path.count(".") > 1]
    return Task(
        year=scenario.year,
        origin=chosen.origin,
        baseline=scenario.baseline().vector,
        pivot=middle,
        slots=varying_slots(chosen.variants),
        by_group=tuple(dict.fromkeys(divisions)),
        persistent=any(".persistent_low_income" in path for path in chosen.paths),
        after_child_care=any(".after_child_care" in path for path in chosen.paths),
        code=Code.of(scenario.code),
    )


def _places(chosen: Optimisation, evaluator: Evaluator) -> dict[str, int]:
    """Return the column of each measure that is asked for.

    Raises:
        ScenarioError: Paths that lead nowhere, or to a group of measures.
    """
    problems = []
    for path in chosen.paths:
        try:
            number_at(evaluator.example, path)
        except MikrosimError as error:
            problems.append(Problem(path, error.problems[0].message))
    if problems:
        raise ScenarioError(chosen.origin, problems)
    evaluator.keep(chosen.paths)
    return {path: evaluator.columns.index(path) for path in chosen.paths}


def _tried(
    chosen: Optimisation, evaluator: Evaluator, threads: Threads, on_laws: Callable[[int, int, int], None] | None
) -> Tried:
    slots = evaluator.task.slots

    def measure(points: Floats) -> Floats:
        cuts = range(0, len(points), LAWS_IN_BATCH)
        parts = (
            (cut, part_of(chosen.variants, [chosen.point(one) for one in points[cut : cut + LAWS_IN_BATCH]], slots))
            for cut in cuts
        )
        found = dict(threads.rows(parts))
        if on_laws is not None:
            on_laws(min(len(tried.known) + len(points), tried.budget), tried.budget, 0)
        return np.concatenate([found[cut] for cut in cuts])

    tried = Tried(measure, chosen.evaluations)
    return tried


def _objective(place: int, sign: float, values: Floats) -> Floats:
    found: Floats = sign * values[:, place]
    return found


def _excess(limits: list[tuple[int, Limit]], values: Floats) -> Floats:
    """Return the excess over each limit, in parts of the limit itself so that limits of different units compare."""
    rows = [
        np.array([limit.excess(value) for value in values[:, place]]) / (abs(limit.bound) or 1.0)
        for place, limit in limits
    ]
    return np.stack(rows) if rows else np.zeros((1, len(values)))


def _frontier(chosen: Optimisation, tried: Tried, goal: Wanted, places: dict[str, int]) -> list[dict[str, float]]:
    """Return the points that cannot gain in the objective without losing in the frontier's measure."""
    if chosen.frontier == chosen.objective:
        return []
    place = places[chosen.frontier]
    higher = any(limit.path == chosen.frontier and limit.sign == ">=" for limit in chosen.limits)
    # Limits on the frontier's own measure give way: the frontier shows what another one would cost.
    others = [(places[limit.path], limit) for limit in chosen.limits if limit.path != chosen.frontier]
    free = Wanted(goal.objective, partial(_excess, others))

    def kept(values: Floats) -> Bools:
        other = -values[:, place] if higher else values[:, place]
        objective = np.where(missing(values, free) == 0.0, free.objective(values), np.nan)
        return undominated(objective, other)

    widen(tried, kept, chosen.seed)
    points, values = tried.all()
    found = kept(values)
    points, values = points[found], values[found]
    order = np.argsort(values[:, place], kind="stable")
    points, values = points[order], values[order]
    names = {path: places[path] for path in chosen.paths}
    return [
        {**chosen.point(point), **{path: float(row[column]) for path, column in names.items()}}
        for point, row in zip(points, values, strict=True)
    ]


def _columns(chosen: Optimisation, points: Floats, values: Floats, places: dict[str, int]) -> dict[str, list[Any]]:
    """Return all tried laws by column, in the order they were tried."""
    parameters = [chosen.point(point) for point in points]
    return {
        "scenario": list(range(1, len(points) + 1)),
        **{name: [point[name] for point in parameters] for name in chosen.variants.axes},
        **{path: values[:, places[path]].tolist() for path in chosen.paths},
    }


def _infeasible(chosen: Optimisation, tried: Tried, goal: Wanted, places: dict[str, int]) -> list[Problem]:
    points, values = tried.all()
    nearest = best_first(values, goal)[0]
    at = ", ".join(f"{name} = {value:.6g}" for name, value in chosen.point(points[nearest]).items())
    problems = []
    for limit in chosen.limits:
        column = values[:, places[limit.path]]
        reached = np.nanmin(column) if limit.sign == "<=" else np.nanmax(column)
        problems.append(
            Problem(
                f"subject_to {limit}",
                f"{column[nearest]:.6g} at the nearest point ({at}); by itself it reaches {reached:.6g}",
            )
        )
    told = f"no point between the bounds meets all limits ({len(values)} laws tried); widen bounds or ease a limit"
    return [Problem("subject_to", told), *problems]


def _baseline(chosen: Optimisation, evaluator: Evaluator) -> dict[str, float]:
    """Return the measures at the law that reforms are held against."""
    held = evaluator.baseline
    return {
        path: number_at(held, path.removeprefix("reform."))
        if path.startswith("reform.")
        else number_at(evaluator.example, path)
        for path in chosen.paths
    }
