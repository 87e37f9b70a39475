"""The law computed for a population: the one place where rules, parameters, population and engine meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mikrosim.engine.dataset import build
from mikrosim.engine.graph import build_graph
from mikrosim.engine.nodes import Column
from mikrosim.engine.program import compile_program
from mikrosim.engine.run import Result
from mikrosim.engine.run import run as run_engine
from mikrosim.errors import MikrosimError, Problem, did_you_mean
from mikrosim.parameters import load_law, require
from mikrosim.simulation.rules import FieldsOfLaw, parameters_of, rule_book

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from mikrosim.engine.dataset import Dataset
    from mikrosim.engine.program import Program
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
    code: Path | None = None
    own: Program | None = None
    """The program of a reform with rules of its own, those of the file `code`."""

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
        self.progress(COMPUTING)
        found: list[tuple[list[int], Result]] = []
        for code, program in ((None, self.program), (self.code, self.own)):
            at = [place for place, policy in enumerate(policies) if policy.code == code]
            if at and program is not None:
                laws = np.stack([policies[place].vector for place in at])
                found.append((at, run_engine(program, dataset, laws, self.year, threads=self.threads)))
        if sum(len(at) for at, _ in found) != len(policies):
            raise MikrosimError("rules", "the law to run has rules of its own, for which nothing was prepared")
        return found[0][1] if len(found) == 1 else _in_order(found)


def _in_order(found: Sequence[tuple[list[int], Result]]) -> Result:
    """Return the results of two programs as one, the laws in the order they were asked in."""
    order = np.argsort(np.concatenate([at for at, _ in found]))
    results = [result for _, result in found]
    return Result(
        {name: np.concatenate([one.columns[name] for one in results])[order] for name in results[0].columns},
        {name: np.concatenate([one.sums[name] for one in results])[order] for name in results[0].sums},
    )


def prepare(
    population: Population,
    year: int,
    outputs: Sequence[str],
    sums: Sequence[str] = (),
    *,
    code: Path | None = None,
    threads: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> Computation:
    """Return the computation of some outputs for a population under the law of a year.

    Args:
        population: Whom to compute for; carried to the year if it describes another.
        year: The income year of the law.
        outputs: Names whose yearly values are wanted for every person or household.
        sums: Names whose weighted yearly sums are wanted.
        code: A file with rules of a reform's own; policies that have it run by them, all others by the law's.
        threads: How many threads share the work; as many as there are processors by default.
        progress: Called with `compiling` or `computing` when that begins.
    """
    population = population.at_year(year)
    persons = {**population.persons, **population.incomes[0]}
    graph = build_graph(rule_book(), _columns(persons, population.households), [*outputs, *sums])
    report = progress or (lambda stage: None)
    layout = FieldsOfLaw(load_law().layout)
    own, parameters = None, parameters_of(graph)
    if code is not None:
        changed = build_graph(rule_book(code), _columns(persons, population.households), [*outputs, *sums])
        own = compile_program(changed, layout, outputs, sums, on_compile=lambda: report(COMPILING))
        parameters = tuple(sorted({*parameters, *parameters_of(changed)}))
    return Computation(
        program=compile_program(graph, layout, outputs, sums, on_compile=lambda: report(COMPILING)),
        dataset=build(persons, population.households, year),
        incomes=population.incomes,
        parameters=parameters,
        year=year,
        threads=threads,
        progress=report,
        code=code,
        own=own,
    )


def entities_of(names: Sequence[str], population: Population, code: Path | None = None) -> dict[str, Entity]:
    """Return whose value each name is: a person's, child's, family's or household's.

    Raises:
        MikrosimError: There are names that no rule and no column has; all of them.
    """
    columns = _columns({**population.persons, **population.incomes[0]}, population.households)
    book = rule_book(code)
    known = {*book.names, *columns}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise MikrosimError("outputs", [Problem(name, f"unknown name{did_you_mean(name, known)}") for name in unknown])
    nodes = build_graph(book, columns, names).nodes
    return {name: nodes[name].entity for name in names}


def _columns(persons: Mapping[str, NDArray[Any]], households: Mapping[str, NDArray[Any]]) -> dict[str, Column]:
    columns = {name: Column("person", values.dtype.name) for name, values in persons.items()}
    return columns | {name: Column("household", values.dtype.name) for name, values in households.items()}
