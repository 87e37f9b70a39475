"""What is varied: parameters of the law alone or together, and the laws that their values make of a scenario."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.errors import Problem, ScenarioError, did_you_mean
from mikrosim.scenario.change import Change, Operation, read_month, read_value
from mikrosim.scenario.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mikrosim.parameters.law import Law
    from mikrosim.scenario import Scenario
    from mikrosim.sweep.model import AxisEntry, OptimiseEntry, SweepEntry, Value
    from mikrosim.units import Floats


class Axis(NamedTuple):
    """Something that is varied: one parameter of the law, or several moved alike."""

    name: str
    paths: tuple[str, ...]
    operation: Operation
    first_month: int
    unit: str

    def changes(self, law: Law, value: Value) -> list[Change]:
        """Return the changes that a value means."""
        found = []
        for path in self.paths:
            parameter = law.parameters[path]
            numbers, wrong = read_value(parameter, self.operation, value)
            if wrong:
                raise ScenarioError(self.name, wrong)
            found.append(Change(path, parameter.moves or (path,), self.operation, numbers, self.first_month))
        return found


@dataclass(frozen=True, eq=False)
class Variants:
    """The laws that a base scenario and values of the axes make; ready for many."""

    scenario: Scenario
    axes: Mapping[str, Axis]
    draft: Draft = field(repr=False)

    def draft_at(self, point: Mapping[str, Value]) -> tuple[Draft, list[Problem]]:
        """Return the law of one point as a draft, and what is wrong with it."""
        draft = self.draft.copy()
        problems: list[Problem] = []
        for name, value in point.items():
            axis = self.axes[name]
            try:
                changes = axis.changes(self.scenario.law, value)
            except ScenarioError as error:
                problems += [Problem(name, problem.message) for problem in error.problems]
                continue
            for change in changes:
                problems += [Problem(name, problem.message) for problem in draft.apply(change)]
        problems += [Problem(problem.place.removeprefix("reform."), problem.message) for problem in draft.problems()]
        return draft, problems

    def vectors(self, points: Sequence[Mapping[str, Value]]) -> Floats:
        """Return the law of each point, shape (points, 12, slots).

        Raises:
            ScenarioError: The law does not take a value.
        """
        drafts = []
        for point in points:
            draft, problems = self.draft_at(point)
            if problems:
                raise ScenarioError(self.scenario.origin, problems)
            drafts.append(draft.vector)
        return np.stack(drafts)


def read_axes(entry: SweepEntry | OptimiseEntry, scenario: Scenario, problems: list[Problem]) -> dict[str, Axis]:
    """Return what is varied, by name; what is wrong is added to the problems."""
    axes: dict[str, Axis] = {}
    for name, one in entry.parameters.items():
        axis = axis_of(scenario, name, one, f"parameters.{name}", problems)
        axes |= {name: axis} if axis else {}
    return axes


def variants_of(scenario: Scenario, axes: Mapping[str, Axis]) -> Variants:
    """Return the laws that a scenario and its axes make."""
    return Variants(scenario, axes, draft_of(scenario))


def axis_of(
    scenario: Scenario, name: str, entry: AxisEntry, place: str, problems: list[Problem], further: Sequence[str] = ()
) -> Axis | None:
    """Return what one entry varies, or None with what is wrong added to the problems; `further` are other names."""
    law, count = scenario.law, len(problems)
    paths = tuple(entry.parameter) or (name,)
    month = 1
    units = []
    for path in paths:
        parameter = law.parameters.get(path)
        if parameter is None:
            hint = law.suggestion(path) or did_you_mean(path, further)
            what = f"unknown parameter{'' if paths == (name,) else ' ' + path}{hint}"
            if paths == (name,) and not hint:
                what += "; or give `parameter: folder.parameter` under a name of your own"
            problems.append(Problem(place, what))
            continue
        units.append(parameter.unit)
        if parameter.is_list and entry.operation == "set":
            problems.append(Problem(place, f"{path} is a list; add `operation: multiply` (or add)"))
        if parameter.unit in ("choice", "flag") and entry.operation != "set":
            problems.append(Problem(place, f"{path} is a {parameter.unit} and can only be set"))
        if entry.starting is not None:
            month, wrong = read_month(parameter, scenario.year, entry.starting)
            problems += [Problem(place, wrong.replace("from:", "starting:"))] if wrong else []
    if len(problems) > count:
        return None
    unit = units[0] if entry.operation != "multiply" else "factor"
    return Axis(name, paths, entry.operation, month, unit)


def draft_of(scenario: Scenario) -> Draft:
    """Return the law of a scenario, open to further changes."""
    draft = Draft(scenario.law, scenario.year)
    for change in scenario.changes:
        draft.apply(change)
    return draft


def bounds_of(
    entries: Mapping[str, AxisEntry], axes: Mapping[str, Axis], problems: list[Problem], kind: str
) -> tuple[tuple[float, float], ...]:
    """Return the lowest and highest value of each parameter; what is missing is added to the problems."""
    bounds = []
    for name, one in entries.items():
        if one.low is None or one.high is None:
            problems.append(Problem(f"parameters.{name}", f"{kind} needs `low` and `high`"))
        elif name in axes and axes[name].unit in ("choice", "flag"):
            problems.append(Problem(f"parameters.{name}", f"is a {axes[name].unit}; use a grid or a list"))
        else:
            bounds.append((float(one.low), float(one.high)))
    return tuple(bounds)
