import math

import numpy as np
import pytest

from mikrosim.measures import RankedGroups


def test_sums_of_the_groups_share_a_household_on_a_border():
    # Three persons in two halves: the middle household lies in both.
    halves = RankedGroups(np.array([30.0, 10.0, 20.0]), np.ones(3), groups=2)

    assert halves.sums(np.array([4.0, 1.0, 2.0])).tolist() == [2.0, 5.0]
    assert halves.means(np.array([4.0, 1.0, 2.0])) == pytest.approx([2 / 1.5, 5 / 1.5])
    assert halves.totals(np.array([400.0, 100.0, 200.0])).tolist() == [200.0, 500.0]
    assert halves.shares(np.array([True, False, False])) == pytest.approx([0.0, 1 / 1.5])


def test_a_given_order_ranks_the_same():
    rng = np.random.default_rng(3)
    income, persons = rng.normal(size=200), rng.integers(0, 4, 200).astype(float)

    sorted_once = RankedGroups(income, persons, order=np.argsort(income, kind="stable"))

    assert sorted_once.sums(income).tolist() == RankedGroups(income, persons).sums(income).tolist()


@pytest.mark.parametrize("seed", range(3))
def test_groups_equal_persons_cut_into_tenths(seed):
    rng = np.random.default_rng(seed)
    income, persons = rng.permutation(90).astype(float), rng.integers(0, 4, 90)
    value = rng.normal(size=90)
    # Ten parts of each person, so that a tenth of all persons is a whole number of them.
    parts = np.repeat(value[np.argsort(income)], 10 * persons[np.argsort(income)])
    tenths = parts.reshape(10, -1)

    ranked = RankedGroups(income, persons.astype(float))

    assert ranked.means(value) == pytest.approx(tenths.mean(axis=1))
    medians = [sorted(part)[(len(part) - 1) // 2] for part in tenths]
    assert ranked.quantiles(value).tolist() == medians


def test_without_persons_nothing_is_known():
    nobody = RankedGroups(np.ones(2), np.zeros(2))

    for found in (nobody.sums(np.ones(2)), nobody.means(np.ones(2)), nobody.quantiles(np.ones(2))):
        assert len(found) == 10
        assert all(math.isnan(value) for value in found)
