"""Small pictures side by side, each with a full line for the reform and a dashed one for the present law."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

import altair as alt

from mikrosim.report.charts.axes import ticks
from mikrosim.report.charts.rows import HEAD_ROOM, LETTER, Row
from mikrosim.report.charts.style import (
    AFTER,
    BEFORE,
    GRID,
    LOSE,
    LOSE_INK,
    MUTED,
    NEUTRAL,
    PAPER,
    config,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mikrosim.report.charts.style import Size

ACROSS = {"wide": 3, "narrow": 1}
LEFT, RIGHT, GAP = 58, 16, 16
HEIGHT, TITLE, FOOT = 130, 40, 30
STRIP, BETWEEN = 13, 5
AIR = 0.12
"""Room above and below the lines, as a part of their span."""

CLASSES = ("low", "high", "highest")
FILLS = (NEUTRAL, LOSE, LOSE_INK)
SMALLER = 2
"""Points by which the letters at the axes are smaller than the others."""

MOST_DOTS = 24
"""Points of both laws up to which each has a mark of its own."""


@dataclass(frozen=True)
class Panel:
    """One small picture.

    Attributes:
        title: What it is of.
        before: The present law's value at each place, evenly apart from left to right.
        after: The reform's values.
        places: The text at each place, empty for none.
        strips: For each law, the class (0, 1 or 2) of each stretch between two places.
    """

    title: str
    before: Sequence[float]
    after: Sequence[float]
    places: Sequence[str]
    strips: Sequence[tuple[str, Sequence[int]]] = ()


def panels(
    shown: Sequence[Panel],
    size: Size,
    axis_title: str,
    names: tuple[str, str],
    classes: tuple[str, str, str] | None = None,
) -> alt.LayerChart:
    """Return small pictures in a grid, all with vertical axes of their own.

    Args:
        shown: What is drawn, in reading order.
        size: Wide or narrow.
        axis_title: What the vertical axes measure.
        names: What the dashed and the full line stand for.
        classes: What the fillings of the strips stand for.
    """
    across = ACROSS[size.name]
    width = (size.width - GAP * (across - 1)) / across
    strips = max((len(panel.strips) for panel in shown), default=0)
    step = TITLE + HEIGHT + strips * (STRIP + BETWEEN) + FOOT
    drawn = _Drawn()
    for place, panel in enumerate(shown):
        left = (place % across) * (width + GAP)
        drawn.add(panel, size, place, left + LEFT, (place // across) * step + TITLE, width - LEFT - RIGHT)
    head = HEAD_ROOM + 22 + (24 if classes else 0)
    layers = [*drawn.layers(size), *_legend_of_lines(names, size, 12 - head)]
    second = 12 - head + 24
    if classes:
        layers += _legend_of_classes(classes, size, second)
        second += 24
    layers.append(_text([{"x": 8.0, "y": second - 2, "text": axis_title}], size, align="left", small=True))
    rows = -(-len(shown) // across)
    return alt.LayerChart(
        layer=layers,
        width=size.width,
        height=step * rows,
        autosize=alt.AutoSizeParams(type="none"),
        padding={"left": 0, "right": 0, "top": head, "bottom": 0},
        config=config(size),
    )


class _Drawn:
    """What all panels are made of, by kind, in pixels; a layer for each kind is far quicker than one for each panel."""

    def __init__(self) -> None:
        self.points: list[Row] = []
        self.rules: list[Row] = []
        self.titles: list[Row] = []
        self.levels: list[Row] = []
        self.places: list[Row] = []
        self.cells: list[Row] = []

    def add(self, panel: Panel, size: Size, number: int, left: float, top: float, width: float) -> None:
        """Lay a panel out with its upper left corner at a place."""
        values = [*panel.before, *panel.after]
        low, high = min(values), max(values)
        air = AIR * ((high - low) or abs(high) or 1.0)
        low, high = max(low - air, min(0.0, low)), high + air

        def down(value: float) -> float:
            return top + HEIGHT * (high - value) / (high - low)

        steps = [left + width * place / max(len(panel.before) - 1, 1) for place in range(len(panel.before))]
        self.titles.append({"x": left - LEFT + 8, "y": top - 16, "text": panel.title})
        for tick in (one for one in ticks(low, high, size) if low <= one <= high):
            self.rules.append({"x": left, "x2": left + width, "y": down(tick)})
            self.levels.append({"x": left - 8, "y": down(tick), "value": tick})
        for law, numbers in (("before", panel.before), ("after", panel.after)):
            self.points += [{"x": x, "y": down(value), "key": f"{number}{law}", "law": law}
                            for x, value in zip(steps, numbers, strict=True)]  # fmt: skip
        below = top + HEIGHT + BETWEEN
        for row, (name, classes) in enumerate(panel.strips):
            y = below + row * (STRIP + BETWEEN)
            self.levels.append({"x": left - 8, "y": y + STRIP / 2, "name": name})
            at = 0
            for one, stretch in groupby(classes):
                end = at + len(list(stretch))
                self.cells.append({"x": steps[at], "x2": steps[end], "y": y, "y2": y + STRIP, "kind": CLASSES[one]})
                at = end
        foot = below + len(panel.strips) * (STRIP + BETWEEN) + 9
        self.places += [{"x": x, "y": foot, "text": text} for x, text in zip(steps, panel.places, strict=True) if text]

    def layers(self, size: Size) -> list[alt.Chart]:
        """Return the panels' layers."""
        lines = _chart(self.points).encode(detail=alt.Detail("key:N"), order=alt.Order("x:Q"))
        before = lines.transform_filter("datum.law == 'before'")
        after = lines.transform_filter("datum.law == 'after'")
        numbers = [row for row in self.levels if "value" in row]
        named = [{**row, "text": row["name"]} for row in self.levels if "name" in row]
        found = [
            _chart(self.rules).mark_rule(color=GRID).encode(x2=alt.X2("x2:Q")),
            before.mark_line(color=BEFORE, strokeWidth=2, strokeDash=[5, 4]),
            after.mark_line(color=AFTER, strokeWidth=2.5),
            _text(self.titles, size, align="left", bold=True),
            _chart(numbers)
            .mark_text(align="right", color=MUTED, fontSize=size.font - SMALLER)
            .encode(text=alt.Text("value:Q", format=",.6~r")),
            _text(self.places, size, small=True),
        ]
        if len(self.points) <= MOST_DOTS * len(self.titles):
            found += [
                before.mark_point(size=34, filled=True, fill=PAPER, stroke=BEFORE, strokeWidth=1.8, opacity=1),
                after.mark_point(size=30, filled=True, color=AFTER, opacity=1),
            ]
        if self.cells:
            color = alt.Color("kind:N", legend=None, scale=alt.Scale(domain=list(CLASSES), range=list(FILLS)))
            cells = _chart(self.cells).mark_rect(stroke=PAPER, strokeWidth=0.8)
            found += [cells.encode(x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"), color=color)]
            found.append(_text(named, size, align="right", small=True))
        return found


def _chart(rows: Sequence[Row]) -> alt.Chart:
    """Return rows whose `x` and `y` are pixels."""
    data = alt.Data(values=list(rows))  # type: ignore[no-untyped-call]
    scale = alt.Scale(domain=[0, 1000], range=[0, 1000], nice=False, zero=False)
    return alt.Chart(data).encode(x=alt.X("x:Q", axis=None, scale=scale), y=alt.Y("y:Q", axis=None, scale=scale))


def _text(
    rows: Sequence[Row],
    size: Size,
    *,
    align: Literal["left", "center", "right"] = "center",
    bold: bool = False,
    small: bool = False,
) -> alt.Chart:
    look: dict[str, Any] = {"color": MUTED, "fontSize": size.font - SMALLER} if small else {}
    mark: alt.Chart = _chart(rows).mark_text(align=align, fontWeight="bold" if bold else "normal", **look)
    return mark.encode(text=alt.Text("text:N"))


def _legend_of_lines(names: tuple[str, str], size: Size, top: float) -> list[alt.Chart]:
    """Return a piece of the dashed and of the full line with their names."""
    second = 72 + len(names[0]) * LETTER * size.font
    dashed, full = (_chart([{"x": left, "x2": left + 30, "y": top}]) for left in (8.0, second))
    return [
        dashed.mark_rule(color=BEFORE, strokeWidth=2, strokeDash=[5, 4]).encode(x2=alt.X2("x2:Q")),
        full.mark_rule(color=AFTER, strokeWidth=2.5).encode(x2=alt.X2("x2:Q")),
        _text([{"x": left, "y": top, "text": name} for left, name in zip((45.0, second + 37), names, strict=True)],
              size, align="left"),
    ]  # fmt: skip


def _legend_of_classes(names: tuple[str, str, str], size: Size, top: float) -> list[alt.Chart]:
    """Return the three fillings with their names."""
    squares, texts, left = [], [], 15.0
    for name, kind in zip(names, CLASSES, strict=True):
        squares.append({"x": left, "y": top, "kind": kind})
        texts.append({"x": left + 13, "y": top, "text": name})
        left += 40 + len(name) * LETTER * size.font
    color = alt.Color("kind:N", legend=None, scale=alt.Scale(domain=list(CLASSES), range=list(FILLS)))
    marks = _chart(squares).mark_square(size=150, stroke=MUTED, strokeWidth=1, opacity=1).encode(color=color)
    return [marks, _text(texts, size, align="left")]
