"""A run's result under disclosure control: which of its numbers rest on too few households to leave.

Every number is denied unless it is known here how many households of the sample stand behind it, so that a measure that
is added elsewhere stays inside until somebody counts its households.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.engine.run import BLOCK_HOUSEHOLDS
from mikrosim.engine.run import run as run_engine
from mikrosim.measures.changes import UNCHANGED_WITHIN
from mikrosim.measures.disclosure import NOT_SHOWN, Sum, is_small, suppressed
from mikrosim.measures.distribution import Distribution
from mikrosim.measures.low_income import LINES
from mikrosim.measures.ranked import RankedGroups
from mikrosim.population.schema import INCOME_YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mikrosim.measures import Frame
    from mikrosim.parameters import Policy
    from mikrosim.simulation.compute import Computation
    from mikrosim.simulation.detail import LawIncomes
    from mikrosim.simulation.reform import Outcome
    from mikrosim.units import Bools, Floats

LAWS = ("baseline", "reform", "change")
LEAVES = ("share", "persons", "mean_change", "mean_change_percent")
"""Numbers that describe one cell: they are shown together or not at all."""
INTERVAL = "interval"
FEW_BLOCKS = "net"


@dataclass(slots=True)
class Cells:
    """The cells of a result: how many households stand behind each, and what readers can add up.

    Args:
        minimum: Households that a cell needs.
    """

    minimum: int
    counts: dict[str, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)

    def put(self, cell: str, households: int, *, hidden: bool = False) -> None:
        """Note the households behind a cell."""
        self.counts[cell] = households
        if hidden:
            self.hidden.add(cell)

    def put_change(self, path: str, before: int, after: int, moved: int) -> None:
        """Note a measure under both laws and its change, of which each follows from the other two."""
        for law, households in zip(LAWS, (before, after, moved), strict=True):
            self.put(f"{law}.{path}", households)
        self.sums.append(Sum(f"reform.{path}", (f"baseline.{path}", f"change.{path}")))

    def put_share(self, path: str, before: Bools, after: Bools, base: Bools) -> None:
        """Note a share of persons under both laws: those who are in it, those who are not, and who moves.

        Args:
            path: The measure.
            before: Households in it under the baseline.
            after: Households in it under the reform.
            base: Households that are counted at all; with too few of them nothing is shown.
        """
        before, after = before & base, after & base
        everyone = int(base.sum())
        inside = [int(one.sum()) for one in (before, after, before ^ after)]
        if is_small(everyone, self.minimum):
            inside = [1, 1, 1]
        self.put_change(path, *inside)
        self.put(f"{path}.base", everyone)
        for law, those in (("baseline", before), ("reform", after)):
            self.put(f"{law}.{path}.outside", int((base & ~those).sum()), hidden=True)
            self.sums.append(Sum(f"{path}.base", (f"{law}.{path}", f"{law}.{path}.outside")))

    def left_out(self) -> frozenset[str]:
        """Return the cells that are left out; what stands for everyone and for the whole budget goes last."""
        keep = [cell for cell in self.counts if cell.endswith(".net") or ".all" in cell]
        fixed = [cell for cell in self.counts if cell.endswith(".base")]
        return suppressed(self.counts, self.sums, self.minimum, hidden=self.hidden, keep=keep, fixed=fixed)


def disclosed(outcome: Outcome, frame: Frame, behind: Mapping[str, Sequence[int]], minimum: int, *,
              years: int = INCOME_YEARS) -> tuple[Outcome, tuple[str, ...]]:  # fmt: skip
    """Return an outcome without the numbers that may not leave, and the paths of those.

    Args:
        outcome: All of it, with the incomes it was measured on.
        frame: Who counts.
        behind: The households behind each instrument and behind `net`: baseline, reform, change; from `contributors`.
        minimum: Households that a cell needs.
        years: Income years that the microdata have; with fewer than three nothing is said of persistent low income.
    """
    cells = Cells(minimum)
    _budget(cells, behind)
    _low_income(cells, outcome.before, outcome.after, frame)
    if years >= INCOME_YEARS:
        _persistent(cells, outcome.before, outcome.after, frame)
    _inequality(cells, outcome.before, outcome.after, frame)
    _winners(cells, outcome.before, outcome.after, frame)
    _deciles(cells, outcome.before, outcome.after, frame, len(outcome.deciles))
    known, denied = frozenset(cells.counts) - cells.hidden, cells.left_out()
    gone: list[str] = []

    def shown(value: Any, path: str) -> Any:
        if hasattr(value, "items"):
            return {name: shown(inner, f"{path}.{name}" if path else name) for name, inner in value.items()}
        cell = _cell_of(path, known)
        if cell is not None and cell not in denied:
            return value
        gone.append(path)
        return [NOT_SHOWN, NOT_SHOWN] if isinstance(value, (list, tuple)) else NOT_SHOWN

    protected = replace(
        outcome,
        baseline=shown(outcome.baseline, "baseline"),
        reform=shown(outcome.reform, "reform"),
        change=shown(outcome.change, "change"),
        winners_losers=shown(outcome.winners_losers, "winners_losers"),
        deciles=[shown(decile, f"deciles.{place}") for place, decile in enumerate(outcome.deciles, start=1)],
    )
    return protected, tuple(gone)


def _cell_of(path: str, known: frozenset[str]) -> str | None:
    """Return the cell that a number belongs to: itself, or the one it describes."""
    parts = [part for part in path.split(".") if part != INTERVAL]
    if parts[-1] in LEAVES:
        parts = parts[:-1]
    cell = ".".join(parts)
    return cell if cell in known else None


def _budget(cells: Cells, behind: Mapping[str, Sequence[int]]) -> None:
    instruments = [name for name in behind if name != FEW_BLOCKS]
    for name in instruments:
        cells.put_change(f"budget.by_instrument.{name}", *behind[name])
    cells.put_change("budget.net", *behind[FEW_BLOCKS])
    for law in LAWS:
        cells.sums.append(Sum(f"{law}.budget.net", tuple(f"{law}.budget.by_instrument.{name}" for name in instruments)))


def _low_income(cells: Cells, before: LawIncomes, after: LawIncomes, frame: Frame) -> None:
    for name, line in LINES.items():
        old, new = (_equivalised(law, line.scale) for law in (before, after))
        low_old, low_new = old < before.lines[name], new < after.lines[name]
        low_fixed = new < before.lines[name]
        for who, weight in (("all", frame.persons), ("children", frame.children)):
            path = f"low_income.{name}.{who}"
            cells.put_share(path, low_old, low_new, weight > 0)
            fixed, there = f"low_income_fixed_line.{name}.{who}", weight > 0
            cells.put(f"change.{fixed}", int(((low_old ^ low_fixed) & there).sum()))
            cells.put(f"reform.{fixed}", int((low_fixed & there).sum()), hidden=True)
            cells.sums.append(Sum(f"reform.{fixed}", (f"baseline.{path}", f"change.{fixed}")))


def _persistent(cells: Cells, before: LawIncomes, after: LawIncomes, frame: Frame) -> None:
    mean_old, mean_new = (_mean(law) for law in (before, after))
    line_old, line_new = (_persistent_line(law, frame) for law in (before, after))
    for who, weight in (("all", frame.lasting_persons), ("children", frame.lasting_children)):
        path = f"persistent_low_income.eu60.{who}"
        cells.put_share(path, mean_old < line_old, mean_new < line_new, weight > 0)


def _inequality(cells: Cells, before: LawIncomes, after: LawIncomes, frame: Frame) -> None:
    old, new = (_equivalised(law, "eu") for law in (before, after))
    there = frame.persons > 0
    moved = int(((old != new) & there).sum())
    for name in ("gini", "s80_s20", "p90_p10"):
        ends = {"gini": (), "s80_s20": (0.2, 0.8), "p90_p10": (0.1, 0.9)}[name]
        households = [min(_tails(income, frame.persons, ends)) for income in (old, new)]
        cells.put_change(f"inequality.{name}", households[0], households[1], moved)


def _tails(income: Floats, persons: Floats, ends: Sequence[float]) -> list[int]:
    """Return how many households are at and outside each of two quantiles, or in all."""
    there = persons > 0
    if not ends:
        return [int(there.sum())]
    ranked = Distribution(income, persons)
    low, high = (ranked.quantile(end) for end in ends)
    return [int((there & (income <= low)).sum()), int((there & (income >= high)).sum())]


def _winners(cells: Cells, before: LawIncomes, after: LawIncomes, frame: Frame) -> None:
    change = after.years[0].net_of_child_care - before.years[0].net_of_child_care
    gain, lose = change >= UNCHANGED_WITHIN, change <= -UNCHANGED_WITHIN
    outcomes = {"gain": gain, "lose": lose, "unchanged": ~(gain | lose)}
    everyone, families = frame.everyone > 0, frame.in_families > 0
    groups = {"all": everyone, "families_with_children": families, "others": everyone & ~families}
    for group, there in groups.items():
        hidden, path = group == "others", f"winners_losers.{group}"
        base = int(there.sum())
        cells.put(f"{path}.base", base)
        for name, those in outcomes.items():
            count = 1 if is_small(base, cells.minimum) else int((those & there).sum())
            cells.put(f"{path}.{name}", count, hidden=hidden)
        cells.sums.append(Sum(f"{path}.base", tuple(f"{path}.{name}" for name in outcomes)))
    for name in outcomes:
        parts = tuple(f"winners_losers.{group}.{name}" for group in groups if group != "all")
        cells.sums.append(Sum(f"winners_losers.all.{name}", parts))


def _deciles(cells: Cells, before: LawIncomes, after: LawIncomes, frame: Frame, groups: int) -> None:
    change = after.years[0].net_of_child_care - before.years[0].net_of_child_care
    ranked = RankedGroups(_equivalised(before, "eu"), frame.persons, groups)
    members = households_by_rank(ranked, np.ones(len(change), np.bool_))
    changed = households_by_rank(ranked, change != 0)
    for place in range(groups):
        small = is_small(members[place], cells.minimum) or not members[place]
        cells.put(f"deciles.{place + 1}", 1 if small else changed[place])


def households_by_rank(ranked: RankedGroups, chosen: Bools) -> list[int]:
    """Return how many chosen households each group has a part of; one on a border counts on both sides."""
    if not len(ranked.order):
        return [0] * ranked.groups
    slack = 1e-9 * ranked.reached[-1]
    first = np.searchsorted(ranked.borders, ranked.reached[:-1] + slack, side="right") - 1
    last = np.searchsorted(ranked.borders, ranked.reached[1:] - slack, side="left") - 1
    here = chosen[ranked.order]
    return [int(((first <= group) & (group <= last) & here).sum()) for group in range(ranked.groups)]


def _equivalised(law: LawIncomes, scale: str, year: int = 0) -> Floats:
    incomes = law.years[year]
    return incomes.after_tax / (incomes.units_eu if scale == "eu" else incomes.units_oecd)


def _mean(law: LawIncomes) -> Floats:
    years = [_equivalised(law, "eu", year) for year in range(len(law.years))]
    mean: Floats = sum(years[1:], start=years[0]) / len(years)
    return mean


def _persistent_line(law: LawIncomes, frame: Frame) -> float:
    years = [_equivalised(law, "eu", year) for year in range(len(law.years))]
    medians = [Distribution(income, frame.persons).quantile(0.5) for income in years]
    return LINES["eu60"].share * sum(medians) / len(medians)


def contributors(computation: Computation, law: Policy, reform: Policy, minimum: int) -> dict[str, tuple[int, ...]]:
    """Return how many households have anything of each instrument under both laws, and how many a change; and `net`.

    The engine adds up by blocks of households. A sum with something in enough blocks rests on enough households; where
    there are few such blocks they are run again, each household a block of its own.
    """
    dataset = computation.dataset
    laws = np.stack([policy.vector for policy in (law, reform)])
    rows = dataset.rows["household"]
    first = np.arange(0, rows, BLOCK_HOUSEHOLDS)
    while True:
        result = run_engine(
            computation.program, dataset, laws, computation.year, threads=computation.threads, first=first
        )
        there = {name: _there(sums) for name, sums in result.by_block.items()}
        there[FEW_BLOCKS] = np.any(list(there.values()), axis=0)
        sizes = np.diff(np.append(first, rows))
        unsure = np.zeros(len(first), np.bool_)
        for blocks in there.values():
            few = [is_small(int(column.sum()), minimum) for column in blocks.T]
            unsure |= (blocks[:, few] & (sizes > 1)[:, None]).any(axis=1)
        if not unsure.any():
            return {name: tuple(int(one) for one in blocks.sum(axis=0)) for name, blocks in there.items()}
        alone = np.concatenate([np.arange(start, start + size) for start, size in
                                zip(first[unsure], sizes[unsure], strict=True)])  # fmt: skip
        first = np.union1d(first, alone).astype(np.int64)


def _there(sums: Floats) -> Bools:
    """Return for each block whether it has anything under the baseline, under the reform, and a change."""
    before, after = sums[:, 0], sums[:, 1]
    changed = ~np.isclose(before, after, rtol=1e-9, atol=1e-6)
    return np.stack([before != 0, after != 0, changed], axis=1)
