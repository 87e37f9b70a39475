"""From a sweep file to points and laws."""

import numpy as np
import pytest

from mikrosim.scenario import scenario_from_dict
from mikrosim.sweep import load_sweep, sweep_from_dict
from mikrosim.sweep.design import Design, sample
from mikrosim.sweep.task import Part, part_of, task_of

BASE = {"name": "x", "base": {"year": 2025}}


def points(**keys):
    wanted = sweep_from_dict({**BASE, **keys})
    return wanted.design.points(0, len(wanted.design))


def test_a_grid_has_every_combination_and_the_last_parameter_moves_fastest():
    found = points(parameters={"barnetrygd.ordinaer": {"from": 1000, "to": 1200, "step": 100},
                               "barnetrygd.taxable_as": ["none", "personinntekt"]})  # fmt: skip
    assert len(found) == 6
    assert found[1] == {"barnetrygd.ordinaer": 1000.0, "barnetrygd.taxable_as": "personinntekt"}
    assert [point["barnetrygd.ordinaer"] for point in found[::2]] == [1000.0, 1100.0, 1200.0]


def test_steps_are_the_number_of_values():
    found = points(parameters={"barnetrygd.ordinaer": {"from": 0, "to": 1, "steps": 5}})
    assert [point["barnetrygd.ordinaer"] for point in found] == [0.0, 0.25, 0.5, 0.75, 1.0]


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol"])
def test_a_sample_lies_between_the_bounds_and_its_seed_makes_it(kind):
    bounds = [(0.0, 1.0), (500.0, 600.0)]
    one, same, other = (sample(kind, bounds, 20, seed) for seed in (1, 1, 2))
    assert (one == same).all()
    assert not (one == other).any()
    low, high = np.asarray(bounds).T
    assert ((one >= low) & (one <= high)).all()


def test_a_latin_hypercube_has_one_point_in_every_slice():
    drawn = sample("latin_hypercube", [(0.0, 50.0)], 50, 3)[:, 0]
    assert sorted(drawn.astype(int)) == list(range(50))


def test_points_are_the_same_however_they_are_asked_for():
    design = Design(("a", "b"), "sobol", bounds=((0, 1), (0, 1)), samples=10, seed=4)
    assert [point for first in range(0, 10, 3) for point in design.points(first, min(first + 3, 10))] == (
        design.points(0, 10)
    )


def test_a_list_leaves_out_what_it_does_not_name():
    wanted = sweep_from_dict({**BASE, "design": "list", "list": [
        {"name": "low", "barnetrygd.ordinaer": 1000}, {"name": "taxed", "barnetrygd.taxable_as": "personinntekt"},
    ]})  # fmt: skip
    low, taxed = wanted.vectors(0, 2)
    assert (low == law_of({"barnetrygd.ordinaer": 1000})).all()
    assert (taxed == law_of({"barnetrygd.taxable_as": "personinntekt"})).all()


def test_one_name_may_move_several_parameters_from_a_month():
    axis = {"parameter": ["barnetrygd.ordinaer", "barnetrygd.utvidet"], "operation": "multiply",
            "starting": "2025-07", "values": [1.5]}  # fmt: skip
    (vector,) = sweep_from_dict({**BASE, "parameters": {"rates": axis}}).vectors(0, 1)
    later = {"multiply": 1.5, "from": "2025-07"}
    assert (vector == law_of({"barnetrygd.ordinaer": later, "barnetrygd.utvidet": later})).all()


def test_values_build_on_the_base(tmp_path):
    (tmp_path / "base.yaml").write_text("name: b\nyear: 2025\nreform: {barnetrygd.ordinaer: 1000}\n")
    (tmp_path / "sweep.yaml").write_text(
        "name: s\nbase: {year: 2025, extend: base.yaml}\n"
        "parameters: {barnetrygd.ordinaer: {operation: multiply, values: [2]}}\n"
    )
    (vector,) = load_sweep(tmp_path / "sweep.yaml").vectors(0, 1)
    assert (vector == law_of({"barnetrygd.ordinaer": 2000})).all()


def test_a_law_sent_as_its_differences_is_the_same_law():
    parameters = {
        "barnetrygd.ordinaer": {"low": 0, "high": 9000},
        "trinnskatt.rate": {"operation": "multiply", "low": 0, "high": 1},
    }
    wanted = sweep_from_dict({**BASE, "design": "sobol", "samples": 4, "parameters": parameters})
    task = task_of(wanted)
    part = part_of(wanted.variants, wanted.design.points(0, 4), task.slots)
    np.testing.assert_array_equal(Part(part.values).laws(task), wanted.vectors(0, 4))
    assert part.values.size < wanted.vectors(0, 4).size / 20


def law_of(reform):
    return scenario_from_dict({"name": "x", "year": 2025, "reform": reform}).policy().vector
