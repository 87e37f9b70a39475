"""The files of a run: all of them or none."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mikrosim.errors import MikrosimError
from mikrosim.files import write_together
from mikrosim.report.run_data import HOUSEHOLDS, TABLES, RunData
from mikrosim.report.summary import Summary
from mikrosim.simulation.result import as_json, plain_values

if TYPE_CHECKING:
    from pathlib import Path

    from mikrosim.report.page.build import Page
    from mikrosim.report.tables_of_run import Rows
    from mikrosim.report.texts import Words
    from mikrosim.simulation.result import RunResult

SUMMARY, MANIFEST, REPORT, CHARTS = "summary.json", "manifest.json", "report.html", "charts"
ALTERNATIVES = f"{CHARTS}/alternative_texts.json"


def check_folder(folder: Path) -> None:
    """Refuse a place where no folder of results can be, before anything is computed."""
    for place in (folder, *folder.parents):
        if place.exists():
            if not place.is_dir():
                raise MikrosimError(str(place), "is a file; --out needs a folder")
            if not os.access(place, os.W_OK):
                raise MikrosimError(str(place), "may not be written to; choose another folder for --out")
            return


def write_run(result: RunResult, folder: Path, command: str, words: Words, *, comma: bool | None = None) -> None:
    """Write a run as a folder: the report, the result, its tables and charts, and how to make it again.

    `report.html` (one file), `summary.json` (the result), `tables/` (Parquet and CSV), `charts/` (SVG, PNG and their
    alternative texts) and `manifest.json`. All are written under temporary names first and renamed when all are whole;
    files of an earlier run in the same folder that this one does not have are removed.

    Args:
        result: The run.
        folder: Made if need be.
        command: The words that started the run.
        words: The language of the report.
        comma: Whether the CSV files have decimal commas and semicolons; as the language writes numbers by default.
    """
    from mikrosim.report.page.build import build_page
    from mikrosim.report.table_files import columns_as_parquet
    from mikrosim.report.tables_of_groups import household_columns
    from mikrosim.report.tables_of_run import run_tables

    tables: dict[str, Rows] = plain_values(run_tables(result))
    manifest = {**result.manifest, "command": command, "time": datetime.now(UTC).isoformat(timespec="seconds")}
    contents = table_files(tables, comma=words.comma if comma is None else comma)
    households = {} if result.detail is None else household_columns(result.detail)
    if households:
        contents[f"{TABLES}/{HOUSEHOLDS}.parquet"] = columns_as_parquet(households)
    manifest = {**plain_values(manifest), "files": list(contents)}
    page = build_page(RunData(Summary(result.to_dict()), tables, manifest), words)
    contents |= {SUMMARY: result.to_json().encode(), **page_files(page)}
    manifest["files"] = sorted([*contents, MANIFEST])
    contents[MANIFEST] = as_json(manifest).encode()
    outdated = set(_files_of(folder)) - set(contents)
    write_together(folder, contents)
    for name in outdated:
        (folder / name).unlink(missing_ok=True)


def rebuild(folder: Path, words: Words) -> None:
    """Write the report and the charts of a run's folder again, from its result, tables and manifest."""
    from mikrosim.report.page.build import build_page
    from mikrosim.report.run_data import read_run

    write_together(folder, page_files(build_page(read_run(folder), words)))


def page_files(page: Page) -> dict[str, bytes]:
    """Return a page and its charts as files by name."""
    from mikrosim.report.charts.style import WIDE

    found = {REPORT: page.html.encode()}
    for picture in page.pictures:
        found[f"{CHARTS}/{picture.name}.svg"] = picture.alone(WIDE, page.source).encode()
        found[f"{CHARTS}/{picture.name}.png"] = picture.png(WIDE, page.source)
    texts = {picture.name: {"title": picture.title, "text": picture.alternative} for picture in page.pictures}
    return {**found, ALTERNATIVES: as_json(texts).encode()}


def table_files(tables: dict[str, Rows], *, comma: bool) -> dict[str, bytes]:
    """Return every table as CSV and as Parquet, by the names of the files; a table without rows has none."""
    from mikrosim.report.table_files import csv_bytes, parquet_bytes

    found = {}
    for name, rows in tables.items():
        if rows:
            found[f"{TABLES}/{name}.csv"] = csv_bytes(rows, comma=comma)
            found[f"{TABLES}/{name}.parquet"] = parquet_bytes(rows)
    return found


def _files_of(folder: Path) -> list[str]:
    """Return the files that the run in a folder has written, by its manifest."""
    try:
        manifest: Any = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    listed = manifest.get("files", []) if isinstance(manifest, dict) else []
    inside = [name for name in listed if isinstance(name, str) and ".." not in name and not name.startswith("/")]
    return [name for name in inside if name.split("/")[0] in (SUMMARY, MANIFEST, REPORT, CHARTS, TABLES)]
