"""What all charts look like: they must read in colour, in black and white, and by those who tell few colours apart."""

from __future__ import annotations

from typing import Any, NamedTuple

FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"
INK, MUTED, GRID, PAPER = "#16202c", "#566270", "#dde3ea", "#ffffff"
BEFORE, AFTER = "#7b8794", "#0b4f7d"
"""The present law is a hollow grey ring, the reform a full blue dot: form tells them apart, not only colour."""

GAIN, NEUTRAL = "#0b4f7d", "#e8ecf1"
LOSE = "url(#lose)"
"""Losses and revenue are hatched; `PATTERNS` has the hatching."""

LOSE_INK = "#a3470f"
NET = "#16202c"
GROUND: dict[str, Any] = {"stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round"}
"""A plain ground around letters that stand on hatching or on lines; it is painted before them (see `render`)."""

PATTERNS = (
    '<pattern id="lose" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#f7d9c4"/><rect width="2.6" height="6" fill="#c4591a"/></pattern>'
)


class Size(NamedTuple):
    """The measures of a chart in pixels; the narrow one is for phones, with labels above the marks.

    Attributes:
        name: `wide` or `narrow`.
        width: Of the whole picture.
        labels: Width of the column of labels on the left; 0 where they stand above.
        step: Height of one row.
        bar: Height of a bar.
        shift: How far below the middle of its row a mark lies.
        font: Size of the letters.
    """

    name: str
    width: int
    labels: int
    step: int
    bar: int
    shift: int
    font: int


WIDE = Size("wide", 820, 250, 28, 17, 0, 14)
NARROW = Size("narrow", 340, 0, 42, 14, 9, 13)
SIZES = (WIDE, NARROW)


def config(size: Size) -> dict[str, Any]:
    """Return the Vega-Lite configuration of a chart.

    Labels are neither cut nor dropped where they meet (`labelLimit`, `labelOverlap`): measuring text takes most of the
    time of a chart, and the layouts here leave room.
    """
    return {
        "font": FONT,
        "background": PAPER,
        "view": {"stroke": None},
        "axis": {
            "labelColor": MUTED,
            "labelFontSize": size.font - 1,
            "labelLimit": 0,
            "labelOverlap": False,
            "titleColor": MUTED,
            "titleFontSize": size.font - 1,
            "titleFontWeight": "normal",
            "titleLimit": 0,
            "gridColor": GRID,
            "domain": False,
            "ticks": False,
        },
        "text": {"fontSize": size.font, "color": INK},
    }


def number_locale(*, comma: bool) -> dict[str, Any]:
    """Return how axes write numbers: as the rest of the report."""
    decimal, thousands = (",", "\N{NO-BREAK SPACE}") if comma else (".", ",")
    return {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["", ""], "minus": "−"}
