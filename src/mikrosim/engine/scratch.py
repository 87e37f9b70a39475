"""Where in a thread's scratch the figures of each node lie, while they are needed and no longer.

A block's figures of all nodes are several times what a core's cache holds. A node's place is free for others as soon
as its last reader is done, so that the kernel works in a fraction of that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.engine.nodes import MONTHS
from mikrosim.engine.source import ENTITIES, VECTOR

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from mikrosim.engine.nodes import Graph


def places(graph: Graph, block_rows: NDArray[np.int64], dirty: NDArray[np.bool_]) -> tuple[NDArray[np.uint64], int]:
    """Return the offset of each computed node's figures for each law, shape (laws, nodes), and the scratch's size.

    The first law's figures lie by themselves, and those that further laws read stay. The further laws, which are
    computed one after another, share the rest.

    Args:
        graph: What the kernel computes, in order; its outputs are read when everything is computed.
        block_rows: The largest block's rows of each entity, in the order of ``ENTITIES``.
        dirty: Which nodes each law computes, shape (laws, nodes).
    """
    computed = graph.computed
    rows = dict(zip(ENTITIES, (-(-block_rows // VECTOR) * VECTOR).tolist(), strict=True))
    sizes = [rows[node.entity] * (MONTHS if node.monthly else 1) for node in computed]
    readers = _readers(graph)
    last = [max(reading) for reading in readers]

    further = dirty[1:]
    is_kept = [
        bool(
            (~further[:, node] & further[:, [reader for reader in reading if reader < len(computed)]].any(axis=1)).any()
        )
        or (len(further) > 0 and max(reading) == len(computed))
        for node, reading in enumerate(readers)
    ]
    ends = [len(computed) if kept else end for kept, end in zip(is_kept, last, strict=True)]
    first, end = _pack(sizes, ends, range(len(computed)), 0)
    shared, end = _pack(sizes, last, np.flatnonzero(further.any(axis=0)).tolist(), end)
    return np.where(dirty & (np.arange(len(dirty)) > 0)[:, None], shared, first).astype(np.uint64), end


def _readers(graph: Graph) -> list[list[int]]:
    """Return for each computed node the places of itself and its readers; the place after all nodes reads outputs."""
    position = {node.name: place for place, node in enumerate(graph.computed)}
    readers = [[place] for place in range(len(position))]
    for place, node in enumerate(graph.computed):
        for name in node.inputs:
            if name in position:
                readers[position[name]].append(place)
    for name in graph.outputs:
        if name in position:
            readers[position[name]].append(len(position))
    return readers


def _pack(
    sizes: Sequence[int], ends: Sequence[int], nodes: Collection[int], begin: int
) -> tuple[NDArray[np.int64], int]:
    """Return where each node's figures lie, in the first gap that is large enough, and the end of all of them."""
    starts = np.full(len(sizes), begin, dtype=np.int64)
    taken: list[tuple[int, int, int]] = []  # from, to and the last reader, from the lowest up
    top = begin
    for node in nodes:
        taken = [one for one in taken if one[2] >= node]
        start, place = begin, 0
        for place, (low, high, _) in enumerate(taken):  # noqa: B007
            if low - start >= sizes[node]:
                break
            start = high
        else:
            place = len(taken)
        starts[node] = start
        taken.insert(place, (start, start + sizes[node], ends[node]))
        top = max(top, start + sizes[node])
    return starts, top


def room_for(figures: int) -> NDArray[np.float64]:
    """Return scratch for so many figures, which begins where a vector does: no vector then lies across two lines."""
    room = np.zeros(figures + VECTOR)
    begin = -(room.ctypes.data // room.itemsize) % VECTOR
    return room[begin : begin + figures]
