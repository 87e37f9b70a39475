"""How values move between rows: what the kernel calls for everything that is no rule.

A value lies in an array from an offset on, one figure per row; a month's figures follow the month before. ``o`` is
where the result goes in ``scratch``, with ``n`` rows a month and the next month's ``w`` rows further on; ``values``
from ``v`` on is what is read, ``step`` rows further each month (0 for a yearly value); ``link`` from ``at`` on holds
the row that each row belongs to, counted from ``first``, -1 for nobody. Each function is compiled once for each type of
column and called as it is, which compiles far faster than a loop for each value. Offsets are unsigned, because numba
guards signed ones against negative indices.
"""

from __future__ import annotations

from numba import njit
from numpy import uint64

from mikrosim.engine.compiled import STEP_OPTIONS
from mikrosim.engine.instructions import prefetch, stay_apart

CACHE_LINE = 64
"""Bytes that a processor fetches at a time."""


@njit(**STEP_OPTIONS)
def gather(scratch, o, n, w, months, values, v, step, link, at, first):
    """Give each row the value of the row it is linked to; every row is linked to one."""
    stay_apart()
    for _ in range(months):
        for i in range(n):
            scratch[o + i] = values[v + uint64(link[at + i] - first)]
        o += w
        v += step


@njit(**STEP_OPTIONS)
def gather_if_any(scratch, o, n, w, months, values, v, step, link, at, first):
    """Give each row the value of the row it is linked to, if any; reading the first for nobody spares a branch."""
    stay_apart()
    for _ in range(months):
        for i in range(n):
            row = link[at + i]
            value = 0.0 + values[v + uint64(max(row, first) - first)]
            scratch[o + i] = value if row >= 0 else 0.0
        o += w
        v += step


@njit(**STEP_OPTIONS)
def gather_more(scratch, o, n, w, months, values, v, step, link, at, first):
    """Add to each row the value of the row it is linked to."""
    stay_apart()
    for _ in range(months):
        for i in range(n):
            row = link[at + i]
            value = 0.0 + values[v + uint64(max(row, first) - first)]
            scratch[o + i] += value if row >= 0 else 0.0
        o += w
        v += step


@njit(**STEP_OPTIONS)
def clear(scratch, o, rows):
    """Set rows to 0."""
    stay_apart()
    for i in range(rows):
        scratch[o + i] = 0.0


@njit(**STEP_OPTIONS)
def spread(scratch, o, n, w, months, values, v, step, sources, link, at, first):
    """Add each of ``sources`` rows to the row it is linked to."""
    stay_apart()
    for _ in range(months):
        for j in range(sources):
            row = link[at + j]
            if row >= 0:
                scratch[o + uint64(row - first)] += values[v + j]
        o += w
        v += step


@njit(**STEP_OPTIONS)
def spread_any(scratch, o, n, w, months, values, v, step, sources, link, at, first):
    """Set to 1 each row to which a row with a value other than 0 is linked; every source is linked to a row."""
    stay_apart()
    for _ in range(months):
        for j in range(sources):
            row = o + uint64(link[at + j] - first)
            scratch[row] = max(scratch[row], 1.0 if values[v + j] != 0 else 0.0)
        o += w
        v += step


@njit(**STEP_OPTIONS)
def spread_largest(scratch, o, n, w, months, values, v, step, sources, link, at, first):
    """Raise each row to the largest value of the rows that are linked to it; every source is linked to a row."""
    stay_apart()
    for _ in range(months):
        for j in range(sources):
            row = o + uint64(link[at + j] - first)
            scratch[row] = max(scratch[row], 0.0 + values[v + j])
        o += w
        v += step


@njit(**STEP_OPTIONS)
def spread_to_receiver(scratch, o, n, w, months, values, v, step, sources, mother, father, at, first):
    """Add each child's value to its mother's row, or to its father's where she is nobody."""
    stay_apart()
    for _ in range(months):
        for j in range(sources):
            row = mother[at + j]
            if row < 0:
                row = father[at + j]
            if row >= 0:
                scratch[o + uint64(row - first)] += values[v + j]
        o += w
        v += step


@njit(**STEP_OPTIONS)
def to_first_members(scratch, o, n, w, months, values, v, step, household, at, first):
    """Give the first member of each household its value: members lie side by side, and a block begins with a first."""
    stay_apart()
    for _ in range(months):
        before = -1
        for i in range(n):
            home = household[at + i]
            value = 0.0 + values[v + uint64(home - first)]
            scratch[o + i] = value if home != before else 0.0
            before = home
        o += w
        v += step


@njit(**STEP_OPTIONS)
def rank(scratch, o, n, w, months, values, v, step, family, at):
    """Give each child its place in the family by value; a family's children lie side by side, the eldest first.

    Each child is placed among the elder ones and moves those back whose value is smaller.
    """
    stay_apart()
    for _ in range(months):
        start = uint64(0)
        for i in range(n):
            if family[at + i] != family[at + start]:
                start = i  # type: ignore[assignment]
            own = values[v + i]
            place = 1.0
            for j in range(start, i):
                is_ahead = values[v + j] >= own
                place += 1.0 if is_ahead else 0.0
                scratch[o + j] += 0.0 if is_ahead or values[v + j] <= 0.0 else 1.0
            scratch[o + i] = place if own > 0.0 else 0.0
        o += w
        v += step


@njit(**STEP_OPTIONS)
def year_sum(scratch, o, w, months, values, v):
    """Add up the months, January first."""
    stay_apart()
    for i in range(w):
        scratch[o + i] = values[v + i]
    for _ in range(months - 1):
        v += w
        for i in range(w):
            scratch[o + i] += values[v + i]


@njit(**STEP_OPTIONS)
def copy_out(out, k, to, values, v, n):
    """Copy rows to an output of law ``k``."""
    stay_apart()
    for i in range(n):
        out[k, to + i] = values[v + i]


@njit(**STEP_OPTIONS)
def weighted_total(values, v, weights, w, n):
    """Return the weighted sum of rows: four partial sums side by side, a fixed order of adding that vectorises."""
    stay_apart()
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


@njit(**STEP_OPTIONS)
def fetch(values, v, n):
    """Ask for rows that will be read soon, so that they are in the cache by then; rows beyond the end are no error."""
    stay_apart()
    step = uint64(CACHE_LINE // values.itemsize)
    for line in range(n // step + uint64(1)):
        prefetch(values, v + line * step)
