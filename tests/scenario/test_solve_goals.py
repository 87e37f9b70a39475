"""Goals solved for on a small default population: a budget, a ceiling, a target, and one out of reach."""

import pytest

import mikrosim
from mikrosim.errors import ScenarioError
from mikrosim.simulation.run import as_population

HOUSEHOLDS, SEED = 10_000, 1
MOST_CHILDREN = 8


def solved(**wanted):
    scenario = {"name": "goal", "year": 2025, "solve": wanted}
    return mikrosim.run(scenario, households=HOUSEHOLDS, seed=SEED)


def test_a_budget_neutral_rate_is_found_to_within_a_million():
    neutral = {
        "name": "neutral",
        "year": 2025,
        "reform": {"barnetrygd.taxable_as": "personinntekt"},
        "solve": {
            "parameter": "barnetrygd.alle", "operation": "multiply", "so_that": "change.budget.net", "equals": 0,
            "between": [0.5, 3],
        },
    }  # fmt: skip
    result = mikrosim.run(neutral, households=HOUSEHOLDS, seed=SEED)
    assert abs(result.change["budget"]["net"]) <= 1
    # What was found is the law that was run: the same factor written by hand gives the same budget.
    neutral["reform"] |= {"barnetrygd.alle": {"multiply": result.solved.value}}
    by_hand = mikrosim.run(
        {name: neutral[name] for name in ("name", "year", "reform")}, households=HOUSEHOLDS, seed=SEED
    )
    assert by_hand.change["budget"]["net"] == pytest.approx(result.change["budget"]["net"], abs=1e-6)


def test_a_cost_ceiling_is_met():
    result = solved(parameter="barnetrygd.utvidet", so_that="change.budget.net", equals=2000)
    assert result.change["budget"]["net"] == pytest.approx(2000, abs=1)


def test_a_threshold_that_households_pass_one_by_one_meets_a_ceiling():
    result = solved(parameter="barnehage.free_core_income_limit", so_that="change.budget.net", equals=500,
                    between=[0, 5_000_000])  # fmt: skip
    assert result.change["budget"]["net"] == pytest.approx(500, abs=1)


def test_a_low_income_target_is_met_as_nearly_as_households_let_it():
    result = solved(parameter="barnetrygd.ordinaer", so_that="reform.low_income.eu60.children.share", equals=0.08,
                    between=[1000, 6000])  # fmt: skip
    children = result.reform["low_income"]["eu60"]["children"]
    people = as_population("default", HOUSEHOLDS, SEED)
    everyone = children["persons"] / children["share"]
    largest_step = people.weights.max() * MOST_CHILDREN / everyone
    assert abs(children["share"] - 0.08) <= largest_step


def test_a_goal_out_of_reach_is_told_with_what_can_be_reached():
    with pytest.raises(ScenarioError, match=r"no barnetrygd\.utvidet between 0 and .* it runs from -?\d.* to \d"):
        solved(parameter="barnetrygd.utvidet", so_that="change.budget.net", equals=-50_000)
