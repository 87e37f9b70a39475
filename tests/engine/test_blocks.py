"""Sums by block of households, with a kernel written by hand in Python."""

from types import SimpleNamespace

import numpy as np
import pytest

from mikrosim.engine.run import BLOCK_HOUSEHOLDS, run
from mikrosim.engine.source import ENTITIES, LINKS

HOUSEHOLDS = 1100


def kernel(begin, end, blocks, laws, dirty, year, scratch, places, *rest):
    sums = rest[-1]
    for block in range(begin, end):
        place = ENTITIES.index("household")
        first, last = blocks[block, place], blocks[block + 1, place]
        for law in range(len(laws)):
            sums[block, law, 0] = laws[law, 0, 0] * np.arange(first, last).sum()


@pytest.fixture
def program():
    return SimpleNamespace(
        graph=SimpleNamespace(nodes={}, columns=[], computed=(), outputs=()),
        outputs=(),
        sums=("amount",),
        kernel=kernel,
        dirty=lambda laws: np.ones((len(laws), 0), np.bool_),
    )


@pytest.fixture
def dataset():
    every = np.arange(HOUSEHOLDS + 1, dtype=np.int64)
    return SimpleNamespace(
        columns={}, rows=dict.fromkeys(ENTITIES, HOUSEHOLDS), links={name: np.zeros(1, np.int32) for name in LINKS},
        first_row=dict.fromkeys(ENTITIES, every),
    )  # fmt: skip


LAWS = np.array([1.0, 2.0])[:, None, None] * np.ones((2, 12, 1))


@pytest.mark.parametrize("first", [None, [0], list(range(HOUSEHOLDS)), [0, 1, 2, 600]])
def test_the_blocks_add_up_to_the_whole_however_they_are_cut(program, dataset, first):
    cut = None if first is None else np.array(first, np.int64)
    result = run(program, dataset, LAWS, 2025, threads=2, first=cut)

    whole = sum(range(HOUSEHOLDS))
    assert result.sums["amount"].tolist() == [whole, 2 * whole]
    assert result.by_block["amount"].sum(axis=0).tolist() == [whole, 2 * whole]
    count = -(-HOUSEHOLDS // BLOCK_HOUSEHOLDS) if first is None else len(first)
    assert result.by_block["amount"].shape == (count, 2)


def test_blocks_of_one_household_have_each_household_s_own_sum(program, dataset):
    result = run(program, dataset, LAWS, 2025, threads=1, first=np.arange(HOUSEHOLDS))

    assert (result.by_block["amount"][:, 1] == 2.0 * np.arange(HOUSEHOLDS)).all()
