"""A sweep's rows hold the numbers of `mikrosim run`, one law at a time."""

import math

import numpy as np
import pytest
from swept import TWO_RATES

import mikrosim
from mikrosim.errors import MikrosimError
from mikrosim.measures import number_at
from mikrosim.simulation.reform import comparison
from mikrosim.sweep import sweep_from_dict
from mikrosim.sweep.evaluate import Evaluator, flat
from mikrosim.sweep.place import read_sweep
from mikrosim.sweep.task import task_of


def evaluator(population, **keys):
    wanted = sweep_from_dict({**TWO_RATES, **keys})
    return wanted, Evaluator(population, task_of(wanted))


def test_every_number_of_a_run_is_in_the_row(population, undisturbed):
    table, note = read_sweep(undisturbed)
    row = table.slice(41, 1).to_pylist()[0]
    reform = {"barnetrygd.taxable_as": "personinntekt", "barnetrygd.ordinaer": row["barnetrygd.ordinaer"],
              "barnetrygd.utvidet": {"multiply": row["utvidet"]}}  # fmt: skip
    policy = mikrosim.scenario_from_dict({"name": "x", "year": 2025, "reform": reform}).policy()
    (outcome,) = comparison(population, 2025).outcomes(mikrosim.baseline(2025), [policy])

    tree = outcome.tree()
    expected = {**flat({"reform": tree["reform"]}), **flat({"change": tree["change"]})}
    assert len(expected) > 120
    for path, value in expected.items():
        assert row[path] == pytest.approx(value, rel=1e-9, abs=1e-9, nan_ok=True), path
    for path, value in flat(outcome.baseline).items():
        assert number_at(note["baseline"], path) == pytest.approx(value, rel=1e-9, abs=1e-12), path
    assert not math.isnan(row["reform.persistent_low_income.eu60.children.share"])


def test_only_the_measures_asked_for_are_kept_and_are_the_same(population):
    wanted, everything = evaluator(population)
    asked = ["change.budget.net", "reform.low_income.eu60.children"]
    _, few = evaluator(population, measures=asked, persistent=False)
    assert "change.budget.net" in few.columns
    assert all(name.startswith(tuple(asked)) for name in few.columns)
    laws = wanted.vectors(0, 3)
    places = [everything.columns.index(name) for name in few.columns]
    np.testing.assert_array_equal(few.rows(laws), everything.rows(laws)[:, places])
    _, budget = evaluator(population, measures=["change.budget"])
    places = [everything.columns.index(name) for name in budget.columns]
    np.testing.assert_array_equal(budget.rows(laws), everything.rows(laws)[:, places])


def test_rows_do_not_depend_on_what_else_is_in_the_batch(population):
    wanted, ready = evaluator(population)
    laws = wanted.vectors(0, 9)
    np.testing.assert_array_equal(ready.rows(laws)[4:6], ready.rows(laws[4:6]))
    np.testing.assert_array_equal(ready.rows(laws)[8:], ready.rows(laws[8:]))


def test_groups_and_income_after_child_care_on_request(population):
    wanted, ready = evaluator(population, by_group=["number_of_children"], after_child_care=True, persistent=False)
    row = dict(zip(ready.columns, ready.rows(wanted.vectors(0, 1))[0], strict=True))
    assert 0 < row["by_group.number_of_children.3.low_income.eu60.children.share"] <= 1
    assert row["by_group.number_of_children.0.gain"] == 0.0
    assert "reform.after_child_care.low_income.eu60.children.share" in row
    assert "reform.persistent_low_income.eu60.all.share" not in row


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"measures": ["change.budget.nett"]}, "did you mean net"),
        ({"measures": ["chance.budget"]}, "unknown 'chance'; did you mean change"),
        ({"by_group": ["family_typ"]}, "unknown 'family_typ'; did you mean family_type"),
    ],
)
def test_unknown_measures_are_refused_in_words(population, keys, words):
    with pytest.raises(MikrosimError, match=words):
        evaluator(population, **keys)
