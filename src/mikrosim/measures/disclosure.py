"""Disclosure control: what may leave when a population is made from real microdata.

A cell (a number in a table, a report or a JSON) is shown if no household of the sample stands behind it, or at least
a minimum of them do; with one to four it is left out (primary suppression). A cell that could be worked out from the
cells that are shown, through a total or a difference, is protected by leaving out another one as well (complementary
suppression). A zero that nobody stands behind is shown: it says of no household what it has.

Counts are households of the sample, whatever they weigh. Dominance (one household with most of a sum) is not looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mikrosim.errors import PopulationError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from mikrosim.population import Population
    from mikrosim.units import Bools, Floats, Ints

MINIMUM = 5
"""Households of the sample that a cell needs, unless the population's owner asks for more."""

LOWEST_MINIMUM = 3
"""No owner can ask for less."""

NOT_SHOWN = float("nan")
"""Stands for a cell that is left out: null in JSON, a dash in tables."""

FEW = "1-{most}"
_EXACT = 1e-9


class Sum(NamedTuple):
    """A total and its parts: what readers can subtract."""

    total: str
    parts: tuple[str, ...]


def minimum_of(population: Population) -> int | None:
    """Return how many households a cell needs, None for a population that is not made from real microdata.

    Raises:
        PopulationError: All of the sample is smaller than one cell may be.
    """
    if not population.manifest.get("real"):
        return None
    minimum = max(int(population.manifest.get("minimum_cell", MINIMUM)), LOWEST_MINIMUM)
    if len(population.weights) < minimum:
        raise PopulationError(str(population.path or "population"),
                              f"real microdata of fewer than {minimum} households: no result may leave")  # fmt: skip
    return minimum


def is_small(households: int, minimum: int = MINIMUM) -> bool:
    """Tell whether too few households stand behind a cell.

    >>> [is_small(count) for count in (0, 1, 4, 5)]
    [False, True, True, False]
    """
    return 0 < households < minimum


def shown(households: int, value: float, minimum: int | None = MINIMUM) -> float:
    """Return a cell's value, or NaN where too few households stand behind it.

    Args:
        households: Of the sample.
        value: The cell.
        minimum: From ``minimum_of``; with None everything is shown.

    >>> shown(4, 12.5), shown(5, 12.5), shown(0, 0.0), shown(1, 12.5, None)
    (nan, 12.5, 0.0, 12.5)
    """
    return NOT_SHOWN if minimum is not None and is_small(households, minimum) else value


def count_text(count: int, minimum: int | None) -> str:
    """Return a count of rows as it may be told: ``1-4`` where it is small.

    >>> count_text(3, 5), count_text(12345, 5), count_text(3, None)
    ('1-4', '12,345', '3')
    """
    if minimum is not None and is_small(count, minimum):
        return FEW.format(most=minimum - 1)
    return f"{count:,}"


def suppressed(
    counts: Mapping[str, int],
    sums: Sequence[Sum] = (),
    minimum: int = MINIMUM,
    *,
    hidden: Collection[str] = (),
    keep: Collection[str] = (),
) -> frozenset[str]:
    """Return the cells that must be left out: the small ones, and those that would give a small one away.

    Args:
        counts: The households behind each cell, by the cell's name.
        sums: What readers can add up and subtract.
        minimum: Households that a cell needs.
        hidden: Cells that are not shown in any case, but must not be worked out if they are small.
        keep: Cells that are left out last, if nothing else helps; small ones are never kept.

    >>> counts = {"men": 3, "women": 9, "young": 20, "all": 32}
    >>> sorted(suppressed(counts, [Sum("all", ("men", "women", "young"))]))
    ['men', 'women']
    """
    primary = {cell for cell, count in counts.items() if is_small(count, minimum)}
    left_out = primary | set(hidden)
    last = set(keep) | {one.total for one in sums}
    while exposed := _exposed(primary, left_out, sums) | _few_together(primary, left_out, sums, counts, minimum):
        further = _next(exposed, left_out, sums, counts, last)
        if further is None:
            break
        left_out.add(further)
    return frozenset(left_out - (set(hidden) - primary))


def _exposed(primary: set[str], left_out: set[str], sums: Sequence[Sum]) -> set[str]:
    """Return the small cells that follow exactly from what is shown.

    Readers see linear equations in the cells left out. A cell follows if it is the same in all their solutions: if
    every vector of the null space is 0 in its place.
    """
    unknown = sorted(left_out.intersection(cell for one in sums for cell in (one.total, *one.parts)))
    place = {cell: number for number, cell in enumerate(unknown)}
    rows = []
    for one in sums:
        row = np.zeros(len(unknown))
        if one.total in place:
            row[place[one.total]] -= 1.0
        for part in one.parts:
            if part in place:
                row[place[part]] += 1.0
        if row.any():
            rows.append(row)
    if not rows:
        return set()
    _, size, directions = np.linalg.svd(np.array(rows))
    rank = int(np.count_nonzero(size > _EXACT * max(size[0], 1.0)))
    moves = np.abs(directions[rank:]).max(axis=0, initial=0.0)
    return {cell for cell, number in place.items() if cell in primary and moves[number] < _EXACT}


def _few_together(
    primary: set[str], left_out: set[str], sums: Sequence[Sum], counts: Mapping[str, int], minimum: int
) -> set[str]:
    """Return the small cells that a sum leaves out together, where together they are still a small cell."""
    found: set[str] = set()
    for one in sums:
        unknown = left_out.intersection((one.total, *one.parts))
        if unknown & primary and sum(counts.get(cell, 0) for cell in unknown) < minimum:
            found |= unknown & primary
    return found


def _next(exposed: set[str], left_out: set[str], sums: Sequence[Sum], counts: Mapping[str, int],
          last: set[str]) -> str | None:  # fmt: skip
    """Return the cell to leave out next: with the fewest households, and totals only if there is no other."""
    reach = set(exposed)
    while True:
        near = {cell for one in sums for cell in (one.total, *one.parts) if not reach.isdisjoint((one.total, *one.parts))}
        open_cells = near - left_out
        if open_cells:
            return min(open_cells, key=lambda cell: (cell in last, counts.get(cell, 0) == 0, counts.get(cell, 0), cell))
        if near <= reach:
            return None
        reach |= near


def suppress_table(
    households: Ints, minimum: int = MINIMUM, *, total_row: Ints | None = None, total_column: Ints | None = None
) -> Bools:
    """Return which cells of a table are left out; the table's last row and column are totals, where it has them.

    Args:
        households: Households of the sample behind each inner cell, shape (rows, columns).
        minimum: Households that a cell needs.
        total_row: The households behind the totals below the columns; None for a table without them. A household
            may stand in several cells, so these counts are given, not added up.
        total_column: The same for the totals right of the rows, with the grand total last if there is a total row.

    Returns:
        True where a cell is left out, with the totals' row and column where they were given.

    >>> suppress_table(np.array([[3, 9], [20, 30]]), total_row=np.array([23, 39])).astype(int).tolist()
    [[1, 0], [1, 0], [0, 0]]
    """
    table = np.asarray(households)
    if total_row is not None:
        table = np.vstack([table, total_row])
    if total_column is not None:
        table = np.column_stack([table, total_column])
    rows, columns = table.shape
    name = [[f"{row}/{column}" for column in range(columns)] for row in range(rows)]
    sums = []
    if total_row is not None:
        sums += [Sum(name[-1][column], tuple(name[row][column] for row in range(rows - 1))) for column in range(columns)]
    if total_column is not None:
        sums += [Sum(one[-1], tuple(one[:-1])) for one in name]
    counts = {name[row][column]: int(table[row, column]) for row in range(rows) for column in range(columns)}
    left_out = suppressed(counts, sums, minimum)
    return np.array([[cell in left_out for cell in one] for one in name], np.bool_)


def shown_table(values: Floats, households: Ints, minimum: int | None = MINIMUM, **totals: Any) -> Floats:
    """Return a table's values with NaN where they are left out; see ``suppress_table`` for the arguments."""
    if minimum is None:
        return values
    return np.where(suppress_table(households, minimum, **totals), NOT_SHOWN, values)


def shown_column(values: Iterable[float], households: Iterable[int], minimum: int | None = MINIMUM) -> list[float]:
    """Return the values of groups without a total, with NaN where too few households stand behind one."""
    return [shown(count, value, minimum) for value, count in zip(values, households, strict=True)]


def households_behind(amount: NDArray[Any], weight: Floats | None = None) -> int:
    """Return how many households have an amount other than 0, and a weight."""
    there = amount != 0
    return int(np.count_nonzero(there if weight is None else there & (weight > 0)))
