import numpy as np
import pandas as pd
import pytest

from mikrosim.measures import (
    GroupOrders,
    Groups,
    RankedGroups,
    change_by_decile,
    change_by_group,
    deciles,
    gaps,
    incomes_by_group,
    low_income_by_group,
)

LINE = 150_000.0


@pytest.fixture
def table():
    rng = np.random.default_rng(7)
    return pd.DataFrame(
        {
            "code": rng.integers(0, 2, 2000),
            "income": np.round(rng.lognormal(12.2, 0.5, 2000), -3),
            "persons": rng.integers(1, 5, 2000).astype(float),
            "change": rng.choice([-900.0, -0.5, 0.0, 0.9, 1.0, 2500.0], 2000),
        }
    )


def groups_of(table):
    return Groups("letters", ("a", "b"), table.code.to_numpy())


def test_low_income_and_its_depth_equal_those_of_each_group_alone(table):
    found = low_income_by_group(table.income.to_numpy(), LINE, table.persons.to_numpy(), groups_of(table))

    for code, one in table.groupby("code"):
        income, persons = one.income.to_numpy(), one.persons.to_numpy()
        depth = gaps(income, LINE, persons, persons)["all"]
        assert found["share"].value[code] == pytest.approx(persons[income < LINE].sum() / persons.sum())
        assert found["persons"].value[code] == pytest.approx(persons[income < LINE].sum())
        assert found["fgt1"].value[code] == pytest.approx(depth["fgt1"])
        assert found["fgt2"].value[code] == pytest.approx(depth["fgt2"])
    assert not found["share"].shrunk.any()


def test_persons_can_be_grouped_though_incomes_are_households(table):
    home = np.repeat(np.arange(len(table)), table.persons.astype(int))
    code = np.arange(len(home)) % 2
    weight = np.where(np.arange(len(home)) % 5 == 0, 0.0, 2.0)

    found = low_income_by_group(table.income.to_numpy(), LINE, weight, Groups("side", ("left", "right"), code, home))

    people = pd.DataFrame({"code": code, "weight": weight, "low": table.income.to_numpy()[home] < LINE})
    expected = people[people.low].groupby("code").weight.sum() / people.groupby("code").weight.sum()
    assert found["share"].value == pytest.approx(expected.to_numpy())


def test_mean_median_and_gini_of_each_group(table):
    found = incomes_by_group(table.income.to_numpy(), table.persons.to_numpy(), groups_of(table))

    for code, one in table.groupby("code"):
        people = np.sort(np.repeat(one.income.to_numpy(), one.persons.astype(int)))
        assert found["mean"].value[code] == pytest.approx(people.mean())
        assert found["median"].value[code] == people[(len(people) - 1) // 2]
        rank = np.arange(1, len(people) + 1)
        gini = 2 * (rank * people).sum() / (len(people) * people.sum()) - (len(people) + 1) / len(people)
        assert found["gini"].value[code] == pytest.approx(gini)


def test_changes_of_each_group_equal_a_count_of_persons(table):
    found = change_by_group(table.change.to_numpy(), table.persons.to_numpy(), groups_of(table))

    for code, one in table.groupby("code"):
        people = np.sort(np.repeat(one.change.to_numpy(), one.persons.astype(int)))
        assert found["gain"].value[code] == pytest.approx((people >= 1).mean())
        assert found["lose"].value[code] == pytest.approx((people <= -1).mean())
        assert found["unchanged"].value[code] == pytest.approx((abs(people) < 1).mean())
        assert found["mean_change"].value[code] == pytest.approx(people.mean())
        assert found["median_change"].value[code] == people[(len(people) - 1) // 2]


def test_changes_by_decile_have_the_means_of_the_result(table):
    income, change, persons = (table[name].to_numpy() for name in ("income", "change", "persons"))

    found = change_by_decile(change, RankedGroups(income, persons))

    contract = deciles(income, income, income + change, persons)
    assert [one["mean_change"] for one in found] == pytest.approx([one["mean_change"] for one in contract])
    assert all(one["gain"] + one["lose"] + one["unchanged"] == pytest.approx(1.0) for one in found)
    whole = persons[change >= 1].sum() / persons.sum()
    assert np.mean([one["gain"] for one in found]) == pytest.approx(whole)


def test_a_replicate_is_shrunk_as_the_whole_sample(table):
    some = table.iloc[:120]
    weight = np.where(np.arange(120) % 2 == 0, 0.0, some.persons)

    alone = change_by_group(some.change.to_numpy(), weight, groups_of(some))["gain"]
    whole = change_by_group(some.change.to_numpy(), weight, groups_of(some), np.ones(120, bool))["gain"]

    assert whole.households.sum() == 120
    assert alone.households.sum() == 60


def test_known_orders_and_other_weights_give_the_same(table):
    income, change, persons = (table[name].to_numpy() for name in ("income", "change", "persons"))
    groups, rng = groups_of(table), np.random.default_rng(4)
    orders = GroupOrders(income), GroupOrders(change)

    for weight in (persons, persons * rng.poisson(1.0, len(persons))):
        alone = incomes_by_group(income, weight, groups) | change_by_group(change, weight, groups)
        known = incomes_by_group(income, weight, groups, orders=orders[0])
        known |= change_by_group(change, weight, groups, orders=orders[1])
        for name, one in alone.items():
            np.testing.assert_array_equal(known[name].value, one.value)


def test_the_gini_of_a_group_counts_debts_as_nothing_and_leaves_others_out():
    groups = Groups("one", ("one", "empty"), np.array([-1, 0, 0, -1]))
    (one, empty) = groups.ginis(np.array([9.0, -5.0, 3.0, 1.0]), np.array([1.0, 1.0, 3.0, 1.0]))

    assert one == pytest.approx(0.25)
    assert np.isnan(empty)
