"""Intervals of samples from a country whose truth is known."""

import json
from functools import cache

import numpy as np
import pytest
from made_up_country import Country, plain_outcome

from mikrosim.measures.replicates import Replicates, students_quantile
from mikrosim.simulation.uncertainty import Uncertainty, family, numbers, synthesis_ratios

SAMPLES, HOUSEHOLDS, REPLICATES = 200, 10_000, 20
LOW, HIGH = 0.90, 0.98
HEADLINES = (
    "baseline.low_income.eu60.children.share",
    "baseline.low_income.eu60.all.share",
    "reform.low_income.eu60.children.share",
    "change.low_income.eu60.children.persons",
    "change.low_income.eu60.all.persons",
    "change.low_income_fixed_line.eu60.children.share",
    "baseline.persistent_low_income.eu60.children.share",
    "change.persistent_low_income.eu60.children.share",
    "baseline.inequality.gini",
    "change.inequality.gini",
    "baseline.budget.by_instrument.barnetrygd",
    "change.budget.net",
    "winners_losers.all.gain",
    "winners_losers.families_with_children.lose",
    "deciles.1.mean_change",
)


@cache
def country():
    return Country(300_000)


def errors(sample, totals, replicates=REPLICATES, seed=1):
    paths, variance = sample.variance(Replicates(sample.weights, replicates, totals, seed))
    return dict(zip(paths, np.sqrt(variance).tolist(), strict=True))


def test_intervals_cover_the_truth_as_often_as_they_promise():
    truth = numbers(plain_outcome(country().truth()))
    hits = dict.fromkeys(HEADLINES, 0)
    for number in range(SAMPLES):
        sample, totals = country().drawn(HOUSEHOLDS, number)
        found, error = numbers(plain_outcome(sample)), errors(sample, totals, seed=number)
        for path in HEADLINES:
            hits[path] += abs(found[path] - truth[path]) <= students_quantile(REPLICATES) * error[path]

    coverage = {path: hit / SAMPLES for path, hit in hits.items()}
    assert {path: share for path, share in coverage.items() if not LOW <= share <= HIGH} == {}
    assert np.mean(list(coverage.values())) == pytest.approx(0.95, abs=0.02)


def test_four_times_the_households_give_half_the_interval():
    small, large = (
        [errors(*country().drawn(households, number), 40) for number in range(6)] for households in (4_000, 16_000)
    )
    for path in HEADLINES:
        ratio = np.mean([one[path] for one in small]) / np.mean([one[path] for one in large])
        assert 1.6 < ratio < 2.6, path


def test_a_change_is_surer_than_the_difference_of_two_unpaired_numbers():
    error = errors(*country().drawn(4_000, 1))
    path = "low_income.eu60.children.share"
    assert error[f"change.{path}"] < 0.5 * np.hypot(error[f"baseline.{path}"], error[f"reform.{path}"])


def test_a_total_that_is_held_makes_what_follows_from_it_surer():
    sample, totals = country().drawn(4_000, 1)
    path = "baseline.budget.net"
    assert errors(sample, totals, 60)[path] < 0.6 * errors(sample, None, 60)[path]


def made_up(sample):
    outcome = plain_outcome(sample)
    weights = Replicates(sample.weights, 2)
    return outcome, Uncertainty(
        {path: abs(one) for path, one in numbers(outcome).items()}, 2.0, {"level": 0.95}, weights
    )


def test_every_number_has_its_interval_beside_it_under_its_name():
    outcome, sure = made_up(country().drawn(500, 1)[0])
    with_intervals = sure.beside(outcome)

    cost = outcome.change["budget"]["net"]
    low, high = with_intervals.change["budget"]["interval"]["net"]
    assert (low, high) == pytest.approx((-abs(cost), 3 * abs(cost)) if cost > 0 else (3 * cost, -cost))
    assert set(with_intervals.deciles[0]["interval"]) == {"mean_change", "mean_change_percent"}

    def check(tree):
        plain = {name for name, value in tree.items() if isinstance(value, float)}
        assert set(tree.get("interval", ())) == plain
        for name, value in tree.items():
            if name != "interval" and not isinstance(value, float):
                check(value)

    for law in (with_intervals.baseline, with_intervals.reform, with_intervals.change, with_intervals.winners_losers):
        check(law)
    json.dumps(with_intervals.change)


def test_shares_and_numbers_of_persons_stay_where_they_can_be():
    outcome, sure = made_up(country().drawn(500, 1)[0])
    with_intervals = sure.beside(outcome)

    children = with_intervals.baseline["low_income"]["eu60"]["children"]
    assert children["interval"]["share"][0] == 0.0
    assert children["interval"]["persons"][0] == 0.0
    assert with_intervals.winners_losers["families_with_children"]["interval"]["gain"][1] == 1.0
    assert with_intervals.change["low_income"]["eu60"]["children"]["interval"]["share"][0] < 0.0


def test_standard_errors_of_numbers_that_may_not_be_shown_are_left_out():
    _, sure = made_up(country().drawn(500, 1)[0])
    shown = sure.summary(["change.budget.net"])["standard_errors"]
    assert "change.budget.net" not in shown
    assert "baseline.budget.net" in shown


def test_syntheses_that_differ_as_samples_do_have_a_ratio_of_one():
    rng = np.random.default_rng(5)
    paths = [f"change.low_income.{number}" for number in range(400)] + ["winners_losers.all.gain"]
    others = rng.normal(100.0, 2.0, (6, len(paths)))
    others[:, -1] = 3.0  # nothing moves
    drawn = rng.normal(100.0, 2.0, (20, len(paths)))
    drawn[:, -1] = 3.0

    found = synthesis_ratios(paths, drawn.var(axis=0, ddof=1), others, 20)
    assert found["change.low_income"] == pytest.approx(1.0, abs=0.1)
    assert found["winners_losers"] == 1.0
    doubled = synthesis_ratios(paths, drawn.var(axis=0, ddof=1), 2 * others, 20)
    assert doubled["change.low_income"] == pytest.approx(4 * found["change.low_income"])


@pytest.mark.parametrize(
    ("path", "expected"),
    [("change.budget.by_instrument.barnetrygd", "change.budget"), ("deciles.3.mean_change", "deciles")],
)
def test_numbers_of_one_law_and_measure_are_a_family(path, expected):
    assert family(path) == expected
