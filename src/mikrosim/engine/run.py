"""Runs a program over a dataset: blocks of households shared out to threads, many laws per pass."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from mikrosim.engine.layout import with_year_mean
from mikrosim.engine.scratch import places, room_for
from mikrosim.engine.source import ENTITIES, LINKS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from mikrosim.engine.dataset import Dataset
    from mikrosim.engine.program import Program

    Floats = NDArray[np.float64]

BLOCK_HOUSEHOLDS = 512
"""Households walked at a time; their figures then stay in a core's cache (measured in benchmarks/)."""

SHARES_PER_THREAD = 8
"""How many times a thread comes back for more, so that a slow one does not hold up the rest."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a run gives.

    Attributes:
        columns: Name to figures of shape (laws, rows).
        sums: Name to weighted totals of shape (laws,).
        by_block: Name to the weighted totals of each block of households, shape (blocks, laws).
    """

    columns: Mapping[str, Floats]
    sums: Mapping[str, Floats]
    by_block: Mapping[str, Floats] = field(default_factory=dict)


def run(
    program: Program,
    dataset: Dataset,
    laws: Floats,
    year: int,
    *,
    threads: int | None = None,
    first: NDArray[np.int64] | None = None,
) -> Result:
    """Return the program's outputs for every law; bit-identical for any number of threads.

    Args:
        program: What to compute.
        dataset: For whom; its columns have the types the program was made for.
        laws: Law vectors of shape (laws, 12, slots); figures that a further law cannot change are taken
            over from the first one.
        year: The income year.
        threads: How many threads share the blocks; as many as there are processors by default.
        first: The first household of each block, 0 first; blocks of one size by default.
    """
    laws = with_year_mean(laws)
    if first is None:
        first = np.arange(0, dataset.rows["household"], BLOCK_HOUSEHOLDS)
    edges = np.append(first, dataset.rows["household"])
    blocks = np.stack([dataset.first_row[entity][edges] for entity in ENTITIES], axis=1).astype(np.int64)
    count = len(blocks) - 1

    dirty = program.dirty(laws)
    starts, room = places(program.graph, np.diff(blocks, axis=0).max(axis=0, initial=0), dirty)

    nodes = program.graph.nodes
    outputs = {name: np.empty((len(laws), dataset.rows[nodes[name].entity])) for name in program.outputs}
    sums = np.zeros((count, len(laws), len(program.sums)))
    columns = [_read_only(dataset.columns[column.name]) for column in program.graph.columns]
    links = [_read_only(dataset.links[name]) for name in LINKS]
    frame = [_read_only(array) for array in (blocks, laws, dirty)]
    offsets = _read_only(starts)

    def work(begin: int, end: int, scratch: Floats) -> None:
        program.kernel(begin, end, *frame, year, scratch, offsets, *links, *columns, *outputs.values(), sums)

    threads = max(1, min(threads or processors(), count))
    if threads == 1:
        work(0, count, room_for(room))
    else:
        _share_out(work, count, room, threads)
    # Blocks are added up in their own order, whoever computed them.
    totals = np.add.reduce(sums, axis=0)
    return Result(
        outputs,
        {name: totals[:, index].copy() for index, name in enumerate(program.sums)},
        {name: sums[:, :, index] for index, name in enumerate(program.sums)},
    )


def _share_out(work: Callable[[int, int, Floats], None], count: int, room: int, threads: int) -> None:
    """Let threads take runs of blocks until none are left, each with its own scratch."""
    share = max(1, count // (threads * SHARES_PER_THREAD))
    begins = iter(range(0, count, share))
    lock = Lock()

    def labour() -> None:
        scratch = room_for(room)
        while True:
            with lock:
                begin = next(begins, None)
            if begin is None:
                return
            work(begin, min(begin + share, count), scratch)

    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(labour) for _ in range(threads)]:
            done.result()


def _read_only(array: NDArray[np.generic]) -> NDArray[np.generic]:
    """Return the array as one that cannot be written: the one type the kernel is compiled for."""
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view


def processors() -> int:
    """Return how many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
