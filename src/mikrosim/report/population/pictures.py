"""The pictures of the population's quality page, as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.population.schema import HouseholdType
from mikrosim.report.charts.style import AFTER, FONT, GRID, INK, LOSE_INK, MUTED, PAPER
from mikrosim.synthpop.figures import residents
from mikrosim.synthpop.statistics import quantile
from mikrosim.synthpop.targets import targets

if TYPE_CHECKING:
    import altair as alt

    from mikrosim.population import Population
    from mikrosim.units import Floats

    Rows = list[dict[str, Any]]

WIDTH = 620
BAND, OLDEST = 5, 90
DECILES = 10
TYPES = {
    HouseholdType.ALONE: "living alone",
    HouseholdType.COUPLE: "couple without children",
    HouseholdType.MARRIED_WITH_CHILDREN: "married, with children",
    HouseholdType.COHABITING_WITH_CHILDREN: "cohabiting, with children",
    HouseholdType.SINGLE_PARENT: "single parent",
    HouseholdType.ADULT_CHILDREN: "with adult children only",
    HouseholdType.MULTI_WITHOUT_CHILDREN: "several families, no children",
    HouseholdType.MULTI_WITH_CHILDREN: "several families, with children",
}
PATTERN = {
    "children_with_immigrant_background": "children with immigrant background",
    "other_children": "other children",
    "lone_1": "single parent, 1 child",
    "lone_2": "single parent, 2 children",
    "lone_3": "single parent, 3 or more",
    "couple_1": "couple, 1 child",
    "couple_2": "couple, 2 children",
    "couple_3": "couple, 3 or more",
}


def age_pyramid(population: Population) -> str:
    """Return persons by sex and age in bars, and the register's residents as lines across them."""
    import altair as alt

    age = (population.year - population.persons["birth_year"].astype(np.int64)).clip(max=OLDEST)
    weights = population.person_weights()
    rows: Rows = []
    for sex, name, sign in ((1, "men", -1), (2, "women", 1)):
        register = residents()[sex - 1]
        for low in range(0, OLDEST + 1, BAND):
            inside = (population.persons["sex"] == sex) & (age >= low) & (age < low + BAND)
            published = register[low : low + BAND if low < OLDEST else None].sum()
            rows.append({"age": low, "end": low + BAND, "sex": name, "zero": 0, "published": sign * published / 1e3,
                         "population": sign * weights[inside].sum() / 1e3})  # fmt: skip
    base = alt.Chart(data_of(rows))
    x = alt.X("population:Q", title="thousand persons: men to the left, women to the right",
              axis=alt.Axis(labelExpr="abs(datum.value)", tickCount=8))  # fmt: skip
    y = alt.Y("age:Q", title="age", scale=alt.Scale(domain=[0, OLDEST + BAND]), axis=alt.Axis(values=ticks(OLDEST)))
    colour = alt.Color("sex:N", scale=alt.Scale(domain=["men", "women"], range=[AFTER, "#7fa8c4"]), title=None)
    bars = base.mark_bar(stroke=PAPER).encode(x=x, x2="zero:Q", y=y, y2="end:Q", color=colour)
    lines = base.mark_rule(color=LOSE_INK, strokeWidth=2.5).encode(x="published:Q", y="age:Q", y2="end:Q")
    return drawn([bars, lines], 360)


def income_deciles(population: Population, equivalised: Floats) -> str:
    """Return the mean income of each tenth of the persons in bars."""
    import altair as alt

    size = np.bincount(population.persons["household"], minlength=len(population.weights))
    counts = np.where(population.households["student_household"], 0, size) * population.weights
    edges = [quantile(equivalised, counts, part / DECILES) for part in range(1, DECILES)]
    place = np.searchsorted(edges, equivalised, side="right")
    sums = np.bincount(place, weights=equivalised * counts, minlength=DECILES)
    means = sums / np.bincount(place, weights=counts, minlength=DECILES)
    rows = [{"decile": number + 1, "income": mean / 1e3} for number, mean in enumerate(means)]
    base = alt.Chart(data_of(rows)).encode(
        x=alt.X("decile:O", title="tenth of the persons, by income", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("income:Q", title="thousand NOK per consumption unit"),
    )
    text = base.mark_text(dy=-8, color=INK, fontSize=12).encode(text=alt.Text("income:Q", format=".0f"))
    return drawn([base.mark_bar(color=AFTER), text], 300)


def household_types(population: Population) -> str:
    """Return households by type in bars, and the published numbers as lines across them."""
    kind = population.households["household_type"]
    rows = [{
        "name": name,
        "population": population.weights[kind == one].sum() / 1e3,
        "published": targets()[f"household_type.{one.name.lower()}"].value / 1e3,
    } for one, name in TYPES.items()]  # fmt: skip
    return beside(rows, "thousand households")


def persistent_pattern(fit: Rows) -> str:
    """Return shares in persistent low income by background, family and children, beside the published ones."""
    known = {row["id"]: row for row in fit}
    found = [(name, known.get(f"check.persistent.{key}")) for key, name in PATTERN.items()]
    rows = [{"name": name, "population": row["reached"], "published": row["target"]} for name, row in found if row]
    return beside(rows, "per cent in persistent low income")


def held_out(rows: Rows) -> str:
    """Return how much of its tolerance each held-out figure's deviation takes: within the band all is well."""
    import altair as alt

    values = [{"name": row["name"]["en"], "part": deviation_of(row)} for row in rows]
    low = min(-1.2, min(one["part"] for one in values) - 0.1)
    high = max(1.2, max(one["part"] for one in values) + 0.1)
    y = alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=330))
    base = alt.Chart(data_of(values))
    band = alt.Chart(data_of([{"from": -1, "to": 1}])).mark_rect(color="#e3edf4").encode(x="from:Q", x2="to:Q")
    x = alt.X("part:Q", title="deviation, in parts of the tolerance", scale=alt.Scale(domain=[low, high]))
    dots = base.mark_point(filled=True, size=90, color=AFTER, opacity=1).encode(x=x, y=y)
    return drawn([band, dots], 24 * len(values))


def deviation_of(row: dict[str, Any]) -> float:
    """Return a figure's deviation in parts of its tolerance.

    >>> deviation_of({"target": 200.0, "reached": 204.0, "tolerance": 4.0, "tolerance_in_percent": True})
    0.5
    """
    allowed = row["tolerance"] * (row["target"] / 100 if row["tolerance_in_percent"] else 1.0)
    return float((row["reached"] - row["target"]) / allowed)


def beside(rows: Rows, title: str) -> str:
    """Return bars of what the population gives, and published values as lines across them."""
    import altair as alt

    y = alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=330))
    base = alt.Chart(data_of(rows))
    bars = base.mark_bar(color=AFTER, height=14).encode(
        x=alt.X("population:Q", title=title, axis=alt.Axis(tickCount=8)), y=y
    )
    lines = base.mark_tick(color=LOSE_INK, thickness=3, size=22).encode(x="published:Q", y=y)
    return drawn([bars, lines], 30 * len(rows))


def ticks(last: int) -> list[int]:
    """Return every tenth year."""
    return list(range(0, last + 1, 10))


def data_of(rows: Rows) -> alt.Data:
    """Return rows as a chart's data."""
    import altair as alt

    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def drawn(layers: list[alt.Chart], height: int) -> str:
    """Return charts, one above the other, as an SVG file of the page's width."""
    import altair as alt
    import vl_convert

    axis = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
            "labelColor": INK, "titleColor": MUTED, "gridColor": GRID, "domain": False, "tickColor": GRID}  # fmt: skip
    legend = {"labelFont": FONT, "labelFontSize": 12, "orient": "top"}
    config = {"background": PAPER, "view": {"stroke": None}, "axis": axis, "legend": legend, "padding": 10}
    specification = alt.LayerChart(layer=layers, width=WIDTH, height=height).to_dict() | {"config": config}
    svg: str = vl_convert.vegalite_to_svg(specification)
    return svg
