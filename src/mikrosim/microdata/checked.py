"""The check of an imported population, told in the words of the files: their rows and ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mikrosim.errors import PopulationError, Problem
from mikrosim.population.checking import check
from mikrosim.population.schema import LINKS

if TYPE_CHECKING:
    from pathlib import Path

    from mikrosim.microdata.values import Data
    from mikrosim.population.population import Population

_PLACE = re.compile(r"(households|persons|incomes_[012]): (\w+), row (\d+)(.*)")
_ROW = re.compile(r"\d+")
FOLLOWING = {"centrality": "municipality"}
"""Columns that are made from another one: what is wrong with them follows."""


def check_in_files(population: Population, data: Data, folder: Path) -> None:
    """Check the whole population; problems name the file's rows in the place of the population's.

    Raises:
        PopulationError: With all problems.
    """
    try:
        check(population)
    except PopulationError as error:
        wrong = {found[2] for problem in error.problems if (found := _PLACE.fullmatch(problem.place))}
        problems = [_in_file(problem, data) for problem in error.problems if not _follows(problem, wrong)]
        raise PopulationError(str(folder), problems) from error


def _follows(problem: Problem, wrong: set[str]) -> bool:
    found = _PLACE.fullmatch(problem.place)
    return found is not None and FOLLOWING.get(found[2]) in wrong


def _in_file(problem: Problem, data: Data) -> Problem:
    found = _PLACE.fullmatch(problem.place)
    if not found:
        return problem
    table, column, row, more = found[1], found[2], int(found[3]), found[4]
    base = data.base
    loaded = base.households if table == "households" else base.persons
    place = loaded.rows[row if table == "households" else base.order[row]]
    ids = base.household_ids if table == "households" else base.person_ids
    at = f"{table}: {column}, {loaded.source.path.name} {loaded.source.place(int(place))}{more}"
    message = problem.message
    if column in LINKS:  # the check names a row of the population, which nobody has seen
        message = _ROW.sub(lambda number: f"{column} {base.person_ids[int(number[0])]}", message, count=1)
    return Problem(at, f"(id {ids[row]}) {message}")
