"""`mikrosim run`: a scenario against its baseline, from files to a result."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mikrosim.errors import MikrosimError, Problem, ScenarioError, did_you_mean
from mikrosim.simulation.manifest import about_of, manifest_of, version
from mikrosim.simulation.result import RunResult, Solved

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mikrosim.measures import Measured
    from mikrosim.parameters import Policy
    from mikrosim.population import Population
    from mikrosim.scenario import Scenario
    from mikrosim.simulation.reform import Comparison, Outcome
    from mikrosim.units import Floats

DEFAULT = "default"
LOADING, BUILDING, SOLVING = "loading", "building", "solving"
BEHAVIOURS = ("static", "labour_supply")
FEWEST_REPLICATES = 2
_TOO_FEW = "{} rests on fewer than {} households of the sample: a rate that is solved for would tell it"


def run(
    scenario: str | Path | Mapping[str, Any] | Scenario,
    population: str | Path | Population = DEFAULT,
    households: int | None = None,
    seed: int | None = None,
    *,
    replicates: int = 0,
    behaviour: str = "static",
    work_incentives: bool = False,
    decompose: bool = False,
    allow_code: bool = False,
    threads: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> RunResult:
    """Return what a scenario costs, whom it moves over the low-income line, and who gains and loses.

    Args:
        scenario: A scenario file, a dict with its keys, or a scenario loaded before.
        population: `default`, a population folder, or a population loaded before.
        households: How many households the default population has.
        seed: The seed the default population is drawn with.
        replicates: Sets of replicate weights, for 95 % intervals beside every number; 0 for none.
        behaviour: `static`; `labour_supply` is not modelled yet.
        work_incentives: Whether to compute what parents keep of what they earn, for some further runs.
        decompose: Whether to compute what each part of the reform contributes, for up to 256 further runs.
        allow_code: Whether rules of the scenario's own, in a Python file that it names, may run.
        threads: How many threads share the work; as many as there are processors by default.
        progress: Called with the name of each stage when it begins.

    Raises:
        MikrosimError: Something in the scenario, the population or the options is wrong.
    """
    refuse_unmodelled(replicates, behaviour)
    progress = progress or (lambda stage: None)
    chosen = as_scenario(scenario, allow_code=allow_code)
    # The law is asked before the population is read: a wrong scenario should not have to wait for it.
    baseline, reform = chosen.baseline(), chosen.policy()
    progress(LOADING)
    of_its_year = as_population(population, households, seed, progress)
    people = of_its_year.at_year(chosen.year)

    from mikrosim.measures.disclosure import minimum_of
    from mikrosim.simulation.detail import Detail
    from mikrosim.simulation.further import further, refuse_on_request
    from mikrosim.simulation.reform import comparison
    from mikrosim.simulation.remark import remarks

    minimum = minimum_of(people)
    if minimum is not None:
        refuse_on_request(work_incentives=work_incentives, decompose=decompose)
    if chosen.code is not None:
        from mikrosim.simulation.own_rules import refuse_with_own_rules

        refuse_with_own_rules(replicates, minimum)
    compared = comparison(people, chosen.year, code=chosen.code, threads=threads, progress=progress)
    solved = None
    if chosen.solve is not None:
        progress(SOLVING)
        reform, solved = solve_policy(chosen, baseline, compared)
    (outcome,) = compared.outcomes(baseline, [reform])
    sure = None
    if replicates:
        from mikrosim.simulation.uncertainty import how_sure

        sure = how_sure(compared, of_its_year, (baseline, reform), outcome, replicates, progress)
        outcome = sure.beside(outcome)
    more = further(compared, people, (baseline, reform), sure, progress, work=work_incentives, parts=decompose)
    disclosure: dict[str, Any] | None = None
    if minimum is not None:
        from mikrosim.population.schema import INCOME_YEARS
        from mikrosim.simulation.disclosed import contributors, disclosed

        behind = contributors(compared.computation, baseline, reform, minimum)
        years = people.manifest.get("income_years_read", INCOME_YEARS)
        outcome, left_out = disclosed(outcome, compared.frame, behind, minimum, years=years)
        if chosen.solve is not None and f"{chosen.solve.so_that}.".startswith(tuple(f"{path}." for path in left_out)):
            told = _TOO_FEW.format(chosen.solve.so_that, minimum)
            raise ScenarioError(chosen.origin, [Problem("solve.so_that", told)])
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
        law_changes=reform.changes + (() if chosen.code is None else (f"rules of its own: {chosen.code.name}",)),
        compared=_compared(chosen, outcome),
        solved=solved,
        remarks=remarks(reform, compared.computation.parameters, people),
        manifest=manifest_of(chosen, people, reform, seed) | ({} if sure is None else {"uncertainty": sure.manner}),
        about=about_of(chosen),
        disclosure=disclosure,
        uncertainty=None if sure is None else sure.summary(() if disclosure is None else disclosure["left_out"]),
        work_incentives=more.work_incentives,
        decomposition=more.decomposition,
        detail=Detail(
            people,
            compared.frame,
            baseline,
            reform,
            outcome.before,
            outcome.after,
            compared.computation.parameters,
            None if sure is None else sure.weights,
        ),
    )


def refuse_unmodelled(replicates: int, behaviour: str) -> None:
    """Refuse options that exist but are not modelled yet, rather than quietly leave them out."""
    problems = []
    if 0 < replicates < FEWEST_REPLICATES or replicates < 0:
        problems.append(Problem("replicates", f"{replicates}: give 0, or at least {FEWEST_REPLICATES}"))
    if behaviour not in BEHAVIOURS:
        hint = did_you_mean(behaviour, BEHAVIOURS) or f"; choose {' or '.join(BEHAVIOURS)}"
        problems.append(Problem("behaviour", f"unknown behaviour {behaviour!r}{hint}"))
    elif behaviour != "static":
        problems.append(Problem("behaviour", f"{behaviour} is not modelled yet; leave it at static"))
    if problems:
        raise MikrosimError("options", problems)


def as_scenario(scenario: str | Path | Mapping[str, Any] | Scenario, *, allow_code: bool = False) -> Scenario:
    """Return the scenario of a file or a dict, or the scenario itself."""
    from mikrosim.scenario import load_scenario, scenario_from_dict

    if isinstance(scenario, str | Path):
        return load_scenario(scenario, allow_code=allow_code)
    return scenario_from_dict(dict(scenario), allow_code=allow_code) if isinstance(scenario, Mapping) else scenario


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


def solve_policy(scenario: Scenario, baseline: Policy, compared: Comparison) -> tuple[Policy, Solved]:
    """Return the reform with the value that the scenario's `solve` finds, and that value."""
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
            found[path] = {law: pick(tree, f"{law}.{path}") for law in laws} | _intervals(tree, laws, path)
        except MikrosimError as error:
            problems.append(Problem("compare", f"{path}: {error.problems[0].message}"))
    if problems:
        raise ScenarioError(scenario.origin, problems)
    return found


def _intervals(tree: Measured, laws: Sequence[str], path: str) -> dict[str, Measured]:
    """Return the intervals of one number under each law, as `interval`; nothing for a group or without replicates."""
    from mikrosim.measures import pick

    above, _, name = path.rpartition(".")
    beside = {law: pick(tree, f"{law}.{above}" if above else law) for law in laws}
    ends = {law: one["interval"] for law, one in beside.items() if not isinstance(one, float) and "interval" in one}
    found = {law: one[name] for law, one in ends.items() if not isinstance(one, float) and name in one}
    return {"interval": found} if found else {}


def _in_scenario(scenario: Scenario, place: str, error: MikrosimError) -> ScenarioError:
    return ScenarioError(scenario.origin, [Problem(place, f"{error.source}: {error.problems[0].message}")])
