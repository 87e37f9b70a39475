"""A year month by month under two laws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from mikrosim.report.charts.rows import HEAD_ROOM, legend
from mikrosim.report.charts.style import AFTER, BEFORE, PAPER, config

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mikrosim.report.charts.style import Size

HEIGHT = 230
LEFT, RIGHT, BOTTOM = 62, 14, 48
AIR = 0.15
"""Room above and below the lines, as a part of their span."""


def months(rows: Sequence[dict[str, Any]], size: Size, axis_title: str, names: tuple[str, str]) -> alt.LayerChart:
    """Return a dashed line with rings for the present law and a full line with dots for the reform.

    Args:
        rows: `month` (its short name), `before` and `after`.
        size: Wide or narrow.
        axis_title: What the axis measures.
        names: What the two lines stand for.
    """
    values = [row[law] for row in rows for law in ("before", "after")]
    low, high = min(values), max(values)
    air = AIR * ((high - low) or abs(high) or 1.0)
    width = size.width - LEFT - RIGHT
    scale = alt.Scale(domain=[max(low - air, min(0.0, low)), high + air], nice=False)
    y_axis = alt.Axis(tickCount=5, format=",.6~r", title=axis_title, titleAnchor="end", titleAngle=0, titleAlign="left",
                      titleX=-LEFT + 6, titleY=-10)  # fmt: skip
    # On a phone there is room for every other month's name only.
    shown = "datum.label" if size.labels else "datum.index * 11 % 2 < 0.5 ? datum.label : ''"
    x = alt.X("month:O", sort=None, title=None, scale=alt.Scale(paddingOuter=0.3),
              axis=alt.Axis(labelAngle=0, grid=False, labelPadding=8, labelExpr=shown))  # fmt: skip
    base = alt.Chart().encode(x=x)
    before = alt.Y("before:Q", scale=scale, axis=y_axis)
    layers = [
        base.mark_line(color=BEFORE, strokeWidth=2, strokeDash=[5, 4]).encode(y=before),
        base.mark_line(color=AFTER, strokeWidth=2.5).encode(y=alt.Y("after:Q")),
        base.mark_point(size=55, filled=True, fill=PAPER, stroke=BEFORE, strokeWidth=2, opacity=1).encode(y=before),
        base.mark_point(size=50, filled=True, color=AFTER, opacity=1).encode(y=alt.Y("after:Q")),
        *legend(size, names, left=-LEFT + 14, top=-38),
    ]
    return alt.LayerChart(
        layer=layers,
        data=alt.Data(values=list(rows)),  # type: ignore[no-untyped-call]
        width=width,
        height=HEIGHT,
        autosize=alt.AutoSizeParams(type="none"),
        padding={"left": LEFT, "right": RIGHT, "top": HEAD_ROOM + 22, "bottom": BOTTOM - 16},
        config=config(size),
    )
