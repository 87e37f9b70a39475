import numpy as np
import pytest
from scipy.sparse import csr_array

from mikrosim.synthpop.calibrate import HIGHEST, LOWEST, calibrate, ratios_of, scores_of


def weigh(design: np.ndarray, wanted: np.ndarray, slack: float, parts: int = 1) -> np.ndarray:
    blocks = [csr_array(part) for part in np.array_split(design, parts)]
    solution = calibrate(blocks, wanted, np.full(design.shape[1], slack))
    return np.concatenate([ratios_of(block @ solution.multipliers) for block in blocks])


@pytest.fixture
def design() -> np.ndarray:
    rng = np.random.default_rng(0)
    return np.column_stack([np.ones(500), rng.integers(0, 2, 500), rng.random(500)])


def test_totals_are_met_and_weights_stay_within_bounds(design: np.ndarray) -> None:
    wanted = np.array([1.0, 0.6, 0.55])
    ratios = weigh(design, wanted, 1e-9)
    np.testing.assert_allclose(design.T @ ratios / 500, wanted, rtol=1e-4)
    assert LOWEST <= ratios.min() < ratios.max() <= HIGHEST


def test_blocks_give_the_weights_of_the_whole(design: np.ndarray) -> None:
    wanted = np.array([1.0, 0.6, 0.55])
    np.testing.assert_allclose(weigh(design, wanted, 1e-9, parts=3), weigh(design, wanted, 1e-9), rtol=1e-6)


def test_totals_that_hold_already_leave_the_weights_alone() -> None:
    design = np.random.default_rng(1).random((50, 2))
    np.testing.assert_allclose(weigh(design, design.mean(axis=0), 1e-9), 1)


def test_contradicting_totals_share_the_misfit() -> None:
    column = np.ones((100, 1))
    ratios = weigh(np.hstack([column, column]), np.array([0.8, 1.2]), 1e-5)
    assert ratios.mean() == pytest.approx(1.0, abs=0.01)


def test_an_impossible_total_stops_at_the_bound_and_says_so() -> None:
    block = csr_array(np.ones((10, 1)))
    solution = calibrate([block], np.array([50.0]), np.array([1e-6]))
    assert not solution.found
    assert solution.misfit[0] < -40
    assert HIGHEST - 0.01 < ratios_of(block @ solution.multipliers).max() <= HIGHEST


def test_weights_near_others_stay_them_while_the_totals_hold(design: np.ndarray) -> None:
    block = csr_array(design)
    first = calibrate([block], np.array([1.0, 0.6, 0.55]), np.full(3, 1e-9))
    scores = block @ first.multipliers
    held = design.T @ ratios_of(scores) / 500
    again = calibrate([block], held, np.full(3, 1e-9), scores=[scores])
    np.testing.assert_allclose(again.multipliers, 0, atol=1e-3)
    wanted = np.array([1.1, 0.6, 0.55])
    moved = ratios_of(scores + block @ calibrate([block], wanted, np.full(3, 1e-9), scores=[scores]).multipliers)
    np.testing.assert_allclose(design.T @ moved / 500, wanted, rtol=1e-4)
    assert moved.max() <= HIGHEST


def test_scores_and_ratios_are_each_others_inverse() -> None:
    ratios = np.array([0.3, 1.0, 4.5])
    np.testing.assert_allclose(ratios_of(scores_of(ratios)), ratios)
    assert scores_of(np.ones(1))[0] == 0
