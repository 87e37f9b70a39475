import math

import numpy as np
import pytest

from mikrosim.measures import (
    RankedGroups,
    concentration_of_spending,
    cost_per_lifted,
    share_by_decile,
    share_reaching,
)

INCOME = np.arange(10.0, 110.0, 10.0)  # ten households of two persons, poorest first
WEIGHT = np.ones(10)
RANKED = RankedGroups(INCOME, 2 * WEIGHT)
CHILDREN = np.array([1, 0, 1, 0, 0, 0, 1, 0, 0, 0.0])


def test_an_equal_amount_to_each_is_a_tenth_to_each_tenth():
    assert share_by_decile(np.full(10, 7.0), WEIGHT, RANKED) == pytest.approx([0.1] * 10)


def test_spending_is_weighted_by_households_and_shared_by_persons_on_a_border():
    # Three persons in one household, then one: the lower half holds two thirds of the first household's amount.
    halves = RankedGroups(np.array([1.0, 2.0]), np.array([3.0, 1.0]), groups=2)

    shares = share_by_decile(np.array([30.0, 20.0]), np.array([1.0, 2.0]), halves)

    assert shares == pytest.approx([20 / 70, 50 / 70])


def test_shares_reach_the_lowest_and_families_below_the_line():
    spending = np.array([50.0, 10, 20, 0, 0, 0, 20, 0, 0, 0])

    found = concentration_of_spending(spending, WEIGHT, RANKED, INCOME < 35.0, CHILDREN)

    assert found == pytest.approx(
        {
            "lowest_10": 0.5, "lowest_20": 0.6, "lowest_30": 0.8, "lowest_40": 0.8,
            "families": 0.9, "below_line": 0.8, "families_below_line": 0.7,
        }
    )  # fmt: skip


def test_a_reform_that_moves_nothing_has_no_shares():
    assert math.isnan(share_reaching(np.zeros(10), WEIGHT, INCOME < 35.0))
    assert all(math.isnan(share) for share in share_by_decile(np.zeros(10), WEIGHT, RANKED))


def test_cost_for_each_child_lifted():
    assert cost_per_lifted(3e9, 110_000.0, 95_000.0) == 200_000.0
    assert math.isnan(cost_per_lifted(3e9, 110_000.0, 110_000.0))
    assert math.isnan(cost_per_lifted(3e9, 110_000.0, 120_000.0))
