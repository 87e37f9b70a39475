"""The chart that answers the pointer: Vega in the page itself, drawn over the still picture where scripts may run.

The script is vl-convert's bundle of Vega, Vega-Lite and Vega-Embed. It evaluates no text as code (`ast`), so that the
page's content policy need only let this one script through, by its hash.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt

from mikrosim.report.charts.style import AFTER, BEFORE, INK, LOSE_INK, PAPER, WIDE, config, number_locale
from mikrosim.report.sweep.charts import CROSS, HEIGHT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Row = dict[str, Any]

PLACE = "frontier-live"
START = """
const place = document.getElementById("%(place)s"), figure = place.closest("figure");
figure.classList.add("is-live");
vegaEmbed(place, %(specification)s,
  {ast: true, actions: false, renderer: "svg", logLevel: 1, bind: document.getElementById("%(place)s-controls"),
   tooltip: {disableDefaultStyle: true}, formatLocale: %(locale)s})
  .then(() => place.querySelector("svg").setAttribute("aria-hidden", "true"))
  .catch((error) => { figure.classList.remove("is-live"); throw error; });
"""


def script(specification: Mapping[str, Any], *, comma: bool) -> str:
    """Return the script that draws a specification into the page."""
    locale = number_locale(comma=comma)
    # "<" never stands in the text, so that no value can end the script.
    told = {"specification": specification, "locale": locale}
    values = {name: json.dumps(one, ensure_ascii=False).replace("<", "\\u003c") for name, one in told.items()}
    return bundle() + START % {**values, "place": PLACE}


@cache
def bundle() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script; about 0.9 MB."""
    import vl_convert

    found: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    assert "</script" not in found.lower()
    return found


def frontier(
    rows: Sequence[Row],
    cost: str,
    measures: Mapping[str, str],
    signs: tuple[float, Mapping[str, float]],
    hover: Mapping[str, str],
    words: Mapping[str, str],
) -> dict[str, Any]:
    """Return the specification of cost against a measure that the reader chooses.

    Args:
        rows: One for each law: `number`, `cost`, each measure as `m0` and its text as `tm0`, `kind` (`tried`,
            `present`, `best`), and the further texts that are shown at the pointer.
        cost: What the horizontal axis measures.
        measures: Column to what it is called; the first is shown at first.
        signs: 1 where less is better and -1 where more is: of cost, and of each measure.
        hover: Column of the texts to its heading, in order; `chosen` is that of the chosen measure.
        words: `measure`: what stands before the choice.
    """
    choice = alt.param(
        name="measure",
        value=next(iter(measures)),
        bind=alt.binding_select(options=list(measures), labels=list(measures.values()), name=f"{words['measure']} "),
    )
    named = json.dumps(measures, ensure_ascii=False)
    better = json.dumps({name: signs[1].get(name, 1.0) for name in measures})
    near = alt.selection_point(name="near", on="pointerover", clear="pointerout", fields=["number"])
    base = alt.Chart().encode(
        x=alt.X("cost:Q", title=cost, scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=6, format=",.6~r")),
        y=alt.Y("other:Q", title=None, scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=6, format=",.6~r")),
        tooltip=_none(),
    )
    mark: dict[str, Any] = {"opacity": 1, "aria": False}
    told = [alt.Tooltip(f"{column}:N", title=title) for column, title in hover.items()]
    line = base.transform_filter("datum.edge")
    one = base.transform_filter("datum.kind == 'tried'")
    present, best = (base.transform_filter(f"datum.kind == '{kind}'") for kind in ("present", "best"))
    layers = [
        line.mark_line(color=AFTER, strokeWidth=2, interpolate="step-after", aria=False),
        one.mark_point(size=26, filled=False, color=BEFORE, strokeWidth=1, **mark),
        one.transform_filter("datum.edge").mark_point(size=52, filled=True, color=AFTER, **mark),
        one.transform_filter({"param": "near", "empty": False}).mark_point(
            size=150, filled=False, color=INK, strokeWidth=2.5, **mark
        ),
        present.mark_point(size=200, shape=CROSS, stroke=PAPER, strokeWidth=7, **mark),
        present.mark_point(size=200, shape=CROSS, stroke=INK, strokeWidth=3, **mark),
        best.mark_point(size=200, filled=True, shape="diamond", fill=LOSE_INK, stroke=PAPER, strokeWidth=1.5, **mark),
        # Discs that nobody sees, larger than the rings, so that the pointer need not hit exactly.
        base.mark_point(size=180, filled=True, color="transparent", aria=False).encode(tooltip=told).add_params(near),
    ]
    order: list[Any] = [alt.SortField("paid", order="ascending"), alt.SortField("against", order="ascending")]
    least, before = ({"op": "min", "field": "against", "as": "least"}, {"op": "lag", "field": "least", "as": "before"})
    chart = (
        alt.LayerChart(
            layer=layers,
            data=alt.Data(values=list(rows)),  # type: ignore[no-untyped-call]
            width="container",
            height=HEIGHT["wide"],
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
            title=alt.TitleParams(
                text=alt.ExprRef(expr=f"{named}[measure]"), anchor="start", frame="group", fontSize=WIDE.font - 1,
                fontWeight="normal",
            ),
            config=config(WIDE),
        )
        .add_params(choice)
        .transform_calculate(other="datum[measure]", chosen="datum['t' + measure]")
        .transform_filter("isValid(datum.other) && isValid(datum.cost)")
        .transform_calculate(
            against=f"datum.kind == 'tried' ? datum.other * {better}[measure] : 1e300",
            paid=f"datum.cost * {signs[0]}",
        )
        .transform_window(window=[alt.WindowFieldDef.from_dict(least)], frame=[None, 0], sort=order)
        .transform_window(window=[alt.WindowFieldDef.from_dict(before)], sort=order)
        .transform_calculate(edge="datum.kind == 'tried' && (!isValid(datum.before) || datum.against < datum.before)")
    )  # fmt: skip
    found: dict[str, Any] = chart.to_dict(validate=False)
    return found


def _none() -> Any:
    return alt.TooltipValue(None)
