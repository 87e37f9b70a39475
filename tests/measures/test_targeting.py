import math

import numpy as np
import pytest

from mikrosim.measures import RankedGroups, benefit_and_need, concentration_coefficient, coverage, targeting


def test_benefit_stands_beside_need():
    income = np.arange(10.0)
    benefit, need = np.r_[np.full(5, 1.0), np.full(5, 3.0)], np.r_[4.0, 1.0, np.zeros(8)]

    rows = benefit_and_need(benefit, need, np.ones(10), RankedGroups(income, np.ones(10)))

    assert rows[0] == pytest.approx({"benefit_share": 0.05, "need_share": 0.8})
    assert rows[9] == pytest.approx({"benefit_share": 0.15, "need_share": 0.0})
    assert sum(row["need_share"] for row in rows) == pytest.approx(1.0)


def test_coverage_of_all_and_of_those_below():
    benefit, persons, low = np.array([5.0, 0.0, 5.0]), np.array([1.0, 2.0, 5.0]), np.array([1.0, 1.0, 0.0])

    assert coverage(benefit, persons) == pytest.approx(6 / 8)
    assert coverage(benefit, persons, low) == pytest.approx(1 / 3)


def test_beckerman_s_areas_by_hand():
    # Before the benefit of 60, 60 and 80: 40 and 60 short, and nobody short of 100.
    found = targeting(
        benefit=np.array([60.0, 30.0, 90.0]),
        income=np.array([120.0, 70.0, 300.0]),
        units=np.ones(3),
        line=100.0,
        weight=np.array([1.0, 2.0, 1.0]),
    )

    # Spent 60 + 60 + 90 = 210; to those below 120; fills 40 + 60 = 100 of 40 + 120 = 160.
    assert found == pytest.approx(
        {
            "vertical_efficiency": 120 / 210,
            "poverty_reduction_efficiency": 100 / 210,
            "spillover": 20 / 120,
            "gap_filled": 100 / 160,
        }
    )


def test_concentration_runs_from_all_to_the_poorest_to_all_to_the_richest():
    income, one = np.arange(100.0), np.ones(100)
    poorest, richest = np.zeros(100), np.zeros(100)
    poorest[0] = richest[-1] = 5.0

    assert concentration_coefficient(one, one, income, one) == pytest.approx(0.0)
    assert concentration_coefficient(poorest, one, income, one) == pytest.approx(-0.99)
    assert concentration_coefficient(richest, one, income, one) == pytest.approx(0.99)


@pytest.mark.parametrize("seed", range(3))
def test_concentration_equals_the_covariance_formula(seed):
    rng = np.random.default_rng(seed)
    income, persons = rng.permutation(60).astype(float), rng.integers(1, 5, 60)
    benefit = rng.random(60) * 1000

    found = concentration_coefficient(benefit, np.ones(60), income, persons.astype(float))

    # Kakwani's: twice the covariance of a person's benefit and fractional rank, over the mean benefit.
    order = np.argsort(income)
    each = np.repeat((benefit / persons)[order], persons[order])
    ends = np.cumsum(persons[order])
    rank = np.repeat((ends - persons[order] / 2) / ends[-1], persons[order])
    assert found == pytest.approx(2 * np.cov(each, rank, bias=True)[0, 1] / each.mean())


def test_equal_incomes_count_as_one_so_that_their_order_does_not_matter():
    income, benefit = np.array([1.0, 1.0, 2.0]), np.array([5.0, 0.0, 3.0])

    one = concentration_coefficient(benefit, np.ones(3), income, np.ones(3))
    other = concentration_coefficient(benefit[[1, 0, 2]], np.ones(3), income, np.ones(3))

    assert one == other


def test_no_benefit_has_no_indicators():
    nothing = targeting(np.zeros(1), np.ones(1), np.ones(1), 0.5, np.ones(1))

    assert all(math.isnan(value) for value in nothing.values())
