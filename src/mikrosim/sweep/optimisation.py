"""An optimise file that is known to fit the law: what is varied between which bounds, and what is looked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from mikrosim.errors import Problem, ScenarioError
from mikrosim.files import read_yaml_file
from mikrosim.sweep.axes import Variants, bounds_of, variants_of
from mikrosim.sweep.model import LAWS, Limit, optimise_entry, unknown
from mikrosim.sweep.spec import opening

if TYPE_CHECKING:
    from mikrosim.sweep.model import OptimiseEntry
    from mikrosim.units import Floats

OTHER = "reform.low_income.eu60.children.share"
"""What the frontier weighs the objective against where there is no limit and the file names nothing."""


@dataclass(frozen=True, eq=False)
class Optimisation:
    """A file that is known to fit the law: what is varied between which bounds, and what is looked for."""

    name: str
    origin: str
    variants: Variants
    bounds: Floats
    objective: str
    sign: float
    limits: tuple[Limit, ...]
    frontier: str
    evaluations: int
    seed: int

    @property
    def paths(self) -> tuple[str, ...]:
        """All measures that are asked for."""
        return tuple(dict.fromkeys((self.objective, *(limit.path for limit in self.limits), self.frontier)))

    def point(self, place: Floats) -> dict[str, float]:
        """Return the parameters at a place in the unit cube, by name."""
        values = self.bounds[:, 0] + place * (self.bounds[:, 1] - self.bounds[:, 0])
        return dict(zip(self.variants.axes, values.tolist(), strict=True))


def load_optimisation(path: str | Path, *, allow_code: bool = False) -> Optimisation:
    """Return the optimisation of a file.

    Args:
        path: The file.
        allow_code: Whether the Python file that its base may point to with `code` is allowed to run.

    Raises:
        ScenarioError: With all that is wrong with the file.
    """
    document = read_yaml_file(Path(path))
    return _optimisation(document.data, str(path), document.problems, allow_code)


def optimisation_from_dict(spec: object, source: str = "optimise", *, allow_code: bool = False) -> Optimisation:
    """Return the optimisation that a plain dict describes, with the keys of a file."""
    return _optimisation(spec, source, [], allow_code)


def _optimisation(data: object, origin: str, problems: list[Problem], allow_code: bool) -> Optimisation:
    entry, scenario, axes, problems = opening(optimise_entry, data, origin, problems, allow_code)
    bounds = bounds_of(entry.parameters, axes, problems, "optimise")
    if not problems:
        problems += _paths(entry)
        variants = variants_of(scenario, axes)
        for corner in (0, 1):
            point = dict(zip(axes, (pair[corner] for pair in bounds), strict=True))
            problems += [Problem(f"parameters.{one.place}", one.message) for one in variants.draft_at(point)[1]]
    if problems:
        raise ScenarioError(origin, list(dict.fromkeys(problems)))
    objective = entry.minimise or entry.maximise or ""
    return Optimisation(
        name=entry.name, origin=origin, variants=variants, bounds=np.array(bounds), objective=objective,
        sign=1.0 if entry.minimise is not None else -1.0, limits=tuple(entry.subject_to),
        frontier=entry.frontier or (entry.subject_to[0].path if entry.subject_to else OTHER),
        evaluations=entry.evaluations, seed=entry.seed,
    )  # fmt: skip


def _paths(entry: OptimiseEntry) -> list[Problem]:
    places = {"minimise": entry.minimise, "maximise": entry.maximise, "frontier": entry.frontier}
    asked = [(place, path) for place, path in places.items() if path is not None]
    asked += [("subject_to", limit.path) for limit in entry.subject_to]
    return [
        Problem(place, f"{path}: {unknown(path.partition('.')[0], LAWS)}")
        for place, path in asked
        if path.partition(".")[0] not in LAWS
    ]
