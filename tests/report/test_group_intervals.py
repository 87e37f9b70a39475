"""Intervals of groups, from replicate weights."""

from dataclasses import replace

import pytest

from mikrosim.measures.replicates import Replicates
from mikrosim.report.tables_of_groups import group_tables


def tables(detailed, synthesis=1.0, **changed):
    return group_tables(replace(detailed.detail, **changed), 100.0, synthesis)["low_income_by_group"]


@pytest.fixture(scope="module")
def replicates(detailed):
    return Replicates(detailed.detail.population.weights, 20)


def test_groups_have_intervals_around_their_change_if_they_stand_on_their_own(detailed, replicates):
    rows = tables(detailed, replicates=replicates)

    alone = [row for row in rows if not row["shrunk"] and row["division"] != "age"]
    moved = [row for row in alone if row["share_change"] != 0.0]
    assert len(moved) > 3
    for row in moved:
        assert row["share_change_low"] < row["share_change"] < row["share_change_high"]
    assert all(row["share_change_low"] is None for row in rows if row["shrunk"] or row["division"] == "age")


def test_differences_between_syntheses_make_intervals_wider(detailed, replicates):
    ones, fours = (tables(detailed, synthesis, replicates=replicates) for synthesis in (1.0, 4.0))

    for one, four in zip(ones, fours, strict=True):
        if one["share_change_low"] is not None:
            reach = one["share_change_high"] - one["share_change"]
            assert four["share_change_high"] - four["share_change"] == pytest.approx(2.0 * reach)


def test_there_are_none_without_replicates(detailed):
    assert not any("share_change_low" in row for row in tables(detailed))
