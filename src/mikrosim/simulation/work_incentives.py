"""What parents keep of what they earn: effective marginal and participation tax rates, and income by wage.

The law is computed again with each parent's wage changed and everyone else's as it is, one parent of a household at a
time. The change lasts: the income of the year before, from which prices in kindergarten are set, changes alike. Who
does not work gets no unemployment benefit for it, as after it has run out, and the children keep their places.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mikrosim.measures import effective_marginal_tax_rate, participation_tax_rate, share_facing
from mikrosim.measures.frame import ADULT_AGE
from mikrosim.population.uprating import uprating

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mikrosim.engine.nodes import Graph
    from mikrosim.hypothetical.spec import HouseholdSpec
    from mikrosim.parameters import Policy
    from mikrosim.population import Population
    from mikrosim.simulation.compute import Computation
    from mikrosim.units import Bools, Floats, Ints, Nok

WAGE_STEP: Nok = 1_000.0
"""Further wage over which marginal rates are measured: less drowns in benefits that are rounded by the month."""

OLDEST = 66
WORKING_G = 0.5
"""A parent is in work with a wage of at least this part of the year's average G."""

INCOMES = {
    "after_tax": "household_after_tax_income",
    "after_child_care": "after_tax_income_net_of_child_care",
}
"""The incomes that rates are shown of, and the rules that give them."""

UNITS = "consumption_units_eu"
MEN, WOMEN = 1, 2


class Parents(NamedTuple):
    """The parents in work who live with children under 18, as rows of persons."""

    row: Ints
    home: Ints
    turn: Ints
    """Which of the household's parents it is: 0, 1, ..."""
    wage: Floats
    groups: Mapping[str, Bools]


@dataclass(frozen=True, slots=True, eq=False)
class WorkIncentives:
    """Rates of each parent in work under several laws.

    Attributes:
        parents: Who they are.
        marginal: By income of `INCOMES`: the rate on `WAGE_STEP` more, of shape (laws, parents).
        participation: The same on the whole wage.
        weight: The weight of each parent's household.
    """

    parents: Parents
    marginal: Mapping[str, Floats]
    participation: Mapping[str, Floats]
    weight: Floats

    def summary(self, factor: Floats | None = None) -> dict[str, Any]:
        """Return mean, median and shares above 60, 70 and 80 %: `baseline.marginal.after_tax.mothers.above_60`.

        Args:
            factor: New weight over old of each household, as in a replicate.
        """
        weight = self.weight if factor is None else self.weight * factor[self.parents.home]
        laws = ("baseline", "reform")
        found: dict[str, Any] = {
            name: {
                "marginal": self._facing(self.marginal, law, weight),
                "participation": self._facing(self.participation, law, weight),
            }
            for law, name in enumerate(laws)
        }
        found["change"] = _difference(found["reform"], found["baseline"])
        return found

    def _facing(self, rates: Mapping[str, Floats], law: int, weight: Floats) -> dict[str, Any]:
        return {
            income: {
                group: share_facing(values[law][chosen], weight[chosen])
                for group, chosen in self.parents.groups.items()
            }
            for income, values in rates.items()
        }


def work_incentives(
    computation: Computation,
    population: Population,
    policies: Sequence[Policy],
) -> WorkIncentives:
    """Return the rates of all parents in work, from two further runs for each parent of a household.

    Args:
        computation: The population's, with the household incomes among its outputs.
        population: The population at the laws' year.
        policies: The laws: the baseline and the reform.
    """
    parents = parents_in_work(population)
    base = computation.run(policies).columns
    shape = (len(policies), len(parents.row))
    marginal = {income: np.full(shape, np.nan) for income in INCOMES}
    participation = {income: np.full(shape, np.nan) for income in INCOMES}
    for turn in range(int(parents.turn.max(initial=-1)) + 1):
        chosen = np.flatnonzero(parents.turn == turn)
        rows, home = parents.row[chosen], parents.home[chosen]
        more = _run(computation, population, rows, np.full(len(rows), WAGE_STEP), policies)
        idle = _run(computation, population, rows, -parents.wage[chosen], policies)
        for income, name in INCOMES.items():
            for law in range(len(policies)):
                before, after, without = (one[name][law][home] for one in (base, more, idle))
                step = np.full(len(rows), WAGE_STEP)
                marginal[income][law, chosen] = effective_marginal_tax_rate(before, after, step)
                participation[income][law, chosen] = participation_tax_rate(without, before, parents.wage[chosen])
    weight = np.asarray(population.weights[parents.home], np.float64)
    return WorkIncentives(parents, marginal, participation, weight)


def parents_in_work(population: Population) -> Parents:
    """Return the parents of children under 18 they live with, 18-66 years old and in work."""
    persons, wage = population.persons, population.incomes[0]["wage"].astype(np.float64)
    age = population.year - persons["birth_year"].astype(np.int64)
    young = age < ADULT_AGE
    is_parent = np.zeros(len(age), np.bool_)
    for link in ("mother", "father"):
        is_parent[persons[link][young & (persons[link] >= 0)]] = True
    enough = WORKING_G * uprating().series["grunnbelop"][population.year]
    row = np.flatnonzero(is_parent & (age >= ADULT_AGE) & (age <= OLDEST) & (wage >= enough))
    home = persons["household"][row].astype(np.int64)
    first = np.searchsorted(home, home)
    paired = persons["partner"][row] >= 0
    sex = persons["sex"][row]
    return Parents(
        row=row,
        home=home,
        turn=np.arange(len(row)) - first,
        wage=wage[row],
        groups={
            "all": np.ones(len(row), np.bool_),
            "mothers": sex == WOMEN,
            "fathers": sex == MEN,
            "in_couples": paired,
            "single_parents": ~paired,
        },
    )


def _run(
    computation: Computation, population: Population, rows: Ints, more: Floats, policies: Sequence[Policy]
) -> Mapping[str, Floats]:
    """Return the outputs with more wage (or less) for some persons, in the year and in the one before."""
    changed = {}
    for name in ("wage", "income_previous_year"):
        column = population.incomes[0][name].astype(np.float64)
        column[rows] = np.maximum(column[rows] + more, 0.0) if name == "wage" else column[rows] + more
        changed[name] = np.rint(column).astype(population.incomes[0][name].dtype)
    dataset = computation.dataset.with_columns(changed)
    return replace(computation, dataset=dataset).run(policies).columns


def income_by_wage(
    families: Mapping[str, Mapping[str, Any]], wages: Sequence[Nok], policy: Policy, line: Nok | None = None
) -> list[dict[str, Any]]:
    """Return the map of the poverty trap: what given families have left by the wage of their first adult.

    Args:
        families: By name, households as `mikrosim.household` takes them.
        wages: NOK a year, rising.
        policy: The law, of the families' income year.
        line: A low-income line, NOK per consumption unit and year.

    A row for each family and wage: `after_tax_income`, `after_tax_income_net_of_child_care`,
    `effective_marginal_tax_rate` on the way to the next wage, `participation_tax_rate` (None at the first wage, if that
    is 0), both of income net of child care, and `below_line`.
    """
    from mikrosim.hypothetical.compute import ADULT
    from mikrosim.hypothetical.spec import read_spec

    rows: list[dict[str, Any]] = []
    for family, given in families.items():
        spec = read_spec(given, f"family {family}", policy.year)
        earner = next(person.id for person in spec.persons if spec.year - person.birth[0] >= ADULT)
        after_tax, left, units = _household_values(spec, policy, [{earner: {"wage": wage}} for wage in (0.0, *wages)])
        for place, wage in enumerate(wages, start=1):
            last = place == len(wages)
            rows.append(
                {
                    "family": family,
                    "wage": wage,
                    "after_tax_income": after_tax[place],
                    "after_tax_income_net_of_child_care": left[place],
                    "effective_marginal_tax_rate": (
                        None if last else 1.0 - (left[place + 1] - left[place]) / (wages[place] - wage)
                    ),
                    "participation_tax_rate": 1.0 - (left[place] - left[0]) / wage if wage else None,
                    "below_line": None if line is None else after_tax[place] / units[place] < line,
                }
            )
    return rows


def _household_values(
    spec: HouseholdSpec, policy: Policy, variants: Sequence[Mapping[str, Mapping[str, float]]]
) -> tuple[list[float], ...]:
    """Return income after tax, that net of child care, and EU consumption units of a household's variants."""
    from mikrosim.engine.plain import evaluate
    from mikrosim.hypothetical.columns import dataset_of
    from mikrosim.parameters import load_law, require
    from mikrosim.simulation.rules import FieldsOfLaw, parameters_of

    graph = _graph(policy.code)
    require(policy, parameters_of(graph))
    dataset = dataset_of(spec, variants)
    computed = evaluate(graph, FieldsOfLaw(load_law().layout), dataset, policy.vector, spec.year)
    return tuple([float(value) for value in computed[name][0]] for name in (*INCOMES.values(), UNITS))


@cache
def _graph(code: Path | None) -> Graph:
    from mikrosim.engine.graph import build_graph
    from mikrosim.hypothetical.columns import COLUMNS
    from mikrosim.simulation.rules import rule_book

    return build_graph(rule_book(code), COLUMNS, (*INCOMES.values(), UNITS))


def _difference(after: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value - before[name] if isinstance(value, float) else _difference(value, before[name])
        for name, value in after.items()
    }
