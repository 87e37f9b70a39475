"""Reforms measured against a baseline, over one population."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from mikrosim.measures import (
    BUDGET_SIGNS,
    Incomes,
    budget,
    deciles,
    difference,
    frame_of,
    low_income,
    measure,
    winners_losers,
)
from mikrosim.parameters import baseline
from mikrosim.simulation.compute import Computation, prepare
from mikrosim.simulation.detail import LawIncomes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from mikrosim.engine.run import Result
    from mikrosim.measures import Frame, Measured
    from mikrosim.measures.summary import Orders
    from mikrosim.parameters import Policy
    from mikrosim.population import Population
    from mikrosim.units import Floats

HOUSEHOLD_OUTPUTS = (
    "household_after_tax_income",
    "after_tax_income_net_of_child_care",
    "consumption_units_eu",
    "consumption_units_oecd",
)
YEARS_BEFORE = (0, 1, 2)
SUMS = (*BUDGET_SIGNS, "bostotte_payouts", "sosialhjelp_payouts", "sosialhjelp_recipients")
"""The budget's instruments, and counts that the published statistics are held against."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reform beside its baseline, in the result's own names; and what both give each household."""

    baseline: Measured
    reform: Measured
    change: Measured
    winners_losers: Measured
    deciles: Sequence[Mapping[str, float]]
    before: LawIncomes = field(repr=False, compare=False)
    after: LawIncomes = field(repr=False, compare=False)

    def tree(self) -> Measured:
        """Return all measures under `baseline`, `reform` and `change`, for paths such as `change.budget.net`.

        Winners and losers, and the deciles by number, stand under `change`.
        """
        numbered = {str(place): decile for place, decile in enumerate(self.deciles, start=1)}
        further: Measured = {"winners_losers": self.winners_losers, "deciles": numbered}
        return {"baseline": self.baseline, "reform": self.reform, "change": {**self.change, **further}}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A population ready to have reforms measured against a baseline."""

    computation: Computation
    frame: Frame

    def outcomes(self, law: Policy, reforms: Sequence[Policy]) -> list[Outcome]:
        """Return the outcome of each reform; all laws are run in one pass for each of the three years."""
        policies = [law, *reforms]
        results = [self.computation.run(policies, years_before) for years_before in YEARS_BEFORE]
        old, *new = (tuple(_incomes(result, law) for result in results) for law in range(len(policies)))
        before, *after = (_totals(results[0], law) for law in range(len(policies)))
        return [
            outcome_of((old, incomes), (before, totals), self.frame) for incomes, totals in zip(new, after, strict=True)
        ]

    def budgets(self, law: Policy, reforms: Sequence[Policy]) -> list[Measured]:
        """Return only `baseline`, `reform` and `change` of the budget, for one pass over the income year."""
        result = self.computation.run([law, *reforms])
        before, *after = ({"budget": budget(_totals(result, law))} for law in range(1 + len(reforms)))
        return [{"baseline": before, "reform": reform, "change": difference(reform, before)} for reform in after]


def outcome_of(
    years: tuple[tuple[Incomes, ...], tuple[Incomes, ...]],
    totals: tuple[Mapping[str, float], Mapping[str, float]],
    frame: Frame,
    orders: tuple[Orders, Orders] | None = None,
) -> Outcome:
    """Return a reform's outcome from what both laws give: under the baseline, and under the reform.

    Args:
        years: Households' incomes in the income year and the two before it.
        totals: Weighted sums of the instruments, NOK a year.
        frame: Who is counted, with the weights of the sums.
        orders: The orders of the incomes, when they are measured with many weights.
    """
    old, new = years[0][0], years[1][0]
    order, other = orders or (None, None)
    before, after = measure(years[0], totals[0], frame, order), measure(years[1], totals[1], frame, other)
    fixed = low_income(after.equivalised, frame, before.lines)
    same_line = low_income(before.equivalised, frame, before.lines)
    return Outcome(
        baseline=before.measured,
        reform=after.measured,
        change={
            **difference(after.measured, before.measured),
            "low_income_fixed_line": difference(fixed, same_line),
        },
        winners_losers=winners_losers(old.net_of_child_care, new.net_of_child_care, frame),
        deciles=deciles(
            before.equivalised["eu"],
            old.net_of_child_care / old.units_eu,
            new.net_of_child_care / new.units_eu,
            frame.persons,
            order=None if order is None else order.scales["eu"],
        ),
        before=LawIncomes(years[0], before.lines),
        after=LawIncomes(years[1], after.lines),
    )


def comparison(
    population: Population,
    year: int,
    *,
    code: Path | None = None,
    threads: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> Comparison:
    """Lay a population out for reforms of a year's law.

    Args:
        population: Whom to compute for, at that year.
        year: The income year of the law.
        code: A file with rules of the reforms' own.
        threads: How many threads share the work; as many as there are processors by default.
        progress: Called with the name of each stage when it begins.
    """
    computation = prepare(population, year, HOUSEHOLD_OUTPUTS, SUMS, code=code, threads=threads, progress=progress)
    return Comparison(computation, frame_of(population.persons, population.households, year))


def household_after_tax_income(
    population: Population, *, threads: int | None = None, progress: Callable[[str], None] | None = None
) -> Floats:
    """Return each household's income after tax under the law of the population's own year.

    The program is the one of every run, so that the user waits for one compilation only.
    """
    year = population.year
    computation = prepare(population, year, HOUSEHOLD_OUTPUTS, SUMS, threads=threads, progress=progress)
    result = computation.run([baseline(year)])
    after_tax: Floats = result.columns["household_after_tax_income"][0]
    return after_tax


def national_outlays(population: Population, year: int) -> dict[str, float]:
    """Return what each instrument amounts to under the law of a year, NOK; the population is carried to that year.

    The program is the one of every run, here too.
    """
    result = prepare(population, year, HOUSEHOLD_OUTPUTS, SUMS).run([baseline(year)])
    return _totals(result, 0)


def _incomes(result: Result, law: int) -> Incomes:
    after_tax, net, units_eu, units_oecd = (result.columns[name][law] for name in HOUSEHOLD_OUTPUTS)
    # A household without members has no consumption units; it counts for nobody.
    return Incomes(after_tax, net, np.maximum(units_eu, 1.0), np.maximum(units_oecd, 1.0))


def _totals(result: Result, law: int) -> dict[str, float]:
    return {name: float(totals[law]) for name, totals in result.sums.items()}
