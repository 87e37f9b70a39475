"""What an evaluator must know, small enough to send to another machine: two laws, the slots that vary, the measures."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.cache import cache_folder
from mikrosim.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from mikrosim.sweep.axes import Variants
    from mikrosim.sweep.model import Value
    from mikrosim.sweep.spec import Sweep
    from mikrosim.units import Floats


class Code(NamedTuple):
    """A file with rules of the reforms' own, which the user has allowed, with all it takes to run them elsewhere."""

    origin: Path
    content: bytes

    @classmethod
    def of(cls, path: Path | None) -> Code | None:
        """Return the file of a scenario, None where it has none."""
        return None if path is None else cls(path.absolute(), path.read_bytes())

    def path(self) -> Path:
        """Return a file with this very content on the machine that asks: the user's own, or a copy in the cache."""
        if self.origin.is_file() and self.origin.read_bytes() == self.content:
            return self.origin
        digest = hashlib.sha256(self.content).hexdigest()[:16]
        copy = cache_folder("own_rules") / f"{self.origin.stem}-{digest}.py"
        if not copy.is_file() or copy.read_bytes() != self.content:
            write_atomically(copy, self.content)
        return copy


@dataclass(frozen=True, eq=False)
class Task:
    """All that a batch's laws have in common.

    Args:
        year: The income year.
        origin: The file that asks, for messages.
        baseline: The law that reforms are measured against, shape (12, slots).
        pivot: The law that batches start from, shape (12, slots): the first point's. Only what differs from it is
            computed for the others, so it must be like them.
        slots: The slots in which points may differ from the pivot.
        paths: The measures that are kept, or the groups of them; all without.
        by_group: Divisions of the households whose measures are kept.
        persistent: Whether the two earlier years are run as well.
        after_child_care: Whether the standard measures are taken of income after child-care costs as well.
        code: Rules of the reforms' own; the baseline runs by the law's.
    """

    year: int
    origin: str
    baseline: Floats
    pivot: Floats
    slots: NDArray[np.int64]
    paths: tuple[str, ...] = ()
    by_group: tuple[str, ...] = ()
    persistent: bool = True
    after_child_care: bool = False
    code: Code | None = None


class Part(NamedTuple):
    """The laws of some points as what differs from the pivot, shape (points, 12, varying slots)."""

    values: Floats

    def laws(self, task: Task) -> Floats:
        """Return the whole laws, shape (points, 12, slots)."""
        laws = np.repeat(task.pivot[None], len(self.values), axis=0)
        laws[:, :, task.slots] = self.values
        return laws


def varying_slots(variants: Variants) -> NDArray[np.int64]:
    """Return all slots of the law vector that the axes reach."""
    law = variants.scenario.law
    paths = {moved for axis in variants.axes.values() for path in axis.paths
             for moved in (law.parameters[path].moves or (path,))}  # fmt: skip
    spans = [range(slot.start, slot.start + slot.length) for slot in (law.layout.slots[path] for path in sorted(paths))]
    return np.array(sorted({place for one in spans for place in one}), dtype=np.int64)


def task_of(sweep: Sweep) -> Task:
    """Return what evaluators of a sweep must know."""
    return Task(
        year=sweep.year,
        origin=sweep.origin,
        baseline=sweep.scenario.baseline().vector,
        pivot=sweep.vectors(0, 1)[0],
        slots=varying_slots(sweep.variants),
        paths=sweep.measures,
        by_group=sweep.by_group,
        persistent=sweep.persistent,
        after_child_care=sweep.after_child_care,
        code=Code.of(sweep.scenario.code),
    )


def part_of(variants: Variants, points: Sequence[Mapping[str, Value]], slots: NDArray[np.int64]) -> Part:
    """Return the laws of some points, ready to send."""
    return Part(np.ascontiguousarray(variants.vectors(points)[:, :, slots]))
