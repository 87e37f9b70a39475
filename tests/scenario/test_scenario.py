"""A reform does to the law's vector what its lines say, from the month they say."""

from pathlib import Path

import numpy as np
import pytest

from mikrosim.errors import ScenarioError
from mikrosim.parameters import load_law
from mikrosim.scenario import load_scenario, scenario_from_dict

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="module")
def law():
    return load_law(Path(__file__).parent / "law")


@pytest.fixture
def policy(law):
    def reformed(year=2025, **reform):
        spec = {
            "name": "Test",
            "year": year,
            "reform": {f"toy.{leaf}": value for leaf, value in reform.items()},
        }
        return scenario_from_dict(spec, law=law).policy()

    return reformed


@pytest.fixture
def column(law):
    return lambda policy, path: policy.vector[:, law.layout.slots[f"toy.{path}"].span].tolist()


def test_without_a_reform_the_policy_is_the_law(law):
    scenario = scenario_from_dict({"name": "Same", "year": 2025}, law=law)
    np.testing.assert_array_equal(scenario.policy().vector, scenario.baseline().vector)
    assert scenario.policy().changes == ()
    assert scenario.policy().law_hash == law.hash


def test_a_bare_value_means_set(policy, column):
    assert column(policy(rate=0.3), "rate") == [[0.3]] * 12


def test_a_multiplication_from_a_month_leaves_the_months_before(policy, column):
    changed = policy(benefit_young={"multiply": 2, "from": "2025-03"})
    assert column(changed, "benefit_young") == [[1000]] * 2 + [[2000]] * 2 + [[3000]] * 8


def test_adding_goes_on_top_of_each_months_law(policy, column):
    assert column(policy(benefit_young={"add": 100}), "benefit_young") == [[1100]] * 4 + [[1600]] * 8


def test_a_mover_multiplies_each_and_sets_all_to_one(policy, column):
    doubled, equal = policy(benefit={"multiply": 2}), policy(benefit=700)
    assert column(doubled, "benefit_young")[0] + column(doubled, "benefit_old")[0] == [2000, 1000]
    assert column(equal, "benefit_young")[11] + column(equal, "benefit_old")[11] == [700, 700]


def test_lines_apply_from_top_to_bottom(policy, column):
    assert column(policy(benefit=700, benefit_old={"add": 1}), "benefit_old") == [[701]] * 12


def test_choices_and_flags_are_set_by_name(policy, column):
    changed = policy(taxed_as="wages", taxable={"set": True, "from": "2025-12"})
    assert column(changed, "taxed_as") == [[1]] * 12
    assert column(changed, "taxable") == [[0]] * 11 + [[1]]


def test_lists_may_change_their_length_together(policy, column):
    changed = policy(step_rate=[0.1], threshold=[50000])
    assert column(changed, "step_rate")[0] == [0.1, 0, 0]
    assert column(changed, "threshold")[0] == [50000, np.inf, np.inf]


def test_a_list_is_multiplied_as_a_whole_or_one_by_one_without_its_padding(policy, column):
    assert column(policy(2021, threshold={"multiply": 2}), "threshold")[0] == [200000, 400000, np.inf]
    assert column(policy(2021, step_rate={"add": 0.5}), "step_rate")[0] == [0.6, 0.7, 0]
    assert column(policy(2021, step_rate={"multiply": [1, 2]}), "step_rate")[0] == [0.1, 0.4, 0]


def test_numbers_of_numpy_and_tuples_are_numbers_and_lists(policy, column):
    changed = policy(rate=np.float64(0.3), benefit_old=np.int64(7), step_rate=(0.1, 0.1, np.float32(0.5)))
    assert column(changed, "rate")[0] + column(changed, "benefit_old")[0] == [0.3, 7]
    assert column(changed, "step_rate")[0] == [0.1, 0.1, 0.5]


def test_a_reform_may_bring_back_a_repealed_parameter(policy):
    assert policy(ended=5).missing == ()
    assert policy().missing == ("toy.ended",)
    assert policy(ended={"set": 5, "from": "2025-02"}).missing == ("toy.ended",)


def test_changes_read_as_sentences(policy):
    changed = policy(benefit_young={"multiply": 1.5}, rate=0.3, taxed_as="wages", step_rate={"multiply": 0.5},
                     benefit_old={"set": 1234.5, "from": "2025-12"}, ended=5)  # fmt: skip
    assert changed.changes == (
        "toy.benefit_young: 1 000 -> 1 500 NOK per month (2025-01 .. 2025-04)",
        "toy.benefit_young: 1 500 -> 2 250 NOK per month (2025-05 .. 2025-12)",
        "toy.rate: 0.2 -> 0.3 (2025)",
        "toy.taxed_as: none -> wages (2025)",
        "toy.step_rate: [0.1, 0.2, 0.3] -> [0.05, 0.1, 0.15] (2025)",
        "toy.benefit_old: 500 -> 1 234.5 NOK per month (2025-12)",
        "toy.ended: no law -> 5 NOK (2025-01 .. 2025-12)",
    )


def test_a_dict_has_its_own_name_in_the_message(law):
    with pytest.raises(ScenarioError, match=r"^my idea: 1 problem\n  reform\.toy\.rate +21 is above"):
        scenario_from_dict({"name": "x", "year": 2025, "reform": {"toy.rate": 21}}, source="my idea", law=law)


def test_keys_that_are_not_text_are_refused(law):
    with pytest.raises(ScenarioError, match="must be text"):
        scenario_from_dict({"name": "x", "year": 2025, "reform": {1: 2}}, law=law)


@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_scenario_here_fits_the_law(path):
    scenario = load_scenario(path, allow_code=True)
    assert scenario.policy().changes or scenario.solve or scenario.compared_with or scenario.code
    assert scenario.description


def test_taxed_child_benefit_raises_all_components_by_83_percent():
    scenario = load_scenario(SCENARIOS / "skatt_barnetrygd.yaml")
    before, after = scenario.baseline(), scenario.policy()
    slots = scenario.law.layout.slots
    for leaf in ("ordinaer_under_6", "ordinaer_over_6", "utvidet", "smaabarnstillegg", "finnmarkstillegg",
                 "svalbardtillegg"):  # fmt: skip
        span = slots[f"barnetrygd.{leaf}"].span
        np.testing.assert_allclose(after.vector[:, span], 1.83 * before.vector[:, span])
    assert after.vector[0, slots["barnetrygd.taxable_as"].start] == 2
    assert after.vector[0, slots["skatt.foreldrefradrag.first_child"].start] == 0
