import numpy as np
import pytest

from mikrosim.synthpop.calibrate import HIGHEST, LOWEST, calibrate


def test_totals_are_met_and_weights_stay_within_bounds() -> None:
    rng = np.random.default_rng(0)
    design = np.column_stack([np.ones(500), rng.integers(0, 2, 500), rng.random(500)]) / 500
    wanted = np.array([1.0, 0.6, 0.55])
    solution = calibrate(design, wanted, np.full(3, 1e-9))
    assert solution.found
    np.testing.assert_allclose(design.T @ solution.ratios, wanted, rtol=1e-4)
    assert LOWEST <= solution.ratios.min() < solution.ratios.max() <= HIGHEST


def test_totals_that_hold_already_leave_the_weights_alone() -> None:
    design = np.random.default_rng(1).random((50, 2)) / 50
    solution = calibrate(design, design.sum(axis=0), np.full(2, 1e-9))
    np.testing.assert_allclose(solution.ratios, 1)


def test_contradicting_totals_share_the_misfit() -> None:
    column = np.ones((100, 1)) / 100
    solution = calibrate(np.hstack([column, column]), np.array([0.8, 1.2]), np.full(2, 1e-5))
    assert float(column[:, 0] @ solution.ratios) == pytest.approx(1.0, abs=0.01)


def test_an_impossible_total_stops_at_the_bound() -> None:
    solution = calibrate(np.ones((10, 1)) / 10, np.array([50.0]), np.array([1e-6]))
    assert solution.ratios.max() <= HIGHEST
