"""Axes: round ticks, and room for the texts beyond the longest bars."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import altair as alt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mikrosim.report.charts.style import Size

TICKS = 5


def axis(values: Sequence[float]) -> alt.Axis:
    """Return an axis with ticks at the given values."""
    return alt.Axis(values=list(values), titlePadding=8, format=",.6~r", labelFlush=False)


def ticks(low: float, high: float, size: Size) -> list[float]:
    """Return round numbers between the ends, 0 among them.

    >>> from mikrosim.report.charts.style import WIDE
    >>> ticks(-11.0, 24.0, WIDE)
    [-10.0, 0.0, 10.0, 20.0]
    """
    span = high - low
    if not (math.isfinite(span) and span > 0.0):
        return [0.0]
    rough = span / (TICKS if size.labels else TICKS - 2)
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1.0, 2.0, 5.0, 10.0) if unit * factor >= rough * 0.8)
    return [step * place for place in range(math.ceil(low / step), math.floor(high / step) + 1)]


def domain(low: float, high: float, room: float) -> list[float]:
    """Return the axis' ends, with room for the texts beyond the longest bars; `room` is a share of the axis."""
    span = high - low
    if not (math.isfinite(span) and span > 0.0):
        return [-1.0, 1.0]
    whole = span / max(1.0 - room * ((low < 0) + (high > 0)), 0.3)
    return [low - whole * room * (low < 0), high + whole * room * (high > 0)]
