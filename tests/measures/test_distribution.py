import math

import numpy as np
import pytest

from mikrosim.measures import Distribution


def test_equal_incomes_have_no_inequality():
    same = Distribution(np.full(10, 250.0), np.arange(1.0, 11.0)).inequality()

    assert same["gini"] == pytest.approx(0.0, abs=1e-12)
    assert same["s80_s20"] == pytest.approx(1.0)
    assert same["p90_p10"] == 1.0


def test_one_person_owning_everything_gives_a_gini_just_under_one():
    incomes = np.zeros(100)
    incomes[7] = 1000.0

    assert Distribution(incomes, np.ones(100)).inequality()["gini"] == pytest.approx(0.99)


def test_five_persons_by_hand():
    five = Distribution(np.array([5.0, 1.0, 3.0, 4.0, 2.0]), np.ones(5)).inequality()

    # Mean absolute difference of 1..5 is 1.6 and the mean 3: 1.6 / (2 x 3).
    assert five["gini"] == pytest.approx(1.6 / 6)
    assert five["s80_s20"] == pytest.approx(5.0)
    assert five["p90_p10"] == 5.0


def test_a_household_on_the_border_is_shared_between_the_fifths():
    # Four persons: a fifth is 0.8 person, all of it from the poorest and from the richest.
    shares = Distribution(np.array([10.0, 20.0, 30.0, 40.0]), np.ones(4)).inequality()

    assert shares["s80_s20"] == pytest.approx(4.0)


def test_negative_incomes_count_as_zero():
    negative = Distribution(np.array([-500.0, 100.0, 300.0]), np.ones(3)).inequality()
    zero = Distribution(np.array([0.0, 100.0, 300.0]), np.ones(3)).inequality()

    assert negative["gini"] == zero["gini"]


def test_quantiles_count_weights_and_leave_out_weight_zero():
    incomes, weights = np.array([400.0, 100.0, 300.0, 200.0]), np.array([0.0, 0.1, 0.3, 0.2])

    distribution = Distribution(incomes, weights)

    assert distribution.quantile(0.5) == 200.0  # 0.1 + 0.2 is half of 0.6, in spite of rounding
    assert distribution.quantile(0.51) == 300.0
    assert distribution.quantile(0.0) == 100.0
    assert distribution.quantile(1.0) == 300.0


def test_nobody_has_no_median_and_no_inequality():
    nobody = Distribution(np.array([1.0]), np.zeros(1))

    assert math.isnan(nobody.quantile(0.5))
    assert all(math.isnan(value) for value in nobody.inequality().values())


@pytest.mark.parametrize("seed", range(5))
def test_random_distributions_equal_a_brute_force_count(seed):
    rng = np.random.default_rng(seed)
    incomes = np.round(rng.lognormal(12.5, 0.6, 60), -4)  # with ties
    weights = rng.integers(1, 6, 60)
    persons = np.sort(np.repeat(incomes, weights))

    measured = Distribution(incomes, weights.astype(np.float64))
    inequality = measured.inequality()

    pairs = np.abs(persons[:, None] - persons[None, :]).mean()
    assert inequality["gini"] == pytest.approx(pairs / (2 * persons.mean()))
    for share in (0.1, 0.25, 0.5, 0.9):
        at_most = [income for income in persons if (persons <= income).mean() >= share - 1e-12]
        assert measured.quantile(share) == min(at_most)
    fifths = np.repeat(persons, 5)  # five parts of each person, so that a fifth is a whole number
    size = len(persons)
    assert inequality["s80_s20"] == pytest.approx(fifths[-size:].sum() / fifths[:size].sum())


def test_incomes_sorted_once_give_the_same_with_any_weights():
    rng = np.random.default_rng(9)
    incomes = rng.permutation(100.0 * np.arange(50))
    order = np.argsort(incomes)

    for weights in (np.ones(50), rng.integers(0, 3, 50).astype(float)):
        again, fresh = Distribution(incomes, weights, order), Distribution(incomes, weights)
        assert again.income.tolist() == fresh.income.tolist()
        assert again.inequality() == fresh.inequality()
