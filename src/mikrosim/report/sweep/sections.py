"""The sections of a study's page: answer, frontier, what the parameters do, what is varied, what to beware of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.report.headline import amount
from mikrosim.report.page.blocks import Block, Cell, Section, Table, numbers
from mikrosim.report.page.law import ABSENT, remark_blocks
from mikrosim.report.sweep import charts
from mikrosim.report.sweep.effects import means
from mikrosim.report.sweep.tables import effect_rows, frontier_rows, optimum_rows, parameter_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mikrosim.report.sweep.view import StudyView

    Row = dict[str, Any]

SHOWN = 15
"""Laws of the frontier in the open table; all are in the files."""

IN_PANELS, FEWEST_IN_PANEL, PANELS, GROUPS = 1200, 40, 8, 10
"""Rings in all panels together and at least in one, parameters with panels of their own, means along one."""

ASSUMPTIONS = ("static", "same_people", "sweep_year", "sweep_tried", "sweep_small")


def answer_section(view: StudyView) -> Section:
    """Return how many laws were tried, how far they reach, and where the frontier runs; or the best law."""
    words, study, labels = view.words, view.study, view.labels
    cost, other = study.numbers(study.cost), study.numbers(view.other)
    edge = view.on_frontier()
    told = [
        words("sweep.tried", count=labels.figures.plain(len(study)),
              parameters="; ".join(labels.parameter(name) for name in study.parameters)),
        words("sweep.reach", cost=labels.measure(study.cost), low=labels.written(study.cost, float(np.nanmin(cost))),
              high=labels.written(study.cost, float(np.nanmax(cost))), other=labels.measure(view.other),
              least=labels.written(view.other, float(np.nanmin(other))),
              most=labels.written(view.other, float(np.nanmax(other))),
              present=labels.written(view.other, study.baseline[view.other])),
        words("sweep.on_frontier", count=labels.figures.plain(len(edge))),
    ]  # fmt: skip
    blocks = [Block("answer", text=sentence) for sentence in (*_headline(view), *told)]
    if study.optimum:
        blocks.append(Block("open_table", table=_optimum_parameters(view)))
        blocks.append(Block("open_table", table=_optimum_measures(view)))
    return Section("answer", words("page.answer"), blocks)


def _headline(view: StudyView) -> Iterator[str]:
    """Yield the sentence that matters most: the best law, or the cheapest on the frontier that lowers low income."""
    words, study, labels = view.words, view.study, view.labels
    if study.optimum:
        value = study.optimum["measures"][study.cost]
        limits = " ".join(words("sweep.limit", limit=limit) for limit in _limits(view))
        shown = labels.written(study.cost, value)
        yield words("optimise.best", objective=labels.measure(study.cost), value=shown, limits=limits).strip()
        return
    edge, baseline = view.on_frontier(), study.baseline.get(view.other, float("nan"))
    if not len(edge):
        return
    cost, other = study.numbers(study.cost), study.numbers(view.other)
    better = [place for place in edge.tolist() if other[place] < baseline]
    if better and study.cost == "change.budget.net":
        place = better[0]
        money = amount(float(cost[place]), words)
        yield words("sweep.cheapest" if cost[place] >= 0 else "sweep.cheapest_saves", amount=money,
                    measure=labels.measure(view.other), before=labels.written(view.other, baseline),
                    after=labels.written(view.other, float(other[place])), number=_number(view, place))  # fmt: skip


def _limits(view: StudyView) -> list[str]:
    found = []
    for text in view.study.optimum["limits"]:
        path, sign, bound = text.rsplit(" ", 2)
        shown = view.labels.written(path, float(bound))
        found.append(f"{view.labels.measure(path)} {'≤' if sign == '<=' else '≥'} {shown}")
    return found


def _number(view: StudyView, place: int) -> str:
    """Return what a law is called: its name, or its number."""
    names = view.study.columns.get("name")
    number = view.labels.figures.plain(view.study.columns["scenario"][place])
    return f"{names[place]} ({number})" if names and names[place] else number


def frontier_section(view: StudyView) -> Section:
    """Return the chart of cost against low income, its frontier as a table, and how to read it."""
    words, study, labels = view.words, view.study, view.labels
    rows = _points(view)
    titles = (labels.measure(study.cost), labels.measure(view.other))
    key = (words("sweep.key.tried"), words("sweep.key.frontier"), words("baseline"),
           words("optimise.key.best") if study.optimum else "")  # fmt: skip
    edge = view.on_frontier()
    cost, other = study.numbers(study.cost), study.numbers(view.other)
    ends = [words("sweep.one_end", cost=labels.written(study.cost, float(cost[end])),
                  other=labels.written(view.other, float(other[end]))) for end in edge[[0, -1]]]  # fmt: skip
    picture = view.draw(
        "frontier",
        words("sweep.frontier_title", cost=labels.measure(study.cost, unit=False).lower(),
              other=labels.measure(view.other, unit=False)),
        words("sweep.frontier_alternative", count=labels.figures.plain(len(study)),
              on=labels.figures.plain(len(edge)), cost=titles[0], other=titles[1],
              ends=words("sweep.and_then").join(ends),
              present=labels.written(view.other, study.baseline[view.other])),
        lambda size: charts.frontier(rows, size, titles, key),
    )  # fmt: skip
    note = words("sweep.read_frontier")
    if len(view.drawn()) < len(study):
        note += " " + words("sweep.thinned", shown=labels.figures.plain(len(view.drawn())),
                            count=labels.figures.plain(len(study)))  # fmt: skip
    table = _frontier_table(view)
    blocks = [
        Block(
            "figure",
            picture=picture,
            table=table,
            note=note,
            live=words("sweep.hover", best=words("optimise.hover") if study.optimum else ""),
        ),
        Block("open_table", table=_frontier_table(view, SHOWN)),
    ]
    return Section("frontier", words("section.frontier"), blocks)


def _points(view: StudyView) -> list[Row]:
    """Return the rows of the chart: tried laws, the frontier's, the present law, and the best if one was looked for."""
    study, labels = view.study, view.labels
    cost = study.numbers(study.cost) * labels.factor(study.cost)
    other = study.numbers(view.other) * labels.factor(view.other)
    edge = view.on_frontier().tolist()
    rows: list[Row] = [
        {"cost": float(cost[place]), "other": float(other[place]), "kind": kind}
        for kind, places in (("tried", sorted(set(view.drawn().tolist()) - set(edge))), ("frontier", edge))
        for place in places
        if np.isfinite(cost[place]) and np.isfinite(other[place])
    ]
    marks = {"present": study.baseline, "best": study.optimum.get("measures", {})}
    for kind, values in marks.items():
        if values:
            rows.append({"cost": values[study.cost] * labels.factor(study.cost),
                         "other": values[view.other] * labels.factor(view.other), "kind": kind})  # fmt: skip
    return rows


def _frontier_table(view: StudyView, most: int | None = None) -> Table:
    """Return the frontier's laws with their values and measures: all, or so many spread along it."""
    words, study, labels = view.words, view.study, view.labels
    places = view.on_frontier()
    if most is not None and len(places) > most:
        places = places[np.unique(np.linspace(0, len(places) - 1, most).round().astype(np.int64))]
    shown = [study.cost, *study.others[:3]]
    cells = [
        [Cell(_number(view, place)),
         *numbers(labels.written(path, study.columns[path][place]) for path in shown),
         *numbers(labels.value(name, study.columns[name][place]) for name in study.parameters)]
        for place in places.tolist()
    ]  # fmt: skip
    heads = [words("sweep.number"), *(labels.measure(path) for path in shown), *map(labels.parameter, study.parameters)]
    some = most is not None and len(places) < len(view.on_frontier())
    title = words("sweep.some_of_frontier" if some else "sweep.frontier_table")
    return Table(title, heads, cells, [] if some else frontier_rows(view), "" if some else "frontier")


def effects_section(view: StudyView) -> Section:
    """Return a panel for each parameter, and what a straight-line fit says each of them does."""
    words, study, labels = view.words, view.study, view.labels
    rows = effect_rows(view)
    note = " ".join([words("sweep.read_effects"), *([words("optimise.read_effects")] if study.optimum else [])])
    blocks = []
    if rows:
        cells = [
            [Cell(labels.parameter(row["parameter"])),
             *numbers([labels.value(row["parameter"], row["low"]), labels.value(row["parameter"], row["high"])]),
             *numbers(text for path in (study.cost, view.other) for text in (
                 labels.written(path, row[f"{path} change"], sign=True),
                 labels.figures.percent(row[f"{path} share"], 0)))]
            for row in rows
        ]  # fmt: skip
        heads = [words("law.parameter"), words("sweep.lowest"), words("sweep.highest"),
                 *(text for path in (study.cost, view.other)
                   for text in (labels.measure(path), words("sweep.of_spread")))]  # fmt: skip
        table = Table(words("sweep.effects_table"), heads, cells, rows, "effects", note)
        blocks.append(Block("open_table", table=table))
    else:
        blocks.append(Block("text", text=words("sweep.no_fit")))
    return Section("effects", words("section.effects"), [*_panels(view, rows), *blocks])


def _panels(view: StudyView, fitted: list[Row]) -> Iterator[Block]:
    """Yield one figure with two panels for each parameter that takes several values, the strongest first."""
    words, study, labels = view.words, view.study, view.labels
    moving = [name for name in study.parameters
              if len({value for value in study.columns[name] if value is not None}) > 1]  # fmt: skip
    weight = {row["parameter"]: max(row[f"{path} share"] for path in (study.cost, view.other)) for row in fitted}
    moving = sorted(moving, key=lambda name: -weight.get(name, 0.0))[:PANELS]
    if not moving:
        return
    chosen = view.drawn(max(FEWEST_IN_PANEL, IN_PANELS // (2 * len(moving)))).tolist()
    rows: list[list[Row]] = []
    titles: list[tuple[str, str]] = []
    data: list[Row] = []
    for name in moving:
        for path in (study.cost, view.other):
            values, measure = study.columns[name], study.numbers(path) * labels.factor(path)
            written = (lambda value: value) if not isinstance(values[0], str | bool) else lambda value, name=name: (
                labels.value(name, value))  # fmt: skip
            along = means(values, measure, GROUPS)
            rings = [{"value": written(values[place]), "measure": float(measure[place]), "mean": False}
                     for place in chosen if values[place] is not None and np.isfinite(measure[place])]  # fmt: skip
            rows.append([*rings, *({"value": written(value), "measure": mean, "mean": True} for value, mean in along)])
            titles.append((labels.parameter(name), labels.measure(path)))
            data += [{"parameter": name, "measure": path, "value": labels.value(name, value),
                      "mean": mean / labels.factor(path)} for value, mean in along]  # fmt: skip
    picture = view.draw(
        "effects",
        words("sweep.effects_title"),
        words("sweep.effects_alternative", parameters="; ".join(labels.parameter(name) for name in moving)),
        lambda size: charts.panels(rows, size, titles),
    )
    cells = [[Cell(labels.parameter(row["parameter"])), Cell(labels.measure(row["measure"])), Cell(row["value"], True),
              *numbers([labels.written(row["measure"], row["mean"])])] for row in data]  # fmt: skip
    heads = [words("law.parameter"), words("page.measure"), words("sweep.value"), words("sweep.mean")]
    table = Table(words("sweep.means_table"), heads, cells, data, "means")
    yield Block("figure", picture=picture, table=table, note=words("sweep.read_panels"))


def varied_section(view: StudyView) -> Section:
    """Return what was varied between which values, and on which law."""
    words, study, labels = view.words, view.study, view.labels
    rows = parameter_rows(view)
    cells = [
        [Cell(labels.parameter(row["name"])), Cell(row["parameters"]), Cell(row["starting"]),
         *numbers([labels.value(row["name"], row["lowest"]), labels.value(row["name"], row["highest"])]),
         *numbers([labels.figures.plain(row["values"])])]
        for row in rows
    ]  # fmt: skip
    heads = [words("law.parameter"), words("sweep.paths"), words("sweep.starting"), words("sweep.lowest"),
             words("sweep.highest"), words("sweep.values")]  # fmt: skip
    base = list(study.about.get("base") or [])
    blocks = [
        Block("open_table", table=Table(words("sweep.varied_table"), heads, cells, rows, "parameters")),
        Block("list", title=words("sweep.base"), items=base or [words("no_changes")]),
    ]
    return Section("varied", words("section.varied"), blocks)


def beware_section(view: StudyView) -> Section:
    """Return assumptions, the population, figures that are not final, and what is not in it."""
    words, figures, about = view.words, view.labels.figures, view.study.about
    people = about["population"]
    sizes = {"persons": "persons", "households": "households", "weighted": "weighted_persons"}
    told = [words("beware.population", **{name: figures.plain(people[key]) for name, key in sizes.items()})]
    if people["synthetic"]:
        told.append(words("beware.synthetic"))
    blocks = [
        Block("list", title=words("beware.assumptions"), items=[words(f"beware.{one}") for one in ASSUMPTIONS]),
        Block("text", title=words("beware.data"), text=" ".join(told)),
        *remark_blocks(about["remarks"], words, figures),
        Block("list", title=words("beware.not_modelled"), items=[words(f"absent.{one}") for one in ABSENT]),
    ]
    return Section("beware", words("section.beware"), blocks)


def about_section(view: StudyView) -> Section:
    """Return what the laws were computed with, and which files there are."""
    words, about = view.words, view.study.about
    identity = about["identity"]
    facts = [
        (words("sweep.design"), words(f"design.{about['design']}")),
        (words("about.version"), f"mikrosim {identity['version']}"),
        (words("about.law_hash"), identity["law"]),
        (words("about.population_hash"), about["population"]["hash"]),
    ]
    text = words("sweep.files", file="tried.parquet" if view.study.optimum else "sweep.parquet")
    return Section("about", words("section.about"), [Block("facts", items=facts), Block("text", text=text)])


def _optimum_parameters(view: StudyView) -> Table:
    words, labels, found = view.words, view.labels, view.study.optimum["parameters"]
    rows = [[Cell(labels.parameter(name)), Cell(labels.value(name, value), number=True, strong=True)]
            for name, value in found.items()]  # fmt: skip
    return Table(words("optimise.best_values"), [words("law.parameter"), words("optimise.best_value")], rows)


def _optimum_measures(view: StudyView) -> Table:
    words, labels = view.words, view.labels
    rows = optimum_rows(view)
    cells = [[Cell(labels.measure(row["measure"])), *numbers([labels.written(row["measure"], row["baseline"]),
              labels.written(row["measure"], row["optimum"])])] for row in rows]  # fmt: skip
    heads = [words("page.measure"), words("baseline"), words("optimise.optimum")]
    return Table(words("optimise.measures"), heads, cells, rows, "optimum")
