"""The section on low income: by group and place, and by other measures."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, Any

from mikrosim.report.law_values import place_name
from mikrosim.report.page.blocks import Block, Cell, Section, Table, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mikrosim.report.page.view import View

CHILDREN_BY = ("family_type", "number_of_children", "youngest_child", "parents_work", "immigrant_background")
"""Divisions in the chart of children's low income."""

IN_TABLES = (*CHILDREN_BY, "centrality", "age", "county")
"""Divisions in the page's tables; of the municipalities it shows the largest."""

MORE_MEASURES = ("eu50", "oecd50", "persistent", "after_child_care")
"""Shares of children in the table of further measures."""

LARGEST = 30
"""Municipalities on the page."""


def low_income_section(view: View) -> Section:
    """Return low income before and after: children by group, the definitions in use, and all groups as a table."""
    words, figures, summary = view.words, view.figures, view.run.summary
    told = []
    rows = view.run.table("low_income_by_group", who="children")
    chosen = [row for row in rows if row["division"] in CHILDREN_BY and _is_shown(row)]
    moved = [row for row in chosen if row["share_change"] is not None]
    if moved:
        largest = max(moved, key=lambda row: abs(row["share_change"]))
        before, after = figures.apart(largest["share_baseline"], largest["share_reform"])
        group = view.words.named(f"group.{largest['division']}", largest["group"])
        if before != after:
            told.append(words("low_income.lead", group=group, before=before, after=after))
    held = [summary.number(f"change.low_income_fixed_line.eu60.{who}.persons") for who in ("children", "all")]
    if all(map(math.isfinite, held)):
        counts = (words("less" if count < 0 else "more", number=figures.persons(abs(count))) for count in held)
        told.append(words("low_income.held", **dict(zip(("children", "persons"), counts, strict=True))))
    told += _anchored(view)
    everyone = view.run.table("low_income", measure="low_income", line="eu60", who="children")
    drawn = [_dot(view, {"division": "everyone", "group": "children", **row}) for row in everyone if _is_shown(row)]
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
        *([Block("text", text=" ".join(told))] if told else []),
        Block("figure", picture=picture, table=_groups_table(view), note=" ".join(notes)),
    ]
    further = [*_definitions_table(view), *_measures_table(view), *_municipalities(view), *_inequality(view)]
    return Section("low-income", words("section.low_income"), [*blocks, *further])


def _anchored(view: View) -> Iterator[str]:
    """Yield low income with the line of an earlier year that has followed prices only, where there is one."""
    words, figures = view.words, view.figures
    rows = {row["who"]: row for row in view.run.table("low_income_anchored")}
    if not rows:
        return
    shares: dict[str, str] = {}
    for who, row in rows.items():
        shares |= {f"{who}_{when}": figures.percent(row[f"share_{law}"])
                   for when, law in (("before", "baseline"), ("after", "reform"))}  # fmt: skip
    line = figures.plain(rows["all"]["line"])
    yield words("low_income.anchored", year=rows["all"]["line_year"], line=line, **shares)


def _is_shown(row: dict[str, Any]) -> bool:
    """Tell whether a row's shares may be shown; those of few real households are left out."""
    return row["share_baseline"] is not None and row["share_reform"] is not None


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
    if row.get("share_change_low") is None or row.get("share_change_high") is None:
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
        if view.has_intervals:
            ends = row.get("share_change_low"), row.get("share_change_high")
            texts.insert(2, figures.span(*ends, figures.percent))
        texts += [figures.percent(row[f"{gap}_change"], 2, sign=True) for gap in ("fgt1", "fgt2")]
        label = f"{words.named('definition', row['definition'])}, {words.named('child_care', row['child_care'])}"
        cells.append([Cell(label), *numbers(texts)])
    of_children = ("before", "after", *(["interval"] if view.has_intervals else []))
    heads = [words("page.measure"), *(words(f"low_income.children_{law}") for law in of_children),
             *(words(f"low_income.all_{law}") for law in ("before", "after")), words("low_income.gap"),
             words("low_income.severity")]  # fmt: skip
    note = words("low_income.gap_note")
    yield Block(
        "table", table=Table(words("low_income.definitions"), heads, cells, rows, "low_income_definitions", note)
    )


def _measures_table(view: View) -> Iterator[Block]:
    """Yield the further measures of children, and all persons' median income, group by group."""
    words, figures = view.words, view.figures
    rows = [row for row in view.run.table("measures_by_group") if row["division"] in IN_TABLES]
    if not rows:
        return
    everyone = {(row["division"], row["group"]): row for row in rows if row["who"] == "all"}
    cells: list[list[Cell]] = []
    last = ""
    for row in (row for row in rows if row["who"] == "children"):
        if row["division"] != last:
            last = row["division"]
            cells.append([Cell(words.named("division", last))])
        other = everyone[row["division"], row["group"]]
        texts = [figures.arrow(*(figures.percent(row[f"{name}_{law}"]) for law in ("baseline", "reform")))
                 for name in MORE_MEASURES]  # fmt: skip
        texts.append(figures.arrow(*(figures.rough(other[f"median_income_{law}"]) for law in ("baseline", "reform"))))
        texts.append(figures.arrow(*(figures.plain(other[f"gini_{law}"], 3) for law in ("baseline", "reform"))))
        label = words.named(f"group.{row['division']}", row["group"]) + ("*" if row["shrunk"] else "")
        cells.append([Cell(label), *numbers(texts)])
    heads = [words("page.group"), *(words(f"measures.{name}") for name in MORE_MEASURES),
             words("measures.median_income"), words("measures.gini")]  # fmt: skip
    note = " ".join(
        [words("measures.note"), *([words("low_income.shrunk")] if any(row["shrunk"] for row in rows) else [])]
    )
    yield Block("table", table=Table(words("measures.title"), heads, cells, rows, "measures_by_group", note))


def _municipalities(view: View) -> Iterator[Block]:
    """Yield the largest municipalities: low income, and who gains."""
    words, figures = view.words, view.figures
    found = {row["group"]: row for row in view.run.table("winners_losers") if row["division"] == "municipality"}
    children = {row["group"]: row for row in view.run.table("low_income_by_group", who="children")
                if row["division"] == "municipality"}  # fmt: skip
    largest = sorted((row for row in found.values() if row["persons"]), key=lambda row: -row["persons"])[:LARGEST]
    if not largest:
        return
    cells, data = [], []
    for row in largest:
        low = children.get(row["group"], {})
        texts = [figures.percent(low.get("share_baseline")), figures.percent(low.get("share_reform")),
                 figures.few(row["gain"]), figures.few(row["lose"]),
                 figures.plain(row["mean_change"], sign=True), figures.plain(row["households"])]  # fmt: skip
        starred = row["shrunk"] or low.get("shrunk")
        place = place_name(int(row["group"].partition(" ")[0]), words)
        cells.append([Cell(place + ("*" if starred else "")), *numbers(texts)])
        data.append(row)
    heads = [words("municipality"), words("low_income.children_before"), words("low_income.children_after"),
             words("gain"), words("lose"), words("winners.mean"), words("municipality.sample")]  # fmt: skip
    own = sum(not row["shrunk"] for row in found.values())
    note = words("municipality.note", own=figures.plain(own), all=figures.plain(len(found)))
    title = words("municipality.title", count=figures.plain(len(largest)))
    yield Block("table", table=Table(title, heads, cells, data, "winners_losers", note))


def _inequality(view: View) -> Iterator[Block]:
    words, figures = view.words, view.figures
    rows = view.run.table("inequality_measures")
    if not rows:
        return
    cells = []
    for row in rows:
        texts = [figures.plain(row[law], 4, sign=law == "change") for law in ("baseline", "reform", "change")]
        if view.has_intervals:
            ends = row.get("change_low"), row.get("change_high")
            texts.append(figures.span(*ends, lambda value, sign: figures.plain(value, 4, sign=sign)))
        label = f"{words.named('inequality', row['measure'])}, {words.named('child_care', row['child_care'])}"
        cells.append([Cell(label), *numbers(texts)])
    heads = [words("page.measure"), words("baseline"), words("reform"), words("change")]
    heads += [words("page.interval_head")] if view.has_intervals else []
    yield Block("table", table=Table(words("inequality"), heads, cells, rows, "inequality_measures"))
