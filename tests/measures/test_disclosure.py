import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrosim.errors import PopulationError
from mikrosim.measures.disclosure import (
    Sum,
    count_text,
    is_small,
    minimum_of,
    shown,
    suppressed,
)


class People:
    """Stands in for a population: a manifest and weights."""

    def __init__(self, households=100, **manifest):
        self.manifest, self.weights, self.path = manifest, np.ones(households), None


def left_out_of(households, total_row, total_column):
    """Return which cells of a table with totals are left out; the grand total stands last in both directions."""
    table = np.column_stack([np.vstack([households, total_row]), total_column])
    name = [[f"{row}/{column}" for column in range(table.shape[1])] for row in range(table.shape[0])]
    sums = [Sum(below[-1], tuple(below[:-1])) for below in list(zip(*name, strict=True))[:-1]]
    sums += [Sum(one[-1], tuple(one[:-1])) for one in name]
    counts = {
        cell: int(count) for cells, row in zip(name, table, strict=True) for cell, count in zip(cells, row, strict=True)
    }
    found = suppressed(counts, sums)
    return np.array([[cell in found for cell in one] for one in name])


def test_a_cell_of_one_to_four_households_is_left_out_and_an_empty_one_is_not():
    assert [is_small(count) for count in range(7)] == [False, True, True, True, True, False, False]
    assert np.isnan(shown(4, 1e6))
    assert shown(5, 1e6) == 1e6
    assert shown(0, 0.0) == 0.0


def test_a_made_up_population_shows_everything():
    assert minimum_of(People(made_from="abc")) is None
    assert minimum_of(People(real=False)) is None
    assert shown(1, 7.0, None) == 7.0
    assert count_text(1, None) == "1"


def test_real_microdata_have_a_minimum_that_their_owner_can_raise():
    assert minimum_of(People(real=True)) == 5
    assert minimum_of(People(real=True, minimum_cell=10)) == 10
    assert minimum_of(People(real=True, minimum_cell=1)) == 3


def test_a_sample_smaller_than_a_cell_gives_no_result_at_all():
    with pytest.raises(PopulationError, match="no result may leave"):
        minimum_of(People(households=4, real=True))


def test_a_small_cell_takes_the_next_smallest_of_its_total_with_it():
    counts = {"a": 2, "b": 40, "c": 12, "all": 54}

    assert suppressed(counts, [Sum("all", ("a", "b", "c"))]) == {"a", "c"}


def test_without_a_total_no_other_cell_is_left_out():
    assert suppressed({"a": 2, "b": 40}) == {"a"}


def test_two_small_cells_that_are_small_together_need_a_third():
    counts = {"a": 1, "b": 2, "c": 30, "d": 40, "all": 73}

    assert suppressed(counts, [Sum("all", ("a", "b", "c", "d"))]) == {"a", "b", "c"}


def test_a_total_goes_if_there_is_nothing_else():
    assert suppressed({"a": 2, "all": 40}, [Sum("all", ("a",))]) == {"a", "all"}


def test_a_hidden_small_cell_is_protected_though_it_is_not_shown():
    counts = {"all": 50, "families": 47, "others": 3}

    assert suppressed(counts, [Sum("all", ("families", "others"))], hidden={"others"}) == {"others", "families"}


def test_a_hidden_large_cell_costs_nothing():
    counts = {"all": 50, "families": 20, "others": 30}

    assert not suppressed(counts, [Sum("all", ("families", "others"))], hidden={"others"})


def test_a_table_with_totals_is_protected_in_both_directions():
    households = np.array([[3, 20, 30], [25, 40, 35], [50, 9, 45]])

    left_out = left_out_of(households, households.sum(0), np.array([53, 100, 104, 257]))

    assert left_out[0, 0]
    assert not left_out[-1].any()
    assert not left_out[:, -1].any()
    assert left_out.sum() == 4
    assert (left_out.sum(0)[:3] != 1).all()
    assert (left_out.sum(1)[:3] != 1).all()


def test_counts_below_the_minimum_are_told_as_a_range():
    assert count_text(1, 5) == count_text(4, 5) == "1-4"
    assert count_text(5, 5) == "5"
    assert count_text(0, 5) == "0"


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=5))
def test_no_small_cell_follows_from_the_cells_that_are_shown(counts):
    """Hold the algorithm against another one: solve for the cells left out, and see whether small ones are unique."""
    inner = np.array(counts)
    totals = np.append(inner.sum(1), inner.sum())
    left_out = left_out_of(inner, inner.sum(0), totals)
    whole = np.column_stack([np.vstack([inner, inner.sum(0)]), totals])
    cells = list(itertools.product(*map(range, whole.shape)))
    unknown = [cell for cell in cells if left_out[cell]]
    small = [cell for cell in cells if 0 < whole[cell] < 5]
    assert all(left_out[cell] for cell in small)
    if not unknown:
        return
    rows, columns = map(range, whole.shape)
    equations = [[(row, column) for column in columns] for row in rows]
    equations += [[(row, column) for row in rows] for column in columns]
    matrix = np.array([
        [(-1.0 if cell == one[-1] else 1.0) if cell in one else 0.0 for cell in unknown] for one in equations
    ])  # fmt: skip
    for cell in small:
        unit = np.array([1.0 if cell == other else 0.0 for other in unknown])
        rank = np.linalg.matrix_rank(matrix)
        assert np.linalg.matrix_rank(np.vstack([matrix, unit])) > rank, cell
