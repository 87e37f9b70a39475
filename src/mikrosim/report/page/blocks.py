"""What a page is made of: sections with paragraphs, figures, tables, cards and lists, for the template to lay out."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from mikrosim.report.table_files import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mikrosim.report.charts.render import Picture


class Cell(NamedTuple):
    """One cell: its text, whether it is a number (and stands to the right), is stressed, or leads to an address."""

    text: str
    number: bool = False
    strong: bool = False
    link: str = ""


@dataclass(frozen=True)
class Table:
    """A table for readers.

    Attributes:
        title: What it holds.
        heads: The columns' headings; the first is that of the rows' own.
        rows: Cells; the first of a row is its heading. A row of one cell is a heading of the rows below it.
        data: The rows as they lie in the folder's tables, for the download.
        file: The name of the folder's table.
        note: What to know.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    data: Sequence[dict[str, Any]] = ()
    file: str = ""
    note: str = ""


@dataclass(frozen=True)
class Block:
    """One part of a section; `kind` says which of the fields it has.

    Attributes:
        kind: `text`, `note`, `figure`, `table`, `open_table`, `cards`, `list` or `facts`.
        title: The heading of the part, empty for none.
        text: A paragraph.
        picture: A chart.
        table: The numbers behind the chart, or a table by itself.
        items: Cards, list items, or pairs of term and fact.
        note: What stands in small letters below.
        live: How to use the chart that answers the pointer, which a script draws in the picture's place.
    """

    kind: str
    title: str = ""
    text: str = ""
    picture: Picture | None = None
    table: Table | None = None
    items: Sequence[Any] = ()
    note: str = ""
    live: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the page with a heading of its own."""

    key: str
    title: str
    blocks: Sequence[Block] = field(default_factory=list)


def numbers(texts: Iterable[str], *, strong: bool = False) -> list[Cell]:
    """Return texts of numbers as cells."""
    return [Cell(text, number=True, strong=strong) for text in texts]


ADDRESS = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,:;!?()\[\]])")


def with_links(text: str) -> list[tuple[str, str]]:
    """Return a text in pieces, each with the address that it leads to ("" for none).

    >>> with_links("Se https://www.ssb.no/a; og b.")
    [('Se ', ''), ('https://www.ssb.no/a', 'https://www.ssb.no/a'), ('; og b.', '')]
    """
    pieces = ADDRESS.split(text)
    return [(piece, piece if place % 2 else "") for place, piece in enumerate(pieces) if piece]


def data_address(content: bytes, kind: str) -> str:
    """Return a file as the address of a link, so that the page needs no other file.

    >>> data_address(b"a", "text/csv")
    'data:text/csv;base64,YQ=='
    """
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def csv_address(table: Table, *, comma: bool) -> str:
    """Return a table's data as CSV, as the address of a link."""
    return data_address(csv_bytes(table.data, comma=comma), "text/csv")
