"""What follows from the numbers shown, on a handful of households in two divisions."""

import numpy as np
import pytest

from mikrosim.measures.exposure import Numbers

COUNTY = np.repeat([0, 1, 2], [30, 40, 50])
TOWN = np.repeat(np.arange(12), 10)
"""Three, four and five towns of ten households in a county."""


def numbers(counts, *, total_known=True):
    """Return the households of each county and town, a known total, and ``counts`` of them behind each number."""
    found = Numbers(5, 1)
    found.group("all", np.ones(120))
    if total_known:
        found.put("all", "all", (1.0,), 120, known=True)
    for division, code in (("county", COUNTY), ("town", TOWN)):
        for group in np.unique(code).tolist():
            found.group((division, group), (code == group).astype(float))
            found.put((division, group), (division, group), (1.0,), counts.get((division, group), 10))
    return found


def test_nothing_is_left_out_where_enough_households_stand_behind_everything():
    assert numbers({}).left_out() == frozenset()


def test_a_small_county_is_not_the_sum_of_its_towns_nor_what_other_counties_towns_leave():
    left_out = numbers({("county", 0): 3}).left_out()

    assert ("county", 0) in left_out
    assert any(("town", town) in left_out for town in range(3))
    assert len(left_out & {("county", 1), ("county", 2)}) == 1
    other = next(iter(left_out & {("county", 1), ("county", 2)}))[1]
    assert any(("town", town) in left_out for town in np.unique(TOWN[other == COUNTY]).tolist())


def test_a_small_number_of_a_total_that_nobody_knows_stands_alone():
    left_out = numbers({("county", 0): 3}, total_known=False).left_out()

    assert ("county", 0) in left_out
    assert ("county", 1) not in left_out
    assert ("county", 2) not in left_out


def test_a_change_follows_from_two_laws():
    found = Numbers(5, 2)
    found.group("all", np.ones(50))
    for name, of, households in (("before", (1, 0), 20), ("after", (0, 1), 22), ("change", (-1, 1), 2)):
        found.put(name, "all", of, households)

    assert found.left_out() == {"change", "before"}


def test_few_that_are_left_out_together_are_not_what_remains_of_a_sum():
    counts = {("town", 0): 1, ("town", 1): 2}
    found = numbers(counts)
    found.add_up(("town", town) for town in range(12))

    assert len(found.left_out() & {("town", town) for town in range(12)}) > 2
    assert {("town", 0), ("town", 1)} <= found.left_out()


def test_an_empty_number_is_the_last_to_protect_another_and_a_total_the_very_last():
    counts = {("county", 0): 2, ("county", 1): 0}
    left_out = numbers(counts).left_out()

    assert ("county", 2) in left_out
    assert ("county", 1) not in left_out


@pytest.mark.parametrize("seed", range(20))
def test_no_small_number_is_in_the_span_of_the_others(seed):
    """The same by linear algebra on the households themselves."""
    rng = np.random.default_rng(seed)
    home = rng.integers(0, 6, (80, 3))
    found, row, behind = Numbers(5, 1), {}, {}
    found.group("all", np.ones(80))
    found.put("all", "all", (1.0,), 80, known=True)
    low = rng.random(80) < 0.3
    for division in range(3):
        for group in range(6):
            cell, members = (division, group), home[:, division] == group
            found.group(cell, members.astype(float))
            row[cell], behind[cell] = members.astype(float), int((members & low).sum())
            found.put(cell, cell, (1.0,), behind[cell])

    left_out = found.left_out()
    shown = np.array([np.ones(80), *(row[cell] for cell in row if cell not in left_out)])
    for cell, households in behind.items():
        if 0 < households < 5:
            assert cell in left_out
            assert np.linalg.matrix_rank(np.vstack([shown, row[cell]])) > np.linalg.matrix_rank(shown)
