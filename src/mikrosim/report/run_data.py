"""What a report is made from: a run's summary, tables and manifest, in memory or in a folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mikrosim.errors import MikrosimError
from mikrosim.report.summary import Summary

if TYPE_CHECKING:
    from mikrosim.report.tables_of_run import Rows

TABLES = "tables"
HOUSEHOLDS = "households"
"""A table that a page does not need: one row per household."""


@dataclass(frozen=True)
class RunData:
    """A run as a report reads it.

    Attributes:
        summary: The content of `summary.json`.
        tables: The tables by name.
        manifest: The content of `manifest.json`.
    """

    summary: Summary
    tables: dict[str, Rows]
    manifest: dict[str, Any]

    def table(self, name: str, **chosen: Any) -> Rows:
        """Return the rows of a table, or those of them with the given values; none where there is no such table."""
        rows = self.tables.get(name, [])
        return [row for row in rows if all(row[column] == value for column, value in chosen.items())]


def read_run(folder: Path) -> RunData:
    """Return the run that lies in a folder.

    Raises:
        MikrosimError: The folder holds no run, or one that cannot be read.
    """
    from mikrosim.report.table_files import rows_of_parquet

    summary = _json(folder, "summary.json")
    for name in ("scenario", "baseline", "reform", "change", "deciles"):
        if name not in summary:
            raise MikrosimError(str(folder / "summary.json"), f"has no {name}; was it written by mikrosim run --out?")
    tables = {}
    for path in sorted((folder / TABLES).glob("*.parquet")):
        if path.stem != HOUSEHOLDS:
            try:
                tables[path.stem] = rows_of_parquet(path.read_bytes())
            except (OSError, ValueError) as error:
                raise MikrosimError(str(path), f"cannot be read: {error}; run the scenario again") from error
    return RunData(Summary(summary), tables, _json(folder, "manifest.json"))


def _json(folder: Path, name: str) -> dict[str, Any]:
    try:
        content = json.loads((folder / name).read_text("utf-8"))
    except FileNotFoundError:
        raise MikrosimError(str(folder), f"has no {name}; give a folder that mikrosim run --out has written") from None
    except (OSError, ValueError) as error:
        raise MikrosimError(str(folder / name), f"cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise MikrosimError(str(folder / name), "is no JSON object")
    return content
