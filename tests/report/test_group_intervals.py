"""Intervals of the tables by group, from replicate weights."""

from dataclasses import replace

import numpy as np
import pytest
from detailed import with_everything

from mikrosim.measures.replicates import Replicates, students_quantile
from mikrosim.report.tables_of_groups import group_tables
from mikrosim.report.tables_of_run import run_tables
from mikrosim.report.tables_view import Sample, Weighted

LEVELS = ("share_baseline", "share_reform", "gain", "lose", "unchanged")


def tables(detailed, ratios=None, **changed):
    return group_tables(replace(detailed.detail, **changed), 100.0, ratios)


@pytest.fixture(scope="module")
def replicates(detailed):
    return Replicates(detailed.detail.population.weights, 20)


@pytest.fixture(scope="module")
def found(detailed, replicates):
    return tables(detailed, replicates=replicates)


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("low_income_by_group", "share_change"),
        ("low_income_by_group", "persons_baseline"),
        ("measures_by_group", "median_income_reform"),
        ("winners_losers", "mean_change"),
        ("winners_losers", "gain"),
        ("deciles", "lose"),
        ("low_income_definitions", "share_change"),
        ("inequality_measures", "change"),
        ("spending", "value"),
        ("losers", "mean_loss"),
        ("targeting", "coverage"),
        ("targeting_deciles", "need_share"),
    ],
)
def test_numbers_have_intervals_around_them(found, table, name):
    rows = [row for row in found[table] if row[f"{name}_low"] is not None and row[f"{name}_low"] < row[f"{name}_high"]]

    assert rows
    for row in rows:
        assert row[f"{name}_low"] <= row[name] <= row[f"{name}_high"]


def test_groups_that_do_not_stand_on_their_own_have_none(found):
    shrunk = [row for row in found["winners_losers"] + found["low_income_by_group"] if row["shrunk"]]

    assert shrunk
    assert all(value is None for row in shrunk for name, value in row.items() if name.endswith(("_low", "_high")))


def test_shares_under_one_law_stay_within_0_and_1(found):
    columns = [f"{name}_{end}" for name in LEVELS for end in ("low", "high")]
    ends = [row[column] for rows in found.values() for row in rows for column in columns if row.get(column) is not None]

    assert len(ends) > 50
    assert min(ends) >= 0.0
    assert max(ends) <= 1.0


def test_differences_between_syntheses_make_intervals_wider(detailed, replicates, found):
    wider = tables(detailed, {"change.low_income": 4.0, "deciles": 0.25}, replicates=replicates)

    pairs = list(zip(found["low_income_by_group"], wider["low_income_by_group"], strict=True))
    known = [(one, four) for one, four in pairs if one["share_change_low"] is not None]
    assert known
    for one, four in known:
        reach = one["share_change_high"] - one["share_change"]
        assert four["share_change_high"] - four["share_change"] == pytest.approx(2.0 * reach)
        assert four["share_baseline_high"] == one["share_baseline_high"]
    # Never narrower than the sampling alone says.
    assert wider["deciles"] == found["deciles"]


def test_the_interval_is_that_of_the_mean_between_replicates(detailed, replicates, found):
    """A mean change by group, computed again with each set of weights by nothing but numpy."""
    detail = detailed.detail
    change = detail.after.years[0].net_of_child_care - detail.before.years[0].net_of_child_care
    types = Sample(detail).households["family_type"]
    row = next(row for row in found["winners_losers"]
               if row["division"] == "family_type" and not row["shrunk"] and row["mean_change"])  # fmt: skip
    chosen = types.code == types.labels.index(row["group"])
    drawn = [np.average(change[chosen], weights=(detail.frame.everyone * factor)[chosen]) for factor in replicates]
    households = len(change)

    error = np.std(drawn, ddof=1) * np.sqrt(households / (households - replicates.held))
    assert row["mean_change_high"] - row["mean_change"] == pytest.approx(2.093 * error, rel=1e-3)


def test_the_levels_of_government_have_intervals_of_their_own(detailed):
    """The state's change is all benefits and fees here but those of municipalities, from the households themselves."""
    result = with_everything(detailed)
    rows = {(row["division"], row["part"]): row for row in run_tables(result)["budget_by_level"]}
    detail, state = result.detail, ("barnetrygd", "bostotte")
    moved = sum(detail.after.amounts[name] - detail.before.amounts[name] for name in state)
    drawn = [moved @ (detail.population.weights * factor) / 1e6 for factor in detail.replicates]
    households = len(moved)
    error = np.std(drawn, ddof=1) * np.sqrt(households / (households - detail.replicates.held))

    row = rows["level", "state"]
    half = students_quantile(detail.replicates.number) * error
    assert error > 0
    assert row["change_high"] - row["change"] == pytest.approx(half, rel=1e-9)
    assert row["change"] - row["change_low"] == pytest.approx(half, rel=1e-9)
    assert "change_low" not in run_tables(detailed)["budget_by_level"][0]


def test_a_replicate_s_lines_are_those_of_its_own_weights(detailed, replicates):
    whole = Weighted.whole(Sample(detailed.detail))

    assert whole.lines["baseline"] == pytest.approx(Weighted(whole.sample, whole.frame, whole.weight).lines["baseline"])
    assert whole.times(replicates.factor(0)).lines["baseline"] != whole.lines["baseline"]


def test_there_are_none_without_replicates(detailed):
    assert not any(name.endswith("_low") for rows in tables(detailed).values() for row in rows for name in row)
