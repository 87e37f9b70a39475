"""Disclosure control: what may leave when a population is made from real microdata.

A cell (a number in a table, a report or a JSON) is shown if no household of the sample stands behind it, or at least
a minimum of them do; with one to four it is left out (primary suppression). A cell that could be worked out from the
cells that are shown, through a total or a difference, is protected by leaving out another one as well (complementary
suppression). A zero that nobody stands behind is shown: it says of no household what it has.

Counts are households of the sample, whatever they weigh. Dominance (one household with most of a sum) is not looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.errors import PopulationError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from mikrosim.population import Population

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
    secret: Collection[str] = (),
    keep: Collection[str] | None = None,
    fixed: Collection[str] = (),
) -> frozenset[str]:
    """Return the cells that must be left out: the small ones, and those that would give a small one away.

    Args:
        counts: The households behind each cell, by the cell's name.
        sums: What readers can add up and subtract.
        minimum: Households that a cell needs.
        hidden: Cells that are not shown in any case, but must not be worked out if they are small.
        secret: Cells that another table leaves out: they must not be worked out, whatever stands behind them.
        keep: Cells that are left out last, if nothing else helps; the totals by default.
        fixed: Totals that everyone knows and that cannot be left out, such as shares that add up to one.

    >>> counts = {"men": 3, "women": 9, "young": 20, "all": 32}
    >>> sorted(suppressed(counts, [Sum("all", ("men", "women", "young"))]))
    ['men', 'women']
    """
    primary = {cell for cell, count in counts.items() if is_small(count, minimum)} - set(fixed) | set(secret)
    left_out = primary | set(hidden)
    last = {one.total for one in sums} if keep is None else set(keep)
    of_cell: dict[str, list[Sum]] = {}
    for one in sums:
        for cell in (one.total, *one.parts):
            of_cell.setdefault(cell, []).append(one)
    while True:
        known = _determined(left_out, sums)
        exposed = (known & primary) | _few_together(primary, left_out, sums, counts, minimum)
        further = _next(exposed, known | exposed, left_out, of_cell, counts, last, set(fixed))
        if not further:
            break
        left_out |= further
    # What was left out early may have become needless: the most valuable come back first.
    for cell in sorted(left_out - primary - set(hidden), key=lambda one: (one not in last, -counts.get(one, 0), one)):
        fewer = left_out - {cell}
        if not _determined(fewer, sums) & primary - exposed and not _few_together(
            primary, fewer, sums, counts, minimum
        ):
            left_out = fewer
    return frozenset(left_out - (set(hidden) - primary))


def _determined(left_out: set[str], sums: Sequence[Sum]) -> set[str]:
    """Return the cells left out that follow exactly from what is shown.

    Readers see linear equations in the cells left out. A cell follows if its unit vector lies in the space of the
    equations' rows: if its projection on that space has length 1.
    """
    from scipy.linalg import qr

    unknown = sorted(left_out.intersection(cell for one in sums for cell in (one.total, *one.parts)))
    place = {cell: number for number, cell in enumerate(unknown)}
    rows = []
    for one in sums:
        row = np.zeros(len(unknown))
        for cell, sign in ((one.total, -1.0), *((part, 1.0) for part in one.parts)):
            if cell in place:
                row[place[cell]] += sign
        if row.any():
            rows.append(row)
    if not rows:
        return set()
    basis, triangle, _ = qr(np.array(rows).T, mode="economic", pivoting=True)
    size = np.abs(np.diag(triangle))
    rank = int(np.count_nonzero(size > _EXACT * size[0]))
    length = (basis[:, :rank] ** 2).sum(axis=1)
    return {cell for cell, number in place.items() if length[number] > 1.0 - _EXACT}


def _few_together(
    primary: set[str], left_out: set[str], sums: Sequence[Sum], counts: Mapping[str, int], minimum: int
) -> set[str]:
    """Return the small cells that a shown total leaves out together, where together they are still a small cell."""
    found: set[str] = set()
    for one in sums:
        unknown = left_out.intersection(one.parts)
        if one.total in left_out or len(unknown) == len(one.parts) or not unknown & primary:
            continue
        if sum(counts.get(cell, 0) for cell in unknown) < minimum:
            found |= unknown & primary
    return found


def _next(exposed: set[str], known: set[str], left_out: set[str], of_cell: Mapping[str, Sequence[Sum]],
          counts: Mapping[str, int], last: set[str], fixed: set[str]) -> set[str]:  # fmt: skip
    """Return further cells to leave out, one near each exposed cell.

    The best is no total and has somebody behind it; then one that stands in several sums with cells already left out
    for nothing, and has few behind it. An exposed cell whose sums got a cell in this round waits for the next.
    """
    chosen: set[str] = set()
    touched: set[int] = set()

    def links(cell: str) -> int:
        return sum(not known.isdisjoint((one.total, *one.parts)) for one in of_cell[cell])

    for cell in sorted(exposed):
        reach, seen = {cell}, set[str]()
        while not seen >= reach:
            sums = [one for near in reach - seen for one in of_cell.get(near, ())]
            seen |= reach
            if any(id(one) in touched for one in sums):
                break
            near = {other for one in sums for other in (one.total, *one.parts)}
            # Cells that follow lead on to further sums, from which one more unknown may come.
            shown_near = near - left_out
            for other in near & left_out & known:
                sums += of_cell[other]
                shown_near |= {one for each in of_cell[other] for one in (each.total, *each.parts)} - left_out
            shown_near -= fixed
            if shown_near:
                best = min(shown_near, key=lambda one: (one in last, not counts.get(one), -links(one),
                                                        counts.get(one, 0), one))  # fmt: skip
                chosen.add(best)
                touched |= {id(one) for one in (*sums, *of_cell[best])}
                break
            reach |= near
    return chosen
