"""Contributions of the parts of a change: to what is made up here, and to one household by the real law."""

import numpy as np
import pytest

import mikrosim
from mikrosim.errors import MikrosimError
from mikrosim.hypothetical.compute import load_spec
from mikrosim.simulation.decompose import OTHER, _contributions, decompose, decompose_household, parts_of, with_parts

YEAR = 2025
REFORM = {
    "barnetrygd.ordinaer": {"multiply": 2},
    "barnetrygd.taxable_as": "personinntekt",
    "skatt.foreldrefradrag.first_child": 0,
}
FAMILY = {
    "year": YEAR,
    "household": {"municipality": "0301", "tenure": "owner"},
    "persons": [
        {"id": "mor", "born": "1990-05", "wage": 560_000},
        {"id": "barn", "born": "2017-03", "parents": ["mor"], "sfo": "full", "sfo_price_month": 2_000},
    ],
}


def laws(reform):
    scenario = mikrosim.scenario_from_dict({"name": "x", "year": YEAR, "reform": reform})
    return scenario.baseline(), scenario.policy()


def test_parts_are_folders_or_parameters():
    baseline, reform = laws(REFORM)
    folders = parts_of(baseline, reform, "folder")
    assert {"barnetrygd", "skatt"} <= set(folders)
    assert "barnetrygd.taxable_as" in folders["barnetrygd"]
    parameters = parts_of(baseline, reform, "parameter")
    assert parameters["barnetrygd.taxable_as"] == ("barnetrygd.taxable_as",)
    assert sorted(sum(folders.values(), ())) == sorted(sum(parameters.values(), ()))
    assert parts_of(baseline, baseline) == {}


def test_the_way_from_the_baseline_to_the_reform_is_made_of_the_parts():
    baseline, reform = laws(REFORM)
    parts = parts_of(baseline, reform, "folder")
    both = with_parts(baseline, reform, [path for paths in parts.values() for path in paths])
    assert np.array_equal(both.vector, reform.vector, equal_nan=True)
    assert np.array_equal(with_parts(baseline, reform, []).vector, baseline.vector, equal_nan=True)


def changed(policies, baseline, weights):
    """Return, for each law, a number in which two parts add up and others have ever less effect."""
    return [np.array([sum(weights[path] for path in parts_of(baseline, one, "parameter")), 0.0]) for one in policies]


def test_parts_of_least_effect_are_put_together_where_there_are_too_many():
    baseline, reform = laws(REFORM)
    parts = parts_of(baseline, reform, "parameter")
    weights = {path: 10.0**-place for place, path in enumerate(parts)}
    found = _contributions(baseline, reform, ("size", "nothing"),
                           lambda policies: changed(policies, baseline, weights), "parameter", 3)  # fmt: skip

    first, second, *rest = weights
    assert set(found.by_part) == {first, second, OTHER}
    assert found.parts[OTHER] == tuple(rest)
    assert found.by_part[first] == pytest.approx([1.0, 0.0])
    assert found.by_part[OTHER][0] == pytest.approx(sum(weights[path] for path in rest))
    assert sum(found.by_part.values()) == pytest.approx(found.total)


def test_a_household_s_contributions_add_up_to_what_the_law_gives():
    scenario = {"name": "x", "year": YEAR, "reform": REFORM}
    found = decompose(scenario, FAMILY, by="folder").to_dict()

    before, after = (mikrosim.household(FAMILY, policy=policy)["household"] for policy in laws(REFORM))
    for measure, total in found["total"].items():
        assert total == pytest.approx(after[measure] - before[measure])
        parts = sum(part[measure] for part in found["contributions"].values())
        assert parts == pytest.approx(total, abs=1e-6)
    assert found["contributions"]["barnetrygd"]["barnetrygd"] == pytest.approx(found["total"]["barnetrygd"])
    # The deduction is worth 22 % of it, whatever happens to barnetrygd.
    lost = 0.22 * before["foreldrefradrag"]
    assert lost > 1_000
    assert found["contributions"]["skatt"]["after_tax_income"] == pytest.approx(-lost)


def test_an_unchanged_law_has_no_parts():
    found = decompose({"name": "x", "year": YEAR}, FAMILY)
    assert found.by_part == {}
    assert set(found.to_dict()["total"].values()) == {0.0}


def test_the_way_from_an_earlier_law_is_divided_among_its_instruments():
    scenario = {"name": "x", "year": YEAR, "baseline": {"law_of": 2024, "uprated_by": "grunnbelop"}}
    chosen = mikrosim.scenario_from_dict(scenario)
    found = decompose_household(load_spec(FAMILY), chosen.baseline(), chosen.policy(), most=4)
    assert len(found.by_part) == 4
    assert OTHER in found.by_part
    assert sum(found.by_part.values()) == pytest.approx(found.total)


def test_what_needs_a_population_is_told():
    solve = {"parameter": "barnetrygd.ordinaer", "so_that": "change.budget.net", "equals": 0}
    with pytest.raises(MikrosimError, match="solve"):
        decompose({"name": "x", "year": YEAR, "reform": REFORM, "solve": solve}, FAMILY)
