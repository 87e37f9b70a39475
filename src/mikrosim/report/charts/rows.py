"""Charts made of rows with a label each: bars, dots and divided bars."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

import altair as alt

from mikrosim.report.charts.style import AFTER, BEFORE, GAIN, INK, LOSE, LOSE_INK, MUTED, NET, NEUTRAL, PAPER, config

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mikrosim.report.charts.style import Size

Row = dict[str, Any]
HEAD_ROOM, FOOT_ROOM = 30, 34
LETTER = 0.52
"""Mean width of a letter, in font sizes; labels are broken by it."""

MARGIN = 12


def bars(rows: Sequence[Row], size: Size, axis_title: str) -> alt.LayerChart:
    """Return one bar for each row, from zero, with its value as text at the end.

    Args:
        rows: `label`, `value`, `text`, `kind` (`up`, `down` or `net`), and perhaps `low` and `high`.
        size: Wide or narrow.
        axis_title: What the axis measures.
    """
    longest = max((len(row["text"]) for row in rows), default=0) * LETTER * size.font + 12
    plot = size.width - size.labels - MARGIN
    domain = _domain([*(row["value"] for row in rows), *_ends(rows)], longest / plot)
    x = alt.X("value:Q", title=axis_title, scale=alt.Scale(domain=domain, nice=False), axis=_axis(size))
    base = _base(rows, size)
    bar = base.mark_bar(height=size.bar, yOffset=size.shift).encode(
        x=x,
        color=alt.Color(
            "kind:N", legend=None, scale=alt.Scale(domain=["up", "down", "net"], range=[GAIN, LOSE, NET])
        ),
        stroke=alt.Stroke(
            "kind:N", legend=None, scale=alt.Scale(domain=["up", "down", "net"], range=[GAIN, LOSE_INK, NET])
        ),
    )
    layers: list[alt.Chart] = [bar, _zero(size)]
    if _ends(rows):
        layers.append(base.mark_rule(color=INK, strokeWidth=2, yOffset=size.shift).encode(x="low:Q", x2="high:Q"))
    for chosen, align, offset in (("datum.value >= 0", "left", 6), ("datum.value < 0", "right", -6)):
        text = base.mark_text(align=align, dx=offset, dy=size.shift, fontWeight="bold").encode(x=_end(rows), text="text:N")
        layers.append(text.transform_filter(chosen))
    return _finished([*layers, *_labels(base, rows, size)], rows, size)


def dots(rows: Sequence[Row], size: Size, axis_title: str, legend: tuple[str, str]) -> alt.LayerChart:
    """Return a ring for the present law and a dot for the reform in each row, joined by a line.

    Args:
        rows: `label`, `before`, `after` and `text`; a row without them is a heading.
        size: Wide or narrow.
        axis_title: What the axis measures.
        legend: What the ring and the dot stand for.
    """
    highest = max((max(row["before"], row["after"]) for row in rows if row.get("before") is not None), default=1.0)
    values = 96 if size.labels else 0
    x = alt.X(
        "before:Q",
        title=axis_title,
        scale=alt.Scale(domain=[0, highest * 1.06 or 1.0], range=[6, size.width - size.labels - values - 2 * MARGIN]),
        axis=_axis(size),
    )
    base = _base(rows, size)
    marks = base.transform_filter("isValid(datum.before)")
    layers = [
        marks.mark_rule(color=AFTER, strokeWidth=3, opacity=0.35, yOffset=size.shift).encode(x=x, x2="after:Q"),
        marks.mark_point(size=95, filled=True, fill=PAPER, stroke=BEFORE, strokeWidth=2.2, opacity=1, yOffset=size.shift).encode(
            x=x
        ),
        marks.mark_point(size=80, filled=True, color=AFTER, opacity=1, yOffset=size.shift).encode(x="after:Q"),
        marks.mark_text(
            align="right", fontSize=size.font - (0 if size.labels else 1), dy=0 if size.labels else -size.shift - 2
        ).encode(x=alt.value(size.width - size.labels - MARGIN), text="text:N"),
    ]
    return _finished([*layers, *_labels(base, rows, size), *_legend(size, legend)], rows, size, head=HEAD_ROOM)


def parts(rows: Sequence[Row], size: Size, axis_title: str, legend: tuple[str, str, str]) -> alt.LayerChart:
    """Return bars from 0 to 100 divided in three: those who lose, those unchanged, those who gain.

    Args:
        rows: `label`, `lose`, `unchanged`, `gain` (percent) and their texts; a row without them is a heading.
        size: Wide or narrow.
        axis_title: What the axis measures.
        legend: What the three parts stand for.
    """
    width = size.width - size.labels - 2 * MARGIN
    pieces = []
    for place, row in enumerate(rows):
        if row.get("lose") is None:
            continue
        start = 0.0
        for name in ("lose", "unchanged", "gain"):
            share = row[name]
            text = row[f"{name}_text"]
            fits = share / 100.0 * width > len(text) * LETTER * size.font + 8
            pieces.append(
                {"row": place, "kind": name, "start": start, "end": start + share, "middle": start + share / 2.0,
                 "text": text if fits else ""}
            )  # fmt: skip
            start += share
    scale = alt.Scale(domain=[0, 100], range=[0, width])
    x = alt.X("start:Q", title=axis_title, scale=scale, axis=_axis(size, values=[0, 25, 50, 75, 100]))
    kinds = ["lose", "unchanged", "gain"]
    divided = _base(pieces, size, rows)
    base = _base(rows, size)
    layers = [
        divided.mark_bar(height=size.bar, stroke=PAPER, strokeWidth=1, yOffset=size.shift).encode(
            x=x,
            x2="end:Q",
            color=alt.Color("kind:N", legend=None, scale=alt.Scale(domain=kinds, range=[LOSE, NEUTRAL, GAIN])),
        )
    ]
    for kind, color, back in (("lose", INK, True), ("unchanged", INK, False), ("gain", PAPER, False)):
        chosen = divided.transform_filter(f"datum.kind == '{kind}' && datum.text != ''")
        if back:  # letters on hatching need a plain ground
            layers.append(
                chosen.mark_text(dy=size.shift, fontSize=size.font - 1, fontWeight="bold", stroke="#ffffff", strokeWidth=4,
                                 strokeJoin="round").encode(x="middle:Q", text="text:N")
            )  # fmt: skip
        layers.append(
            chosen.mark_text(dy=size.shift, fontSize=size.font - 1, fontWeight="bold", color=color).encode(
                x="middle:Q", text="text:N"
            )
        )
    return _finished(
        [*layers, *_labels(base, rows, size), *_squares(size, legend)], rows, size, head=HEAD_ROOM
    )


def _base(data: Sequence[Row], size: Size, rows: Sequence[Row] | None = None) -> alt.Chart:
    """Return rows one below the other, in the order given."""
    count = len(rows if rows is not None else data)
    values = [{"row": place, **row} for place, row in enumerate(data)] if rows is None else list(data)
    scale = alt.Scale(domain=list(range(count)), padding=0)
    return alt.Chart(alt.Data(values=values)).encode(y=alt.Y("row:O", axis=None, scale=scale))


def _labels(base: alt.Chart, rows: Sequence[Row], size: Size) -> list[alt.Chart]:
    """Return the labels: left of the rows, or above their marks; headings are bold."""
    room = int((size.labels or size.width) / (LETTER * size.font))
    found = []
    for weight, chosen in (("normal", "!datum.heading"), ("bold", "datum.heading")):
        heading = weight == "bold"
        if not any(bool(row.get("heading")) == heading for row in rows):
            continue
        left = size.labels == 0 or heading
        mark = base.transform_filter(chosen).mark_text(
            align="left" if left else "right",
            fontWeight=weight,
            lineBreak="\n",
            lineHeight=size.font + 1,
            dy=0 if size.labels else (6 if heading else -size.shift - 2),
        )
        x = alt.value(2 - size.labels if left and size.labels else 0 if left else -10)
        found.append(mark.encode(x=x, text="label:N"))
    for row in rows:
        row["label"] = textwrap.fill(row["label"], room) if size.labels else row["label"]
    return found


def _axis(size: Size, values: list[float] | None = None) -> alt.Axis:
    options: dict[str, Any] = {"tickCount": 6 if size.labels else 4, "titlePadding": 8, "format": ",~g"}
    return alt.Axis(**options, **({"values": values} if values else {}))


def _zero(size: Size) -> alt.Chart:
    return alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=MUTED, strokeWidth=1).encode(x="zero:Q")


def _ends(rows: Sequence[Row]) -> list[float]:
    return [row[name] for row in rows for name in ("low", "high") if row.get(name) is not None]


def _end(rows: Sequence[Row]) -> str:
    """Return what a value's text stands beside: the outer end of the interval where there is one."""
    for row in rows:
        ends = [row["value"], *(row[name] for name in ("low", "high") if row.get(name) is not None)]
        row["end"] = max(ends) if row["value"] >= 0 else min(ends)
    return "end:Q"


def _domain(values: Sequence[float], room: float) -> list[float]:
    """Return the axis' ends, with room for the texts beyond the longest bars."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    span = high - low or 1.0
    share = 1.0 - room * ((low < 0) + (high > 0))
    whole = span / max(share, 0.3)
    return [low - whole * room * (low < 0), high + whole * room * (high > 0)] if math.isfinite(whole) else [0.0, 1.0]


def _legend(size: Size, names: tuple[str, str]) -> list[alt.Chart]:
    """Return a ring and a dot with their names, above the rows."""
    left = 6 - size.labels if size.labels else 6
    second = left + 34 + int(len(names[0]) * LETTER * size.font)
    ring = _mark(left, -16).mark_point(size=95, filled=True, fill=PAPER, stroke=BEFORE, strokeWidth=2.2, opacity=1)
    dot = _mark(second, -16).mark_point(size=80, filled=True, color=AFTER, opacity=1)
    return [ring, _name(left + 11, names[0]), dot, _name(second + 11, names[1])]


def _squares(size: Size, names: tuple[str, str, str]) -> list[alt.Chart]:
    """Return the three fillings with their names, above the rows."""
    left: float = 8 - size.labels if size.labels else 8
    found = []
    for name, fill in zip(names, (LOSE, NEUTRAL, GAIN), strict=True):
        square = _mark(left, -16).mark_square(size=150, fill=fill, stroke=MUTED, strokeWidth=1, opacity=1)
        found += [square, _name(left + 13, name)]
        left += 40 + len(name) * LETTER * size.font
    return found


def _mark(x: float, y: float) -> alt.Chart:
    return alt.Chart(alt.Data(values=[{}])).encode(x=alt.value(x), y=alt.value(y))


def _name(x: float, text: str) -> alt.Chart:
    return _mark(x, -16).mark_text(align="left", text=text)


def _finished(layers: Sequence[alt.Chart], rows: Sequence[Row], size: Size, head: int = 4) -> alt.LayerChart:
    """Return the layers in one picture of exactly the size's width."""
    width, height = size.width - size.labels - MARGIN, size.step * len(rows)
    return alt.layer(*layers).properties(
        width=width,
        height=height,
        autosize=alt.AutoSizeParams(type="none"),
        padding={"left": size.labels + MARGIN // 2, "right": MARGIN // 2, "top": head, "bottom": FOOT_ROOM + 8},
        config=config(size),
    )
