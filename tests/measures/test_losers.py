import numpy as np
import pytest

from mikrosim.measures import Groups, largest_losers, losers_by_group

BEFORE = np.full(6, 500_000.0)
AFTER = BEFORE + np.array([-10.0, 300.0, -2_000.0, -0.5, -2_000.0, -9_000.0])
WEIGHT = np.array([1.0, 1.0, 2.0, 1.0, 3.0, 0.0])
FAMILY = Groups("family_type", ("alone", "couple"), np.array([0, 0, 1, 1, -1, 0]))


def test_the_largest_loss_stands_first_and_equal_ones_in_the_order_of_the_file():
    rows = largest_losers(BEFORE, AFTER, WEIGHT, [FAMILY])

    # Not the household that gains, that loses half a krone, or that stands for nobody.
    assert [(row["change"], row["households"]) for row in rows] == [(-2000.0, 2.0), (-2000.0, 3.0), (-10.0, 1.0)]


def test_each_is_described_by_its_traits_and_further_amounts():
    rows = largest_losers(BEFORE, AFTER, WEIGHT, [FAMILY], {"children": np.arange(6.0)})

    assert rows[0] == {
        "change": -2000.0, "before": 500_000.0, "after": 498_000.0, "households": 2.0,
        "family_type": "couple", "children": 2.0,
    }  # fmt: skip
    assert rows[1]["family_type"] == ""


def test_only_so_many_are_shown_and_none_if_nobody_loses():
    rng = np.random.default_rng(1)
    change = rng.normal(0, 1000, 500)

    rows = largest_losers(np.zeros(500), change, np.ones(500), [], rows=7)

    assert [row["change"] for row in rows] == sorted(change)[:7]
    assert largest_losers(BEFORE, BEFORE, WEIGHT, [FAMILY]) == []


def test_losers_are_described_beside_all_households():
    groups = Groups("family_type", ("alone", "couple", "nobody"), np.array([0, 0, 1, 1, 1, 1]))
    change = np.array([-10.0, 300.0, -2_000.0, -0.5, -500.0, -9_000.0])
    weight = np.array([4.0, 1.0, 1.0, 2.0, 2.0, 0.0])

    alone, couple = losers_by_group(change, weight, groups)

    assert alone == {
        "group": "alone", "share_of_households": 0.5, "share_of_losers": pytest.approx(4 / 7), "share_of_largest": 0.0,
        "households": 4.0, "mean_loss": 10.0,
    }  # fmt: skip
    # One household in seven loses 2,000; it fills the largest tenth alone.
    assert couple["share_of_largest"] == 1.0
    assert couple["mean_loss"] == pytest.approx((2_000 + 2 * 500) / 3)


def test_where_nobody_loses_there_are_no_shares_of_losers():
    (row,) = losers_by_group(np.ones(3), np.ones(3), Groups("all", ("all",), np.zeros(3, int)))

    assert row["share_of_households"] == 1.0
    assert row["households"] == 0.0
    assert np.isnan([row["share_of_losers"], row["share_of_largest"], row["mean_loss"]]).all()
