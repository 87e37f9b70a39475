import math

import numpy as np
import pytest

from mikrosim.measures import fgt, gaps, shortfall

INCOME = np.array([-20.0, 25.0, 75.0, 100.0, 300.0])
PERSONS = np.array([1.0, 2.0, 4.0, 1.0, 2.0])
CHILDREN = np.array([0.0, 2.0, 1.0, 1.0, 0.0])


def test_the_gap_and_its_square_are_means_over_all_persons():
    found = gaps(INCOME, 100.0, PERSONS, CHILDREN)

    # Gaps 1, 0.75 and 0.25 of 1, 2 and 4 persons, of 10 in all; a negative income counts as 0.
    assert found["all"]["fgt1"] == pytest.approx((1 + 1.5 + 1) / 10)
    assert found["all"]["fgt2"] == pytest.approx((1 + 2 * 0.5625 + 4 * 0.0625) / 10)
    assert found["all"]["mean_gap"] == pytest.approx(3.5 / 7)
    assert found["all"]["median_gap"] == pytest.approx(0.25)
    assert found["children"]["fgt1"] == pytest.approx((1.5 + 0.25) / 4)
    assert found["children"]["median_gap"] == pytest.approx(0.75)


def test_the_family_of_measures_begins_with_the_share_below():
    assert fgt(INCOME, 100.0, PERSONS, 0) == pytest.approx(0.7)
    for power, name in ((1, "fgt1"), (2, "fgt2")):
        assert fgt(INCOME, 100.0, PERSONS, power) == pytest.approx(gaps(INCOME, 100.0, PERSONS, CHILDREN)["all"][name])


def test_a_known_order_gives_the_same():
    shuffled = np.array([3, 0, 4, 2, 1])
    income, persons, children = INCOME[shuffled], PERSONS[shuffled], CHILDREN[shuffled]

    found = gaps(income, 100.0, persons, children, np.argsort(income))

    for who, depth in gaps(income, 100.0, persons, children).items():
        assert found[who] == pytest.approx(depth)


def test_the_shortfall_is_in_kroner_of_whole_households():
    # 100, 75 and 25 short per unit, times units, times households.
    assert shortfall(INCOME, 100.0, np.array([1.0, 2.0, 1.5, 1.0, 1.0]), np.array([3.0, 1.0, 2.0, 9.0, 9.0])) == 525.0


def test_nobody_below_has_no_mean_gap():
    found = gaps(INCOME[3:], 100.0, PERSONS[3:], CHILDREN[3:])["all"]

    assert found["fgt1"] == found["fgt2"] == 0.0
    assert math.isnan(found["mean_gap"])
    assert math.isnan(found["median_gap"])


def test_a_transfer_to_a_poorer_household_below_lowers_severity_only():
    before, after = np.array([20.0, 60.0, 300.0]), np.array([30.0, 50.0, 300.0])

    assert fgt(before, 100.0, np.ones(3), 1) == pytest.approx(fgt(after, 100.0, np.ones(3), 1))
    assert fgt(before, 100.0, np.ones(3), 2) > fgt(after, 100.0, np.ones(3), 2)
