"""The sections on money: the answer, and what the reform costs."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from mikrosim.report.headline import MOVE, STAY, answer, shares
from mikrosim.report.page.blocks import Block, Cell, Section, Table, numbers
from mikrosim.report.page.figures import finite, inside
from mikrosim.report.page.parts import country_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mikrosim.report.page.view import View
    from mikrosim.report.tables_of_run import Rows

    Written = Callable[..., str]

SHOWN = 0.5
"""Million NOK; a smaller change is not drawn."""

LAWS = ("baseline", "reform", "change")
MEASURES = (
    ("low_income.eu60.children", "share"), ("low_income.eu60.all", "share"), ("low_income.oecd50.children", "share"),
    ("low_income.oecd50.all", "share"), ("persistent_low_income.eu60.children", "share"),
    ("persistent_low_income.eu60.all", "share"), ("inequality", "gini"), ("inequality", "s80_s20"),
    ("inequality", "p90_p10"),
)  # fmt: skip


def answer_section(view: View) -> Section:
    """Return the three sentences, the cards below them, and the table of all headline numbers."""
    words, summary = view.words, view.run.summary
    return Section(
        "answer",
        words("page.answer"),
        [
            *(Block("answer", text=sentence) for sentence in answer(summary, words)),
            Block("figures", title=words("page.key_figures"), items=list(_cards(view)), note=_how_sure(view)),
            Block("table", table=_headlines(view)),
        ],
    )


def _how_sure(view: View) -> str:
    """Return how the intervals were found, or that there are none."""
    words, figures, summary = view.words, view.figures, view.run.summary
    if not view.has_intervals:
        return words("page.no_uncertainty")
    told = [words("page.uncertainty", replicates=figures.plain(summary.number("uncertainty.replicates")))]
    seeds = summary.get("uncertainty.synthesis.seeds")
    if seeds:
        told.append(words("page.synthesis", count=figures.plain(len(seeds))))
    return " ".join(told)


def _cards(view: View) -> Iterator[tuple[str, str, str]]:
    """Yield a label, a number in large letters, and what it is."""
    words, figures, summary = view.words, view.figures, view.run.summary
    yield words("page.net_cost"), figures.amount(summary.number("change.budget.net"), sign=True), words("page.per_year")
    for label, path, below in (
        ("page.children_low", "low_income.eu60.children", ""),
        ("page.lasting_low", "persistent_low_income.eu60.children", words("page.three_years")),
    ):
        how, numbers_told = shares(summary, path, words)
        card = words({MOVE: "page.from_to", STAY: "page.same"}.get(how, "page.about_same"), **numbers_told)
        change = summary.number(f"change.{path}.persons")
        moved = figures.persons(abs(change))
        told = words("page.fewer", number=moved, direction=words("up" if change > 0 else "down"))
        if moved == figures.plain(0):
            told = words("unchanged")
        elif change != change:
            told = moved
        yield words(label), card, below or told
    gain, lose = (
        figures.few(summary.number(f"winners_losers.families_with_children.{name}")) for name in ("gain", "lose")
    )
    yield words("page.families_gain_lose"), f"{gain} / {lose} %", words("page.of_persons")


def headline_lines(view: View) -> list[tuple[str, str, Written]]:
    """Return the headline numbers: what each is called, its path under a law, and how it is written."""
    words, figures = view.words, view.figures
    lines: list[tuple[str, str, Written]] = [(words("page.net_cost"), "budget.net", figures.amount)]
    for path, name in MEASURES:
        full = f"{path}.{name}"
        if name == "share":
            measure, line, who = path.split(".")
            lasting = f", {words('persistent')}" if measure.startswith("persistent") else ""
            label = f"{words('persons' if who == 'all' else 'children')}, {line.upper()}{lasting} (%)"
            lines.append((label, full, figures.percent))
        else:
            label = words("gini") if name == "gini" else name.upper().replace("_", "/")
            lines.append((label, full, partial(figures.plain, decimals=4 if name == "gini" else 2)))
    return lines


def _headlines(view: View) -> Table:
    """Return all headline numbers: before, after, change, and intervals where there are any."""
    words, figures, summary = view.words, view.figures, view.run.summary
    lines = headline_lines(view)
    rows = []
    for label, path, written in lines:
        before, after = (written(summary.number(f"{law}.{path}"), sign=False) for law in LAWS[:2])
        if path == "budget.net":
            before, after = (figures.amount(summary.number(f"{law}.{path}"), sign=True) for law in LAWS[:2])
        low, high = summary.interval(f"change.{path}") or (None, None)
        interval = figures.span(low, high, written)
        cells = [before, after, written(summary.number(f"change.{path}"), sign=True)]
        rows.append([Cell(label), *numbers([*cells, interval] if view.has_intervals else cells)])
    heads = [words("page.measure"), words("baseline"), words("reform"), words("change")]
    if view.has_intervals:
        heads.append(words("page.interval_head"))
    data = [{"measure": path, **{law: summary.get(f"{law}.{path}") for law in LAWS}} for _, path, _ in lines]
    return Table(words("page.all_key_figures"), heads, rows, data, "", words("low_income_note"))


def cost_section(view: View) -> Section:
    """Return the budget by instrument."""
    words, figures = view.words, view.figures
    rows = view.run.table("budget")
    net = {"instrument": "net", **{law: view.run.summary.get(f"{law}.budget.net") for law in LAWS}}
    ends = view.run.summary.interval("change.budget.net")
    if ends is not None:
        net |= {"change_low": ends[0], "change_high": ends[1]}
    moved = sorted(
        (row for row in rows if abs(finite(row["change"])) >= SHOWN), key=lambda row: -abs(finite(row["change"]))
    )
    drawn = [_bar(view, row) for row in [*moved, net]]
    values = ", ".join(f"{row['label']} {row['text']}" for row in drawn)
    picture = view.draw(
        "cost",
        words("cost.title"),
        words("cost.alternative", values=values),
        lambda charts, size: charts.bars(drawn, size, words("cost.axis" if size.labels else "cost.axis_narrow")),
    )
    heads = [words("page.instrument"), words("baseline"), words("reform"), words("change")]
    heads += [words("page.interval_head")] if view.has_intervals else []
    cells = []
    for row in [*rows, net]:
        texts = figures.laws(row)
        if view.has_intervals:
            texts.append(figures.span(row.get("change_low"), row.get("change_high"), figures.plain))
        label = words("net") if row is net else words.instrument(row["instrument"])
        cells.append([Cell(label, strong=row is net), *numbers(texts, strong=row is net)])
    blocks = [
        Block("text", text=_cost_lead(view, moved)),
        Block("figure", picture=picture, table=Table(words("budget"), heads, cells, rows, "budget"),
              note=words("cost.note")),
    ]  # fmt: skip
    levels = view.run.table("budget_by_level")
    if levels:
        named: list[list[Cell]] = []
        for division, parts in groupby(levels, key=lambda row: row["division"]):
            named.append([Cell(words(f"budget.by.{division}"))])
            for row in parts:
                texts = figures.laws(row)
                if view.has_intervals:
                    texts.append(figures.span(row.get("change_low"), row.get("change_high"), figures.plain))
                named.append([Cell(words.named("budget", row["part"])), *numbers(texts)])
        heads = [words("budget"), *heads[1:]]
        blocks.append(Block("table", table=Table(words("budget.levels"), heads, named, levels, "budget_by_level")))
    return Section("cost", words("section.cost"), [*blocks, *country_parts(view)])


def _bar(view: View, row: dict[str, Any]) -> dict[str, Any]:
    is_net, change = row["instrument"] == "net", row["change"]
    return {
        "label": view.words("net") if is_net else view.words.instrument(row["instrument"]),
        "value": finite(change),
        "text": view.figures.plain(change, sign=True),
        "kind": "net" if is_net else "up" if finite(change) > 0 else "down",
        "low": row.get("change_low"),
        "high": row.get("change_high"),
    }


def _cost_lead(view: View, moved: Rows) -> str:
    words, figures = view.words, view.figures
    up = max(moved, key=lambda row: row["change"], default=None)
    down = min(moved, key=lambda row: row["change"], default=None)
    if up is None or down is None:
        return words("cost.lead_none")
    if up["change"] > 0 > down["change"]:
        return words(
            "cost.lead", up=inside(words.instrument(up["instrument"])), up_amount=figures.amount(up["change"]),
            down=inside(words.instrument(down["instrument"])), down_amount=figures.amount(down["change"]),
        )  # fmt: skip
    largest = up if up["change"] > 0 else down
    told = figures.amount(largest["change"], sign=True)
    return words("cost.lead_up", up=inside(words.instrument(largest["instrument"])), up_amount=told)
