"""The whole chain on a few made-up households: law, engine, measures, result."""

import json
from dataclasses import replace
from types import MappingProxyType

import pytest
from people import YEAR, people

import mikrosim
from mikrosim.errors import MikrosimError
from mikrosim.measures import number_at
from mikrosim.simulation.reform import comparison

SCENARIO = {
    "name": "Høyere og skattlagt barnetrygd",
    "year": YEAR,
    "reform": {"barnetrygd.ordinaer": {"multiply": 2}, "barnetrygd.taxable_as": "personinntekt"},
    "compare": ["low_income.eu60.children", "deciles.1.mean_change", "low_income_fixed_line.eu60.all.share"],
}


# One test, so that one process compiles the law.
def test_a_scenario_runs_from_end_to_end():
    population = people()
    result = mikrosim.run(SCENARIO, population, threads=2)

    barnetrygd = number_at(result.baseline, "budget.by_instrument.barnetrygd")
    assert number_at(result.reform, "budget.by_instrument.barnetrygd") > 1.5 * barnetrygd > 0
    assert number_at(result.change, "budget.by_instrument.trygdeavgift") < 0
    assert number_at(result.change, "budget.net") == pytest.approx(
        number_at(result.reform, "budget.net") - number_at(result.baseline, "budget.net")
    )
    assert result.population["weighted_persons"] == 10.0 * len(population.persons["person_id"])
    assert set(result.compared["low_income.eu60.children"]) == {"baseline", "reform", "change"}
    assert set(result.compared["deciles.1.mean_change"]) == {"change"}
    assert any("barnetrygd.taxable_as" in change for change in result.law_changes)

    # What leaves the public purse reaches households, in the frame of everyone.
    policies = [mikrosim.baseline(YEAR), mikrosim.scenario_from_dict(SCENARIO).policy()]
    computed = comparison(population, YEAR).computation.run(policies).columns
    before, after = computed["after_tax_income_net_of_child_care"]
    gained = 10.0 * (after - before).sum()
    assert gained / 1e6 == pytest.approx(number_at(result.change, "budget.net"))

    sure = mikrosim.run(SCENARIO, population, replicates=4).to_dict()
    low, high = sure["change"]["budget"]["interval"]["net"]
    assert low < sure["change"]["budget"]["net"] == number_at(result.change, "budget.net") < high
    lowest = sure["deciles"][0]["interval"]["mean_change"]
    assert sure["compared"]["deciles.1.mean_change"]["interval"]["change"] == lowest
    assert set(sure["compared"]["low_income.eu60.children"]["change"]["interval"]) == {"share", "persons"}
    assert sure["uncertainty"]["standard_errors"]["change.budget.net"] > 0
    assert sure["manifest"]["uncertainty"]["replicates"] == 4

    real = replace(people(400), manifest=MappingProxyType({"real": True, "minimum_cell": 40}))
    guarded = mikrosim.run(SCENARIO, real, replicates=4).to_dict()
    left_out = set(guarded["disclosure"]["left_out"])
    assert "baseline.low_income.oecd50.children.share" in left_out
    hidden = guarded["baseline"]["low_income"]["oecd50"]["children"]
    assert hidden["share"] is None
    assert hidden["interval"]["share"] == [None, None]
    assert not left_out.intersection(guarded["uncertainty"]["standard_errors"])
    with pytest.raises(MikrosimError, match="real microdata"):
        mikrosim.run(SCENARIO, real, work_incentives=True)

    more = mikrosim.run(SCENARIO, population, work_incentives=True, decompose=True).to_dict()
    assert 0.2 < more["work_incentives"]["baseline"]["marginal"]["after_tax"]["all"]["median"] < 0.6
    parts = more["decomposition"]["contributions"].values()
    assert sum(part["budget.net"] for part in parts) == pytest.approx(more["change"]["budget"]["net"])

    assert mikrosim.run(SCENARIO, population, threads=1).to_json() == result.to_json()
    assert json.loads(result.to_json()) == result.to_dict()

    solve = {"parameter": "barnetrygd.ordinaer", "operation": "multiply", "so_that": "change.budget.net"}
    neutral = mikrosim.run({**SCENARIO, "solve": {**solve, "equals": 0}}, population)
    assert 0.5 < neutral.solved.value < 1.0  # of twice the law's rates
    assert number_at(neutral.change, "budget.net") == pytest.approx(0.0, abs=1e-3)

    with pytest.raises(MikrosimError, match="did you mean net"):
        mikrosim.run({**SCENARIO, "solve": {**solve, "so_that": "change.budget.nett", "equals": 0}}, population)
    with pytest.raises(MikrosimError, match="compare"):
        mikrosim.run({**SCENARIO, "compare": ["budget.nett"]}, population)
