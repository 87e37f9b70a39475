"""What each part of a change of the law contributes, for the country and for one household.

Parts are the law's folders (`barnetrygd`, `skatt`), or parameters. All combinations of parts are computed, and a part's
contribution is Shapley's value: its mean effect over all orders in which the parts could have been enacted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.errors import MikrosimError, Problem
from mikrosim.measures import BUDGET_SIGNS, Incomes, budget, decomposition, frame_of, measure, number_at
from mikrosim.measures.shapley import MOST_EXACT
from mikrosim.parameters import load_law
from mikrosim.simulation.law_parts import parts_of, with_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from mikrosim.engine.nodes import Graph
    from mikrosim.hypothetical.spec import HouseholdSpec
    from mikrosim.parameters import Policy
    from mikrosim.population import Population
    from mikrosim.scenario import Scenario
    from mikrosim.simulation.compute import Computation
    from mikrosim.simulation.law_parts import By
    from mikrosim.units import Floats

    Values = Callable[[Sequence[Policy]], list[Floats]]

OTHER = "other"
DECOMPOSING = "decomposing"
COUNTRY = (
    "budget.net",
    "low_income.eu60.all.share",
    "low_income.eu60.all.persons",
    "low_income.eu60.children.share",
    "low_income.eu60.children.persons",
    "inequality.gini",
)
HOUSEHOLD = ("after_tax_income", "child_care_costs", "after_tax_income_net_of_child_care", "skatt", "barnetrygd",
             "bostotte", "sosialhjelp")  # fmt: skip
LAWS_PER_PASS = 32
"""More would keep hundreds of megabytes of incomes at a time."""


@dataclass(frozen=True, slots=True)
class Contributions:
    """What each part of a change contributes to each measure.

    Attributes:
        parts: The parameters of each part, by its name; `other` holds those of least effect where there are too many.
        measures: The measures, in the order of the numbers.
        by_part: The contribution of each part; they add up to `total`.
        total: The whole change.
    """

    parts: Mapping[str, tuple[str, ...]]
    measures: tuple[str, ...]
    by_part: Mapping[str, Floats]
    total: Floats

    def to_dict(self) -> dict[str, Any]:
        """Return `total` and `contributions` by measure, as the JSON has them."""

        def named(values: Floats) -> dict[str, float]:
            return dict(zip(self.measures, values.tolist(), strict=True))

        return {
            "method": "Shapley value, exact: every combination of the parts is computed",
            "parts": {name: list(paths) for name, paths in self.parts.items()},
            "total": named(self.total),
            "contributions": {name: named(values) for name, values in self.by_part.items()},
        }


def decompose(
    scenario: str | Path | Mapping[str, Any] | Scenario,
    household: Mapping[str, Any] | str | Path | None = None,
    population: str | Path | Population = "default",
    households: int | None = None,
    seed: int | None = None,
    *,
    by: By | None = None,
    allow_code: bool = False,
    threads: int | None = None,
    progress: Callable[[str], None] = lambda stage: None,
) -> Contributions:
    """Return what each part of a scenario contributes: for the country, or for one household.

    Args:
        scenario: A scenario; one with `baseline: {law_of: 2021}` and no reform decomposes the way from 2021's law.
        household: A household as `mikrosim.household` takes it; the whole population without.
        population: As for `mikrosim.run`.
        households: As for `mikrosim.run`.
        seed: As for `mikrosim.run`.
        by: What the parts are; see `parts_of`.
        allow_code: As for `mikrosim.run`; for the population only.
        threads: As for `mikrosim.run`.
        progress: Called with the name of each stage when it begins.

    Raises:
        MikrosimError: Something in the scenario, the household or the population is wrong.
    """
    from mikrosim.simulation.run import as_population, as_scenario, solve_policy

    chosen = as_scenario(scenario, allow_code=allow_code)
    baseline, reform = chosen.baseline(), chosen.policy()
    if household is not None:
        from mikrosim.hypothetical.compute import load_spec

        if chosen.solve is not None:
            raise MikrosimError(
                "decompose", [Problem("solve", "needs a population; put the solved value in the reform")]
            )
        return decompose_household(load_spec(household, chosen.year), baseline, reform, by=by)
    from mikrosim.measures.disclosure import minimum_of
    from mikrosim.simulation.further import refuse_on_request
    from mikrosim.simulation.reform import comparison

    people = as_population(population, households, seed, progress).at_year(chosen.year)
    if minimum_of(people) is not None:
        refuse_on_request(work_incentives=False, decompose=True)
    compared = comparison(people, chosen.year, code=chosen.code, threads=threads, progress=progress)
    if chosen.solve is not None:
        reform, _ = solve_policy(chosen, baseline, compared)
    return decompose_country(compared.computation, people, baseline, reform, by=by, progress=progress)


def decompose_country(
    computation: Computation,
    population: Population,
    baseline: Policy,
    reform: Policy,
    *,
    by: By | None = None,
    most: int = MOST_EXACT,
    progress: Callable[[str], None] = lambda stage: None,
) -> Contributions:
    """Return what each part of a change contributes to the budget, low income and inequality.

    Args:
        computation: The population's, with the household incomes and the budget's instruments.
        population: The population at the laws' year.
        baseline: The law the reform is compared with.
        reform: The law with the reform.
        by: What the parts are; see `parts_of`.
        most: Parts up to which every combination is computed; those of least effect are put together to get there.
        progress: Called with the name of each stage when it begins.
    """
    frame = frame_of(population.persons, population.households, population.year)

    def values(policies: Sequence[Policy]) -> list[Floats]:
        found = []
        for start in range(0, len(policies), LAWS_PER_PASS):
            some = policies[start : start + LAWS_PER_PASS]
            # The baseline goes first in every pass: the engine takes over from it what a law does not change.
            result = computation.run([baseline, *some])
            progress(DECOMPOSING)
            for law in range(1, len(some) + 1):
                after_tax, net, eu, oecd = (
                    result.columns[name][law]
                    for name in (
                        "household_after_tax_income",
                        "after_tax_income_net_of_child_care",
                        "consumption_units_eu",
                        "consumption_units_oecd",
                    )
                )
                incomes = Incomes(after_tax, net, np.maximum(eu, 1.0), np.maximum(oecd, 1.0))
                totals = {name: float(result.sums[name][law]) for name in BUDGET_SIGNS}
                measured = {**measure([incomes], totals, frame).measured, "budget": budget(totals)}
                found.append(np.array([number_at(measured, path) for path in COUNTRY]))
        return found

    return _contributions(baseline, reform, COUNTRY, values, by, most)


def decompose_household(
    spec: HouseholdSpec,
    baseline: Policy,
    reform: Policy,
    *,
    by: By | None = None,
    most: int = MOST_EXACT,
) -> Contributions:
    """Return what each part of a change contributes to one household's income, NOK a year.

    Args:
        spec: The household, of the laws' income year.
        baseline: The law the reform is compared with.
        reform: The law with the reform.
        by: What the parts are; see `parts_of`.
        most: Parts up to which every combination is computed.
    """
    from mikrosim.engine.plain import evaluate
    from mikrosim.hypothetical.columns import dataset_of
    from mikrosim.simulation.rules import FieldsOfLaw

    if baseline.code != reform.code:
        raise MikrosimError("decompose", [Problem("code", "rules of its own run for a population only")])
    dataset = dataset_of(spec)
    graph = _household_graph()
    layout = FieldsOfLaw(load_law().layout)

    def value(policy: Policy) -> Floats:
        computed = evaluate(graph, layout, dataset, policy.vector, spec.year)
        return np.array([float(np.sum(computed[name][0])) for name in HOUSEHOLD])

    def values(policies: Sequence[Policy]) -> list[Floats]:
        return [value(one) for one in policies]

    return _contributions(baseline, reform, HOUSEHOLD, values, by, most)


@cache
def _household_graph() -> Graph:
    from mikrosim.engine.graph import build_graph
    from mikrosim.hypothetical.columns import COLUMNS
    from mikrosim.simulation.rules import rule_book

    return build_graph(rule_book(), COLUMNS, HOUSEHOLD)


def _contributions(
    baseline: Policy,
    reform: Policy,
    measures: tuple[str, ...],
    values: Values,
    by: By | None,
    most: int,
) -> Contributions:
    if baseline.year != reform.year:
        raise MikrosimError("decomposition", [Problem("year", f"laws of {baseline.year} and of {reform.year}")])
    parts = parts_of(baseline, reform, by)
    if len(parts) > most:
        parts = _merged(parts, baseline, reform, values, most)
    plan = decomposition(tuple(parts), most_exact=max(most, len(parts)))
    laws = [with_parts(baseline, reform, [path for part in some for path in parts[str(part)]])
            for some in plan.coalitions]  # fmt: skip
    known = dict(zip(plan.coalitions, values(laws), strict=True))
    by_part = {str(part): found for part, found in plan.contributions(known).items()}
    total = known[plan.coalitions[-1]] - known[plan.coalitions[0]]
    return Contributions(parts, measures, by_part, total)


def _merged(
    parts: Mapping[str, tuple[str, ...]], baseline: Policy, reform: Policy, values: Values, most: int
) -> dict[str, tuple[str, ...]]:
    """Return the parts with most effect by themselves, in their order, and the others as one part."""
    start, *alone = values([baseline, *(with_parts(baseline, reform, paths) for paths in parts.values())])
    effects = np.abs(np.array(alone) - start)
    largest = effects.max(axis=0)
    size = np.divide(effects, largest, out=np.zeros_like(effects), where=largest > 0.0).sum(axis=1)
    names = list(parts)
    kept = {names[place] for place in np.argsort(-size, kind="stable")[: most - 1]}
    found = {name: paths for name, paths in parts.items() if name in kept}
    return {**found, OTHER: tuple(path for name in names if name not in kept for path in parts[name])}
