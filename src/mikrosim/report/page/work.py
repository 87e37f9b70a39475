"""The section on what it pays to earn: families by wage, and the effective tax rates of parents in work."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from mikrosim.report.page.blocks import Block, Cell, Section, Table, numbers
from mikrosim.report.tables_on_request import INCOME, PARENTS, RATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mikrosim.report.page.view import View
    from mikrosim.report.tables_of_run import Rows

HIGH, HIGHEST = 0.6, 0.8
"""Effective marginal rates from which the strips are hatched, and filled."""

LAWS = ("baseline", "reform")
THOUSAND, NAMED, IN_TABLE = 1000.0, 200_000.0, 80_000.0
"""Wages are named below the charts and told in the page's table at these distances."""

LIMITS = ("above_60", "above_70", "above_80")


def work_section(view: View) -> Section | None:
    """Return what some families have left by wage, and how many parents face high rates."""
    rows = view.run.table("family_wages")
    blocks = [*(_by_wage(view, rows) if rows else []), *_rates(view)]
    return Section("work", view.words("section.work"), blocks) if blocks else None


def _by_wage(view: View, rows: Rows) -> Iterator[Block]:
    words, figures = view.words, view.figures
    name = f"name_{words.language}"
    names = {row["family"]: row[name] for row in view.run.table("families")}
    of_family = {family: list(members) for family, members in groupby(rows, key=lambda row: row["family"])}
    wages = [row["wage"] for row in next(iter(of_family.values()))]
    step, highest = figures.plain(wages[1] - wages[0]), figures.plain(wages[-1])
    yield Block("text", text=words("work.lead", highest=highest))
    shown = [figures.plain(wage / THOUSAND) if wage % NAMED == 0 else "" for wage in wages]
    short = {law: words(f"work.{law}") for law in LAWS}
    picture = view.draw(
        "family_wages",
        words("work.title"),
        words("work.alternative", values=_told(view, names, of_family)),
        lambda charts, size: charts.panels(
            [charts.Panel(names[family], *([row[f"left_{law}"] for row in members] for law in LAWS), shown,
                          [(short[law], _classes(members, law)) for law in LAWS])
             for family, members in of_family.items()],
            size, words("work.axis" if size.labels else "work.axis_narrow"), (words("baseline"), words("reform")),
            (words("work.low" if size.labels else "work.low_narrow"), words("work.high"), words("work.highest")),
        ),
    )  # fmt: skip
    cells: list[list[Cell]] = []
    for family, members in of_family.items():
        cells.append([Cell(names[family])])
        cells += [_wage_cells(view, row) for row in members if row["wage"] % IN_TABLE == 0]
    heads = [words("work.wage"), *(f"{words(what)}, {words(law).lower()}" for what in
             ("work.left", "work.marginal", "work.participation") for law in LAWS)]  # fmt: skip
    table = Table(words("work.title"), heads, cells, rows, "family_wages")
    yield Block("figure", picture=picture, table=table, note=words("work.note", step=step))


def _classes(members: Sequence[dict[str, Any]], law: str) -> list[int]:
    """Return how high the rate is on the way from each wage to the next: 0, 1 or 2."""
    rates = [row[f"marginal_rate_{law}"] for row in members[:-1]]
    return [(rate > HIGH) + (rate > HIGHEST) for rate in rates]


def _told(view: View, names: dict[str, str], of_family: dict[str, Rows]) -> str:
    figures, words = view.figures, view.words
    found = []
    for family, members in of_family.items():
        steps = [
            words(
                "work.step",
                wage=figures.plain(row["wage"]),
                left=figures.arrow(*(figures.plain(row[f"left_{law}"]) for law in LAWS)),
            )
            for row in members
            if row["wage"] % NAMED == 0
        ]
        found.append(f"{names[family]}: {', '.join(steps)}")
    return "; ".join(found)


def _wage_cells(view: View, row: dict[str, Any]) -> list[Cell]:
    figures = view.figures
    texts = [figures.plain(row[f"left_{law}"]) for law in LAWS]
    texts += [figures.percent(row[f"{rate}_rate_{law}"], 0) for rate in RATES for law in LAWS]
    return [Cell(figures.plain(row["wage"])), *numbers(texts)]


def _rates(view: View) -> Iterator[Block]:
    """Yield the rates of parents in work; how to get them, if they are not there."""
    words, figures = view.words, view.figures
    rows = view.run.table("work_incentives", income=INCOME)
    if not rows:
        if view.run.table("family_wages"):
            yield Block("note", text=words("work.how"))
        return
    every = {row["rate"]: row for row in rows if row["parents"] == PARENTS[0]}
    told = words(
        "work.rates_lead",
        **{f"{rate}_{when}": figures.percent(every[rate][f"above_60_{law}"])
           for rate in RATES for when, law in (("before", "baseline"), ("after", "reform"))},
    )  # fmt: skip
    yield Block("text", title=words("incentives.title"), text=told)
    intervals = any(row.get("above_60_change_low") is not None for row in rows)
    cells: list[list[Cell]] = []
    for rate in RATES:
        cells.append([Cell(words(f"incentives.{rate}"))])
        for row in (row for row in rows if row["rate"] == rate and row["parents"] in PARENTS):
            texts = [figures.arrow(*(figures.percent(row[f"{name}_{law}"]) for law in LAWS))
                     for name in ("median", *LIMITS)]  # fmt: skip
            if intervals:
                ends = row.get("above_60_change_low"), row.get("above_60_change_high")
                texts.append(figures.span(*ends, figures.percent))
            cells.append([Cell(words(f"incentives.{row['parents']}").capitalize()), *numbers(texts)])
    heads = [words("work.parents"), words("work.median"), *(words(f"work.{limit}") for limit in LIMITS)]
    heads += [words("work.interval")] if intervals else []
    note = words("incentives.note")
    yield Block("open_table", table=Table(words("work.rates"), heads, cells, rows, "work_incentives", note))
