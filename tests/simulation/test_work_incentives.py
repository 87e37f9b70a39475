"""What parents keep of what they earn, under a law made up here, and by the real one for a few families."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from people import YEAR, people

import mikrosim
from mikrosim.measures.replicates import Replicates
from mikrosim.simulation.uncertainty import intervals_of
from mikrosim.simulation.work_incentives import WAGE_STEP, income_by_wage, parents_in_work, work_incentives

PRICE = 0.1


@dataclass(frozen=True)
class Columns:
    columns: dict

    def with_columns(self, columns):
        return Columns({**self.columns, **columns})


class Result:
    def __init__(self, columns):
        self.columns = columns


@dataclass(frozen=True)
class FlatTax:
    """Stands in for a computation: a policy is a tax on wages; child care takes a tenth of last year's income."""

    population: object
    dataset: Columns
    floor: float = 0.0

    def run(self, policies):
        home, count = self.population.persons["household"], len(self.population.weights)

        def total(name):
            return np.bincount(home, weights=self.dataset.columns[name], minlength=count)

        after = np.stack([np.maximum(total("wage") * (1.0 - tax), self.floor) for tax in policies])
        care = PRICE * total("income_previous_year")
        return Result({"household_after_tax_income": after, "after_tax_income_net_of_child_care": after - care})


def country(floor=0.0):
    population = people()
    incomes = population.incomes[0]
    incomes["income_previous_year"][:] = incomes["wage"]
    return population, FlatTax(population, Columns(dict(incomes)), floor)


def test_a_flat_tax_is_everyone_s_marginal_and_participation_rate():
    population, computation = country()
    found = work_incentives(computation, population, [0.3, 0.5])

    for law, tax in enumerate((0.3, 0.5)):
        for rates in (found.marginal, found.participation):
            assert rates["after_tax"][law] == pytest.approx(tax)
            assert rates["after_child_care"][law] == pytest.approx(tax + PRICE)
    summary = found.summary()
    assert summary["baseline"]["marginal"]["after_tax"]["mothers"]["mean"] == pytest.approx(0.3)
    assert summary["baseline"]["marginal"]["after_tax"]["all"]["above_60"] == 0.0
    assert summary["change"]["participation"]["after_child_care"]["fathers"]["median"] == pytest.approx(0.2)


def test_a_floor_takes_all_of_the_first_earnings():
    population, computation = country(floor=500_000.0)
    found = work_incentives(computation, population, [0.0])

    below = np.bincount(population.persons["household"], population.incomes[0]["wage"]) + WAGE_STEP <= 500_000.0
    trapped = below[found.parents.home]
    assert trapped.any()
    assert found.marginal["after_tax"][0][trapped] == pytest.approx(1.0)
    assert found.participation["after_tax"][0][trapped] == pytest.approx(1.0)


def test_parents_are_those_in_work_with_children_at_home_one_at_a_time():
    population, _ = country()
    parents = parents_in_work(population)
    persons = population.persons

    assert (YEAR - persons["birth_year"][parents.row] >= 18).all()
    assert (parents.wage > 60_000).all()
    children = np.bincount(persons["household"], weights=YEAR - persons["birth_year"] < 18)
    assert (children[parents.home] > 0).all()
    assert set(parents.turn) == {0, 1}
    assert len(set(zip(parents.home, parents.turn, strict=True))) == len(parents.row)
    assert (parents.groups["mothers"] ^ parents.groups["fathers"]).all()
    assert (parents.groups["in_couples"] ^ parents.groups["single_parents"]).all()


def test_no_parents_give_no_rates():
    population, computation = country()
    idle = replace(population, incomes=({**population.incomes[0], "wage": 0 * population.incomes[0]["wage"]},) * 3)
    summary = work_incentives(computation, idle, [0.3, 0.5]).summary()
    assert np.isnan(summary["baseline"]["marginal"]["after_tax"]["all"]["mean"])


def test_shares_have_intervals_with_replicates():
    population, computation = country(floor=500_000.0)
    rates = work_incentives(computation, population, [0.3, 0.5])
    found = intervals_of(rates.summary, Replicates(population.weights, 10))

    share = found["baseline"]["marginal"]["after_tax"]["all"]
    low, high = share["interval"]["above_60"]
    assert low < share["above_60"] < high
    assert share["above_60"] == rates.summary()["baseline"]["marginal"]["after_tax"]["all"]["above_60"]


def test_the_map_of_the_poverty_trap_follows_the_law():
    alone = {"year": YEAR, "household": {}, "persons": [{"id": "a", "born": "1990-05"}]}
    wages = [0, 200_000, 400_000, 401_000]
    law = mikrosim.baseline(YEAR)
    rows = income_by_wage({"alone": alone}, wages, law, line=250_000.0)

    assert [row["wage"] for row in rows] == wages
    assert rows[0]["participation_tax_rate"] is None
    assert rows[-1]["effective_marginal_tax_rate"] is None
    told = mikrosim.household({**alone, "persons": [{"id": "a", "born": "1990-05", "wage": 400_000}]}, policy=law)
    assert rows[2]["after_tax_income"] == pytest.approx(told["household"]["after_tax_income"])
    marginal = told["persons"]["a"]["effective_marginal_tax_rate"]
    assert rows[2]["effective_marginal_tax_rate"] == pytest.approx(marginal, abs=1e-6)
    kept = rows[2]["after_tax_income_net_of_child_care"] - rows[0]["after_tax_income_net_of_child_care"]
    assert rows[2]["participation_tax_rate"] == pytest.approx(1 - kept / 400_000)
    assert [row["below_line"] for row in rows][-1] is False
