import math
from statistics import geometric_mean, harmonic_mean

import numpy as np
import pytest

from mikrosim.measures import Distribution, atkinson


def test_equal_incomes_give_nothing_up():
    assert atkinson(Distribution(np.full(5, 300.0), np.ones(5)), 1.0) == pytest.approx(0.0)


@pytest.mark.parametrize("seed", range(3))
def test_it_compares_the_equally_shared_income_with_the_mean(seed):
    rng = np.random.default_rng(seed)
    incomes, weights = rng.lognormal(12, 0.5, 40), rng.integers(1, 5, 40)
    persons = np.repeat(incomes, weights)
    measured = Distribution(incomes, weights.astype(float))

    assert atkinson(measured, 0.5) == pytest.approx(1 - np.mean(np.sqrt(persons)) ** 2 / persons.mean())
    assert atkinson(measured, 1.0) == pytest.approx(1 - geometric_mean(persons) / persons.mean())
    assert atkinson(measured, 2.0) == pytest.approx(1 - harmonic_mean(persons) / persons.mean())


def test_an_income_of_nothing_counts_as_one_per_cent_of_the_mean():
    nothing = Distribution(np.array([-5.0, 100.0, 200.0]), np.ones(3))
    one_per_cent = np.array([1.0, 100.0, 200.0])  # the mean of 0, 100 and 200 is 100

    assert atkinson(nothing, 1.0) == pytest.approx(1 - geometric_mean(one_per_cent) / one_per_cent.mean())


def test_more_aversion_gives_a_higher_index():
    measured = Distribution(np.array([100.0, 250.0, 900.0]), np.ones(3))

    assert atkinson(measured, 0.5) < atkinson(measured, 1.0) < atkinson(measured, 2.0)


def test_nobody_has_none_and_aversion_is_positive():
    assert math.isnan(atkinson(Distribution(np.ones(1), np.zeros(1)), 1.0))
    with pytest.raises(ValueError, match="above 0"):
        atkinson(Distribution(np.ones(1), np.ones(1)), 0.0)
