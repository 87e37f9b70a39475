"""How values move between rows: what the kernel calls for everything that is no rule.

A value lies in an array from an offset on, one figure per row; a month's figures follow the month before. ``o`` is
where the result goes in ``scratch``, with ``n`` rows a month; ``values`` from ``v`` on is what is read, ``step`` rows
further each month (0 for a yearly value); ``link`` from ``at`` on holds the row that each row belongs to, counted
from ``first``, -1 for nobody. Each function is compiled once for each type of column and called as it is, which
compiles far faster than a loop for each value. Offsets are unsigned, because numba guards signed ones against
negative indices.
"""

from __future__ import annotations

from typing import Any

from numba import njit
from numpy import uint64

MOVE_OPTIONS: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
}


@njit(**MOVE_OPTIONS)
def gather(scratch, o, n, months, values, v, step, link, at, first):
    """Give each row the value of the row it is linked to; reading the first for nobody spares a branch."""
    for _ in range(months):
        for i in range(n):
            row = link[at + i]
            value = 0.0 + values[v + uint64(max(row, first) - first)]
            scratch[o + i] = value if row >= 0 else 0.0
        o += n
        v += step


@njit(**MOVE_OPTIONS)
def gather_more(scratch, o, n, months, values, v, step, link, at, first):
    """Add to each row the value of the row it is linked to."""
    for _ in range(months):
        for i in range(n):
            row = link[at + i]
            value = 0.0 + values[v + uint64(max(row, first) - first)]
            scratch[o + i] += value if row >= 0 else 0.0
        o += n
        v += step


@njit(**MOVE_OPTIONS)
def clear(scratch, o, rows):
    """Set rows to 0."""
    for i in range(rows):
        scratch[o + i] = 0.0


@njit(**MOVE_OPTIONS)
def spread(scratch, o, n, months, values, v, step, sources, link, at, first):
    """Add each of ``sources`` rows to the row it is linked to."""
    for _ in range(months):
        for j in range(sources):
            row = link[at + j]
            if row >= 0:
                scratch[o + uint64(row - first)] += values[v + j]
        o += n
        v += step


@njit(**MOVE_OPTIONS)
def spread_any(scratch, o, n, months, values, v, step, sources, link, at, first):
    """Set to 1 each row to which a row with a value other than 0 is linked."""
    for _ in range(months):
        for j in range(sources):
            row = link[at + j]
            if row >= 0 and values[v + j] != 0:
                scratch[o + uint64(row - first)] = 1.0
        o += n
        v += step


@njit(**MOVE_OPTIONS)
def spread_largest(scratch, o, n, months, values, v, step, sources, link, at, first):
    """Raise each row to the largest value of the rows that are linked to it."""
    for _ in range(months):
        for j in range(sources):
            row = link[at + j]
            if row >= 0 and values[v + j] > scratch[o + uint64(row - first)]:
                scratch[o + uint64(row - first)] = values[v + j]
        o += n
        v += step


@njit(**MOVE_OPTIONS)
def spread_to_receiver(scratch, o, n, months, values, v, step, sources, mother, father, at, first):
    """Add each child's value to its mother's row, or to its father's where she is nobody."""
    for _ in range(months):
        for j in range(sources):
            row = mother[at + j]
            if row < 0:
                row = father[at + j]
            if row >= 0:
                scratch[o + uint64(row - first)] += values[v + j]
        o += n
        v += step


@njit(**MOVE_OPTIONS)
def to_first_members(scratch, o, n, months, values, v, step, household, at, first):
    """Give the first member of each household its value: members lie side by side, and a block begins with a first."""
    for _ in range(months):
        for i in range(n):
            scratch[o + i] = 0.0
            if i == 0 or household[at + i] != household[at + i - uint64(1)]:
                scratch[o + i] = values[v + uint64(household[at + i] - first)]
        o += n
        v += step


@njit(**MOVE_OPTIONS)
def rank(scratch, o, n, months, values, v, step, family, at):
    """Give each child its place in the family by value; a family's children lie side by side, the eldest first."""
    for _ in range(months):
        start = uint64(0)
        for i in range(n):
            if family[at + i] != family[at + start]:
                start = i  # type: ignore[assignment]
            scratch[o + i] = 0.0
            own = values[v + i]
            if own <= 0.0:
                continue
            place = 1.0
            for j in range(start, n):
                if family[at + j] != family[at + i]:
                    break
                its = values[v + j]
                if its > own or (its == own and j < i):
                    place += 1.0
            scratch[o + i] = place
        o += n
        v += step


@njit(**MOVE_OPTIONS)
def year_sum(scratch, o, n, months, values, v):
    """Add up the months, January first."""
    for i in range(n):
        scratch[o + i] = values[v + i]
    for _ in range(months - 1):
        v += n
        for i in range(n):
            scratch[o + i] += values[v + i]


@njit(**MOVE_OPTIONS)
def copy_out(out, k, to, values, v, n):
    """Copy rows to an output of law ``k``."""
    for i in range(n):
        out[k, to + i] = values[v + i]


@njit(**MOVE_OPTIONS)
def weighted_total(values, v, weights, w, n):
    """Return the weighted sum of rows: four partial sums side by side, a fixed order of adding that vectorises."""
    first = second = third = fourth = 0.0
    whole = n // uint64(4)
    for quarter in range(whole):
        i = quarter * uint64(4)
        first += values[v + i] * weights[w + i]
        second += values[v + i + uint64(1)] * weights[w + i + uint64(1)]
        third += values[v + i + uint64(2)] * weights[w + i + uint64(2)]
        fourth += values[v + i + uint64(3)] * weights[w + i + uint64(3)]
    for i in range(whole * uint64(4), n):  # type: ignore[assignment]
        first += values[v + i] * weights[w + i]
    return first + second + third + fourth
