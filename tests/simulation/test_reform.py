"""A reform's outcome, from an engine's figures made up here."""

import numpy as np
import pytest

from mikrosim.engine.run import Result
from mikrosim.measures import BUDGET_SIGNS, Frame, number_at
from mikrosim.simulation.reform import Comparison

HOUSEHOLDS = 50


class MadeUp:
    """Stands in for a computation: a policy is the extra income of the first ten households."""

    def __init__(self):
        rng = np.random.default_rng(3)
        self.income = np.sort(rng.lognormal(12.5, 0.6, HOUSEHOLDS))
        self.passes = []

    def run(self, policies, years_before=0):
        self.passes.append((list(policies), years_before))
        extra = np.zeros((len(policies), HOUSEHOLDS))
        extra[:, :10] = np.array(policies)[:, None]
        income = self.income * (1 - 0.1 * years_before) + extra
        columns = {
            "household_after_tax_income": income,
            "after_tax_income_net_of_child_care": income - 1000.0,
            "consumption_units_eu": np.full_like(income, 1.5),
            "consumption_units_oecd": np.full_like(income, 1.7),
        }
        sums = {name: np.zeros(len(policies)) for name in BUDGET_SIGNS}
        sums["barnetrygd"] = 1e6 * np.array(policies) + 5e6
        return Result(columns, sums)


@pytest.fixture
def compared():
    persons = np.full(HOUSEHOLDS, 2.0)
    return Comparison(MadeUp(), Frame(persons, persons / 2, persons, persons / 2, persons, persons))


def test_the_same_law_changes_nothing(compared):
    (outcome,) = compared.outcomes(0.0, [0.0])

    assert outcome.baseline == outcome.reform
    assert number_at(outcome.change, "low_income_fixed_line.eu60.all.share") == 0.0
    assert outcome.winners_losers["all"] == {"gain": 0.0, "lose": 0.0, "unchanged": 1.0}
    assert all(decile["mean_change"] == 0.0 for decile in outcome.deciles)


def test_many_reforms_are_measured_in_one_pass_for_each_year(compared):
    several = compared.outcomes(0.0, [100.0, 200.0])
    one = compared.outcomes(0.0, [200.0])

    assert several[1] == one[0]
    assert compared.computation.passes[:3] == [([0.0, 100.0, 200.0], years) for years in (0, 1, 2)]


def test_more_income_for_the_poorest_lowers_low_income(compared):
    (outcome,) = compared.outcomes(0.0, [200e3])

    assert number_at(outcome.change, "budget.net") == pytest.approx(200e3)
    assert number_at(outcome.change, "low_income.eu60.children.persons") < 0
    assert number_at(outcome.change, "inequality.gini") < 0
    assert outcome.winners_losers["all"]["gain"] == pytest.approx(0.2)
    assert outcome.deciles[0]["mean_change"] == pytest.approx(200e3 / 1.5)
    assert outcome.deciles[9]["mean_change"] == 0.0


def test_change_is_reform_less_baseline_everywhere(compared):
    (outcome,) = compared.outcomes(0.0, [200e3])

    for path in ("budget.by_instrument.barnetrygd", "low_income.oecd50.all.share", "inequality.s80_s20"):
        expected = number_at(outcome.reform, path) - number_at(outcome.baseline, path)
        assert number_at(outcome.change, path) == expected


def test_budgets_take_one_pass_and_equal_the_outcomes(compared):
    (quick,) = compared.budgets(0.0, [100.0])
    assert len(compared.computation.passes) == 1

    (outcome,) = compared.outcomes(0.0, [100.0])
    for law in ("baseline", "reform", "change"):
        assert quick[law]["budget"] == outcome.tree()[law]["budget"]


def test_paths_reach_deciles_and_winners(compared):
    (outcome,) = compared.outcomes(0.0, [200e3])

    assert number_at(outcome.tree(), "change.deciles.1.mean_change") > 0
    assert number_at(outcome.tree(), "change.winners_losers.all.lose") == 0.0
