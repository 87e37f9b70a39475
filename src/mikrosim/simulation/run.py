"""`mikrosim run`: a scenario against its baseline, from files to a result."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mikrosim.errors import MikrosimError, Problem, ScenarioError, did_you_mean
from mikrosim.simulation.result import RunResult, Solved

if TYPE_CHECKING:
    from collections.abc import Callable

    from mikrosim.measures import Measured
    from mikrosim.parameters import Policy
    from mikrosim.population import Population
    from mikrosim.scenario import Scenario
    from mikrosim.simulation.reform import Comparison, Outcome
    from mikrosim.units import Floats

DEFAULT = "default"
LOADING, BUILDING, SOLVING = "loading", "building", "solving"
BEHAVIOURS = ("static", "labour_supply")


def run(
    scenario: str | Path | Mapping[str, Any] | Scenario,
    population: str | Path | Population = DEFAULT,
    households: int | None = None,
    seed: int | None = None,
    *,
    replicates: int = 0,
    behaviour: str = "static",
    threads: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> RunResult:
    """Return what a scenario costs, whom it moves over the low-income line, and who gains and loses.

    Args:
        scenario: A scenario file, a dict with its keys, or a scenario loaded before.
        population: `default`, a population folder, or a population loaded before.
        households: How many households the default population has.
        seed: The seed the default population is drawn with.
        replicates: Replicate weights for uncertainty; more than 0 is not modelled yet.
        behaviour: `static`; `labour_supply` is not modelled yet.
        threads: How many threads share the work; as many as there are processors by default.
        progress: Called with the name of each stage when it begins.

    Raises:
        MikrosimError: Something in the scenario, the population or the options is wrong.
    """
    refuse_unmodelled(replicates, behaviour)
    progress = progress or (lambda stage: None)
    chosen = as_scenario(scenario)
    # The law is asked before the population is read: a wrong scenario should not have to wait for it.
    baseline, reform = chosen.baseline(), chosen.policy()
    progress(LOADING)
    people = as_population(population, households, seed, progress).at_year(chosen.year)

    from mikrosim.measures.disclosure import minimum_of
    from mikrosim.simulation.detail import Detail
    from mikrosim.simulation.reform import comparison
    from mikrosim.simulation.remark import remarks

    minimum = minimum_of(people)
    compared = comparison(people, chosen.year, threads=threads, progress=progress)
    solved = None
    if chosen.solve is not None:
        progress(SOLVING)
        reform, solved = _solve(chosen, baseline, compared)
    (outcome,) = compared.outcomes(baseline, [reform])
    disclosure = None
    if minimum is not None:
        from mikrosim.simulation.disclosed import contributors, disclosed

        behind = contributors(compared.computation, baseline, reform, minimum)
        outcome, left_out = disclosed(outcome, compared.frame, behind, minimum)
        disclosure = {"minimum_households": minimum, "left_out": list(left_out)}
    weighted_persons = float(compared.frame.everyone.sum())
    return RunResult(
        scenario=chosen.name,
        year=chosen.year,
        population={
            "persons": len(people.persons["household"]),
            "households": len(people.weights),
            "weighted_persons": weighted_persons,
            "hash": people.hash,
        },
        law_hash=reform.law_hash,
        version=version(),
        baseline=outcome.baseline,
        reform=outcome.reform,
        change=outcome.change,
        winners_losers=outcome.winners_losers,
        deciles=outcome.deciles,
        law_changes=reform.changes,
        compared=_compared(chosen, outcome),
        solved=solved,
        remarks=remarks(reform, compared.computation.parameters, people),
        manifest=_manifest(chosen, people, reform, seed),
        about=_about(chosen),
        disclosure=disclosure,
        detail=Detail(
            people, compared.frame, baseline, reform, outcome.before, outcome.after, compared.computation.parameters
        ),
    )


def refuse_unmodelled(replicates: int, behaviour: str) -> None:
    """Refuse options that exist but are not modelled yet, rather than quietly leave them out."""
    problems = []
    if replicates:
        problems.append(Problem("replicates", f"{replicates}: uncertainty is not modelled yet; leave it at 0"))
    if behaviour not in BEHAVIOURS:
        hint = did_you_mean(behaviour, BEHAVIOURS) or f"; choose {' or '.join(BEHAVIOURS)}"
        problems.append(Problem("behaviour", f"unknown behaviour {behaviour!r}{hint}"))
    elif behaviour != "static":
        problems.append(Problem("behaviour", f"{behaviour} is not modelled yet; leave it at static"))
    if problems:
        raise MikrosimError("options", problems)


def as_scenario(scenario: str | Path | Mapping[str, Any] | Scenario) -> Scenario:
    """Return the scenario of a file or a dict, or the scenario itself."""
    from mikrosim.scenario import load_scenario, scenario_from_dict

    if isinstance(scenario, str | Path):
        return load_scenario(scenario)
    return scenario_from_dict(dict(scenario)) if isinstance(scenario, Mapping) else scenario


def as_population(
    population: str | Path | Population,
    households: int | None = None,
    seed: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> Population:
    """Return the default population, that of a folder, or the population itself.

    Raises:
        MikrosimError: A size or a seed for a population that is there already.
    """
    if isinstance(population, str) and population == DEFAULT:
        return _default_population(households, seed, progress or (lambda stage: None))
    given = [name for name, value in (("households", households), ("seed", seed)) if value is not None]
    if given:
        hint = "goes with the default population only; leave it out, or leave out the population"
        raise MikrosimError("options", [Problem(name, hint) for name in given])
    if isinstance(population, str | Path):
        from mikrosim.population import load

        return load(population)
    return population


def _default_population(households: int | None, seed: int | None, progress: Callable[[str], None]) -> Population:
    """Return the default population, built if this is the first time it is asked for."""
    from mikrosim.simulation.reform import national_outlays
    from mikrosim.synthpop.default import default_population

    def after_tax_income(drawn: Population) -> Floats:
        from mikrosim.simulation.reform import household_after_tax_income

        return household_after_tax_income(drawn, progress=progress)

    return default_population(
        after_tax_income,
        households=households,
        seed=seed,
        progress=lambda step: progress(BUILDING),
        outlays=national_outlays,
    )


def version() -> str:
    """Return the version of the installed package."""
    from importlib.metadata import version as installed

    return installed("mikrosim")


def _solve(scenario: Scenario, baseline: Policy, compared: Comparison) -> tuple[Policy, Solved]:
    from mikrosim.scenario import solve

    assert scenario.solve is not None
    path = scenario.solve.so_that

    def evaluate(policies: list[Policy]) -> list[float]:
        from mikrosim.measures import number_at

        trees: list[Measured]
        if ".budget." in path:
            trees = compared.budgets(baseline, policies)
        else:
            trees = [outcome.tree() for outcome in compared.outcomes(baseline, policies)]
        try:
            return [number_at(tree, path) for tree in trees]
        except MikrosimError as error:
            raise _in_scenario(scenario, "solve.so_that", error) from error

    solution = solve(scenario, evaluate)
    return solution.policy, Solved(scenario.solve.parameter, solution.value, scenario.solve.operation)


def _compared(scenario: Scenario, outcome: Outcome) -> dict[str, Measured]:
    """Return what the scenario asks to compare, under each law that has it."""
    from mikrosim.measures import pick

    tree = outcome.tree()
    found: dict[str, Measured] = {}
    problems: list[Problem] = []
    for path in scenario.compare:
        first = path.partition(".")[0]
        laws = [law for law, measures in tree.items() if not isinstance(measures, float) and first in measures]
        try:
            found[path] = {law: pick(tree, f"{law}.{path}") for law in laws}
        except MikrosimError as error:
            problems.append(Problem("compare", f"{path}: {error.problems[0].message}"))
    if problems:
        raise ScenarioError(scenario.origin, problems)
    return found


def _in_scenario(scenario: Scenario, place: str, error: MikrosimError) -> ScenarioError:
    return ScenarioError(scenario.origin, [Problem(place, f"{error.source}: {error.problems[0].message}")])


def _about(scenario: Scenario) -> dict[str, Any]:
    """Return what the scenario says of itself, and which earlier law it is held against, if any."""
    told = {key: getattr(scenario, key) for key in ("description", "why", "source", "limits")}
    found: dict[str, Any] = {name: text for name, text in told.items() if text}
    if scenario.compared_with is not None:
        law_of, factor = scenario.compared_with
        found["baseline"] = {"law_of": law_of, "amounts_multiplied_by": factor}
    return found


def _manifest(scenario: Scenario, population: Population, reform: Policy, seed: int | None) -> dict[str, Any]:
    """Return all that is needed to make the same run again."""
    import numba
    import numpy as np

    asked = repr((scenario.name, scenario.year, scenario.changes, scenario.solve, scenario.compare))
    return {
        "mikrosim": version(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "numba": numba.__version__,
        "law_hash": reform.law_hash,
        "scenario": {"file": scenario.origin, "hash": hashlib.sha256(asked.encode()).hexdigest()},
        "population": {
            "hash": population.hash,
            "path": None if population.path is None else str(population.path),
            "made_with": dict(population.manifest),
        },
        "seed": seed,
    }
