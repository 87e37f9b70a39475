"""The drawn charts: cost against a measure with the frontier, and a panel for each parameter and measure."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

import altair as alt

from mikrosim.report.charts.rows import LETTER
from mikrosim.report.charts.style import AFTER, BEFORE, INK, LOSE_INK, PAPER, config

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mikrosim.report.charts.style import Size

    Row = dict[str, Any]

AIR = 0.06
"""Room around the points, as a part of their span."""

HEIGHT = {"wide": 430, "narrow": 330}
LEFT, RIGHT, BOTTOM = 58, 14, 46
LINE = 20
"""Pixels of one line of the key above the chart."""

CROSS = "M0,-1L0,1M-1,0L1,0"


def frontier(
    rows: Sequence[Row], size: Size, titles: tuple[str, str], key: tuple[str, str, str, str]
) -> alt.LayerChart:
    """Return tried laws as rings, the frontier as dots on a line, the present law as a cross, the best as a diamond.

    Args:
        rows: `cost`, `other` and `kind`: `tried`, `frontier`, `present` or `best`.
        size: Wide or narrow.
        titles: What the two axes measure.
        key: What the four kinds are called; an empty one is left out.
    """
    kinds = dict(zip(("tried", "frontier", "present", "best"), key, strict=True))
    x = alt.X("cost:Q", title=titles[0], scale=_scale(rows, "cost"),
              axis=alt.Axis(tickCount=6 if size.labels else 4, format=",.6~r", titlePadding=8))  # fmt: skip
    y = _vertical(rows, "other", titles[1])
    places = _key_places([kind for kind, name in kinds.items() if name], kinds, size)
    head = 40 + LINE * (1 + max((line for _, line in places.values()), default=0))
    base = alt.Chart().encode(x=x, y=y)
    layers = [
        _of(base, "tried").mark_point(size=22, filled=False, color=BEFORE, strokeWidth=1, opacity=0.75),
        _of(base, "frontier").mark_line(color=AFTER, strokeWidth=2, interpolate="step-after"),
        _of(base, "frontier").mark_point(size=46, filled=True, color=AFTER, opacity=1),
        _of(base, "present").mark_point(size=190, shape=CROSS, stroke=PAPER, strokeWidth=6, opacity=1),
        _of(base, "present").mark_point(size=190, shape=CROSS, stroke=INK, strokeWidth=3, opacity=1),
        _of(base, "best").mark_point(size=190, filled=True, shape="diamond", fill=LOSE_INK, stroke=PAPER,
                                     strokeWidth=1.5, opacity=1),
    ]  # fmt: skip
    for kind, (left, line) in places.items():
        layers += _key(kind, kinds[kind], left, LINE * (line + 1) - head + 2)
    return alt.LayerChart(
        layer=layers,
        data=_data(rows),
        width=size.width - LEFT - RIGHT,
        height=HEIGHT[size.name],
        autosize=alt.AutoSizeParams(type="none"),
        padding={"left": LEFT, "right": RIGHT, "top": head, "bottom": BOTTOM},
        config=config(size),
    )


def _of(base: alt.Chart, kind: str) -> alt.Chart:
    found: alt.Chart = base.transform_filter(f"datum.kind == '{kind}'")
    return found


def _scale(rows: Sequence[Row], name: str) -> alt.Scale:
    """Return the axis from the lowest to the highest value with some air; not from 0, which would crowd the points."""
    values = [row[name] for row in rows if row[name] is not None and math.isfinite(row[name])]
    low, high = min(values, default=0.0), max(values, default=1.0)
    air = AIR * ((high - low) or abs(high) or 1.0)
    return alt.Scale(domain=[low - air, high + air], nice=False, zero=False)


def _vertical(rows: Sequence[Row], name: str, title: str) -> alt.Y:
    """Return the vertical axis with its title above it, to be read without turning the head."""
    axis = alt.Axis(tickCount=6, format=",.6~r", title=title, titleAngle=0, titleAlign="left", titleAnchor="end",
                    titleX=6 - LEFT, titleY=-10)  # fmt: skip
    return alt.Y(f"{name}:Q", scale=_scale(rows, name), axis=axis)


def _key_places(shown: Sequence[str], names: dict[str, str], size: Size) -> dict[str, tuple[float, int]]:
    """Return where each kind stands above the chart: pixels from the left, and the line."""
    places: dict[str, tuple[float, int]] = {}
    left, line = 14.0 - LEFT, 0
    for kind in shown:
        width = 34 + len(names[kind]) * LETTER * size.font
        if left + width > size.width - LEFT and left > 0:
            left, line = 14.0 - LEFT, line + 1
        places[kind] = (left, line)
        left += width
    return places


def _key(kind: str, name: str, left: float, top: float) -> list[alt.Chart]:
    """Return one mark of the key with its name."""
    look: dict[str, dict[str, Any]] = {
        "tried": {"size": 40, "filled": False, "color": BEFORE, "strokeWidth": 1.5},
        "frontier": {"size": 60, "filled": True, "color": AFTER},
        "present": {"size": 120, "shape": CROSS, "stroke": INK, "strokeWidth": 3},
        "best": {"size": 130, "filled": True, "shape": "diamond", "fill": LOSE_INK},
    }
    place = alt.Chart(_data([{}])).encode(x=_x(left), y=_y(top))
    mark: alt.Chart = place.mark_point(opacity=1, **look[kind])
    text: alt.Chart = alt.Chart(_data([{}])).encode(x=_x(left + 12), y=_y(top)).mark_text(align="left", text=name)
    return [mark, text]


PANEL_HEIGHT = {"wide": 150, "narrow": 140}
PANEL_GAP, PANEL_BOTTOM, PANEL_HEAD = 74, 84, 26


def panels(rows: Sequence[Sequence[Row]], size: Size, titles: Sequence[tuple[str, str]]) -> alt.ConcatChart:
    """Return one panel for each parameter and measure: laws as rings, and the mean at each value as dots on a line.

    Args:
        rows: For each panel, `value` and `measure`, and `mean` (true for the means); words as values are categories.
        size: Wide (two panels side by side) or narrow.
        titles: For each panel, its parameter and its measure.
    """
    beside = 2 if size.labels else 1
    width = (size.width - LEFT - RIGHT - (beside - 1) * PANEL_GAP) // beside
    height = -(-len(rows) // beside) * (PANEL_HEIGHT[size.name] + PANEL_BOTTOM) - PANEL_BOTTOM
    return alt.ConcatChart(
        concat=[_panel(one, size, width, title) for one, title in zip(rows, titles, strict=True)],
        columns=beside,
        spacing={"row": PANEL_BOTTOM, "column": PANEL_GAP},
        bounds="flush",
        autosize=alt.AutoSizeParams(type="none"),
        # Charts beside each other have no size of their own without `autosize`; the padding gives the picture's.
        padding={"left": LEFT, "right": size.width - LEFT, "top": PANEL_HEAD, "bottom": BOTTOM + height},
        config=config(size),
    )


def _panel(rows: Sequence[Row], size: Size, width: int, titles: tuple[str, str]) -> alt.LayerChart:
    words = any(isinstance(row["value"], str) for row in rows)
    look = alt.Axis(titlePadding=6, labelAngle=0, grid=False) if words else alt.Axis(
        tickCount=5, format=",.6~r", titlePadding=6)  # fmt: skip
    room = int((width + RIGHT) / (LETTER * size.font))
    x = alt.X("value:N" if words else "value:Q", title=textwrap.wrap(titles[0], room), axis=look,
              scale=alt.Scale(padding=0.5) if words else _scale(rows, "value"))  # fmt: skip
    base = alt.Chart(_data(rows)).encode(x=x, y=_vertical(rows, "measure", titles[1]))
    single, mean = (base.transform_filter(f"datum.mean == {answer}") for answer in ("false", "true"))
    layers = [
        single.mark_point(size=12, filled=False, color=BEFORE, strokeWidth=1, opacity=0.6),
        *([] if words else [mean.mark_line(color=AFTER, strokeWidth=2)]),
        mean.mark_point(size=46, filled=True, color=AFTER, stroke=PAPER, strokeWidth=1, opacity=1),
    ]
    return alt.LayerChart(layer=layers, width=width, height=PANEL_HEIGHT[size.name])


def _data(values: Sequence[Row]) -> alt.Data:
    return alt.Data(values=list(values))  # type: ignore[no-untyped-call]


def _x(pixels: float) -> alt.XValue:
    return alt.XValue(pixels)  # type: ignore[no-untyped-call]


def _y(pixels: float) -> alt.YValue:
    return alt.YValue(pixels)  # type: ignore[no-untyped-call]
