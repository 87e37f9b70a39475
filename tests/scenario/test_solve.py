"""A value is found in a few passes, the first over many points at once, or it is said why there is none."""

from pathlib import Path

import pytest

from mikrosim.errors import ScenarioError
from mikrosim.parameters import load_law
from mikrosim.scenario import scenario_from_dict, solve


@pytest.fixture(scope="module")
def law():
    return load_law(Path(__file__).parent / "law")


@pytest.fixture
def scenario(law):
    def made(parameter="toy.benefit", equals=0.0, **more):
        return scenario_from_dict(
            {"name": "x", "year": 2023, "solve": {"parameter": parameter, "so_that": "change.budget.net",
                                                  "equals": equals} | more},
            law=law,
        )  # fmt: skip

    return made


@pytest.fixture
def budget(law):
    """A budget of two young and one old, and the number of laws in each pass."""
    passes = []

    def evaluate(policies):
        passes.append(len(policies))
        young, old = (law.layout.slots[f"toy.benefit_{age}"].start for age in ("young", "old"))
        base = law.vector(2023)
        return [float((p.vector - base)[:, [young, young, old]].sum()) for p in policies]

    evaluate.passes = passes
    return evaluate


def test_one_rate_for_both_at_the_same_cost(scenario, budget):
    solution = solve(scenario(), budget)
    assert solution.value == pytest.approx(2500 / 3)
    assert solution.reached == pytest.approx(0, abs=1e-6)
    assert solution.policy.changes[0].startswith("toy.benefit_young: 1 000 -> 833.33 NOK per month")
    assert budget.passes[0] == 8
    assert solution.evaluations == sum(budget.passes) < 16


def test_a_factor_and_an_addition_can_be_solved_for(scenario, budget):
    assert solve(scenario(equals=30000, operation="multiply"), budget).value == pytest.approx(2)
    assert solve(scenario(equals=3600, operation="add"), budget).value == pytest.approx(100)


def test_a_month_to_begin_with(scenario, budget):
    found = solve(scenario(equals=600, operation="add", **{"from": "2023-11"}), budget)
    assert found.value == pytest.approx(100)
    assert found.policy.changes[0].endswith("(2023-11 .. 2023-12)")


def test_of_two_solutions_the_one_nearest_the_law_is_taken(scenario, law):
    def evaluate(policies):
        start = law.layout.slots["toy.benefit_young"].start
        return [(p.vector[0, start] - 900) * (p.vector[0, start] - 7000) for p in policies]

    assert solve(scenario("toy.benefit_young"), evaluate).value == pytest.approx(900)


def test_no_solution_in_the_interval_says_what_was_reached(scenario, budget):
    with pytest.raises(ScenarioError, match=r"no toy\.benefit between 0 and 100 gives .* nearest at 100; widen"):
        solve(scenario(between=[0, 100]), budget)


def test_a_result_that_does_not_move(scenario):
    with pytest.raises(ScenarioError, match=r"toy\.benefit does not move change\.budget\.net; it stays 5"):
        solve(scenario(), lambda policies: [5.0] * len(policies))


def test_a_result_that_jumps_over_the_wanted_number(scenario, law):
    start = law.layout.slots["toy.benefit_young"].start
    with pytest.raises(ScenarioError, match=r"jumps over 0 at toy\.benefit = 1234, from -5 to 5"):
        solve(scenario(), lambda policies: [5.0 if p.vector[0, start] > 1234 else -5.0 for p in policies])


def stairs(law, step):
    """A share that falls by whole steps as the benefit rises, as households cross the line one by one."""
    start = law.layout.slots["toy.benefit_young"].start
    return lambda policies: [step * round((0.2 - p.vector[0, start] / 50_000) / step) for p in policies]


def test_a_share_is_reached_as_nearly_as_households_let_it(scenario, law):
    found = solve(scenario(so_that="reform.low_income.eu60.children.share", equals=0.0804), stairs(law, 0.001))
    assert found.reached == pytest.approx(0.080, abs=1e-9)
    with pytest.raises(ScenarioError, match=r"jumps over 0\.0804 .*, from 0\.1 to 0\.05"):
        solve(scenario(so_that="reform.low_income.eu60.children.share", equals=0.0804), stairs(law, 0.05))


@pytest.mark.parametrize(("jump", "is_found"), [(1.5, True), (3.0, False)])
def test_a_budget_is_reached_to_within_a_million(scenario, law, jump, is_found):
    """The result rises by a million for each krone, and by more where a threshold is passed."""
    start = law.layout.slots["toy.benefit_young"].start

    def evaluate(policies):
        values = [float(p.vector[0, start]) for p in policies]
        return [value - 1234 + jump * ((value > 1234) - 0.5) for value in values]

    if is_found:
        assert abs(solve(scenario(), evaluate).reached) <= 1
    else:
        with pytest.raises(ScenarioError, match=r"jumps over 0 at toy\.benefit = 1234, from -1\.5 to 1\.5"):
            solve(scenario(), evaluate)


def test_a_result_that_is_no_number(scenario):
    with pytest.raises(ScenarioError, match=r"change\.budget\.net is not a number here"):
        solve(scenario(), lambda policies: [float("nan")] * len(policies))


def test_a_scenario_without_solve(law):
    with pytest.raises(ScenarioError, match="has no `solve`"):
        solve(scenario_from_dict({"name": "x", "year": 2023}, law=law), lambda policies: [0.0])
