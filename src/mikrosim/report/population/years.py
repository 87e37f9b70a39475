"""The part of the quality page on other years: each year's published population beside what its weights give."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]

ADULT_GROUPS = ("18_19", "20_24", "25_29", "30_34", "35_39", "40_44", "45_49", "50_54", "55_59", "60_64", "65_69",
                "70_74", "75_79", "80_84", "85_105")  # fmt: skip
OLD_FROM = 11
"""The first group of the old: 70 and above."""
SEXES = ("male", "female")


def _aged(groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"adults_aged.{sex}_{group}" for sex in SEXES for group in groups)


FIGURES: dict[str, tuple[str, ...]] = {
    "Persons in private households": ("check.private_persons",),
    "Children 0-17": ("check.children_with_parent",),
    "Children 0-5": tuple(f"children_aged.{age}" for age in range(6)),
    "Adults 18-69": _aged(ADULT_GROUPS[:OLD_FROM]),
    "Adults 70 and above": _aged(ADULT_GROUPS[OLD_FROM:]),
    "Living alone, households": ("household_type.alone",),
    "Couples without children, households": ("household_type.couple",),
    "Couples with children, households": ("household_type.married_with_children",
                                          "household_type.cohabiting_with_children"),
    "Single parents, households": ("household_type.single_parent",),
    "Grown children only, households": ("household_type.adult_children",),
    "Several families, households": ("household_type.multi_without_children", "household_type.multi_with_children"),
    "Children with a single parent": ("children_with.single_parent",),
    "Children with a step-parent": ("children_with.step_family",),
    "Immigrants": ("background.immigrants",),
    "Norwegian-born to immigrant parents": ("background.norwegian_born",),
    "Persons in centrality classes 1 and 2": ("centrality.persons_1", "centrality.persons_2"),
    "Persons in tiltakssonen": ("tiltakssone.persons",),
}  # fmt: skip
"""What the table shows, and the totals of a year that add up to it."""


def years_table(rows: list[Row]) -> str:
    """Return a Markdown table of the years: what was published, and in italics what was not and is the population's.

    A published figure has the difference of the population beside it where that is a twentieth of a per cent or more.
    """
    years = sorted({row["year"] for row in rows})
    known = {(row["year"], row["id"]): row for row in rows}
    lines = ["| Figure | " + " | ".join(str(year) for year in years) + " |", "| --- |" + " ---: |" * len(years)]
    for name, parts in FIGURES.items():
        cells = [_cell([known[year, part] for part in parts]) for year in years]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def years_text(rows: list[Row]) -> str:
    """Return how many figures each year has, the largest deviation, and what is missed."""
    lines = []
    for year in sorted({row["year"] for row in rows}):
        here = [row for row in rows if row["year"] == year and row["target"] is not None]
        kinds = {kind: sum(row["kind"] == kind for row in here) for kind in ("projection", "estimate")}
        largest = max(abs(row["reached"] / row["target"] - 1) for row in here)
        marked = "".join(f", {count} of them {kind}s" for kind, count in kinds.items() if count)
        missed = "; ".join(row["name"]["en"] for row in here if row["missed"]) or "none"
        lines.append(
            f"- {year}: {len(here)} figures{marked}; largest deviation {100 * largest:.2f} %; missed: {missed}."
        )
    return "\n".join(lines)


def sources_text(rows: list[Row]) -> str:
    """Return the sources of the years' figures as links."""
    found = {row["source"]["title"]: row["source"]["href"] for row in rows if row["source"]}
    return "; ".join(f"[{title}]({href})" for title, href in found.items())


def _cell(parts: list[Row]) -> str:
    reached = sum(part["reached"] for part in parts)
    if any(part["target"] is None for part in parts):
        return f"*{_number(reached)}*"
    target = sum(part["target"] for part in parts)
    off = 100 * (reached / target - 1)
    return _number(target) + (f" ({off:+.1f} %)" if f"{abs(off):.1f}" != "0.0" else "")


def _number(value: float) -> str:
    return f"{round(value):,}".replace(",", " ")
