"""From an altair chart to SVG that can stand in a page or alone, and to PNG; both carry their text alternative."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from mikrosim.report.charts.style import FONT, GROUND, INK, MUTED, PAPER, PATTERNS, SIZES, Size, number_locale

if TYPE_CHECKING:
    from collections.abc import Callable

    import altair as alt

TITLE_ROOM, SOURCE_ROOM = 44, 30
SCALE = 2
"""Pixels of the PNG for one of the chart."""

_ROOT = re.compile(r"<svg[^>]*?viewBox=\"0 0 ([\d.]+) ([\d.]+)\"[^>]*>")
_OWN_ROLES = re.compile(r' (?:role|aria-[a-z]+|class|pointer-events)="[^"]*"')
_EMPTY_PATHS = re.compile(r'<path d="(?:M0,0h0v0h0Z)?"[^>]*/>')
_OUTLINE = f' stroke="{GROUND["stroke"]}" stroke-width="{GROUND["strokeWidth"]}"'
_PNG_HEADER = 8 + 25
"""The signature and the IHDR chunk; text may follow them."""


@dataclass(frozen=True)
class Picture:
    """One drawn chart.

    Attributes:
        name: What its files are called.
        title: What it shows.
        alternative: The same in words, for those who do not see it.
        drawings: Inner SVG and height by size.
    """

    name: str
    title: str
    alternative: str
    drawings: dict[str, tuple[str, int]]

    def inline(self, size: Size) -> str:
        """Return the SVG for a page that has `PATTERNS` once for all charts."""
        inner, height = self.drawings[size.name]
        return self._svg(inner, f"{self.name}-{size.name}", (0, size.width, height), f'class="chart {size.name}"')

    def alone(self, size: Size, source: str) -> str:
        """Return the SVG as a file of its own, with its title above and the source below."""
        inner, height = self.drawings[size.name]
        whole = height + TITLE_ROOM + SOURCE_ROOM
        text = (
            f"<defs>{PATTERNS}</defs>"
            f'<rect y="{-TITLE_ROOM}" width="{size.width}" height="{whole}" fill="{PAPER}"/>'
            f'<text x="6" y="-20" font-family="{FONT}" font-size="17" font-weight="bold" fill="{INK}">'
            f"{escape(self.title)}</text>"
            f'<text x="6" y="{height + 14}" font-family="{FONT}" font-size="11" fill="{MUTED}">{escape(source)}</text>'
        )
        return self._svg(
            text + inner, self.name, (-TITLE_ROOM, size.width, whole), f'width="{size.width}" height="{whole}"'
        )

    def png(self, size: Size, source: str) -> bytes:
        """Return the file of its own as PNG, with the text alternative as its description."""
        import vl_convert

        image: bytes = vl_convert.svg_to_png(self.alone(size, source), scale=SCALE)
        return image[:_PNG_HEADER] + _text_chunk("Description", self.alternative) + image[_PNG_HEADER:]

    def _svg(self, inner: str, name: str, box: tuple[int, int, int], further: str) -> str:
        top, width, height = box
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {top} {width} {height}" {further} role="img" '
            f'aria-labelledby="{name}-title {name}-desc">'
            f'<title id="{name}-title">{escape(self.title)}</title>'
            f'<desc id="{name}-desc">{escape(self.alternative)}</desc>{inner}</svg>'
        )


def warm_up() -> None:
    """Load altair and start the renderer, which together take half a second; it can be done while others compute."""
    import altair  # noqa: F401
    import vl_convert

    vl_convert.vegalite_to_svg({"data": {"values": [{}]}, "mark": "text"})


def draw(name: str, title: str, alternative: str, chart: Callable[[Size], alt.LayerChart], *, comma: bool) -> Picture:
    """Return a chart drawn in all sizes.

    Args:
        name: What its files are called.
        title: What it shows.
        alternative: The same in words.
        chart: Gives the chart of a size.
        comma: Whether its axes write Norwegian numbers.
    """
    from altair.utils.schemapi import debug_mode

    # Not validated: that takes as long as drawing, and the charts are ours; a test validates them.
    with debug_mode(False):
        drawings = {size.name: _drawn(chart(size).to_dict(validate=False), comma=comma) for size in SIZES}
    return Picture(name, title, alternative, drawings)


def _drawn(chart: dict[str, Any], *, comma: bool) -> tuple[str, int]:
    """Return a chart's inner SVG and its height."""
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(chart, format_locale=number_locale(comma=comma))
    root = _ROOT.search(svg)
    assert root is not None
    inner = svg[root.end() : svg.rindex("</svg>")]
    # Vega paints a letter's outline over it; here the outline is the ground below it.
    inner = inner.replace(_OUTLINE, f' paint-order="stroke"{_OUTLINE}')
    # Vega describes each mark for screen readers; the picture as a whole has one description instead.
    return _EMPTY_PATHS.sub("", _OWN_ROLES.sub("", inner)), round(float(root[2]))


def _text_chunk(keyword: str, text: str) -> bytes:
    """Return PNG's iTXt chunk: international text, not compressed."""
    body = b"iTXt" + keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode()
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
