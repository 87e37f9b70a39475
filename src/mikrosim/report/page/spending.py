"""The section on the change by income: by tenths of persons, where the money goes, and how it meets need."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from mikrosim.report.page.blocks import Block, Cell, Section, Table, numbers
from mikrosim.report.page.figures import finite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mikrosim.report.page.view import View
    from mikrosim.report.tables_of_run import Rows

GAINS = "reform_gains"
INDICATORS = ("coverage", "coverage_children", "coverage_below_line", "vertical_efficiency", "spillover", "gap_filled")
"""Columns of `targeting` on the page that are shares."""

MOVES = 0.01
"""A benefit whose amount changes by less than this part is shown under present law only."""


def deciles_section(view: View) -> Section:
    """Return the change by tenths of persons, and where the money goes."""
    words, figures = view.words, view.figures
    rows = view.run.table("deciles")
    drawn = []
    for row in rows:
        label = figures.plain(row["decile"])
        if row is rows[0] or row is rows[-1]:
            label = words("deciles.lowest" if row is rows[0] else "deciles.highest", place=label)
        change = row["mean_change"]
        share = figures.plain(row["mean_change_percent"], 1, sign=True)
        drawn.append(
            {"label": label, "value": finite(change), "text": f"{figures.plain(change, sign=True)} ({share} %)",
             "kind": "down" if finite(change) < 0 else "up",
             "low": row.get("mean_change_low"), "high": row.get("mean_change_high")}
        )  # fmt: skip
    values = ", ".join(f"{row['label']}: {row['text']}" for row in drawn)
    picture = view.draw(
        "deciles",
        words("deciles.title"),
        words("deciles.alternative", values=values),
        lambda charts, size: charts.bars(drawn, size, words("deciles.axis")),
    )
    heads = [words("decile"), words("kroner"), words("percent")]
    cells = []
    for row in rows:
        texts = [figures.plain(row["mean_change"], sign=True), figures.plain(row["mean_change_percent"], 2, sign=True)]
        if view.has_intervals:
            texts.append(figures.span(row.get("mean_change_low"), row.get("mean_change_high"), figures.plain))
            heads = [*heads[:3], words("page.interval_head")]
        cells.append([Cell(figures.plain(row["decile"])), *numbers(texts)])
    first, last = rows[0], rows[-1]
    lead = words(
        "deciles.lead",
        low=figures.plain(first["mean_change"], sign=True),
        low_percent=figures.plain(first["mean_change_percent"], 1, sign=True),
        high=figures.plain(last["mean_change"], sign=True),
        high_percent=figures.plain(last["mean_change_percent"], 1, sign=True),
    )
    table = Table(words("deciles.title"), heads, cells, rows, "deciles")
    blocks = [Block("text", text=lead), Block("figure", picture=picture, table=table, note=words("deciles_note"))]
    return Section("deciles", words("section.deciles"), [*blocks, *_spending(view), *_targeting(view)])


def _spending(view: View) -> Iterator[Block]:
    words, figures = view.words, view.figures
    rows = [row for row in view.run.table("spending") if row["value"] is not None and math.isfinite(row["value"])]
    found = {row["measure"]: row["value"] for row in rows}
    if "share_lowest_10" not in found:
        return
    shares = {name: figures.percent(found.get(f"share_{name}"), 0)
              for name in ("lowest_10", "lowest_20", "families", "families_below_line")}  # fmt: skip
    told = [words("deciles.spending_lead", **shares)]
    if "cost_per_child_lifted" in found:
        told.append(words("deciles.per_child", cost=figures.rough(found["cost_per_child_lifted"])))
    cells = [[Cell(words.named("spending", row["measure"])), *numbers(_spent(view, row))] for row in rows]
    yield Block("text", title=words("deciles.spending"), text=" ".join(told))
    heads = [words("page.measure"), words("number_head")]
    heads += [words("page.interval_of_number")] if view.has_intervals else []
    yield Block("table", table=Table(words("deciles.spending_table"), heads, cells, rows, "spending"))


def _spent(view: View, row: dict[str, Any]) -> list[str]:
    """Return a number of the spending as it is written, and its interval."""
    figures, name = view.figures, row["measure"]

    def written(value: float, *, sign: bool = False) -> str:
        if name.startswith("share"):
            return figures.percent(value, 0, sign=sign)
        return figures.persons(value, sign=sign) if name == "children_lifted" else figures.plain(value, sign=sign)

    if not view.has_intervals:
        return [written(row["value"])]
    return [written(row["value"]), figures.range(row.get("value_low"), row.get("value_high"), written)]


def _targeting(view: View) -> Iterator[Block]:
    """Yield how the gains lie beside the need, tenth by tenth, and the indicators of each benefit."""
    words, figures = view.words, view.figures
    tenths = view.run.table("targeting_deciles", benefit=GAINS)
    rows = view.run.table("targeting")
    if not tenths or tenths[0]["benefit_share"] is None:
        return
    of_reform = rows[0]
    told = words(
        "targeting.lead",
        to_low=figures.percent(of_reform["vertical_efficiency"], 0),
        filled=figures.percent(of_reform["gap_filled"], 0),
        reached=figures.percent(of_reform["coverage_below_line"], 0),
    )
    yield Block("text", title=words("targeting.title"), text=told)
    cells = [
        [Cell(figures.plain(row["decile"])),
         *numbers(figures.percent(row[name]) for name in ("benefit_share", "need_share", "children_share"))]
        for row in tenths
    ]  # fmt: skip
    heads = [words("decile"), words("targeting.benefit_share"), words("targeting.need_share"),
             words("targeting.children_share")]  # fmt: skip
    yield Block("table", table=Table(words("targeting.deciles"), heads, cells, tenths, "targeting_deciles",
                                     words("targeting.note")))  # fmt: skip
    named = [
        [Cell(_benefit(view, row)), *numbers(figures.percent(row[name], 0) for name in INDICATORS),
         *numbers([figures.plain(row["concentration"], 2)])]
        for row in _shown(rows)
    ]  # fmt: skip
    heads = [words("beware.benefit"), *(words(f"targeting.{name}") for name in (*INDICATORS, "concentration"))]
    note = words("targeting.indicators_note") + ("" if len(rows) > 1 else f" {words('targeting.more')}")
    yield Block("table", table=Table(words("targeting.table"), heads, named, rows, "targeting", note))


def _shown(rows: Rows) -> Iterator[dict[str, Any]]:
    """Yield the gains, each benefit under present law, and under the reform if that moves it."""
    before = {row["benefit"]: row["amount"] for row in rows if row["law"] == "baseline"}
    for row in rows:
        old = before.get(row["benefit"])
        if row["law"] != "reform" or old is None or abs(row["amount"] - old) > MOVES * old:
            yield row


def _benefit(view: View, row: dict[str, Any]) -> str:
    words = view.words
    if row["benefit"] == GAINS:
        return words("targeting.reform_gains")
    return f"{words.instrument(row['benefit'])}, {words(row['law']).lower()}"
