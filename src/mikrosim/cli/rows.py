"""Rows of cells as a table for people or as CSV for programs."""

from __future__ import annotations

import csv
import io

import typer

UNLIMITED = 100_000
"""A width that no table reaches: in a file or a pipe a row is one line."""


def print_csv(rows: list[list[str]]) -> None:
    """Print rows, the heading first, as comma separated values."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    typer.echo(text.getvalue(), nl=False)


def print_table(rows: list[list[str]]) -> None:
    """Print rows, the heading first, in columns; whole numbers with a space between thousands."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False)
    for place, heading in enumerate(rows[0]):
        table.add_column(Text(heading), justify="left" if place == 0 else "right", overflow="fold")
    for row in rows[1:]:
        table.add_row(*(Text(_grouped(cell, place)) for place, cell in enumerate(row)))
    console = Console()
    if not console.is_terminal:
        console = Console(width=UNLIMITED)
    console.print(table)


def _grouped(cell: str, place: int) -> str:
    if place and cell.lstrip("-").isdecimal():
        return f"{int(cell):,}".replace(",", "\u00a0")
    return cell
