"""Where nodes' figures lie in scratch: apart from all others for as long as they are read."""

from __future__ import annotations

import numpy as np
import pytest
import shire

from mikrosim.engine.fuse import for_kernel
from mikrosim.engine.nodes import MONTHS
from mikrosim.engine.scratch import places, room_for
from mikrosim.engine.source import ENTITIES, VECTOR

GRAPH = for_kernel(shire.GRAPH, shire.SUMS)
COMPUTED = GRAPH.computed
ROWS = np.array([1080, 231, 270, 130, 512])
SIZES = [int(ROWS[ENTITIES.index(node.entity)] * (MONTHS if node.monthly else 1)) for node in COMPUTED]


def run_through(offsets: np.ndarray, dirty: np.ndarray, room: int) -> None:
    """Write and read as the kernel does, and check that every value read is the one that was written."""
    scratch = np.full(room, -1)
    position = {node.name: place for place, node in enumerate(COMPUTED)}

    def check(law: int, node: int) -> None:
        written = law if dirty[law, node] else 0
        part = scratch[offsets[law, node] : offsets[law, node] + SIZES[node]]
        assert (part == written * len(COMPUTED) + node).all(), f"law {law}: {COMPUTED[node].name} was overwritten"

    for law in range(len(dirty)):
        for place, node in enumerate(COMPUTED):
            if not dirty[law, place]:
                continue
            start = int(offsets[law, place])
            scratch[start : start + SIZES[place]] = law * len(COMPUTED) + place
            for name in node.inputs:
                if name in position:
                    check(law, position[name])
        for name in GRAPH.outputs:
            if name in position:
                check(law, position[name])


def reached(laws: int, seed: int) -> np.ndarray:
    """Return nodes to compute: all for the first law, for further ones some at random and all that read these."""
    rng = np.random.default_rng(seed)
    position = {node.name: place for place, node in enumerate(COMPUTED)}
    dirty = np.ones((laws, len(COMPUTED)), bool)
    for law in range(1, laws):
        for place, node in enumerate(COMPUTED):
            inputs = [position[name] for name in node.inputs if name in position]
            dirty[law, place] = rng.random() < 0.1 or dirty[law, inputs].any()
    return dirty


@pytest.mark.parametrize(("laws", "seed"), [(1, 0), (2, 1), (2, 2), (5, 3), (5, 4)])
def test_no_value_is_overwritten_while_it_is_read(laws: int, seed: int) -> None:
    dirty = reached(laws, seed)
    offsets, room = places(GRAPH, ROWS, dirty)
    run_through(offsets.astype(int), dirty, room)


def test_the_figures_of_one_law_take_up_less_than_all_nodes_together() -> None:
    _, room = places(GRAPH, ROWS, np.ones((1, len(COMPUTED)), bool))
    assert room < 0.7 * sum(SIZES)


def test_every_node_begins_where_a_vector_does() -> None:
    offsets, room = places(GRAPH, ROWS, reached(3, seed=5))
    assert (offsets % VECTOR == 0).all()
    scratch = room_for(room)
    assert len(scratch) == room
    assert scratch.ctypes.data % (VECTOR * scratch.itemsize) == 0
