"""What each part of the reform contributes: for the country, and for the six families."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mikrosim.report.page.blocks import Block, Cell, Table, numbers
from mikrosim.report.page.figures import finite
from mikrosim.report.tables_on_request import part_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mikrosim.report.page.view import View

TOTAL = "total"
NET = "budget.net"
PERSONS = ("low_income.eu60.children.persons", "low_income.eu60.all.persons")
GINI = "inequality.gini"
ONE_KRONE = 1.0


def country_parts(view: View) -> Iterator[Block]:
    """Yield what each part contributes to cost, low income and inequality; how to get it, if it is not there."""
    words, figures = view.words, view.figures
    rows = view.run.table("decomposition")
    if not rows:
        if "law_changes" in view.run.tables:
            yield Block("note", text=words("parts.how"))
        return
    drawn = [
        {"label": _named(view, row["part"]), "value": finite(row[NET]), "text": figures.plain(row[NET], sign=True),
         "kind": "net" if row["part"] == TOTAL else "down" if finite(row[NET]) < 0 else "up"}
        for row in rows
    ]  # fmt: skip
    values = ", ".join(f"{row['label']} {row['text']}" for row in drawn)
    picture = view.draw(
        "parts",
        words("parts.title"),
        words("parts.alternative", values=values),
        lambda charts, size: charts.bars(drawn, size, words("cost.axis" if size.labels else "cost.axis_narrow")),
    )
    cells = []
    for row in rows:
        strong = row["part"] == TOTAL
        texts = [figures.plain(row[NET], sign=True), *(figures.persons(row[path], sign=True) for path in PERSONS),
                 figures.plain(row[GINI], 4, sign=True)]  # fmt: skip
        cells.append([Cell(_named(view, row["part"]), strong=strong), *numbers(texts, strong=strong)])
    heads = [words("parts.part"), words("decomposition.cost"), words("decomposition.children"),
             words("decomposition.persons"), words("gini")]  # fmt: skip
    yield Block("text", title=words("decomposition.title"), text=words("decomposition.note"))
    table = Table(words("decomposition.title"), heads, cells, rows, "decomposition")
    yield Block("figure", picture=picture, table=table)


def family_parts(view: View, family: str) -> list[tuple[str, str]]:
    """Return what each part of the reform contributes to a family's income: name and amount, if it is any."""
    rows: list[dict[str, Any]] = view.run.table("family_parts", family=family)
    return [
        (_named(view, row["part"]), view.figures.plain(row["contribution"], sign=True))
        for row in rows
        if abs(row["contribution"]) >= ONE_KRONE
    ]


def _named(view: View, part: str) -> str:
    return view.words("decomposition.total") if part == TOTAL else part_name(part, view.words)
