import math

import numpy as np
import pandas as pd
import pytest

from mikrosim.measures import Distribution, Groups

LABELS = ("a", "b", "c")


@pytest.fixture
def table():
    rng = np.random.default_rng(5)
    return pd.DataFrame(
        {
            "code": rng.integers(-1, 2, 400),  # nobody in c
            "income": np.round(rng.lognormal(12, 0.5, 400), -3),
            "weight": rng.integers(0, 4, 400).astype(float),
        }
    )


def groups_of(table):
    return Groups("letters", LABELS, table.code.to_numpy(np.int8))


def test_sums_and_means_equal_those_of_pandas(table):
    groups, income, weight = groups_of(table), table.income.to_numpy(), table.weight.to_numpy()

    inside = table[table.code >= 0].assign(amount=table.income * table.weight, low=table.income < 150_000)
    expected = inside.groupby("code")
    assert groups.totals(income * weight)[:2] == pytest.approx(expected.amount.sum().to_numpy())
    means = (expected.amount.sum() / expected.weight.sum()).to_numpy()
    assert groups.means(income, weight)[:2] == pytest.approx(means)
    low = inside[inside.low].groupby("code").weight.sum() / expected.weight.sum()
    assert groups.shares(income < 150_000, weight)[:2] == pytest.approx(low.to_numpy())


def test_quantiles_are_those_of_each_group_s_distribution(table):
    groups, income, weight = groups_of(table), table.income.to_numpy(), table.weight.to_numpy()

    for share in (0.1, 0.5, 0.9):
        by_group = [Distribution(income[table.code == code], weight[table.code == code]) for code in (0, 1)]
        assert groups.quantiles(income, weight, share)[:2].tolist() == [one.quantile(share) for one in by_group]


def test_any_measure_can_be_taken_in_each_group(table):
    spread = groups_of(table).each(lambda income: income.max() - income.min(), table.income.to_numpy())

    expected = table[table.code >= 0].groupby("code").income.agg(lambda one: one.max() - one.min())
    assert spread[:2].tolist() == expected.tolist()


def test_a_group_without_rows_has_no_figure(table):
    groups, income, weight = groups_of(table), table.income.to_numpy(), table.weight.to_numpy()

    assert groups.totals(income)[2] == 0.0
    for found in (groups.means(income, weight), groups.quantiles(income, weight), groups.each(np.mean, income)):
        assert math.isnan(found[2])


def test_the_sample_is_households_also_where_persons_are_grouped():
    home = np.array([0, 0, 0, 1, 1, 2])
    persons = Groups("age", ("young", "old"), np.array([0, 0, 1, 0, 0, -1]), home)

    assert persons.sample().tolist() == [2, 1]
    assert persons.sample(np.array([True, True, True, False, False, True])).tolist() == [1, 1]
    assert persons.rows(np.array([7.0, 8.0, 9.0])).tolist() == [7, 7, 7, 8, 8, 9]
    assert Groups("place", ("north", "south"), np.array([1, 1, 0, -1])).sample().tolist() == [1, 2]


def test_the_whole_holds_those_in_no_group_too():
    whole = Groups("place", ("north",), np.array([0, -1])).whole()

    assert whole.labels == ("all",)
    assert whole.totals(np.array([1.0, 2.0])).tolist() == [3.0]
