"""Measures many laws against a baseline that is measured once: rows of numbers under fixed names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.errors import MikrosimError, Problem
from mikrosim.measures import frame_of, pick
from mikrosim.sweep.compute import Computing, edges_of, joined
from mikrosim.sweep.measuring import Measuring
from mikrosim.sweep.model import LAWS, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mikrosim.measures import Measured
    from mikrosim.population import Population
    from mikrosim.sweep.compute import Piece
    from mikrosim.sweep.task import Task
    from mikrosim.units import Floats


class Evaluator:
    """A population ready to have many laws measured on it.

    Attributes:
        read: The paths of all parameters that the rules read.
        digest: The name of all rules and of what compiled them.
        frame: Who is counted.

    Args:
        population: Whom to compute for, at the task's year.
        task: What to measure, and against which law.
        threads: How many threads share each run of the engine; the sweep has several evaluations running instead.
        partitions: In how many parts of the population the engine runs; the rows are the same bits for any number.
        elsewhere: Whether others compute the laws: then no part is kept after the baseline.
        progress: Called with the name of each stage when it begins.
    """

    def __init__(
        self,
        population: Population,
        task: Task,
        *,
        threads: int = 1,
        partitions: int = 1,
        elsewhere: bool = False,
        progress: Callable[[str], None] | None = None,
    ) -> None:
        self.task = task
        self.edges = edges_of(len(population.weights), partitions)
        self._parts: list[Computing] = []
        baseline = []
        for first, last in self.edges:
            people = population.part(first, last) if len(self.edges) > 1 else population
            part = Computing(people, task, threads=threads, progress=progress)
            baseline.append(part.baseline())
            self._parts = [part] if elsewhere else [*self._parts, part]
        self.read, self.digest = part.read, part.digest
        self.frame = frame_of(population.persons, population.households, task.year)
        self.measuring = Measuring(population, self.frame, task)
        (before,) = joined(baseline)
        self.measuring.hold_against(before)
        self.example = self.measuring.tree(before)
        """All measures of the baseline itself, as those of any law: changes are 0."""
        self.keep(task.paths)

    def keep(self, paths: Sequence[str]) -> None:
        """Keep only the measures at or under the paths; all without."""
        self.columns = chosen(paths, list(flat(self.example)), self.example, self.task.origin)
        self._everything = any(name.split(".")[1] != "budget" for name in self.columns)

    @property
    def baseline(self) -> Measured:
        """The measures of the law that reforms are held against."""
        return self.measuring.baseline

    def rows(self, laws: Floats) -> Floats:
        """Return the columns of each law, shape (laws, columns).

        Args:
            laws: Shape (laws, 12, slots).
        """
        return self.measured([part.piece(laws) for part in self._parts])

    def measured(self, pieces: Sequence[Piece]) -> Floats:
        """Return the columns of each law, shape (laws, columns), from the pieces of all parts in their order."""
        laws = joined(pieces)
        found = np.empty((len(laws), len(self.columns)))
        for place, law in enumerate(laws):
            values = flat(self.measuring.tree(law) if self._everything else self.measuring.budget_tree(law))
            found[place] = [values[name] for name in self.columns]
        return found


def flat(measured: Mapping[str, Any], before: str = "") -> dict[str, float]:
    """Return nested measures by dotted path.

    >>> flat({"change": {"budget": {"net": 1.0}}})
    {'change.budget.net': 1.0}
    """
    found: dict[str, float] = {}
    for name, value in measured.items():
        if isinstance(value, float):
            found[before + name] = value
        else:
            found |= flat(value, f"{before}{name}.")
    return found


def chosen(paths: Sequence[str], names: Sequence[str], tree: Measured, origin: str) -> list[str]:
    """Return the names that lie at or under the paths, in the order of the names; all of them without paths.

    Raises:
        MikrosimError: Paths that lead nowhere; all of them.
    """
    problems = []
    for path in paths:
        first = path.partition(".")[0]
        if first not in LAWS:
            problems.append(Problem(f"measures.{path}", unknown(first, LAWS)))
            continue
        try:
            pick(tree, path)
        except MikrosimError as error:
            problems.append(Problem(f"measures.{path}", error.problems[0].message))
    if problems:
        raise MikrosimError(origin, problems)
    if not paths:
        return list(names)
    # Measures by group were asked for by name, so they stay when others are chosen.
    kept = (*paths, "by_group") if not any(path.startswith("by_group") for path in paths) else tuple(paths)
    return [name for name in names if any(name == path or name.startswith(f"{path}.") for path in kept)]
