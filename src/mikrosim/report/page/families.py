"""The section on the six families: the year before and after, by the reform's parts, and month by month."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from mikrosim.report.law_values import place_name
from mikrosim.report.page.blocks import Block, Cell, Section, Table, numbers
from mikrosim.report.page.parts import family_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mikrosim.report.page.view import View

ONE_KRONE = 1.0
MONTHS_APART = 3
"""Every so many months have their names below the charts."""


def families_section(view: View) -> Section | None:
    """Return the six families before and after: the year, what it is made of, and month by month."""
    words, figures = view.words, view.figures
    rows = view.run.table("families")
    if not rows:
        return None
    name = f"name_{words.language}"
    drawn = []
    for row in rows:
        share = figures.plain(row["change_percent"], 1, sign=True)
        text = f"{figures.plain(row['change'], sign=True)} ({share} %)"
        kind = "down" if row["change"] < 0 else "up"
        drawn.append({"label": row[name], "value": row["change"], "text": text, "kind": kind})
    values = ", ".join(f"{row['label']}: {row['text']}" for row in drawn)
    picture = view.draw(
        "families",
        words("families.title"),
        words("families.alternative", values=values),
        lambda charts, size: charts.bars(drawn, size, words("families.axis")),
    )
    instruments = view.run.table("family_instruments")
    names = {row["family"]: row[name] for row in rows}
    cells = []
    for family, members in groupby(instruments, key=lambda row: row["family"]):
        cells.append([Cell(names[family])])
        cells += [
            [Cell(words.instrument(row["instrument"])),
             *numbers(figures.laws(row))]
            for row in members
        ]  # fmt: skip
    heads = [words("families.family"), words("baseline"), words("reform"), words("change")]
    table = Table(words("families.instruments_table"), heads, cells, instruments, "family_instruments")
    cards = [_card(view, row, [one for one in instruments if one["family"] == row["family"]]) for row in rows]
    blocks = [
        Block("text", text=words("families.lead")),
        Block("figure", picture=picture, table=table),
        Block("cards", items=cards),
        *([Block("note", text=words("parts.family_note"))] if any(card["parts"] for card in cards) else []),
        *_months(view, names),
    ]
    return Section("families", words("section.families"), blocks)


def _card(view: View, row: dict[str, Any], instruments: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return a family's name, what it is like, before and after, and which amounts change."""
    words, figures = view.words, view.figures
    wages = [figures.plain(row[f"wage_{place}"]) for place in (1, 2) if row[f"wage_{place}"] is not None]
    ages = [figures.plain(row[f"child_age_{place}"]) for place in (1, 2, 3) if row[f"child_age_{place}"] is not None]
    told = []
    if len(wages) == 2:
        told.append(words("families.wages_two", wage=wages[0], second=wages[1]))
    else:
        told.append(words("families.wages_one", wage=wages[0]) if wages else words("families.no_wages"))
    if ages:
        listed = f" {words('families.and')} ".join([*([", ".join(ages[:-1])] if ages[:-1] else []), ages[-1]])
        told.append(words("families.children" if len(ages) > 1 else "families.child", ages=listed))
    place = place_name(int(row["municipality"]), words)
    cost = figures.plain(row["housing_cost_month"])
    told.append(words(f"families.tenure.{row['tenure']}", place=place, cost=cost))
    changes = [
        (words.instrument(one["instrument"]), figures.plain(one["change"], sign=True))
        for one in instruments
        if abs(one["change"]) >= ONE_KRONE
    ]
    return {
        "name": row[f"name_{words.language}"],
        "about": " ".join(told),
        "before": figures.plain(row["baseline"]),
        "after": words("families.amount", amount=figures.plain(row["reform"])),
        "change": words("families.amount", amount=figures.plain(row["change"], sign=True)),
        "direction": "up" if row["change"] >= ONE_KRONE else "down" if row["change"] <= -ONE_KRONE else "same",
        "changes": changes,
        "parts": family_parts(view, row["family"]),
    }


def _months(view: View, names: dict[str, str]) -> Iterator[Block]:
    words, figures = view.words, view.figures
    rows = view.run.table("family_months", measure="after_tax_income_net_of_child_care")
    if not rows:
        return
    of_family = {family: list(members) for family, members in groupby(rows, key=lambda row: row["family"])}
    months = [words(f"month.{int(row['month'][-2:])}") for row in next(iter(of_family.values()))]
    told = "; ".join(
        f"{names[family]}: "
        + ", ".join(
            f"{month} {figures.arrow(figures.plain(row['baseline']), figures.plain(row['reform']))}"
            for month, row in zip(months, members, strict=True)
        )
        for family, members in of_family.items()
    )
    shown = [month if place % MONTHS_APART == 0 else "" for place, month in enumerate(months)]
    picture = view.draw(
        "family_months",
        words("families.months_title"),
        words("families.months_alternative", values=told),
        lambda charts, size: charts.panels(
            [charts.Panel(names[family], *([row[law] for row in members] for law in ("baseline", "reform")), shown)
             for family, members in of_family.items()],
            size, words("families.months_axis"), (words("baseline"), words("reform")),
        ),
    )  # fmt: skip
    cells: list[list[Cell]] = []
    for family, members in of_family.items():
        cells.append([Cell(names[family])])
        cells += [[Cell(month), *numbers(figures.laws(row))] for month, row in zip(months, members, strict=True)]
    heads = [words("months.month"), words("baseline"), words("reform"), words("change")]
    table = Table(words("families.months_title"), heads, cells, rows, "family_months")
    yield Block("figure", picture=picture, table=table, note=words("families.months_note"))
