"""The section on who gains and who loses."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from mikrosim.report.page.blocks import Block, Cell, Section, Table, numbers
from mikrosim.report.page.figures import inside
from mikrosim.report.page.people import IN_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mikrosim.report.page.view import View
    from mikrosim.report.tables_of_run import Rows

WINNERS_BY = ("family_type", "number_of_children")
PARTS = ("lose", "unchanged", "gain")
LOSERS_TRAITS = ("family_type", "number_of_children", "parents_work")


def winners_section(view: View) -> Section:
    """Return who gains and who loses, by income and by family, and the largest losers."""
    words, figures, summary = view.words, view.figures, view.run.summary
    lead = words("winners.lead", **{part: figures.few(summary.number(f"winners_losers.all.{part}")) for part in PARTS})
    rows = view.run.table("winners_losers")
    deciles = [row for row in view.run.table("deciles") if "gain" in row]
    everyone = [row for row in rows if row["division"] == "everyone"]
    drawn = [_divided(view, words(f"group.everyone.{row['group']}"), row) for row in everyone]
    if deciles:
        drawn.append({"label": words("division.decile"), "heading": True})
        drawn += [_divided(view, _decile(view, row, deciles), row) for row in deciles]
    for division in WINNERS_BY:
        members = [row for row in rows if row["division"] == division]
        if members:
            drawn.append({"label": words(f"division.{division}"), "heading": True})
            drawn += [_divided(view, words.named(f"group.{division}", row["group"]), row) for row in members]
    values = ", ".join(
        f"{row['label']} {' / '.join(row[f'{part}_text'] for part in PARTS)}" for row in drawn if not row.get("heading")
    )
    picture = view.draw(
        "winners_losers",
        words("winners.title"),
        words("winners.alternative", values=values),
        lambda charts, size: charts.parts(
            drawn, size, words("winners.axis"), (words("lose"), words("unchanged"), words("gain"))
        ),
    )
    table = _winners_table(view, rows, deciles)
    blocks = [Block("text", text=lead), Block("figure", picture=picture, table=table, note=words("winners_note"))]
    return Section("winners", words("section.winners"), [*blocks, *_losers(view)])


def _decile(view: View, row: dict[str, Any], rows: Rows) -> str:
    place = view.figures.plain(row["decile"])
    if row is rows[0]:
        return view.words("deciles.lowest", place=place)
    return view.words("deciles.highest", place=place) if row is rows[-1] else place


def _divided(view: View, label: str, row: dict[str, Any]) -> dict[str, Any]:
    shares = {part: row[part] for part in PARTS}
    if any(share is None for share in shares.values()):
        shares = dict.fromkeys(PARTS, 0.0)
    texts = {f"{part}_text": view.figures.percent(share, 0) for part, share in shares.items()}
    return {"label": label, **{part: 100.0 * share for part, share in shares.items()}, **texts}


def _winners_table(view: View, rows: Rows, deciles: Rows) -> Table:
    words, figures = view.words, view.figures
    shown = [row for row in rows if row["division"] in ("everyone", *IN_TABLES)]
    cells: list[list[Cell]] = []
    last = "everyone"
    for row in shown:
        if row["division"] != last:
            last = row["division"]
            cells.append([Cell(words.named("division", last))])
        label = words.named(f"group.{row['division']}", row["group"])
        texts = [*_shares(view, row), figures.plain(row["mean_change"], sign=True)]
        if view.has_intervals:
            texts.append(figures.span(row.get("mean_change_low"), row.get("mean_change_high"), figures.plain))
        texts.append(figures.plain(row["median_change"], sign=True))
        cells.append([Cell(label + ("*" if row["shrunk"] else "")), *numbers(texts)])
    cells += [[Cell(words("division.decile"))]] if deciles else []
    for row in deciles:
        nothing = [""] * (3 if view.has_intervals else 2)
        cells.append([Cell(_decile(view, row, deciles)), *numbers([*_shares(view, row), *nothing])])
    interval = [words("page.interval_head")] if view.has_intervals else []
    heads = [words("page.group"), words("lose"), *([words("page.interval_of_number")] if view.has_intervals else []),
             words("unchanged"), words("gain"), *([words("page.interval_of_number")] if view.has_intervals else []),
             words("winners.mean"), *interval, words("winners.median")]  # fmt: skip
    note = words("low_income.shrunk") if any(row["shrunk"] for row in shown) else ""
    return Table(words("winners_losers"), heads, cells, shown, "winners_losers", note)


def _shares(view: View, row: dict[str, Any]) -> list[str]:
    """Return the shares that lose, are unchanged and gain, the first and the last with their intervals."""
    figures = view.figures
    found = []
    for part in PARTS:
        found.append(figures.percent(row[part]))
        if view.has_intervals and part != "unchanged":
            found.append(figures.range(row.get(f"{part}_low"), row.get(f"{part}_high"), figures.percent))
    return found


def _losers(view: View) -> Iterator[Block]:
    """Yield who the losing households are, and those of the sample that lose most."""
    yield from _described(view)
    words, figures = view.words, view.figures
    rows = view.run.table("largest_losers")
    if not rows:
        return
    cells = []
    for row in rows:
        told = ", ".join(words.named(f"group.{trait}", row[trait]) for trait in LOSERS_TRAITS if row[trait])
        texts = [
            figures.plain(row["change"], sign=True),
            figures.plain(row["before"]),
            figures.plain(row["households"]),
        ]
        cells.append([Cell(told), *numbers(texts)])
    heads = [words("page.group"), words("losers.change"), words("losers.before"), words("losers.households")]
    table = Table(words("winners.losers"), heads, cells, rows, "largest_losers", words("winners.losers_note"))
    yield Block("table", table=table)


def _described(view: View) -> Iterator[Block]:
    """Yield in words and as a table which households lose, and which of them lose most."""
    words, figures = view.words, view.figures
    rows = view.run.table("losers")
    losing = [row for row in rows if row["division"] == "family_type" and row["households"]]
    if not losing:
        return
    many = sum(row["households"] for row in losing)
    mean = sum(row["households"] * row["mean_loss"] for row in losing) / many
    most = max(losing, key=lambda row: row["share_of_largest"])
    told = words(
        "losers.lead",
        households=figures.persons(many),
        mean=figures.plain(mean),
        group=inside(words.named("group.family_type", most["group"])),
        share=figures.percent(most["share_of_largest"], 0),
        of_losers=figures.percent(most["share_of_losers"], 0),
        of_all=figures.percent(most["share_of_households"], 0),
    )
    yield Block("text", title=words("losers.title"), text=told)
    cells: list[list[Cell]] = []
    for division, members in groupby(rows, key=lambda row: row["division"]):
        cells.append([Cell(words.named("division", division))])
        for row in members:
            texts = [figures.percent(row[f"share_of_{part}"], 0) for part in ("households", "losers", "largest")]
            texts += [figures.persons(row["households"]), figures.plain(row["mean_loss"])]
            cells.append([Cell(words.named(f"group.{division}", row["group"])), *numbers(texts)])
    heads = [words("page.group"), *(words(f"losers.of.{part}") for part in ("all", "losers", "largest")),
             words("losers.number"), words("losers.mean")]  # fmt: skip
    yield Block("table", table=Table(words("losers.table"), heads, cells, rows, "losers"))
