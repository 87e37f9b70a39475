"""The tables by group under disclosure control: all divisions at once, since what one leaves out another may give away.

Counties are sums of municipalities, a family without children has no child, children are of ages 0-17: see
`measures.exposure`, which finds what follows from what.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.measures.disclosure import is_small
from mikrosim.measures.exposure import Numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mikrosim.measures import Frame
    from mikrosim.measures.groups import Groups
    from mikrosim.units import Bools, Floats

Rows = list[dict[str, Any]]
Cell = tuple[str, str | None, str]
"""A division, one of its groups (None for those in none), and who is counted: all or children."""

LAWS = {"baseline": (1.0, 0.0), "reform": (0.0, 1.0), "change": (-1.0, 1.0)}
OUTCOMES = {"gain": (1.0, 0.0, 0.0), "lose": (0.0, 1.0, 0.0), "unchanged": (0.0, 0.0, 1.0)}
ALL_OUTCOMES = (1.0, 1.0, 1.0)
EVERYONE = ("all", "families_with_children")
LABELS = ("division", "group", "who", "shrunk")


def winners_losers(rows: Rows, frame: Frame, weight: Floats, divisions: Mapping[str, Groups], change: Floats,
                   outcomes: Mapping[str, Bools], gone: frozenset[str], minimum: int) -> Rows:  # fmt: skip
    """Return winners and losers by group without what must not leave; the rows of everyone are the summary's.

    Args:
        rows: The table.
        frame: Who counts.
        weight: Of each household.
        divisions: The groups of households.
        change: What each household gains, NOK a year.
        outcomes: Which households gain, lose or neither.
        gone: Paths of the summary that are left out.
        minimum: Households that a number needs.
    """
    size = _counted(frame.everyone, weight)
    shares, means, base = Numbers(minimum, len(OUTCOMES)), Numbers(minimum, 1), Numbers(minimum, 1)
    moved = change != 0
    for group, chosen in zip(EVERYONE, (size, size * (frame.in_families > 0)), strict=True):
        whole: Cell = ("everyone", group, "all")
        shares.group(whole, chosen)
        shares.put(("one", whole), whole, ALL_OUTCOMES, 0, known=True)
        for name, of in OUTCOMES.items():
            secret = f"winners_losers.{group}.{name}" in gone
            shares.put((name, whole), whole, of, int((outcomes[name] & (chosen > 0)).sum()), secret=secret,
                       known=not secret)  # fmt: skip
    for numbers in (means, base):
        numbers.group("everyone", size)
        numbers.put("everyone", "everyone", (1.0,), len(size), known=True)
    for cell, chosen in _cells(divisions.values(), {"all": size}):
        there = chosen > 0
        households = int(there.sum())
        small, shown = is_small(households, minimum), cell[1] is not None
        for numbers in (shares, means, base):
            numbers.group(cell, chosen)
        if shown or small:
            base.put(cell, cell, (1.0,), households)
        shares.put(("one", cell), cell, ALL_OUTCOMES, 0, known=True)
        for name, of in OUTCOMES.items():
            _put(shares, (name, cell), cell, of, there & outcomes[name], outcomes[name].any() and small, shown=shown)
        _put(means, cell, cell, (1.0,), there & moved, moved.any() and small, shown=shown)
    for cells in _known_sums(divisions, ("all",)):
        for numbers in (means, base):
            numbers.add_up(cells)
        for name in OUTCOMES:
            shares.add_up((name, cell) for cell in cells)
    without, no_mean, no_base = shares.left_out(), means.left_out(), base.left_out()

    def kept(row: dict[str, Any]) -> Iterator[str]:
        cell: Cell = (row["division"], row["group"], "all")
        yield from (name for name in OUTCOMES if (name, cell) not in without)
        if row["division"] != "everyone":
            yield from () if cell in no_mean else ("mean_change", "median_change")
            yield from () if cell in no_base else ("persons", "households")

    return [_only(row, kept(row)) for row in rows]


def low_income(rows: Rows, frame: Frame, weight: Floats, divisions: Mapping[str, Groups], ages: Groups,
               low: Mapping[str, Bools], gone: frozenset[str], minimum: int) -> Rows:  # fmt: skip
    """Return low income by group under both laws without what must not leave.

    Args:
        rows: The table.
        frame: Who counts.
        weight: Of each household.
        divisions: The groups of households.
        ages: Persons by their own age.
        low: Which households are in low income under `baseline` and `reform`, and which differ: `change`.
        gone: Paths of the summary that are left out.
        minimum: Households that a number needs.
    """
    who = {"all": _counted(frame.persons, weight), "children": _counted(frame.children, weight)}
    shares, base = Numbers(minimum, 2), Numbers(minimum, 1)
    for name, size in who.items():
        whole: Cell = ("everyone", "all", name)
        shares.group(whole, size)
        base.group(whole, size)
        base.put(whole, whole, (1.0,), len(size), known=True)
        for law, of in LAWS.items():
            secret = f"{law}.low_income.eu60.{name}.share" in gone
            shares.put((law, whole), whole, of, int((low[law] & (size > 0)).sum()), secret=secret, known=not secret)
    of_ages = _cells([ages], {"all": who["all"] > 0})
    for cell, chosen in (*_cells(divisions.values(), who), *of_ages):
        there = chosen > 0
        households = int(there.sum())
        small, shown = is_small(households, minimum), cell[1] is not None
        for numbers in (shares, base):
            numbers.group(cell, chosen)
        if shown or small:
            base.put(cell, cell, (1.0,), households)
        for law, of in LAWS.items():
            # Those who are not in low income are as easily counted as those who are.
            few = small and bool((low[law] & (who[cell[2]] > 0)).any())
            few |= law != "change" and is_small(int((there & ~low[law]).sum()), minimum)
            _put(shares, (law, cell), cell, of, there & low[law], few, shown=shown)
    for cells in (*_known_sums(divisions, who), *_known_sums({"age": ages}, ("all",))):
        base.add_up(cells)
        for law in LAWS:
            shares.add_up((law, cell) for cell in cells)
    without, no_base = shares.left_out(), base.left_out()

    def kept(row: dict[str, Any]) -> Iterator[str]:
        cell: Cell = (row["division"], row["group"], row["who"])
        for law in LAWS:
            yield from () if (law, cell) in without else (f"{name}_{law}" for name in ("share", "persons", "gap"))
        yield from () if cell in no_base else ("population", "households")

    return [_only(row, kept(row)) for row in rows]


def _counted(weighted: Floats, weight: Floats) -> Floats:
    """Return how many persons each household counts for, whatever it weighs."""
    counted: Floats = np.rint(weighted / weight)
    return counted


def _put(
    numbers: Numbers, name: Any, cell: Cell, of: tuple[float, ...], behind: Bools, few: Any, *, shown: bool
) -> None:
    """Note a number; one of those in no group is in no table, and matters if it is a secret."""
    count = int(behind.sum())
    secret = bool(few) or is_small(count, numbers.minimum)
    if shown or secret:
        numbers.put(name, cell, of, count, secret=secret)


def _cells(divisions: Iterable[Groups], who: Mapping[str, Any]) -> Iterator[tuple[Cell, Floats]]:
    """Yield each group that has anyone, and how many of each household's persons are in it."""
    for groups in divisions:
        for name, size in who.items():
            for place, label in ((-1, None), *enumerate(groups.labels)):
                inside = groups.code == place
                if groups.home is None:
                    chosen = np.where(inside, size, 0.0)
                else:
                    chosen = size * np.bincount(groups.home[inside], minlength=len(size))
                if chosen.any():
                    yield (groups.name, label, name), chosen


def _known_sums(divisions: Mapping[str, Groups], who: Iterable[str]) -> Iterator[list[Cell]]:
    """Yield groups whose sum is known: a division's, and the municipalities of each county and centrality."""
    for name in who:
        for groups in divisions.values():
            yield [(groups.name, label, name) for label in (*groups.labels, None)]
        municipalities = divisions.get("municipality")
        for wider in ("county", "centrality") if municipalities is not None else ():
            assert municipalities is not None
            inside: dict[int, list[Cell]] = defaultdict(list)
            pairs = np.unique(np.column_stack([divisions[wider].code, municipalities.code]), axis=0)
            for group, place in pairs[pairs[:, 1] >= 0].tolist():
                inside[group].append(("municipality", municipalities.labels[place], name))
            yield from inside.values()


def _only(row: dict[str, Any], kept: Iterable[str]) -> dict[str, Any]:
    """Return a row without numbers that are not known to be safe; a number's interval goes with it."""
    names = set(kept)
    shown = {*LABELS, *names, *(f"{name}_{end}" for name in names for end in ("low", "high"))}
    return {column: value if column in shown else None for column, value in row.items()}
