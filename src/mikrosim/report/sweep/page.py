"""The page of a study put together, and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mikrosim.report.page.build import SHORT, Page, lay_out
from mikrosim.report.sweep import live
from mikrosim.report.sweep.sections import (
    about_section,
    answer_section,
    beware_section,
    effects_section,
    frontier_section,
    varied_section,
)
from mikrosim.report.sweep.study import read_study
from mikrosim.report.sweep.tables import study_tables
from mikrosim.report.sweep.view import StudyView

if TYPE_CHECKING:
    from pathlib import Path

    from mikrosim.report.sweep.study import Study
    from mikrosim.report.texts import Words


def write_study(place: Path, words: Words, out: Path | None = None) -> Path:
    """Write the report of a sweep or an optimisation; return what was written.

    `report.html` with `charts/` (SVG, PNG, their alternative texts) and `tables/` (Parquet and CSV) beside it, all or
    none; or the page alone, if `out` names one.

    Args:
        place: The folder that `mikrosim sweep` or `mikrosim optimise` has written, or a sweep's Parquet file.
        words: The language.
        out: Another place for the page.

    Raises:
        MikrosimError: Nothing that is finished lies there, or it cannot be written.
    """
    from mikrosim.files import write_together
    from mikrosim.report.files import page_files, table_files

    page, view = build_study(read_study(place), words)
    if out is not None:
        write_together(out.parent, {out.name: page.html.encode()})
        return out
    folder = place if place.is_dir() else place.with_suffix(".report")
    write_together(folder, page_files(page) | table_files(study_tables(view), comma=words.comma))
    return folder


def build_study(study: Study, words: Words) -> tuple[Page, StudyView]:
    """Return the page of a study, and the view it was made from."""
    view, about = StudyView(study, words), study.about
    source = words(
        "page.source",
        version=about["identity"]["version"],
        scenario=about["name"],
        year=about["year"],
        law=str(about["identity"]["law"])[:SHORT],
        population=about["population"]["hash"],
    )
    html = lay_out(
        words,
        [answer_section(view), frontier_section(view), effects_section(view), varied_section(view),
         beware_section(view), about_section(view)],
        title=about["name"],
        kicker=words("optimise.kicker" if study.optimum else "sweep.kicker", year=about["year"]),
        lead=about.get("description") or "",
        source=source,
        version=about["identity"]["version"],
        script=live.script(_live(view), comma=words.comma),
    )  # fmt: skip
    return Page(html, view.pictures, source), view


def _live(view: StudyView) -> dict[str, Any]:
    """Return the specification of the chart that answers the pointer."""
    study, labels, words = view.study, view.labels, view.words
    measures = {f"m{place}": path for place, path in enumerate(study.others)}
    texts = [study.cost, *study.others]
    edges = {place for path in study.others for place in study.frontier(path).nonzero()[0].tolist()}
    rows = []
    for place in sorted({*view.drawn().tolist(), *edges}):
        written = [labels.value(name, study.columns[name][place]) for name in study.parameters]
        numbers = {path: study.columns[path][place] for path in texts}
        rows.append(_row(view, measures, numbers, "tried", str(study.columns["scenario"][place]), written))
        if "name" in study.columns:
            rows[-1]["number"] = study.columns["name"][place] or rows[-1]["number"]
    empty = ["–"] * len(study.parameters)
    rows.append(_row(view, measures, study.baseline, "present", words("baseline"), empty))
    if study.optimum:
        best = [labels.value(name, value) for name, value in study.optimum["parameters"].items()]
        rows.append(_row(view, measures, study.optimum["measures"], "best", words("optimise.key.best"), best))
    hover = {"number": words("sweep.number")}
    hover |= {"tcost": labels.measure(study.cost), "chosen": words("sweep.chosen")}
    hover |= {f"v{place}": labels.parameter(name) for place, name in enumerate(study.parameters)}
    signs = (study.sign(study.cost), {name: study.sign(path) for name, path in measures.items()})
    named = {name: labels.measure(path) for name, path in measures.items()}
    return live.frontier(rows, labels.measure(study.cost), named, signs, hover, {"measure": words("sweep.choose")})


def _row(
    view: StudyView, measures: dict[str, str], values: Any, kind: str, number: str, written: list[str]
) -> dict[str, Any]:
    """Return one law of the chart: where it stands, and the texts at the pointer."""
    study, labels = view.study, view.labels
    found: dict[str, Any] = {"kind": kind, "number": number}
    for name, path in {"cost": study.cost, **measures}.items():
        found |= {name: _shown(view, path, values[path]), f"t{name}": labels.written(path, values[path])}
    return found | {f"v{place}": text for place, text in enumerate(written)}


def _shown(view: StudyView, path: str, value: float | None) -> float | None:
    """Return a number as the axis shows it, None where there is none: JSON knows no NaN."""
    return None if value is None or value != value else float(f"{value * view.labels.factor(path):.7g}")
