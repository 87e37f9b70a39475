"""The sections on people: low income by group, winners and losers."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from mikrosim.report.page.blocks import Block, Cell, Section, Table, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mikrosim.report.page.view import View
    from mikrosim.report.tables_of_run import Rows

CHILDREN_BY = ("family_type", "number_of_children", "youngest_child", "parents_work", "immigrant_background")
"""Divisions in the chart of children's low income."""

WINNERS_BY = ("family_type", "number_of_children")
IN_TABLES = (*CHILDREN_BY, "centrality", "age", "county")
"""Divisions in the page's tables; municipalities are in the folder's only."""

PARTS = ("lose", "unchanged", "gain")
LOSERS_TRAITS = ("family_type", "number_of_children", "parents_work")


def low_income_section(view: View) -> Section:
    """Return low income before and after: children by group, the definitions in use, and all groups as a table."""
    words, figures, summary = view.words, view.figures, view.run.summary
    held = [summary.number(f"change.low_income_fixed_line.eu60.{who}.persons") for who in ("children", "all")]
    counts = (words("less" if count < 0 else "more", number=figures.persons(abs(count))) for count in held)
    told = words("low_income.held", **dict(zip(("children", "persons"), counts, strict=True)))
    rows = view.run.table("low_income_by_group", who="children")
    chosen = [row for row in rows if row["division"] in CHILDREN_BY]
    if chosen:
        largest = max(chosen, key=lambda row: abs(row["share_change"]))
        lead = words(
            "low_income.lead",
            group=view.words.named(f"group.{largest['division']}", largest["group"]),
            before=figures.percent(largest["share_baseline"]),
            after=figures.percent(largest["share_reform"]),
        )
        told = f"{lead} {told}"
    chosen = [row for row in chosen if row["share_baseline"] is not None]
    everyone = view.run.table("low_income", measure="low_income", line="eu60", who="children")
    everyone = [row for row in everyone if row["share_baseline"] is not None and row["share_reform"] is not None]
    drawn = [_dot(view, {"division": "everyone", "group": "children", **row}) for row in everyone]
    for division, members in groupby(chosen, key=lambda row: row["division"]):
        drawn += [{"label": words.named("division", division), "heading": True}, *(_dot(view, row) for row in members)]
    values = ", ".join(f"{row['label']} {row['text']}" for row in drawn if not row.get("heading"))
    picture = view.draw(
        "low_income",
        words("low_income.title"),
        words("low_income.alternative", values=values),
        lambda charts, size: charts.dots(drawn, size, words("low_income.axis"), (words("baseline"), words("reform"))),
    )
    notes = [words("low_income.note")]
    notes += [words("low_income.whiskers")] if view.has_intervals else []
    notes += [words("low_income.shrunk")] if any(row["shrunk"] for row in chosen) else []
    blocks = [
        Block("text", text=told),
        Block("figure", picture=picture, table=_groups_table(view), note=" ".join(notes)),
    ]
    definitions = _definitions_table(view)
    return Section("low-income", words("section.low_income"), [*blocks, *definitions])


def _dot(view: View, row: dict[str, Any]) -> dict[str, Any]:
    before, after = row["share_baseline"], row["share_reform"]
    return {
        "label": view.words.named(f"group.{row['division']}", row["group"]) + ("*" if row.get("shrunk") else ""),
        "before": 100.0 * before,
        "after": 100.0 * after,
        **_interval_of(row),
        "text": view.figures.arrow(view.figures.percent(before), view.figures.percent(after)),
    }


def _interval_of(row: dict[str, Any]) -> dict[str, float]:
    """Return where the reform's share may lie, given that of the present law: the interval of the change."""
    if row.get("share_change_low") is None:
        return {}
    return {end: max(100.0 * (row["share_baseline"] + row[f"share_change_{end}"]), 0.0) for end in ("low", "high")}


def _groups_table(view: View) -> Table:
    """Return children's and everyone's low income in each group, children first."""
    words, figures = view.words, view.figures
    rows = [row for row in view.run.table("low_income_by_group") if row["division"] in IN_TABLES]
    found: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for who in ("children", "all"):
        for row in view.run.table("low_income", measure="low_income", line="eu60", who=who):
            found.setdefault(("everyone", "all"), {})[who] = row
    for row in rows:
        found.setdefault((row["division"], row["group"]), {})[row["who"]] = row
    cells: list[list[Cell]] = []
    last = "everyone"
    for (division, group), of in found.items():
        if division != last:
            cells.append([Cell(words.named("division", division))])
            last = division
        label = words.named(f"group.{division}", group)
        star = "*" if any(row.get("shrunk") for row in of.values()) else ""
        texts = []
        for who in ("children", "all"):
            row = of.get(who, {})
            texts += [figures.percent(row.get("share_baseline")), figures.percent(row.get("share_reform")),
                      figures.persons(row.get("persons_change"), sign=True)]  # fmt: skip
            if view.has_intervals:
                texts.append(figures.span(row.get("share_change_low"), row.get("share_change_high"), figures.percent))
        cells.append([Cell(label + star), *numbers(texts)])
    columns = ("before", "after", "number", *(["interval"] if view.has_intervals else []))
    heads = [words("page.group"), *(words(f"low_income.{who}_{what}") for who in ("children", "all")
                                    for what in columns)]  # fmt: skip
    note = words("low_income.shrunk") if any(row["shrunk"] for row in rows) else ""
    return Table(words("low_income.title"), heads, cells, rows, "low_income_by_group", note)


def _definitions_table(view: View) -> Iterator[Block]:
    words, figures = view.words, view.figures
    rows = view.run.table("low_income_definitions")
    if not rows:
        return
    cells = []
    for row in (row for row in rows if row["who"] == "children"):
        everyone = view.run.table(
            "low_income_definitions", definition=row["definition"], child_care=row["child_care"], who="all"
        )[0]
        texts = [figures.percent(of[f"share_{law}"]) for of in (row, everyone) for law in ("baseline", "reform")]
        label = f"{words.named('definition', row['definition'])}, {words.named('child_care', row['child_care'])}"
        cells.append([Cell(label), *numbers([*texts, figures.percent(row["fgt1_change"], 2, sign=True)])])
    heads = [words("page.measure"), *(words(f"low_income.{who}_{law}") for who in ("children", "all")
                                      for law in ("before", "after")), words("low_income.gap")]  # fmt: skip
    yield Block("table", table=Table(words("low_income.definitions"), heads, cells, rows, "low_income_definitions"))


def winners_section(view: View) -> Section:
    """Return who gains and who loses, by income and by family, and the largest losers."""
    words, figures, summary = view.words, view.figures, view.run.summary
    lead = words(
        "winners.lead", **{part: figures.percent(summary.number(f"winners_losers.all.{part}"), 0) for part in PARTS}
    )
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
        texts = [*(figures.percent(row[part]) for part in PARTS), figures.plain(row["mean_change"], sign=True),
                 figures.plain(row["median_change"], sign=True)]  # fmt: skip
        cells.append([Cell(label + ("*" if row["shrunk"] else "")), *numbers(texts)])
    cells += [[Cell(words("division.decile"))]] if deciles else []
    for row in deciles:
        texts = [*(figures.percent(row[part]) for part in PARTS), "", ""]
        cells.append([Cell(_decile(view, row, deciles)), *numbers(texts)])
    heads = [words("page.group"), words("lose"), words("unchanged"), words("gain"), words("winners.mean"),
             words("winners.median")]  # fmt: skip
    note = words("low_income.shrunk") if any(row["shrunk"] for row in shown) else ""
    return Table(words("winners_losers"), heads, cells, shown, "winners_losers", note)


def _losers(view: View) -> Iterator[Block]:
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
