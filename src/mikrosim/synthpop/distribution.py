"""What describes the whole income distribution: medians, low income in a year and over three, and inequality.

None of it but the medians by type of household enters the weights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.population.schema import HouseholdType
from mikrosim.synthpop.features import PER_UNIT, View, units_of
from mikrosim.synthpop.statistics import gini, quantile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from mikrosim.population.population import Population
    from mikrosim.units import Bools, Floats

    Facts = dict[str, NDArray[Any]]

LOW_INCOME = 0.6
RESIDENT_YEARS = 3
"""Years of residence from which an immigrant counts in persistent low income."""
EARLIER = 2022
"""The year of the published figures on low income in one year and of the median per consumption unit."""
LONE = (HouseholdType.SINGLE_PARENT,)
COUPLES = (HouseholdType.MARRIED_WITH_CHILDREN, HouseholdType.COHABITING_WITH_CHILDREN)
MANY = 3


def facts_of(
    population: Population, after_tax_income: Callable[[Population], Floats], years: Sequence[Floats]
) -> Facts:
    """Return what the measures need of each household.

    Args:
        population: As drawn.
        after_tax_income: Gives each household's income after tax under the law of the population's own year.
        years: Income after tax of the income year and the two years before, all under the income year's law.
    """
    view = View(population)
    earlier = population.at_year(EARLIER)
    settled = (view.persons["immigrant_background"] != 1) | (view.persons["residence_years"] >= RESIDENT_YEARS)
    child = view.age < 18
    background = view.persons["immigrant_background"] > 0
    group = np.zeros(len(view.type), dtype=np.int8)
    for number, (name, members) in enumerate(view.income_groups().items()):
        if name != "all":
            group[members] = number
    return {
        **{f"after_tax_{lag}": one for lag, one in enumerate(years)},
        "after_tax_earlier": np.asarray(after_tax_income(earlier), dtype=np.float64),
        "units": units_of(population).astype(np.float32),
        "group": group,
        "counted": view.counted,
        "kind": view.type,
        "size": view.size.astype(np.int8),
        "children": view.count(child).astype(np.int8),
        "settled": view.count(settled).astype(np.int8),
        "settled_children": view.count(settled & child).astype(np.int8),
        "settled_immigrant_children": view.count(settled & child & background).astype(np.int8),
    }


def measures(facts: Facts, weights: Floats, weights_earlier: Floats) -> dict[str, float]:
    """Return each median, share and ratio by the id of its target.

    Args:
        facts: Of all households.
        weights: Their final weights.
        weights_earlier: Their weights in the earlier year.
    """
    counted = facts["counted"]
    kept = {name: column[counted] for name, column in facts.items()}
    weights, weights_earlier = weights[counted], weights_earlier[counted]
    found = _medians(kept, weights)
    size = kept["size"] * weights
    income = kept["after_tax_0"] / kept["units"]
    found[PER_UNIT] = quantile(income, size, 0.5)
    found["check.gini"] = gini(income.clip(0), size)
    found["check.p90_p10"] = quantile(income, size, 0.9) / quantile(income, size, 0.1)
    low = income < LOW_INCOME * found[PER_UNIT]
    found["check.low_income.children_2023"] = _percent(low, kept["children"] * weights)
    found["check.low_income.persons_2023"] = _percent(low, size)
    income, size = kept["after_tax_earlier"] / kept["units"], kept["size"] * weights_earlier
    median = quantile(income, size, 0.5)
    found["check.median_equivalised_2022"] = median
    low = income < LOW_INCOME * median
    found["check.low_income.persons_2022"] = _percent(low, size)
    lone = kept["kind"] == HouseholdType.SINGLE_PARENT
    found["check.low_income.single_parents_2022"] = _percent(low, lone * weights_earlier)
    return found | _persistent(kept, weights)


def _medians(facts: Facts, weights: Floats) -> dict[str, float]:
    names = View.INCOME_GROUPS
    found = {"median.all": quantile(facts["after_tax_0"], weights, 0.5)}
    for number, name in enumerate(names):
        inside = facts["group"] == number
        if number and inside.any():
            found[f"median.{name}"] = quantile(facts["after_tax_0"][inside], weights[inside], 0.5)
    return found


def _persistent(facts: Facts, weights: Floats) -> dict[str, float]:
    """Return shares whose mean income of three years lies below 60 % of the mean of the three medians.

    As in the statistics, who came in the last three years is left out, though not of the medians.
    """
    persons = facts["settled"] * weights
    incomes = [facts[f"after_tax_{lag}"] / facts["units"] for lag in range(3)]
    everybody = facts["size"] * weights
    low: Bools = np.mean(incomes, axis=0) < LOW_INCOME * np.mean([quantile(one, everybody, 0.5) for one in incomes])
    children, immigrant = facts["settled_children"] * weights, facts["settled_immigrant_children"] * weights
    number = facts["children"]
    found = {
        "check.persistent.children": _percent(low, children),
        "check.persistent.persons": _percent(low, persons),
        "check.persistent.children_with_immigrant_background": _percent(low, immigrant),
        "check.persistent.other_children": _percent(low, children - immigrant),
    }
    for name, kinds in (("lone", LONE), ("couple", COUPLES)):
        inside = np.isin(facts["kind"], kinds)
        for count in range(1, MANY + 1):
            here = inside & (number == count if count < MANY else number >= count)
            found[f"check.persistent.{name}_{count}"] = _percent(low, here * persons)
        found[f"check.persistent.{name}_all"] = _percent(low, inside * persons)
    return found


def _percent(low: Bools, counts: Floats) -> float:
    total = float(counts.sum())
    return 100 * float(counts @ low) / total if total else float("nan")
