"""What the report is made from: the tried laws with their values and measures, of a sweep's or an optimum's folder."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.errors import MikrosimError, Problem
from mikrosim.sweep.place import MANIFEST, RESULT, read_sweep
from mikrosim.sweep.search import undominated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from mikrosim.units import Bools, Floats

COST = "change.budget.net"
MEASURES = (
    "reform.low_income.eu60.children.share",
    "reform.low_income.eu60.all.share",
    "reform.low_income.eu50.children.share",
    "reform.low_income.oecd50.children.share",
    "reform.low_income.oecd_idd50.children.share",
    "reform.low_income.eurostat60.children.share",
    "reform.persistent_low_income.eu60.children.share",
    "reform.persistent_low_income.eu60.all.share",
    "reform.inequality.gini",
)
"""What cost is held against, the first that was kept; readers can choose among the others. Less is better in all."""


@dataclass(frozen=True, eq=False)
class Study:
    """Many laws, by number, and what they give.

    Attributes:
        kind: `sweep` or `optimise`.
        about: The manifest.
        columns: Every column of the table by its name: `scenario`, perhaps `name`, parameters and measures.
        cost: The path on the horizontal axis.
        others: The paths that can stand on the vertical axis, the main one first.
        signs: 1 for a path of which less is better, -1 where more is.
        baseline: The measures of the law that all are held against, by path.
        optimum: What `optimise` found, the content of `optimum.json`; empty for a sweep.
    """

    kind: str
    about: Mapping[str, Any]
    columns: Mapping[str, Sequence[Any]]
    cost: str
    others: tuple[str, ...]
    baseline: Mapping[str, float]
    signs: Mapping[str, float] = field(default_factory=dict)
    optimum: Mapping[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.columns["scenario"])

    @property
    def parameters(self) -> Mapping[str, Mapping[str, Any]]:
        """What is varied, as the manifest describes it."""
        found: Mapping[str, Mapping[str, Any]] = self.about["parameters"]
        return found

    def numbers(self, path: str) -> Floats:
        """Return a column of numbers; NaN where there is none."""
        return np.array([math.nan if value is None else value for value in self.columns[path]], np.float64)

    def sign(self, path: str) -> float:
        """Return 1 for a path of which less is better, -1 where more is."""
        return self.signs.get(path, 1.0)

    def frontier(self, path: str) -> Bools:
        """Tell which laws cannot gain in cost without losing in a measure."""
        return undominated(self.sign(self.cost) * self.numbers(self.cost), self.sign(path) * self.numbers(path))


def is_study(folder: Path) -> bool:
    """Tell whether a place holds what `mikrosim sweep` or `mikrosim optimise` has written."""
    if folder.suffix == ".parquet" and folder.is_file():
        return True
    try:
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return (folder / RESULT).is_file()
    return isinstance(found, dict) and found.get("kind") in ("sweep", "optimise")


def read_study(place: Path) -> Study:
    """Return the study of a folder, or of a sweep's Parquet file.

    Raises:
        MikrosimError: Nothing that is finished lies there, or it lacks the measures that are drawn.
    """
    from mikrosim.sweep.optimum_files import read_optimum

    if place.is_dir() and (found := read_optimum(place)) is not None:
        about, optimum, table = found
        paths = [optimum["objective"], about["frontier"], *about["limits"]]
        others = tuple(dict.fromkeys(path for path in paths[1:] if path != paths[0]))
        return Study("optimise", about, _columns(table), paths[0], _drawable(place, table, paths[0], others),
                     optimum["baseline"], about["signs"], optimum)  # fmt: skip
    table, about = read_sweep(place)
    kept = tuple(path for path in MEASURES if path in table.column_names)
    others = kept or tuple(name for name in about["columns"] if name.startswith("reform.") and ".budget" not in name)
    return Study("sweep", about, _columns(table), COST, _drawable(place, table, COST, others),
                 {COST: 0.0, **{path: _at(about["baseline"], path) for path in others}})  # fmt: skip


def _columns(table: pa.Table) -> dict[str, list[Any]]:
    return {name: table[name].to_pylist() for name in table.column_names}


def _drawable(place: Path, table: pa.Table, cost: str, others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the measures that cost is held against, or say what is missing."""
    problems = []
    if cost not in table.column_names:
        problems.append(Problem("measures", f"{cost} was not kept; a report draws it, so name it in `measures`"))
    if not others:
        problems.append(Problem("measures", f"nothing to hold {cost} against was kept, such as {MEASURES[0]}"))
    if problems:
        raise MikrosimError(str(place), problems)
    return others


def _at(baseline: Mapping[str, Any], path: str) -> float:
    """Return the baseline's own value of a measure of a law."""
    found: Any = baseline
    for name in path.removeprefix("reform.").split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return float(found) if isinstance(found, int | float) else math.nan
