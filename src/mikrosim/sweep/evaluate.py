"""Measures many laws against a baseline that is measured once: rows of numbers under fixed names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.engine.run import run as run_engine
from mikrosim.errors import LawError, MikrosimError, Problem
from mikrosim.measures import Incomes, budget, pick
from mikrosim.parameters import load_law
from mikrosim.simulation.reform import HOUSEHOLD_OUTPUTS, YEARS_BEFORE, comparison
from mikrosim.sweep.measuring import Law, Measuring
from mikrosim.sweep.model import LAWS, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mikrosim.engine.run import Result
    from mikrosim.measures import Measured
    from mikrosim.population import Population
    from mikrosim.sweep.task import Task
    from mikrosim.units import Floats


class Evaluator:
    """A population ready to have many laws measured on it.

    Args:
        population: Whom to compute for, at the task's year.
        task: What to measure, and against which law.
        threads: How many threads share each run of the engine; the sweep has several evaluations running instead.
        progress: Called with the name of each stage when it begins.
    """

    def __init__(
        self,
        population: Population,
        task: Task,
        *,
        threads: int = 1,
        progress: Callable[[str], None] | None = None,
    ) -> None:
        self.task = task
        compared = comparison(population, task.year, threads=threads, progress=progress)
        first = compared.computation
        self._threads = threads
        self._program = first.program
        self._years = [first.dataset] + [
            replace(first, dataset=first.dataset.with_columns(first.incomes[years])).dataset
            for years in (YEARS_BEFORE[1:] if task.persistent else ())
        ]
        law = load_law()
        missing = law.baseline(task.year).missing
        self._read = first.parameters
        self._without_law = {path: law.layout.slots[path].span for path in sorted(set(missing) & set(self._read))}
        self.measuring = Measuring(population, compared.frame, task)
        (before,) = self._laws(task.baseline, task.baseline[None])
        self.measuring.hold_against(before)
        self.example = self.measuring.tree(before)
        """All measures of the baseline itself, as those of any law: changes are 0."""
        self.keep(task.paths)

    def keep(self, paths: Sequence[str]) -> None:
        """Keep only the measures at or under the paths; all without."""
        self.columns = chosen(paths, list(flat(self.example)), self.example, self.task.origin)
        self._everything = any(name.split(".")[1] != "budget" for name in self.columns)

    @property
    def digest(self) -> str:
        """The name of all rules and of what compiled them."""
        return self._program.folder.name

    @property
    def baseline(self) -> Measured:
        """The measures of the law that reforms are held against."""
        return self.measuring.baseline

    def unread(self, paths: Sequence[str]) -> list[str]:
        """Return the parameters that no rule reads."""
        return [path for path in paths if path not in self._read]

    def rows(self, laws: Floats) -> Floats:
        """Return the columns of each law, shape (laws, columns).

        Args:
            laws: Shape (laws, 12, slots).
        """
        found = np.empty((len(laws), len(self.columns)))
        for place, law in enumerate(self._laws(self.task.pivot, laws)):
            values = flat(self.measuring.tree(law) if self._everything else self.measuring.budget_tree(law))
            found[place] = [values[name] for name in self.columns]
        return found

    def _laws(self, pivot: Floats, laws: Floats) -> list[Law]:
        """Run the engine for the income year and those before it; the pivot comes first and is not returned."""
        for path, span in self._without_law.items():
            if np.isnan(laws[:, :, span]).any():
                raise LawError(self.task.origin, [Problem(path, f"no law in {self.task.year}, or in a part of it")])
        same = bool((laws == pivot).all()) and len(laws) == 1
        stacked = laws if same else np.concatenate([pivot[None], laws])
        skipped = len(stacked) - len(laws)
        earlier = [self._after_tax(self._run(stacked, years)) for years in range(1, len(self._years))]
        result = self._run(stacked, 0)
        return [
            Law(
                incomes=_incomes(result, place),
                earlier=[equivalised[place] for equivalised in earlier],
                budget=budget({name: float(totals[place]) for name, totals in result.sums.items()}),
            )
            for place in range(skipped, len(stacked))
        ]

    def _run(self, laws: Floats, years_before: int) -> Result:
        return run_engine(self._program, self._years[years_before], laws, self.task.year, threads=self._threads)

    @staticmethod
    def _after_tax(result: Result) -> Floats:
        """Return income per consumption unit on the EU scale, in the place of the income itself."""
        income = result.columns["household_after_tax_income"]
        income /= np.maximum(result.columns["consumption_units_eu"], 1.0)
        return income


def _incomes(result: Result, law: int) -> Incomes:
    after_tax, net, units_eu, units_oecd = (result.columns[name][law] for name in HOUSEHOLD_OUTPUTS)
    return Incomes(after_tax, net, np.maximum(units_eu, 1.0), np.maximum(units_oecd, 1.0))


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
