"""The population's quality page as Markdown: what fits, what does not, and what it cannot support."""

from __future__ import annotations

from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from mikrosim.report.population import pictures
from mikrosim.report.population.years import sources_text, years_table, years_text
from mikrosim.synthpop.reweight import read_years

if TYPE_CHECKING:
    from pathlib import Path

    from mikrosim.population import Population
    from mikrosim.synthpop.spread import Spread
    from mikrosim.units import Floats

    Row = dict[str, Any]

HEADLINE = (
    "check.persistent.children",
    "check.low_income.persons_2022",
    "check.low_income.single_parents_2022",
    "check.gini",
    "check.median_equivalised_2022",
    "check.p90_p10",
    "check.outlay.trinnskatt_2023",
    "check.outlay.trygdeavgift_2023",
    "check.outlay.ordinary_income_tax_2023",
    "wage_item.sum",
)
"""The figures that most results rest on."""
PATTERN = "check.persistent."
FOLDER = "population"
"""The pictures lie in a folder of this name beside the page."""


def write_page(page: Path, population: Population, fit: list[Row], equivalised: Floats, spread: Spread | None) -> None:
    """Write the page and its pictures.

    Args:
        page: The Markdown file; pictures go to the folder ``population`` beside it.
        population: With its manifest.
        fit: Its fit table.
        equivalised: Each household's income after tax per consumption unit.
        spread: How the held-out figures vary from seed to seed.
    """
    toleranced = [row for row in fit if not row["calibrated"] and row["tolerance"] and row["reached"] is not None]
    drawings = {
        "held_out": pictures.held_out(toleranced),
        "persistent": pictures.persistent_pattern(fit),
        "age_pyramid": pictures.age_pyramid(population),
        "household_types": pictures.household_types(population),
        "income_deciles": pictures.income_deciles(population, equivalised),
    }
    folder = page.parent / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, drawing in drawings.items():
        (folder / f"{name}.svg").write_text(drawing, encoding="utf-8")
    years = read_years(population.path) if population.path else None
    page.write_text(page_text(population, fit, years or [], spread), encoding="utf-8")


def page_text(population: Population, fit: list[Row], years: list[Row], spread: Spread | None) -> str:
    """Return the page as Markdown.

    Args:
        population: With its manifest.
        fit: Its fit table.
        years: How every year's weights fit; empty where the population has those of one year only.
        spread: How the held-out figures vary from seed to seed.
    """
    known = {row["id"]: row for row in fit}
    headline = [known[name] for name in HEADLINE if name in known]
    others = [row for row in fit if not row["calibrated"] and row["id"] not in HEADLINE]
    pattern = [row for row in others if row["id"].startswith(PATTERN)]
    rest = [row for row in others if row not in pattern]
    calibrated = [row for row in fit if row["calibrated"]]
    weights = population.weights / population.weights.mean()
    named = population.manifest.get("left_out", {})
    missed = [row["name"]["en"] for row in fit if row["missed"]]
    return Template(template()).substitute(
        households=number(len(population.weights)),
        persons=number(len(population.persons["household"])),
        seed=population.manifest.get("seed", "not known"),
        year=population.year,
        targets=len(calibrated),
        held_out=len(others) + len([row for row in headline if not row["calibrated"]]),
        headline=table(headline, spread),
        not_calibrated=sum(not row["calibrated"] for row in headline),
        of_headline=len(headline),
        not_seen=sum(not row["calibrated"] and not row["seen_in_draw"] for row in headline),
        spread=spread_text(spread),
        pattern=table(pattern, spread),
        rest=table(rest, spread),
        calibrated=table(calibrated, None),
        years=years_table(years) if years else "The population has the weights of one year only.",
        years_fit=years_text(years),
        years_sources=sources_text(years),
        lowest=f"{weights.min():.2f}",
        highest=f"{weights.max():.2f}",
        left_out="; ".join(f"`{name}` ({why})" for name, why in named.items()) or "none",
        missed="; ".join(missed) or "none",
    )


def template() -> str:
    """Return the page's text, with names where figures and tables go."""
    import yaml

    content = (files("mikrosim.report.population") / "page.yaml").read_text(encoding="utf-8")
    text: str = yaml.safe_load(content)["text"]
    return text


def spread_text(spread: Spread | None) -> str:
    """Return what the column of spread says."""
    if spread is None:
        return "The spread from seed to seed was not measured."
    return (
        f"*Seeds* gives the lowest and the highest value of {len(spread.seeds)} populations of"
        f" {number(spread.households)} households each, drawn and weighted with different seeds."
    )


def table(rows: list[Row], spread: Spread | None) -> str:
    """Return figures as a Markdown table, with the spread where it was measured."""
    heads = ["Figure", "Unit", "Published", "Population", "Difference", "Tolerance", "In weights", "Seen in draw"]
    heads += ["Seeds"] if spread else []
    lines = ["| " + " | ".join(heads) + " |", "| --- | --- " + "| ---: " * 4 + "| --- " * (len(heads) - 6) + "|"]
    for row in rows:
        cells = [
            f"[{row['name']['en']}]({row['source']['href']})",
            row["unit"],
            amount(row["target"], row["target"]),
            amount(row["reached"], row["target"]),
            difference(row),
            tolerance(row),
            "yes" if row["calibrated"] else "no",
            "yes" if row["seen_in_draw"] else "",
        ]
        if spread:
            ends = spread.ends(row["id"])
            cells.append(f"{amount(ends[0], row['target'])} to {amount(ends[1], row['target'])}" if ends else "")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def difference(row: Row) -> str:
    """Return how far off a figure is, marked where it is further off than its tolerance."""
    if row["reached"] is None:
        return ""
    if row["unit"] in ("percent", "share", "ratio"):
        text = f"{row['reached'] - row['target']:+.{1 if row['unit'] == 'percent' else 3}f}"
    else:
        text = f"{row['difference_percent']:+.1f} %"
    return f"**{text}**" if row["missed"] else text


def tolerance(row: Row) -> str:
    """Return a tolerance as it is meant: in percent, or in the figure's own unit."""
    if row["tolerance"] is None:
        return ""
    return f"{row['tolerance']:g}" + (" %" if row["tolerance_in_percent"] else "")


def amount(value: float | None, like: float) -> str:
    """Return a figure with as many decimals as its size needs.

    >>> amount(1234567.8, 1234567.0), amount(10.94, 10.9), amount(0.2532, 0.253)
    ('1 234 568', '10.9', '0.253')
    """
    if value is None:
        return ""
    if like >= 100:
        return number(round(value))
    return f"{value:.1f}" if like >= 5 else f"{value:.3f}" if like < 1 else f"{value:.2f}"


def number(value: int) -> str:
    """Return a whole number in groups of three."""
    return f"{value:,}".replace(",", " ")
