import numpy as np
import pytest

from mikrosim.measures.replicates import Replicates, sampling_variance, students_quantile


def sample(households=2_000, seed=2):
    rng = np.random.default_rng(seed)
    kind = rng.integers(0, 4, households)
    return rng.uniform(5.0, 20.0, households), np.eye(4)[kind], rng.normal(10.0, 3.0, households) + 5 * kind


def test_the_same_seed_gives_the_same_weights_and_another_gives_others():
    weights, totals, _ = sample()
    one, same, other = (Replicates(weights, 3, totals, seed) for seed in (4, 4, 5))
    assert all(np.array_equal(a, b) for a, b in zip(one, same, strict=True))
    assert not np.array_equal(one.factor(0), other.factor(0))
    assert not np.array_equal(one.factor(0), one.factor(1))
    assert len(one) == 3


def test_replicates_meet_the_totals_of_the_sample():
    weights, totals, _ = sample()
    replicates = Replicates(weights, 5, totals)
    for factor in replicates:
        assert (factor >= 0.0).all()
        assert totals.T @ (weights * factor) == pytest.approx(totals.T @ weights, rel=1e-5)
    assert replicates.misfit < 1e-5
    assert replicates.held == 4  # the number of households follows from those of each kind


def test_a_total_that_few_households_have_is_not_held():
    weights, totals, _ = sample()
    rare = np.zeros((len(weights), 1))
    rare[:29] = 1.0
    assert Replicates(weights, 1, np.hstack([totals, rare])).held == 4
    rare[29] = 1.0
    assert Replicates(weights, 1, np.hstack([totals, rare])).held == 5


def test_the_variance_of_a_mean_is_the_textbooks():
    _, _, income = sample()
    weights = np.ones(len(income))
    replicates = Replicates(weights, 400)
    means = np.array([[(factor * income).sum() / len(income)] for factor in replicates])
    expected = income.var(ddof=1) / len(income)
    assert sampling_variance(means, len(income), 1)[0] == pytest.approx(expected, rel=0.2)


def test_the_variance_of_a_calibrated_mean_is_that_of_the_residuals():
    _, totals, income = sample()
    weights = np.ones(len(income))
    replicates = Replicates(weights, 400, totals)
    means = np.array([[(factor * income).sum() / len(income)] for factor in replicates])
    kinds = totals @ (totals.T @ income / totals.sum(axis=0))
    expected = (income - kinds).var() / len(income)
    assert sampling_variance(means, len(income), replicates.held)[0] == pytest.approx(expected, rel=0.2)


def test_totals_that_cannot_be_met_are_met_as_well_as_can_be():
    weights, totals, _ = sample(40)
    replicates = Replicates(weights, 3, np.hstack([totals.repeat(12, axis=1), np.arange(40.0)[:, None] ** 3]))
    assert all(np.isfinite(factor).all() and factor.sum() > 0 for factor in replicates)


def test_one_household_stays_as_it_is():
    assert Replicates(np.array([3.0]), 2).factor(1).tolist() == [1.0]


def test_the_quantile_grows_with_fewer_replicates():
    assert students_quantile(3) == pytest.approx(4.3027, abs=1e-4)
    assert students_quantile(10_000) == pytest.approx(1.96, abs=1e-3)
