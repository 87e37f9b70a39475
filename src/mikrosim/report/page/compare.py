"""Several runs side by side: headline numbers, cost, low income, winners, the change by income, and families."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mikrosim.report.page.blocks import Block, Cell, Section, Table, numbers
from mikrosim.report.page.build import Page, lay_out
from mikrosim.report.page.money import headline_lines
from mikrosim.report.page.people import CHILDREN_BY
from mikrosim.report.page.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mikrosim.report.run_data import RunData
    from mikrosim.report.texts import Words

SAME = {"year": "year", "population": "population.hash", "law": "law_hash"}
"""What runs must share for their differences to be the reforms' alone."""

PARTS = ("lose", "unchanged", "gain")


def build_comparison(runs: Sequence[RunData], words: Words) -> Page:
    """Return one page with several runs, in the order given.

    Args:
        runs: Two or more.
        words: The language.
    """
    views = [View(run, words) for run in runs]
    pen = views[0]
    names = _names(runs)
    sections = [
        Section("answer", words("compare.runs"), list(_overview(views, names))),
        Section("cost", words("section.cost"), [_cost(pen, views, names)]),
        Section("low-income", words("section.low_income"), [_children(pen, views, names), *_groups(views, names)]),
        Section("winners", words("section.winners"), [_winners(pen, views, names)]),
        Section("deciles", words("section.deciles"), [_deciles(views, names)]),
        *_families(views, names),
    ]
    version = runs[0].summary.get("version")
    source = f"mikrosim {version} · {', '.join(names)}"
    title = words("compare.title", count=len(runs))
    html = lay_out(
        words, sections, title=title, kicker=words("compare.kicker"), lead="", source=source, version=version
    )
    return Page(html, pen.pictures, source)


def _names(runs: Sequence[RunData]) -> list[str]:
    """Return each run's name; those that share one get a number, or their year where it tells them apart."""
    names = [str(run.summary.get("scenario")) for run in runs]
    with_years = [f"{name} ({run.summary.get('year')})" for name, run in zip(names, runs, strict=True)]
    if len(set(names)) == len(names):
        return names
    if len(set(with_years)) == len(names):
        return with_years
    return [f"{place}. {name}" for place, name in enumerate(with_years, start=1)]


def _overview(views: Sequence[View], names: Sequence[str]) -> Iterator[Block]:
    """Yield what the runs do not share, and their headline numbers: one column for each run."""
    words = views[0].words
    different = [
        words(f"compare.what.{what}")
        for what, path in SAME.items()
        if len({view.run.summary.get(path) for view in views}) > 1
    ]
    if different:
        yield Block("text", text=words("compare.different", what=f" {words('compare.or')} ".join(different)))
    rows, data = [], []
    for label, path, written in headline_lines(views[0]):
        changes = [view.run.summary.number(f"change.{path}") for view in views]
        texts = []
        for view, change in zip(views, changes, strict=True):
            ends = view.run.summary.interval(f"change.{path}")
            told = "" if ends is None else f" ({view.figures.span(*ends, written)})"
            texts.append(f"{written(change, sign=True)}{told}")
        rows.append([Cell(label), *numbers(texts)])
        data.append({"measure": path, **dict(zip(names, changes, strict=True))})
    heads = [words("change"), *names]
    yield Block("open_table", table=Table(words("compare.headlines"), heads, rows, data))


def _cost(pen: View, views: Sequence[View], names: Sequence[str]) -> Block:
    words, figures = pen.words, pen.figures
    drawn = []
    for view, name in zip(views, names, strict=True):
        cost = view.run.summary.number("change.budget.net")
        low, high = view.run.summary.interval("change.budget.net") or (None, None)
        drawn.append({"label": name, "value": 0.0 if cost != cost else cost, "text": figures.plain(cost, sign=True),
                      "kind": "down" if cost < 0 else "up", "low": low, "high": high})  # fmt: skip
    picture = pen.draw(
        "cost",
        words("compare.cost_title"),
        words("compare.cost_alternative", values=", ".join(f"{row['label']}: {row['text']}" for row in drawn)),
        lambda charts, size: charts.bars(drawn, size, words("cost.axis" if size.labels else "cost.axis_narrow")),
    )
    instruments = list(dict.fromkeys(name for view in views for name in view.run.summary.instruments))
    rows, data = [], []
    for instrument in [*instruments, "net"]:
        path = "change.budget.net" if instrument == "net" else f"change.budget.by_instrument.{instrument}"
        changes = [view.run.summary.number(path) for view in views]
        label = words("net") if instrument == "net" else words.instrument(instrument)
        rows.append([Cell(label), *numbers((figures.plain(change, sign=True) for change in changes),
                                           strong=instrument == "net")])  # fmt: skip
        data.append({"instrument": instrument, **dict(zip(names, changes, strict=True))})
    table = Table(words("budget"), [words("page.instrument"), *names], rows, data)
    return Block("figure", picture=picture, table=table, note=words("budget_note"))


def _children(pen: View, views: Sequence[View], names: Sequence[str]) -> Block:
    words, figures = pen.words, pen.figures
    path = "low_income.eu60.children.share"
    drawn: list[dict[str, Any]] = []
    for view, name in zip(views, names, strict=True):
        before, after = (view.run.summary.number(f"{law}.{path}") for law in ("baseline", "reform"))
        text = figures.arrow(figures.percent(before), figures.percent(after))
        drawn.append({"label": name, "before": 100.0 * before, "after": 100.0 * after, "text": text})
    picture = pen.draw(
        "low_income",
        words("compare.children_title"),
        words("compare.children_alternative", values=", ".join(f"{row['label']}: {row['text']}" for row in drawn)),
        lambda charts, size: charts.dots(drawn, size, words("percent"), (words("baseline"), words("reform"))),
    )
    rows: list[list[Cell]] = []
    data: list[dict[str, Any]] = []
    for view, name in zip(views, names, strict=True):
        found = {law: view.run.summary.number(f"{law}.{path}") for law in ("baseline", "reform", "change")}
        persons = view.run.summary.number("change.low_income.eu60.children.persons")
        texts = [figures.percent(found["baseline"]), figures.percent(found["reform"]),
                 figures.percent(found["change"], sign=True), figures.persons(persons, sign=True)]  # fmt: skip
        rows.append([Cell(name), *numbers(texts)])
        data.append({"run": name, **found, "persons_change": persons})
    heads = [words("compare.run"), words("baseline"), words("reform"), words("page.points_short"),
             words("low_income.children_number")]  # fmt: skip
    return Block("figure", picture=picture, table=Table(words("compare.children_title"), heads, rows, data),
                 note=words("low_income.note"))  # fmt: skip


def _groups(views: Sequence[View], names: Sequence[str]) -> Iterator[Block]:
    """Yield the change in children's low income by group, if all runs have it."""
    words = views[0].words
    found = [
        {(row["division"], row["group"]): row for row in view.run.table("low_income_by_group", who="children")}
        for view in views
    ]
    shared = [key for key in found[0] if key[0] in CHILDREN_BY and all(key in rows for rows in found)]
    if not shared:
        return
    cells: list[list[Cell]] = []
    data = []
    last = ""
    for division, group in shared:
        if division != last:
            last = division
            cells.append([Cell(words.named("division", division))])
        changes = [rows[division, group]["share_change"] for rows in found]
        starred = "*" if any(rows[division, group]["shrunk"] for rows in found) else ""
        texts = [view.figures.percent(change, sign=True) for view, change in zip(views, changes, strict=True)]
        cells.append([Cell(words.named(f"group.{division}", group) + starred), *numbers(texts)])
        data.append({"division": division, "group": group, **dict(zip(names, changes, strict=True))})
    note = words("low_income.shrunk") if any("*" in row[0].text for row in cells) else ""
    table = Table(words("compare.groups_title"), [words("page.group"), *names], cells, data, "", note)
    yield Block("table", table=table)


def _families(views: Sequence[View], names: Sequence[str]) -> Iterator[Section]:
    """Yield what changes for each example family, if all runs have them."""
    words = views[0].words
    found = [{row["family"]: row for row in view.run.table("families")} for view in views]
    shared = [family for family in found[0] if all(family in rows for rows in found)]
    if not shared:
        return
    cells, data = [], []
    for family in shared:
        changes = [rows[family]["change"] for rows in found]
        texts = [view.figures.plain(change, sign=True) for view, change in zip(views, changes, strict=True)]
        cells.append([Cell(found[0][family][f"name_{words.language}"]), *numbers(texts)])
        data.append({"family": family, **dict(zip(names, changes, strict=True))})
    table = Table(words("compare.families_title"), [words("families.family"), *names], cells, data)
    yield Section("families", words("section.families"), [Block("open_table", table=table)])


def _winners(pen: View, views: Sequence[View], names: Sequence[str]) -> Block:
    words, figures = pen.words, pen.figures
    drawn: list[dict[str, Any]] = []
    rows: list[list[Cell]] = []
    data: list[dict[str, Any]] = []
    for view, name in zip(views, names, strict=True):
        shares = {part: view.run.summary.number(f"winners_losers.families_with_children.{part}") for part in PARTS}
        texts = {f"{part}_text": figures.percent(share, 0) for part, share in shares.items()}
        drawn.append({"label": name, **{part: 100.0 * share for part, share in shares.items()}, **texts})
        rows.append([Cell(name), *numbers(figures.percent(share) for share in shares.values())])
        data.append({"run": name, **shares})
    values = ", ".join(f"{row['label']}: {' / '.join(row[f'{part}_text'] for part in PARTS)}" for row in drawn)
    picture = pen.draw(
        "winners_losers",
        words("compare.winners_title"),
        words("compare.winners_alternative", values=values),
        lambda charts, size: charts.parts(
            drawn, size, words("winners.axis"), (words("lose"), words("unchanged"), words("gain"))
        ),
    )
    heads = [words("compare.run"), *(words(part) for part in PARTS)]
    table = Table(words("compare.winners_title"), heads, rows, data)
    return Block("figure", picture=picture, table=table, note=words("winners_note"))


def _deciles(views: Sequence[View], names: Sequence[str]) -> Block:
    words, figures = views[0].words, views[0].figures
    rows, data = [], []
    for place in range(10):
        changes = [view.run.summary.number(f"deciles.{place}.mean_change") for view in views]
        rows.append([Cell(figures.plain(place + 1)), *numbers(figures.plain(change, sign=True) for change in changes)])
        data.append({"decile": place + 1, **dict(zip(names, changes, strict=True))})
    heads = [words("decile"), *names]
    return Block(
        "open_table", table=Table(words("compare.deciles_title"), heads, rows, data, "", words("deciles_note"))
    )
