"""The engine's part of a sweep: from laws to households' incomes, for a population or for one part of it at a time.

What the engine gives for a household depends on that household alone, and weighted sums are kept by blocks of
households. Parts end where blocks end, so their pieces laid one after the other are the bits of one whole run.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.engine.run import BLOCK_HOUSEHOLDS
from mikrosim.engine.run import run as run_engine
from mikrosim.errors import LawError, Problem
from mikrosim.measures import Incomes, budget
from mikrosim.parameters import load_law
from mikrosim.simulation.compute import prepare
from mikrosim.simulation.reform import HOUSEHOLD_OUTPUTS, SUMS, YEARS_BEFORE
from mikrosim.sweep.measuring import Law

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mikrosim.engine.run import Result
    from mikrosim.population import Population
    from mikrosim.sweep.task import Task
    from mikrosim.units import Floats


class Piece(NamedTuple):
    """What the engine gives for some households under some laws.

    Args:
        columns: `HOUSEHOLD_OUTPUTS` of the income year, each of shape (laws, households).
        earlier: Income per consumption unit on the EU scale one and two years before, each (laws, households).
        sums: The instruments' weighted sums by block, shape (blocks, laws, instruments), NOK a year.
    """

    columns: tuple[Floats, ...]
    earlier: tuple[Floats, ...]
    sums: Floats


class Computing:
    """Some households laid out for a task's laws.

    Attributes:
        read: The paths of all parameters that the rules read.
        digest: The name of all rules and of what compiled them.

    Args:
        population: Whom to compute for, at the task's year.
        task: What to compute.
        threads: How many threads share each run of the engine.
        progress: Called with the name of each stage when it begins.
    """

    def __init__(
        self, population: Population, task: Task, *, threads: int = 1, progress: Callable[[str], None] | None = None
    ) -> None:
        code = None if task.code is None else task.code.path()
        found = prepare(
            population, task.year, HOUSEHOLD_OUTPUTS, SUMS, code=code, threads=threads, progress=progress
        )  # fmt: skip
        self._task, self._threads = task, threads
        self._law, self._own = found.program, found.own or found.program
        self._years = [found.dataset] + [
            replace(found, dataset=found.dataset.with_columns(found.incomes[years])).dataset
            for years in (YEARS_BEFORE[1:] if task.persistent else ())
        ]
        self.read = found.parameters
        self.digest = "+".join(dict.fromkeys(program.folder.name for program in (self._law, self._own)))
        law = load_law()
        missing = set(law.baseline(task.year).missing) & set(self.read)
        self._without_law = {path: law.layout.slots[path].span for path in sorted(missing)}

    def piece(self, laws: Floats) -> Piece:
        """Return what the engine gives under laws near the task's pivot, shape (laws, 12, slots).

        Raises:
            LawError: The rules read a parameter that has no law.
        """
        for path, span in self._without_law.items():
            if np.isnan(laws[:, :, span]).any():
                raise LawError(self._task.origin, [Problem(path, f"no law in {self._task.year}, or in a part of it")])
        # The pivot comes first, so that only what differs from it is computed for the others.
        return self._piece(np.concatenate([self._task.pivot[None], laws]), skipped=1)

    def baseline(self) -> Piece:
        """Return what the engine gives under the task's baseline."""
        return self._piece(self._task.baseline[None], skipped=0)

    def _piece(self, laws: Floats, skipped: int) -> Piece:
        program = self._own if skipped else self._law

        def run(years_before: int) -> Result:
            dataset = self._years[years_before]
            return run_engine(program, dataset, laws, self._task.year, threads=self._threads)

        earlier = tuple(_per_unit(run(years))[skipped:] for years in range(1, len(self._years)))
        result = run(0)
        return Piece(
            tuple(result.columns[name][skipped:] for name in HOUSEHOLD_OUTPUTS),
            earlier,
            np.stack([result.by_block[name] for name in SUMS], axis=2)[:, skipped:],
        )


def _per_unit(result: Result) -> Floats:
    """Return income per consumption unit on the EU scale, in the place of the income itself."""
    income = result.columns["household_after_tax_income"]
    income /= np.maximum(result.columns["consumption_units_eu"], 1.0)
    return income


def joined(pieces: Sequence[Piece]) -> list[Law]:
    """Return each law for all households, from the pieces of all parts in their order."""
    after_tax, net, units_eu, units_oecd = (_side_by_side([piece.columns[place] for piece in pieces])
                                            for place in range(len(HOUSEHOLD_OUTPUTS)))  # fmt: skip
    earlier = [_side_by_side([piece.earlier[place] for piece in pieces]) for place in range(len(pieces[0].earlier))]
    totals = np.add.reduce(np.concatenate([piece.sums for piece in pieces]), axis=0)
    return [
        Law(
            # A household without members has no consumption units; it counts for nobody.
            incomes=Incomes(after_tax[law], net[law], np.maximum(units_eu[law], 1.0), np.maximum(units_oecd[law], 1.0)),
            earlier=[year[law] for year in earlier],
            budget=budget(dict(zip(SUMS, totals[law].tolist(), strict=True))),
        )
        for law in range(len(after_tax))
    ]


def _side_by_side(columns: Sequence[Floats]) -> Floats:
    return columns[0] if len(columns) == 1 else np.concatenate(columns, axis=1)


def edges_of(households: int, partitions: int) -> list[tuple[int, int]]:
    """Return the first household of each part and the one after its last; parts end where the engine's blocks end.

    >>> edges_of(1300, 2), edges_of(300, 4)
    ([(0, 1024), (1024, 1300)], [(0, 300)])
    """
    blocks = -(-households // BLOCK_HOUSEHOLDS)
    cuts = np.linspace(0, blocks, min(partitions, blocks) + 1).round().astype(np.int64) * BLOCK_HOUSEHOLDS
    cuts[-1] = households
    return [(int(first), int(last)) for first, last in pairwise(cuts)]
