import math

import numpy as np
import pytest

from mikrosim.measures import Frame, deciles, winners_losers


def frame(persons, children):
    persons, children = np.array(persons, float), np.array(children, float)
    return Frame(persons, children, persons, children, persons, persons * (children > 0))


def test_winners_and_losers_are_shares_of_persons():
    before = np.array([100.0, 100.0, 100.0, 100.0])
    after = np.array([150.0, 90.0, 100.0, 100.9])  # less than one krone is no change

    shares = winners_losers(before, after, frame([1, 2, 3, 4], [0, 1, 1, 0]))

    assert shares["all"] == pytest.approx({"gain": 0.1, "lose": 0.2, "unchanged": 0.7})
    assert shares["families_with_children"] == pytest.approx({"gain": 0.0, "lose": 0.4, "unchanged": 0.6})


def test_each_decile_holds_a_tenth_of_the_persons():
    income = np.arange(10.0, 0.0, -1.0)
    after = income + np.array([0, 0, 0, 0, 0, 0, 0, 0, 4, 2])

    tenths = deciles(income, income, after, np.ones(10))

    assert tenths[0] == pytest.approx({"mean_change": 2.0, "mean_change_percent": 200.0})
    assert tenths[1] == pytest.approx({"mean_change": 4.0, "mean_change_percent": 200.0})
    assert [tenth["mean_change"] for tenth in tenths[2:]] == [0.0] * 8


def test_a_household_on_a_border_is_shared_between_two_deciles():
    # One household of 19 persons, then one of a single person: the last decile holds one of each.
    before, after = np.array([100.0, 300.0]), np.array([100.0, 340.0])

    tenths = deciles(before, before, after, np.array([19.0, 1.0]))

    assert tenths[9] == pytest.approx({"mean_change": 20.0, "mean_change_percent": 10.0})
    assert tenths[8] == pytest.approx({"mean_change": 0.0, "mean_change_percent": 0.0})


def test_changes_of_the_deciles_add_up_to_the_change_of_all():
    rng = np.random.default_rng(1)
    before, weight = rng.normal(400e3, 150e3, 1000), rng.integers(0, 5, 1000).astype(float)
    after = before + rng.normal(0, 5e3, 1000)

    tenths = deciles(before, before, after, weight)

    assert np.mean([tenth["mean_change"] for tenth in tenths]) == pytest.approx(
        np.average(after - before, weights=weight)
    )


def test_without_persons_there_are_ten_empty_deciles():
    tenths = deciles(np.ones(2), np.ones(2), np.ones(2), np.zeros(2))

    assert len(tenths) == 10
    assert math.isnan(tenths[0]["mean_change"])
