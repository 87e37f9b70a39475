"""The tables of a study as rows: what the page shows and the files hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mikrosim.report.sweep.effects import fit

if TYPE_CHECKING:
    from mikrosim.report.sweep.view import StudyView
    from mikrosim.report.tables_of_run import Rows


def study_tables(view: StudyView) -> dict[str, Rows]:
    """Return the tables by the names of their files; those without rows are left out when they are written."""
    tables = {
        "frontier": frontier_rows(view),
        "effects": effect_rows(view),
        "parameters": parameter_rows(view),
        "optimum": optimum_rows(view),
    }
    return {name: _of_one_kind(rows) for name, rows in tables.items()}


def _of_one_kind(rows: Rows) -> Rows:
    """Return rows in which a column that has words has nothing else: a file's columns have one kind."""
    words = {name for row in rows for name, value in row.items() if isinstance(value, str | bool)}
    return [
        {name: str(value) if name in words and value is not None else value for name, value in row.items()}
        for row in rows
    ]


def frontier_rows(view: StudyView) -> Rows:
    """Return the frontier's laws by cost: number, values, and the measures that are drawn."""
    study = view.study
    paths = [study.cost, *study.others]
    names = ["scenario", *(["name"] if "name" in study.columns else []), *study.parameters, *paths]
    return [{name: study.columns[name][place] for name in names} for place in view.on_frontier().tolist()]


def effect_rows(view: StudyView) -> Rows:
    """Return what each parameter does to cost and to the measure it is held against; none without a fit of both."""
    study = view.study
    first = fit(study, study.cost)
    second = fit(study, view.other, first)
    if first is None or second is None:
        return []
    rows: dict[str, dict[str, Any]] = {}
    for path, found in ((study.cost, first), (view.other, second)):
        for effect in found.effects:
            row = rows.setdefault(effect.parameter, {"parameter": effect.parameter, "low": effect.low,
                                                     "high": effect.high})  # fmt: skip
            row |= {f"{path} change": effect.change, f"{path} share": effect.share}
    return list(rows.values())


def parameter_rows(view: StudyView) -> Rows:
    """Return what is varied: the law's paths, the operation, and between which values."""
    rows: Rows = []
    for name, one in view.study.parameters.items():
        known = {value for value in view.study.columns[name] if value is not None}
        ordered = sorted(known, key=lambda value: (str(type(value)), value))
        ends = (ordered[0], ordered[-1]) if ordered else (None, None)
        rows.append({"name": name, "parameters": ", ".join(one["parameters"]), "operation": one["operation"],
                     "unit": one["unit"], "starting": one["starting"], "lowest": ends[0], "highest": ends[1],
                     "values": len(known)})  # fmt: skip
    return rows


def optimum_rows(view: StudyView) -> Rows:
    """Return the measures of the best law beside the present one; none for a sweep."""
    study = view.study
    found = study.optimum.get("measures", {})
    return [{"measure": path, "baseline": study.baseline[path], "optimum": value} for path, value in found.items()]
