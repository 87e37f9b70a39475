"""The law computed for a population: the one place where rules, parameters, population and engine meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mikrosim.engine.dataset import build
from mikrosim.engine.graph import build_graph
from mikrosim.engine.nodes import Column
from mikrosim.engine.program import compile_program
from mikrosim.engine.run import run as run_engine
from mikrosim.errors import MikrosimError, Problem, did_you_mean
from mikrosim.parameters import load_law, require
from mikrosim.simulation.rules import FieldsOfLaw, parameters_of, rule_book

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from mikrosim.engine.dataset import Dataset
    from mikrosim.engine.program import Program
    from mikrosim.engine.run import Result
    from mikrosim.law.rule import Entity
    from mikrosim.parameters import Policy
    from mikrosim.population import Population

COMPILING, COMPUTING = "compiling", "computing"


@dataclass(frozen=True, slots=True)
class Computation:
    """A program and the population it runs over, laid out once and run for any number of laws."""

    program: Program
    dataset: Dataset
    incomes: Sequence[Mapping[str, NDArray[Any]]]
    parameters: tuple[str, ...]
    """The paths of all parameters that the program's rules read."""
    year: int
    threads: int | None
    progress: Callable[[str], None]

    def run(self, policies: Sequence[Policy], years_before: int = 0) -> Result:
        """Return the outputs under each policy, with the incomes of the income year or of one before it.

        Raises:
            LawError: A policy has no value for a parameter that the rules read.
        """
        for policy in policies:
            require(policy, self.parameters)
        dataset = self.dataset
        if years_before:
            dataset = dataset.with_columns(self.incomes[years_before])
        laws = np.stack([policy.vector for policy in policies])
        self.progress(COMPUTING)
        return run_engine(self.program, dataset, laws, self.year, threads=self.threads)


def prepare(
    population: Population,
    year: int,
    outputs: Sequence[str],
    sums: Sequence[str] = (),
    *,
    threads: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> Computation:
    """Return the computation of some outputs for a population under the law of a year.

    Args:
        population: Whom to compute for; carried to the year if it describes another.
        year: The income year of the law.
        outputs: Names whose yearly values are wanted for every person or household.
        sums: Names whose weighted yearly sums are wanted.
        threads: How many threads share the work; as many as there are processors by default.
        progress: Called with `compiling` or `computing` when that begins.
    """
    population = population.at_year(year)
    persons = {**population.persons, **population.incomes[0]}
    graph = build_graph(rule_book(), _columns(persons, population.households), [*outputs, *sums])
    report = progress or (lambda stage: None)
    layout = FieldsOfLaw(load_law().layout)
    return Computation(
        program=compile_program(graph, layout, outputs, sums, on_compile=lambda: report(COMPILING)),
        dataset=build(persons, population.households, year),
        incomes=population.incomes,
        parameters=parameters_of(graph),
        year=year,
        threads=threads,
        progress=report,
    )


def entities_of(names: Sequence[str], population: Population) -> dict[str, Entity]:
    """Return whose value each name is: a person's, child's, family's or household's.

    Raises:
        MikrosimError: There are names that no rule and no column has; all of them.
    """
    columns = _columns({**population.persons, **population.incomes[0]}, population.households)
    known = {*rule_book().names, *columns}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise MikrosimError("outputs", [Problem(name, f"unknown name{did_you_mean(name, known)}") for name in unknown])
    nodes = build_graph(rule_book(), columns, names).nodes
    return {name: nodes[name].entity for name in names}


def _columns(persons: Mapping[str, NDArray[Any]], households: Mapping[str, NDArray[Any]]) -> dict[str, Column]:
    columns = {name: Column("person", values.dtype.name) for name, values in persons.items()}
    return columns | {name: Column("household", values.dtype.name) for name, values in households.items()}
