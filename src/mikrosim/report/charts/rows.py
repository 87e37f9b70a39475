"""Charts made of rows with a label each: bars, dots and divided bars."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import altair as alt

from mikrosim.report.charts.axes import axis, domain, ticks
from mikrosim.report.charts.style import (
    AFTER,
    BEFORE,
    GAIN,
    GROUND,
    INK,
    LOSE,
    LOSE_INK,
    MUTED,
    NET,
    NEUTRAL,
    PAPER,
    config,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mikrosim.report.charts.style import Size

Row = dict[str, Any]
HEAD_ROOM, FOOT_ROOM = 30, 42
LETTER, BOLD = 0.48, 0.56
"""Mean width of a letter, in font sizes; labels are broken by it, and room for texts is kept."""

MARGIN = 12
KINDS = ("up", "down", "net")
PARTS = ("lose", "unchanged", "gain")
ARROW_ROOM = 96
"""Pixels for texts such as `11,1 → 9,7`."""


def bars(rows: Sequence[Row], size: Size, axis_title: str) -> alt.LayerChart:
    """Return one bar for each row, from zero, with its value as text at the end.

    Args:
        rows: `label`, `value`, `text`, `kind` (`up`, `down` or `net`), and perhaps `low` and `high`.
        size: Wide or narrow.
        axis_title: What the axis measures.
    """
    rows = _ready(rows, size)
    values = [0.0, *(row["value"] for row in rows), *_ends(rows)]
    # On a phone the values stand above the bars, at the right edge, and leave the bars all the width.
    room = max((len(row["text"]) for row in rows), default=0) * BOLD * size.font + 12 if size.labels else 4.0
    ends = domain(min(values), max(values), room / _width(size))
    x = alt.X("value:Q", title=axis_title, scale=alt.Scale(domain=ends, nice=False),
              axis=axis(ticks(min(values), max(values), size)))  # fmt: skip
    base = _base(rows, size)
    bar = base.mark_bar(height=size.bar, yOffset=size.shift).encode(
        x=x,
        color=alt.Color("kind:N", legend=None, scale=alt.Scale(domain=KINDS, range=[GAIN, LOSE, NET])),
        stroke=alt.Stroke("kind:N", legend=None, scale=alt.Scale(domain=KINDS, range=[GAIN, LOSE_INK, NET])),
    )
    zero = alt.Chart(_data([{"zero": 0}])).mark_rule(color=MUTED).encode(x=alt.X("zero:Q"))
    layers: list[alt.Chart] = [zero, bar]
    if _ends(rows):
        layers.append(_whisker(base, size))
    if size.labels:
        beside = base.encode(x=alt.X("end:Q"), text=alt.Text("text:N"))
        right = beside.mark_text(align="left", dx=6, dy=size.shift, fontWeight="bold")
        left = beside.mark_text(align="right", dx=-6, dy=size.shift, fontWeight="bold")
        layers += [right.transform_filter("datum.value >= 0"), left.transform_filter("datum.value < 0")]
    else:
        layers.append(_values_above(base, size))
    return _finished([*layers, *_labels(base, rows, size)], rows, size, head=4)


def dots(rows: Sequence[Row], size: Size, axis_title: str, names: tuple[str, str]) -> alt.LayerChart:
    """Return a ring for the present law and a dot for the reform in each row, joined by a line.

    Args:
        rows: `label`, `before`, `after` and `text`, and perhaps `low` and `high`; a row without them is a heading.
        size: Wide or narrow.
        axis_title: What the axis measures.
        names: What the ring and the dot stand for.
    """
    rows = _ready(rows, size)
    shown = [row for row in rows if row.get("before") is not None]
    highest = max([0.0, *(max(row["before"], row["after"]) for row in shown), *_ends(shown)])
    width = _width(size) - (ARROW_ROOM if size.labels else 8)
    scale = alt.Scale(domain=[0, highest * 1.04 or 1.0], range=[8, width])
    x = alt.X("before:Q", title=axis_title, scale=scale, axis=axis(ticks(0.0, highest, size)))
    base = _base(rows, size)
    marks = base.transform_filter("isValid(datum.before)")
    ring = marks.mark_point(size=130, filled=True, fill=PAPER, stroke=BEFORE, strokeWidth=2, opacity=1,
                            yOffset=size.shift)  # fmt: skip
    at_right = marks.mark_text(align="right").encode(x=_x(_width(size)), text=alt.Text("text:N"))
    layers = [
        marks.mark_rule(color=AFTER, strokeWidth=3, opacity=0.35, yOffset=size.shift).encode(x=x, x2=alt.X2("after:Q")),
        ring.encode(x=x),
        marks.mark_point(size=62, filled=True, color=AFTER, opacity=1, yOffset=size.shift).encode(x=alt.X("after:Q")),
        *([_whisker(marks, size)] if _ends(rows) else []),
        at_right if size.labels else _values_above(marks, size),
    ]
    return _finished([*layers, *_labels(base, rows, size), *legend(size, names)], rows, size)


def parts(rows: Sequence[Row], size: Size, axis_title: str, names: tuple[str, str, str]) -> alt.LayerChart:
    """Return bars from 0 to 100 divided in three: those who lose, those unchanged, those who gain.

    Args:
        rows: `label`, `lose`, `unchanged`, `gain` (percent) and their texts; a row without them is a heading.
        size: Wide or narrow.
        axis_title: What the axis measures.
        names: What the three parts stand for.
    """
    rows = _ready(rows, size)
    width = _width(size) - MARGIN
    x = alt.X("start:Q", title=axis_title, scale=alt.Scale(domain=[0, 100], range=[0, width]),
              axis=axis([0, 25, 50, 75, 100]))  # fmt: skip
    pieces = [
        piece for place, row in enumerate(rows) if not row["heading"] for piece in _pieces(row, place, width, size)
    ]
    divided, base = _base(pieces, size, len(rows)), _base(rows, size)
    filled = divided.mark_bar(height=size.bar, stroke=PAPER, strokeWidth=1, yOffset=size.shift)
    layers = [
        filled.encode(
            x=x,
            x2=alt.X2("end:Q"),
            color=alt.Color("kind:N", legend=None, scale=alt.Scale(domain=PARTS, range=[LOSE, NEUTRAL, GAIN])),
        )
    ]
    style: dict[str, Any] = {"dy": size.shift, "fontSize": size.font - 1, "fontWeight": "bold"}
    for chosen, look in (("datum.kind == 'lose'", GROUND), ("datum.kind == 'unchanged'", {}),
                         ("datum.kind == 'gain'", {"color": PAPER})):  # fmt: skip
        mark = divided.transform_filter(f"{chosen} && datum.text != ''").mark_text(**style, **look)
        layers.append(mark.encode(x=alt.X("middle:Q"), text=alt.Text("text:N")))
    return _finished([*layers, *_labels(base, rows, size), *_squares(size, names)], rows, size)


def _pieces(row: Row, place: int, width: float, size: Size) -> list[Row]:
    """Return the three pieces of a row; a text that does not fit in its piece is left out."""
    found, start = [], 0.0
    for kind in PARTS:
        share, text = row[kind], row[f"{kind}_text"]
        fits = share / 100.0 * width > len(text) * BOLD * size.font + 8
        found.append({"row": place, "kind": kind, "start": start, "end": start + share, "middle": start + share / 2.0,
                      "text": text if fits else ""})  # fmt: skip
        start += share
    return found


def _width(size: Size) -> int:
    """Return the pixels right of the labels."""
    return size.width - size.labels - MARGIN


def _ready(rows: Sequence[Row], size: Size) -> list[Row]:
    """Return the rows with labels broken to fit, and with `end`: what a value's text stands beside."""
    room = int(size.labels / (LETTER * size.font))
    found = []
    for row in rows:
        heading = bool(row.get("heading"))
        label = textwrap.fill(row["label"], room) if size.labels and not heading else row["label"]
        ready = {**row, "label": label, "heading": heading, "lines": label.count("\n") + 1}
        if row.get("value") is not None:
            ends = [row["value"], *_ends([row])]
            ready["end"] = max(ends) if row["value"] >= 0 else min(ends)
        found.append(ready)
    return found


def _base(data: Sequence[Row], size: Size, count: int | None = None) -> alt.Chart:
    """Return rows one below the other, in the order given; the picture holds them once, for all its layers.

    With `count`, the data are the chart's own and say themselves in which of so many rows they lie.
    """
    scale = alt.Scale(domain=list(range(count or len(data))), padding=0)
    chart = alt.Chart() if count is None else alt.Chart(_data(list(data)))
    return chart.encode(y=alt.Y("row:O", axis=None, scale=scale))


def _labels(base: alt.Chart, rows: Sequence[Row], size: Size) -> list[alt.Chart]:
    """Return the labels: left of the rows, or above their marks on a ground of their own; headings are bold."""
    found = []
    line = size.font + 1
    look: dict[str, Any] = {} if size.labels else GROUND
    for heading, lines in sorted({(row["heading"], row["lines"]) for row in rows}):
        chosen = base.transform_filter(f"datum.heading == {str(heading).lower()} && datum.lines == {lines}")
        above = 6 if heading else 0 if size.labels else -size.shift - 2
        text = {
            "align": "left" if heading or not size.labels else "right",
            "fontWeight": "bold" if heading else "normal",
            "lineBreak": "\n",
            "lineHeight": line,
            "dy": above - line * (lines - 1) / 2.0,
        }
        x = _x((-10 if not heading else 2 - size.labels) if size.labels else 0)
        found.append(chosen.mark_text(**text, **look).encode(x=x, text=alt.Text("label:N")))
    return found


def _whisker(base: alt.Chart, size: Size) -> alt.Chart:
    """Return the intervals as lines over the marks."""
    mark: alt.Chart = base.transform_filter("isValid(datum.low)").mark_rule(
        color=INK, strokeWidth=1.8, yOffset=size.shift
    )
    return mark.encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"))


def _values_above(base: alt.Chart, size: Size) -> alt.Chart:
    """Return the values beside the labels, at the right edge."""
    mark: alt.Chart = base.mark_text(align="right", fontSize=size.font - 1, dy=-size.shift - 2, **GROUND)
    return mark.encode(x=_x(_width(size)), text=alt.Text("text:N"))


def _ends(rows: Sequence[Row]) -> list[float]:
    return [row[name] for row in rows for name in ("low", "high") if row.get(name) is not None]


def legend(size: Size, names: tuple[str, str], left: float | None = None, top: float = -16) -> list[alt.Chart]:
    """Return a ring and a dot with their names, above the chart."""
    first = left if left is not None else 8 - size.labels
    second = first + 38 + len(names[0]) * LETTER * size.font
    ring = _mark(first, top).mark_point(size=130, filled=True, fill=PAPER, stroke=BEFORE, strokeWidth=2, opacity=1)
    dot = _mark(second, top).mark_point(size=62, filled=True, color=AFTER, opacity=1)
    return [ring, _name(first + 12, top, names[0]), dot, _name(second + 10, top, names[1])]


def _squares(size: Size, names: tuple[str, str, str]) -> list[alt.Chart]:
    """Return the three fillings with their names, above the rows."""
    left: float = 8 - size.labels
    found = []
    for name, fill in zip(names, (LOSE, NEUTRAL, GAIN), strict=True):
        square = _mark(left, -16).mark_square(size=150, fill=fill, stroke=MUTED, strokeWidth=1, opacity=1)
        found += [square, _name(left + 13, -16, name)]
        left += 40 + len(name) * LETTER * size.font
    return found


def _mark(x: float, y: float) -> alt.Chart:
    return alt.Chart(_data([{}])).encode(x=_x(x), y=_y(y))


def _name(x: float, y: float, text: str) -> alt.Chart:
    chart: alt.Chart = _mark(x, y).mark_text(align="left", text=text)
    return chart


def _data(values: list[Row]) -> alt.Data:
    return alt.Data(values=values)  # type: ignore[no-untyped-call]


def _x(pixels: float) -> alt.XValue:
    return alt.XValue(pixels)  # type: ignore[no-untyped-call]


def _y(pixels: float) -> alt.YValue:
    return alt.YValue(pixels)  # type: ignore[no-untyped-call]


def _finished(layers: Sequence[alt.Chart], rows: Sequence[Row], size: Size, head: int = HEAD_ROOM) -> alt.LayerChart:
    """Return the layers in one picture of exactly the size's width."""
    return alt.LayerChart(
        layer=list(layers),
        data=_data([{"row": place, **row} for place, row in enumerate(rows)]),
        width=_width(size),
        height=size.step * len(rows),
        autosize=alt.AutoSizeParams(type="none"),
        padding={"left": size.labels + MARGIN // 2, "right": MARGIN // 2, "top": head, "bottom": FOOT_ROOM},
        config=config(size),
    )
