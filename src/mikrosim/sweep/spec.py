"""A sweep file that is known to fit the law: its base scenario, what is varied, and the points."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mikrosim.errors import Problem, ScenarioError
from mikrosim.files import read_yaml_file
from mikrosim.parameters.parameter import FIRST_YEAR, LAST_YEAR
from mikrosim.scenario import Scenario, scenario_from_dict
from mikrosim.sweep.axes import Axis, Variants, axis_of, bounds_of, read_axes, variants_of
from mikrosim.sweep.design import MOST, Design, span
from mikrosim.sweep.model import AxisEntry, OptimiseEntry, SweepEntry, sweep_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mikrosim.sweep.model import Value
    from mikrosim.units import Floats

Entry = TypeVar("Entry", bound=SweepEntry | OptimiseEntry)

REFUSED = {
    "solve": "has no place here; vary the parameter, or use `mikrosim run` or `mikrosim optimise`",
    "compare": "has no place here; `measures` says which measures are kept",
    "name": "has no place here; the file has its own",
}
"""Keys of a scenario that a base does not take."""

ALL_CHECKED = 20_000
"""Points that are all tried against the law before anything is computed; of more, each value by itself is."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """Many variants of a scenario, and which measures of each are kept."""

    name: str
    description: str
    origin: str
    variants: Variants
    design: Design
    measures: tuple[str, ...]
    by_group: tuple[str, ...]
    persistent: bool
    after_child_care: bool

    @property
    def scenario(self) -> Scenario:
        """The base scenario."""
        return self.variants.scenario

    @property
    def year(self) -> int:
        """The income year."""
        return self.scenario.year

    def vectors(self, first: int, last: int) -> Floats:
        """Return the laws of the points from number `first` until before `last`."""
        points = [{name: value for name, value in point.items() if name != "name"}
                  for point in self.design.points(first, last)]  # fmt: skip
        return self.variants.vectors(points)


def load_sweep(path: str | Path, *, allow_code: bool = False) -> Sweep:
    """Return the sweep of a file.

    Args:
        path: The file.
        allow_code: Whether the Python file that its base may point to with `code` is allowed to run.

    Raises:
        ScenarioError: With all that is wrong with the file.
    """
    document = read_yaml_file(Path(path))
    return _sweep(document.data, str(path), document.problems, allow_code)


def sweep_from_dict(spec: object, source: str = "sweep", *, allow_code: bool = False) -> Sweep:
    """Return the sweep that a plain dict describes, with the keys of a sweep file."""
    return _sweep(spec, source, [], allow_code)


def _sweep(data: object, origin: str, problems: list[Problem], allow_code: bool) -> Sweep:
    entry, scenario, axes, problems = opening(sweep_entry, data, origin, problems, allow_code)
    listed = entry.list_ or []
    for number, point in enumerate(listed, start=1):
        for name in point:
            if name not in axes and name not in ("name", *entry.parameters):
                axis = axis_of(scenario, name, AxisEntry(), f"list.{number}.{name}", problems, list(entry.parameters))
                axes |= {name: axis} if axis else {}
    if problems:
        raise ScenarioError(origin, list(dict.fromkeys(problems)))
    design = _design(entry, axes, problems)
    variants = variants_of(scenario, axes)
    if design is not None and not problems:
        _try_points(variants, design, problems)
    if problems or design is None:
        raise ScenarioError(origin, list(dict.fromkeys(problems)))
    return Sweep(
        name=entry.name, description=entry.description, origin=origin, variants=variants, design=design,
        measures=tuple(entry.measures), by_group=tuple(entry.by_group), persistent=entry.persistent,
        after_child_care=entry.after_child_care,
    )  # fmt: skip


def opening(
    read: Callable[[object], tuple[Entry | None, list[Problem]]],
    data: object,
    origin: str,
    problems: Sequence[Problem],
    allow_code: bool,
) -> tuple[Entry, Scenario, dict[str, Axis], list[Problem]]:
    """Return what sweep and optimise files share: the checked keys, the base scenario, what is varied, the problems.

    Args:
        read: Checks the keys.
        data: What the file holds.
        origin: The file.
        problems: What is wrong with it as YAML.
        allow_code: Whether the Python file that the base may point to with `code` is allowed to run.

    Raises:
        ScenarioError: So much is wrong that nothing more can be told.
    """
    if data is None:
        found = problems or [Problem("", "is empty; give it at least a name, a base with a year, and parameters")]
        alone = len(found) == 1 and not found[0].place
        raise ScenarioError(origin, found[0].message if alone else list(found))
    entry, wrong = read(data)
    together = [*problems, *wrong]
    scenario = None if entry is None else _base_scenario(entry, origin, together, allow_code)
    if entry is None or scenario is None:
        raise ScenarioError(origin, together)
    return entry, scenario, read_axes(entry, scenario, together), together


def _base_scenario(
    entry: SweepEntry | OptimiseEntry, origin: str, problems: list[Problem], allow_code: bool
) -> Scenario | None:
    """Return the scenario that is varied; what is wrong with it is added to the problems."""
    refused = [key for key in REFUSED if key in entry.base]
    problems += [Problem(f"base.{key}", REFUSED[key]) for key in refused]
    if "year" not in entry.base:
        problems.append(Problem("base.year", "is missing; the income year whose law is varied"))
        return None
    given = {key: value for key, value in entry.base.items() if key not in refused}
    try:
        return scenario_from_dict({"name": entry.name or "base", **given}, source=origin, allow_code=allow_code)
    except ScenarioError as error:
        problems += [Problem(f"base.{one.place}".rstrip("."), one.message) for one in error.problems]
    year = entry.base.get("year")
    if isinstance(year, int) and FIRST_YEAR <= year <= LAST_YEAR:
        # The rest is read against the year's law, so that all that is wrong is said at once.
        return scenario_from_dict({"name": "base", "year": year}, source=origin)
    return None


def _design(entry: SweepEntry, axes: Mapping[str, Axis], problems: list[Problem]) -> Design | None:
    if entry.design == "list":
        for name, one in entry.parameters.items():
            if one.values or one.from_ is not None or one.low is not None:
                problems.append(Problem(f"parameters.{name}", "the values of `design: list` stand in `list`"))
        return Design(tuple(axes), "list", listed=tuple(entry.list_ or ()))
    if entry.design == "grid":
        values = []
        for name, one in entry.parameters.items():
            if one.values is not None:
                values.append(tuple(one.values))
            elif one.from_ is not None and one.to is not None:
                values.append(span(one.from_, one.to, one.step, one.steps))
            else:
                problems.append(Problem(f"parameters.{name}", "a grid needs `values`, or `from`, `to` and `step`"))
        found = Design(tuple(axes), "grid", values=tuple(values))
    else:
        bounds = bounds_of(entry.parameters, axes, problems, entry.design)
        if entry.samples is not None and entry.samples > MOST:
            problems.append(Problem("samples", f"{entry.samples} scenarios; at most {MOST}"))
            return None
        found = Design(tuple(axes), entry.design, bounds=bounds, samples=entry.samples or 0, seed=entry.seed)
    if not problems and len(found) > MOST:
        problems.append(Problem("parameters", f"the grid has {len(found)} scenarios; at most {MOST}"))
    return found


def _try_points(variants: Variants, design: Design, problems: list[Problem]) -> None:
    """Try points against the law: all of a small design; of a large one each value alone, and the corners."""
    known = "parameters" if design.kind != "list" else "list"
    if design.kind == "list" or (design.kind == "grid" and len(design) <= ALL_CHECKED):
        tried = [(f"{known}.{number}" if known == "list" else known, point)
                 for number, point in enumerate(design.points(0, len(design)), start=1)]  # fmt: skip
    else:
        ends: tuple[tuple[Value, Value], ...] = design.bounds or tuple((one[0], one[-1]) for one in design.values)
        first: dict[str, Value] = {name: pair[0] for name, pair in zip(design.names, ends, strict=True)}
        tried = [(known, first), (known, {name: pair[1] for name, pair in zip(design.names, ends, strict=True)})]
        each = design.values or design.bounds
        tried += [
            (known, {**first, name: value}) for name, one in zip(design.names, each, strict=True) for value in one
        ]
    seen: set[tuple[str, str]] = set()
    for place, point in tried:
        given = {name: value for name, value in point.items() if name != "name"}
        for problem in variants.draft_at(given)[1]:
            # One line for each parameter and kind of trouble, however many points share it.
            kind = (place + problem.place, problem.message.split(" ")[0])
            if kind not in seen:
                seen.add(kind)
                problems.append(Problem(f"{place}.{problem.place}", problem.message))
