"""How sure the numbers of the tables by group are, from the run's replicate weights.

Every table is made again with each set of replicate weights, from incomes that are computed and sorted once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.measures.budget import BUDGET_SIGNS, budget
from mikrosim.measures.disclosure import minimum_of
from mikrosim.measures.government import budget_by_level, gross_and_net
from mikrosim.measures.replicates import sampling_variance, students_quantile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mikrosim.report.tables_of_run import Rows
    from mikrosim.report.tables_view import Weighted
    from mikrosim.simulation.detail import Detail

    Tables = dict[str, Rows]

GIVEN = ("population", "persons", "decile", "line", "price_factor")
"""Columns that say what a row is of; they have no interval."""

FAMILIES = {"deciles": "deciles", "winners_losers": "winners_losers", "losers": "winners_losers", "spending": "deciles",
            "targeting": "deciles", "targeting_deciles": "deciles", "inequality_measures": "inequality"}  # fmt: skip
"""The measure of the summary whose synthesis variance a table's numbers get; low income's where none is named."""

SIGNED = ("value", "change", "mean_change", "median_change", "concentration")
"""Numbers that may be below 0, besides all changes."""

AMOUNTS = ("persons", "households", "amount", "mean_", "median_")
"""Numbers that may be above 1; the others are shares, or are above 1 as they stand."""


def tables_with_intervals(made: Callable[[Weighted], Tables], whole: Weighted, ratios: Mapping[str, float]) -> Tables:
    """Return tables with the ends of each number's 95 % interval in columns `…_low` and `…_high`.

    Without replicates, and of real persons' data, the tables are as they are made. Groups that are pulled towards a
    wider one have no interval (None), nor has a number that does not exist with some set of weights.

    Args:
        made: Makes the tables with some weights; always the same rows.
        whole: The sample with its own weights.
        ratios: How many times the sampling variance the whole variance is, by family (`change.low_income`).
    """
    tables = made(whole)
    detail = whole.sample.detail
    replicates = detail.replicates
    if replicates is None or minimum_of(detail.population) is not None:
        return tables
    drawn = [[row[name] for _, row, name in _numbers(made(whole.times(factor)))] for factor in replicates]
    variance = sampling_variance(np.array(drawn, np.float64), len(detail.population.weights), replicates.held)
    reach = students_quantile(replicates.number)
    for (table, row, name), one in zip(list(_numbers(tables)), variance.tolist(), strict=True):
        half = reach * np.sqrt(one * max(1.0, ratios.get(_family(table, name), 1.0)))
        row |= _ends(name, row[name], None if row.get("shrunk") else float(half))
    return tables


def with_level_intervals(rows: Rows, detail: Detail, ratios: Mapping[str, float]) -> Rows:
    """Return the budget by level and gross of tax with the ends of the 95 % interval of each change.

    Without replicates, and of real persons' data, the rows are as they are.

    Args:
        rows: The table, with the change of each part.
        detail: The run's households, with what each has of each instrument.
        ratios: How many times the sampling variance the whole variance is, by family (`change.budget`).
    """
    replicates, before, after = detail.replicates, detail.before.amounts, detail.after.amounts
    if replicates is None or before is None or after is None or minimum_of(detail.population) is not None:
        return rows
    weight = np.asarray(detail.population.weights, np.float64)
    drawn = []
    for factor in replicates:
        change = budget({name: float((after[name] - before[name]) @ (weight * factor)) for name in BUDGET_SIGNS})
        costs = change["by_instrument"]
        assert not isinstance(costs, float)
        parts = {"level": budget_by_level(costs, detail.baseline.year), "gross": gross_and_net(costs)}
        drawn.append([parts[row["division"]][row["part"]] for row in rows])
    variance = sampling_variance(np.array(drawn), len(weight), replicates.held)
    half = students_quantile(replicates.number) * np.sqrt(variance * max(1.0, ratios.get("change.budget", 1.0)))
    return [
        {**row, "change_low": row["change"] - one, "change_high": row["change"] + one}
        for row, one in zip(rows, half.tolist(), strict=True)
    ]


def _numbers(tables: Tables) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the table, the row and the name of every number that has an interval."""
    for table, rows in tables.items():
        for row in rows:
            yield from ((table, row, name) for name, value in list(row.items())
                        if isinstance(value, float) and name not in GIVEN)  # fmt: skip


def _family(table: str, name: str) -> str:
    """Return the family of a number, as `simulation.uncertainty.family` names it."""
    measure = FAMILIES.get(table, "low_income")
    if measure not in ("low_income", "inequality"):
        return measure
    law = name.rpartition("_")[2]
    return f"{law if law in ('baseline', 'reform') else 'change'}.{measure}"


def _ends(name: str, value: float, half: float | None) -> dict[str, float | None]:
    """Return the ends; shares and numbers under one law lie where they can, as in the summary."""
    low_name, high_name = f"{name}_low", f"{name}_high"
    if half is None or not np.isfinite(half) or not np.isfinite(value):
        return {low_name: None, high_name: None}
    low, high = value - half, value + half
    if name not in SIGNED and not name.endswith("_change"):
        low = min(max(low, 0.0), value)
        if value <= 1.0 and not name.startswith(AMOUNTS):
            high = max(min(high, 1.0), value)
    return {low_name: low, high_name: high}
