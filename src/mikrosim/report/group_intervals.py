"""How sure the change of low income in each group is, from the run's replicate weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.measures.disclosure import minimum_of
from mikrosim.measures.distribution import Distribution
from mikrosim.measures.low_income import LINES
from mikrosim.measures.replicates import sampling_variance, students_quantile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mikrosim.measures import Frame
    from mikrosim.measures.groups import Groups
    from mikrosim.report.tables_of_run import Rows
    from mikrosim.simulation.detail import Detail
    from mikrosim.units import Floats, Ints

LINE = "eu60"
ENDS = ("share_change_low", "share_change_high")


def with_intervals(rows: Rows, detail: Detail, divisions: Mapping[str, Groups], synthesis: float) -> Rows:
    """Return rows of low income by group with the ends of the 95 % interval of `share_change`.

    Without replicates the rows stay as they are. Groups that are pulled towards a wider one have no interval, nor have
    those of persons by age and of real persons' data.

    Args:
        rows: Of the table `low_income_by_group`.
        detail: The run's households, with its replicate weights.
        divisions: The groups of households, by name.
        synthesis: How many times the sampling variance the whole variance is.
    """
    if detail.replicates is None or minimum_of(detail.population) is not None:
        return rows
    replicates = detail.replicates
    orders: list[Ints] = [np.argsort(_equivalised(detail, law)) for law in (0, 1)]
    drawn = [_changes(detail, divisions, detail.frame.reweighted(factor), orders) for factor in replicates]
    variance = sampling_variance(np.array(drawn), len(detail.population.weights), replicates.held) * synthesis
    reach = students_quantile(replicates.number) * np.sqrt(variance)
    names = [
        (division, label, who) for division, groups in divisions.items() for who in ("all", "children")
        for label in groups.labels
    ]  # fmt: skip
    found = dict(zip(names, reach.tolist(), strict=True))
    return [{**row, **_ends(row["share_change"], found.get((row["division"], row["group"], row["who"])),
                            shrunk=row["shrunk"])} for row in rows]  # fmt: skip


def _ends(change: float, reach: float | None, *, shrunk: bool) -> dict[str, float | None]:
    if reach is None or shrunk or not np.isfinite(reach):
        return dict.fromkeys(ENDS)
    return dict(zip(ENDS, (change - reach, change + reach), strict=True))


def _equivalised(detail: Detail, law: int) -> Floats:
    incomes = (detail.before, detail.after)[law].years[0]
    return incomes.after_tax / incomes.units_eu


def _changes(detail: Detail, divisions: Mapping[str, Groups], frame: Frame, orders: list[Ints]) -> Floats:
    """Return the change of every group's share with the weights of a frame: all persons, then children."""
    moved = np.zeros(len(frame.persons))
    for law, sign in ((0, -1.0), (1, 1.0)):
        income = _equivalised(detail, law)
        line = LINES[LINE].share * Distribution(income, frame.persons, orders[law]).quantile(0.5)
        moved += sign * (income < line)
    return np.concatenate(
        [groups.means(moved, weight) for groups in divisions.values() for weight in (frame.persons, frame.children)]
    )
