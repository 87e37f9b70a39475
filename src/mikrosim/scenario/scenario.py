"""A scenario: a named, checked change of one year's law."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from mikrosim.errors import Problem, ScenarioError
from mikrosim.files import read_yaml_file
from mikrosim.parameters.law import Law, Policy, load_law, no_law_for
from mikrosim.parameters.parameter import FIRST_YEAR, LAST_YEAR
from mikrosim.scenario.change import Change, Operation, read_change, read_month
from mikrosim.scenario.draft import Draft
from mikrosim.scenario.extend import BESIDE, is_beside, lines_of
from mikrosim.scenario.model import BaselineEntry, ScenarioEntry, SolveEntry, entry_of

REFUSED = (
    "its rules are a program and could do anything on this computer; read it, and if you trust it use "
    "`mikrosim run --allow-code` (in Python allow_code=True)"
)
GRUNNBELOP = "grunnbelop.amount"
"""What amounts of an earlier law are uprated by with ``uprated_by: grunnbelop``: its mean over the year."""


class Solve(NamedTuple):
    """Move one parameter until a result (``change.budget.net``) equals a number."""

    parameter: str
    moved: tuple[str, ...]
    operation: Operation
    first_month: int
    so_that: str
    equals: float
    between: tuple[float, float]

    def change(self, value: float) -> Change:
        """Return the change that a value of the parameter means."""
        return Change(self.parameter, self.moved, self.operation, (value,), self.first_month)


class EarlierLaw(NamedTuple):
    """The law of another year as the baseline, its amounts in kroner multiplied by a factor."""

    year: int
    factor: float


@dataclass(frozen=True, eq=False)
class Scenario:
    """A change of one year's law that is known to fit the law.

    ``limits`` says in plain words what its results do and do not capture; ``origin`` is where it was read from.
    """

    name: str
    year: int
    description: str
    why: str
    source: str
    changes: tuple[Change, ...]
    solve: Solve | None
    compare: tuple[str, ...]
    origin: str
    law: Law = field(repr=False)
    compared_with: EarlierLaw | None = None
    limits: str = ""
    code: Path | None = None
    """A Python file with rules of the reform's own, which the reader has allowed to run."""

    def baseline(self) -> Policy:
        """Return what the reform is compared with: the law of the scenario's year, or of the year it names."""
        if self.compared_with is None:
            return self.law.baseline(self.year)
        earlier = self.law.baseline(self.compared_with.year)
        factor = self.compared_with.factor
        vector = earlier.vector.copy()
        for path, slot in self.law.layout.slots.items():
            if self.law.parameters[path].unit.startswith("NOK"):
                vector[:, slot.span] *= factor
        name = f"law {self.compared_with.year}" + (f", amounts times {factor:.4g}" if factor != 1.0 else "")
        return replace(earlier, name=name, year=self.year, vector=vector)

    def policy(self, *further: Change) -> Policy:
        """Return the law with the reform applied from top to bottom, and then any further changes."""
        base = self.law.baseline(self.year)
        draft = Draft(self.law, self.year)
        problems = [problem for change in (*self.changes, *further) for problem in draft.apply(change)]
        problems += draft.problems()
        if problems:
            raise ScenarioError(self.origin, problems)
        missing = tuple(
            path for path in base.missing if np.isnan(draft.vector[:, self.law.layout.slots[path].span]).any()
        )
        return Policy(
            name=self.name, year=self.year, vector=draft.vector, changes=draft.described(),
            law_hash=base.law_hash, unconfirmed=base.unconfirmed, missing=missing, code=self.code,
        )  # fmt: skip


def load_scenario(path: Path | str, law: Law | None = None, *, allow_code: bool = False) -> Scenario:
    """Return the scenario of a file.

    Args:
        path: The file.
        law: The law to check it against; the one here by default.
        allow_code: Whether the Python file that it may point to with `code` is allowed to run.

    Raises:
        ScenarioError: With all that is wrong with the file.
    """
    document = read_yaml_file(Path(path))
    if document.problems and document.data is None:
        raise ScenarioError(str(path), _one(document.problems))
    return _scenario(document.data, str(path), law or load_law(), document.problems, allow_code)


def scenario_from_dict(
    spec: object, source: str = "scenario", law: Law | None = None, *, allow_code: bool = False
) -> Scenario:
    """Return the scenario that a plain dict describes, with the keys of a scenario file.

    >>> scenario_from_dict({"name": "No change", "year": 2025}).policy().changes
    ()
    """
    return _scenario(spec, source, law or load_law(), [], allow_code)


def _scenario(data: object, origin: str, law: Law, problems: list[Problem], allow_code: bool) -> Scenario:
    entry, wrong = entry_of(data)
    problems = problems + wrong
    if entry is None:
        raise ScenarioError(origin, _one(problems))
    changes: list[Change] = []
    solve = None
    year = entry.year if FIRST_YEAR <= entry.year <= LAST_YEAR else None
    if year is None and not any(problem.place == "year" for problem in problems):
        problems.append(Problem("year", no_law_for(entry.year)))
    lines, wrong = lines_of(entry, origin)
    problems += wrong
    for file, path, given in lines:
        change, wrong = read_change(law, year or FIRST_YEAR, path, _without_month(given) if year is None else given)
        problems += [Problem("extend", f"{file}: {one.place}: {one.message}") for one in wrong] if file else wrong
        changes += [change] if change else []
    if year is not None:
        draft = Draft(law, year)
        problems += [problem for change in changes for problem in draft.apply(change)]
        problems += draft.problems()
        if entry.solve is not None:
            solve, wrong = _solve(law, year, entry.solve)
            problems += wrong
    compared_with = _earlier_law(law, year, getattr(entry, "baseline", None), problems)
    code = _code(getattr(entry, "code", ""), Path(origin), allow_code, problems)
    if problems:
        raise ScenarioError(origin, _one(list(dict.fromkeys(problems))))
    return Scenario(
        name=entry.name, year=entry.year, description=entry.description, why=entry.why, source=entry.source,
        changes=tuple(changes), solve=solve, compare=tuple(entry.compare), origin=origin, law=law,
        compared_with=compared_with, limits=entry.limits, code=code,
    )  # fmt: skip


def _code(name: str, origin: Path, allowed: bool, problems: list[Problem]) -> Path | None:
    """Return the Python file that ``code`` names; what is wrong with it is added to the problems."""
    if not name:
        return None
    path = origin.parent / name
    if not is_beside(name) or path.suffix != ".py":
        problems.append(Problem("code", f"{name}: {BESIDE}, its name ending in .py"))
    elif not path.is_file():
        problems.append(Problem("code", f"{name}: no such file beside the scenario"))
    elif not allowed:
        problems.append(Problem("code", f"{name}: {REFUSED}"))
    return path


def _earlier_law(law: Law, year: int | None, entry: BaselineEntry | None, problems: list[Problem]) -> EarlierLaw | None:
    """Return the law that ``baseline`` names; what is wrong with it is added to the problems."""
    if entry is None or year is None:
        return None
    if not FIRST_YEAR <= entry.law_of <= LAST_YEAR:
        problems.append(Problem("baseline.law_of", no_law_for(entry.law_of)))
        return None
    if not isinstance(entry.uprated_by, str):
        return EarlierLaw(entry.law_of, float(entry.uprated_by))
    if GRUNNBELOP not in law.layout.slots:
        problems.append(Problem("baseline.uprated_by", f"the law has no {GRUNNBELOP}; give a factor"))
        return None
    slot = law.layout.slots[GRUNNBELOP].start
    now, then = (float(law.vector(one)[:, slot].mean()) for one in (year, entry.law_of))
    return EarlierLaw(entry.law_of, now / then)


def _one(problems: list[Problem]) -> list[Problem] | str:
    """Return a single problem without a place as the sentence it is."""
    return problems[0].message if len(problems) == 1 and not problems[0].place else problems


def _without_month(given: object) -> object:
    """Leave out a month that cannot be judged where the year itself has no law."""
    return {key: value for key, value in given.items() if key != "from"} if isinstance(given, dict) else given


def _solve(law: Law, year: int, entry: SolveEntry) -> tuple[Solve | None, list[Problem]]:
    parameter = law.parameters.get(entry.parameter)
    if parameter is None:
        unknown = f"unknown parameter {entry.parameter}{law.suggestion(entry.parameter)}"
        return None, [Problem("solve.parameter", unknown)]
    operation: Operation = {"add": "add", "multiply": "multiply"}.get(entry.operation, "set")  # type: ignore[assignment]
    if parameter.unit in ("choice", "flag"):
        return None, [Problem("solve.parameter", f"{entry.parameter} is a {parameter.unit} and cannot be solved for")]
    if parameter.is_list and operation == "set":
        return None, [Problem("solve.parameter", f"{entry.parameter} is a list; add `operation: multiply` (or add)")]
    month, wrong = read_month(parameter, year, entry.from_)
    if wrong:
        return None, [Problem("solve", wrong)]
    moved = parameter.moves or (entry.parameter,)
    low, high = _bounds(law, year, moved, operation, month)
    if entry.between is not None:
        first, last = entry.between
        if not first < last:
            return None, [Problem("solve.between", f"the first number ({first:g}) must be below the second ({last:g})")]
        if operation == "set" and not (parameter.minimum <= first and last <= parameter.maximum):
            bounds = f"{parameter.minimum:g} to {parameter.maximum:g}"
            return None, [Problem("solve.between", f"must lie within the parameter's bounds, {bounds}")]
        low, high = first, last
    if not low < high < np.inf:
        return None, [Problem("solve.between", f"is needed here: {entry.parameter} is 0 or has no law in {year}")]
    solve = Solve(entry.parameter, moved, operation, month, entry.so_that, entry.equals, (low, high))
    return solve, []


def _bounds(law: Law, year: int, moved: tuple[str, ...], operation: Operation, month: int) -> tuple[float, float]:
    """Return where to look for a solution: 0 to ten times the law's value, inside the bounds."""
    vector = law.vector(year)
    values = np.concatenate([vector[month - 1 :, law.layout.slots[path].span].ravel() for path in moved])
    values = values[np.isfinite(values)]
    if not values.size:
        return 0.0, np.inf
    largest, smallest = float(values.max()), float(values.min())
    minimum, maximum = law.parameters[moved[0]].minimum, law.parameters[moved[0]].maximum
    if operation == "multiply":
        return 0.0, min(10.0, maximum / largest if largest > 0 else np.inf)
    if largest <= 0:
        return minimum, maximum
    if operation == "add":
        return max(minimum - smallest, -largest), min(maximum - largest, 9 * largest)
    return max(minimum, 0.0), min(maximum, 10 * largest)


__all__ = ["Scenario", "ScenarioEntry", "Solve", "load_scenario", "scenario_from_dict"]
