"""The optimum is a point that no sampled point of a large sweep beats, or it is said why there is none."""

import numpy as np
import pytest
from swept import COST, POOR, WANTED

from mikrosim.errors import ScenarioError
from mikrosim.scenario import load_scenario
from mikrosim.sweep import sweep_from_dict
from mikrosim.sweep.optimisation import optimisation_from_dict
from mikrosim.sweep.optimise import optimise
from mikrosim.sweep.optimum_files import write_optimum
from mikrosim.sweep.place import read_sweep
from mikrosim.sweep.run import sweep
from mikrosim.sweep.search import Tried, Wanted, missing, refine, search, undominated


def test_no_sampled_point_of_a_large_sweep_beats_it(optimum, population, tmp_path):
    spec = {key: WANTED[key] for key in ("name", "base", "parameters")}
    spec |= {"design": "sobol", "samples": 2000, "seed": 77, "measures": [COST, POOR], "persistent": False}
    sweep(sweep_from_dict(spec), tmp_path / "out", population)
    table, _ = read_sweep(tmp_path / "out")
    cost, poor = table[COST].to_numpy(), table[POOR].to_numpy()

    assert optimum.measures[POOR] <= 0.15
    feasible = poor <= 0.15
    assert 20 < feasible.sum() < 1980
    assert optimum.measures[COST] <= cost[feasible].min()
    # Nor are the frontier's other points, but for half a hundredth of what the mixes cost.
    spread = cost.max() - cost.min()
    for point in optimum.frontier:
        better = cost[poor <= point[POOR]]
        assert not len(better) or point[COST] <= better.min() + 0.005 * spread


def test_the_frontier_holds_the_optimum_and_none_of_its_points_beats_another(optimum):
    costs = [point[COST] for point in optimum.frontier]
    shares = [point[POOR] for point in optimum.frontier]
    assert len(costs) > 5
    assert shares == sorted(shares)
    assert costs == sorted(costs, reverse=True)
    assert optimum.measures[COST] in costs


def test_the_best_law_is_a_scenario_that_gives_the_same_law(optimum, tmp_path):
    chosen = optimisation_from_dict(WANTED)
    write_optimum(optimum, chosen, tmp_path)
    written = load_scenario(tmp_path / "scenario.yaml").policy()
    np.testing.assert_array_equal(written.vector, chosen.variants.vectors([optimum.parameters])[0])
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "base_1.yaml", "frontier.parquet", "manifest.json", "optimum.json", "scenario.yaml", "tried.parquet",
    ]  # fmt: skip


def test_it_is_the_same_every_time_and_for_any_number_of_threads(population):
    chosen = optimisation_from_dict({**WANTED, "evaluations": 200})
    assert optimise(chosen, population, workers=1).to_dict() == optimise(chosen, population, workers=3).to_dict()


def test_limits_that_cannot_be_met_are_told_with_how_near_one_comes(population):
    chosen = optimisation_from_dict({**WANTED, "subject_to": [f"{POOR} <= 0.001", f"{COST} <= 0"], "evaluations": 200})
    with pytest.raises(ScenarioError) as caught:
        optimise(chosen, population)
    assert "no point between the bounds meets all limits" in str(caught.value)
    assert f"subject_to {POOR} <= 0.001" in str(caught.value)
    assert "by itself it reaches" in str(caught.value)


def test_measures_are_checked_before_the_search(population):
    chosen = optimisation_from_dict({**WANTED, "minimise": "change.budget.nett"})
    with pytest.raises(ScenarioError, match="did you mean net"):
        optimise(chosen, population)


def test_without_a_limit_the_frontier_weighs_against_children_s_low_income(population):
    chosen = optimisation_from_dict({**WANTED, "subject_to": [], "evaluations": 200})
    found = optimise(chosen, population)
    assert found.parameters["barnetrygd.ordinaer"] == pytest.approx(1000.0)
    assert {COST, POOR} <= set(found.frontier[0])


def test_the_search_finds_a_corner_between_a_slope_and_a_staircase():
    # The least of a sum where the product, in steps of a hundredth, is at least 0.25: both one half.
    def measure(points):
        return np.stack([points.sum(axis=1), np.floor(100 * points[:, 0] * points[:, 1]) / 100], axis=1)

    wanted = Wanted(lambda values: values[:, 0], lambda values: 0.25 - values[:, 1][None])
    tried = Tried(measure, 3000)
    best = search(tried, wanted, 2, seed=1)
    assert missing(tried.values(best[None]), wanted)[0] == 0.0
    assert best.sum() == pytest.approx(1.0, abs=2e-3)
    assert len(tried.known) < 3200

    before = len(tried.known)
    refine(tried, wanted, 1, 0)
    assert len(tried.known) == before


def test_undominated_points_are_those_that_nothing_beats_in_both():
    rng = np.random.default_rng(2)
    one, other = rng.integers(0, 20, (2, 200)).astype(float)
    found = undominated(one, other)
    for place in range(200):
        better = (one <= one[place]) & (other <= other[place]) & ((one < one[place]) | (other < other[place]))
        assert not (found[place] and better.any())
        if not better.any():
            assert (found & (one == one[place]) & (other == other[place])).sum() == 1
