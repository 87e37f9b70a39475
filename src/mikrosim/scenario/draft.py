"""A year's law while a reform is applied to it, and what the outcome must satisfy."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np

from mikrosim.errors import Problem
from mikrosim.parameters.parameter import Numbers, Parameter
from mikrosim.parameters.values import out_of_bounds

if TYPE_CHECKING:
    from mikrosim.parameters.law import Law
    from mikrosim.scenario.change import Change


class Draft:
    """The law vector of a year and the length of each list in each month, open to changes."""

    def __init__(self, law: Law, year: int) -> None:
        self.law, self.year = law, year
        self.base = law.vector(year)
        self.vector = self.base.copy()
        self._lengths: dict[str, list[int]] = {}
        self._changed: dict[str, str] = {}
        self._too_long: dict[str, int] = {}

    def copy(self) -> Draft:
        """Return a draft with the same changes, open to others; far cheaper than reading the law again."""
        other = Draft.__new__(Draft)
        other.law, other.year, other.base = self.law, self.year, self.base
        other.vector = self.vector.copy()
        other._lengths = {path: list(lengths) for path, lengths in self._lengths.items()}
        other._changed, other._too_long = dict(self._changed), dict(self._too_long)
        return other

    def apply(self, change: Change) -> list[Problem]:
        """Apply one change to the months from its first on; return what cannot be done."""
        for path in change.moved:
            self._changed[path] = change.path
            problem = self._apply_to(path, change)
            if problem:
                return [Problem(f"reform.{change.path}", problem)]
        return []

    def _apply_to(self, path: str, change: Change) -> str:
        parameter = self.law.parameters[path]
        span = self.law.layout.slots[path].span
        lengths = self.lengths(path)
        for row in range(change.first_month - 1, 12):
            if change.operation == "set":
                lengths[row] = len(change.numbers)
                if len(change.numbers) > parameter.length or (
                    parameter.pad is None and len(change.numbers) != parameter.length
                ):
                    self._too_long[path] = len(change.numbers)
                    continue
                self.vector[row, span] = parameter.padded(change.numbers)
                continue
            if lengths[row] == 0:
                return f"no law in {self.year}-{row + 1:02} to {change.operation}; set a value"
            if len(change.numbers) not in (1, lengths[row]):
                return f"{len(change.numbers)} values for a list of {lengths[row]}"
            part = self.vector[row, span][: lengths[row]]
            if change.operation == "add":
                part += change.numbers
            else:
                part *= change.numbers
        return ""

    def lengths(self, path: str) -> list[int]:
        """Return the number of values (without padding) of a parameter in each month."""
        if path not in self._lengths:
            self._lengths[path] = lengths_in(self.law.parameters[path], self.year)
        return self._lengths[path]

    def problems(self) -> list[Problem]:
        """Return what is wrong with the outcome: lists that do not fit each other, values out of bounds."""
        problems = []
        reported: set[str] = set()
        for path, written in self._changed.items():
            message = self._unfit(path, reported) or self._out_of_bounds(path)
            if message:
                problems.append(Problem(f"reform.{written}", message))
        return list(dict.fromkeys(problems))

    def _unfit(self, path: str, reported: set[str]) -> str:
        parameter = self.law.parameters[path]
        if not parameter.is_list or path in reported:
            return ""
        for other in companions(self.law, parameter):
            for mine, theirs in zip(self.lengths(path), self.lengths(other), strict=True):
                if mine != theirs:
                    reported.update((path, other))
                    one, per = path.rpartition(".")[2], other.rpartition(".")[2]
                    return f"{mine} {_plural(one)} for {theirs} {_plural(per)}; give one {one} per {per}"
        if path in self._too_long:
            most = "at most " if parameter.pad is not None else ""
            return f"{self._too_long[path]} values; it takes {most}{parameter.length}"
        return ""

    def _out_of_bounds(self, path: str) -> str:
        parameter = self.law.parameters[path]
        start = self.law.layout.slots[path].start
        for row, length in enumerate(self.lengths(path)):
            for number in self.vector[row, start : start + min(length, parameter.length)]:
                wrong = "" if math.isnan(number) else out_of_bounds(
                    float(number), parameter.unit, parameter.minimum, parameter.maximum)  # fmt: skip
                if wrong:
                    return f"becomes {wrong}"
        return ""

    def described(self) -> tuple[str, ...]:
        """Return what differs from the law, one line per parameter and stretch of equal months."""
        lines = []
        for path in self._changed:
            parameter = self.law.parameters[path]
            span = self.law.layout.slots[path].span
            before = lengths_in(parameter, self.year)
            rows = [
                (
                    _numbers(self.base[row, span], before[row]),
                    _numbers(self.vector[row, span], self.lengths(path)[row]),
                )
                for row in range(12)
            ]
            for (old, new), months in itertools.groupby(range(12), key=lambda row, rows=rows: rows[row]):  # type: ignore[misc]
                stretch = list(months)
                if old != new:
                    lines.append(f"{path}: {parameter.readable(old)} -> {parameter.readable(new)}"
                                 f"{_unit(parameter)} ({self._when(parameter, stretch)})")  # fmt: skip
        return tuple(lines)

    def _when(self, parameter: Parameter, rows: list[int]) -> str:
        if parameter.changes == "yearly":
            return str(self.year)
        first, last = f"{self.year}-{rows[0] + 1:02}", f"{self.year}-{rows[-1] + 1:02}"
        return first if first == last else f"{first} .. {last}"


def lengths_in(parameter: Parameter, year: int) -> list[int]:
    """Return the number of values (without padding) the law gives in each month of a year."""
    found = [parameter.at_month(year, month) for month in range(1, 13)]
    return [len(dated.numbers) if dated is not None and dated.numbers else 0 for dated in found]


def companions(law: Law, parameter: Parameter) -> list[str]:
    """Return the lists beside a list that are as long as it on every date, as rates are to thresholds."""

    def by_date(one: Parameter, other: Parameter) -> list[int]:
        days = sorted({dated.start for dated in (*one.dated, *other.dated)})
        return [len(found.numbers or ()) if (found := one.at(day)) else 0 for day in days]

    folder = parameter.path.rpartition(".")[0]
    return [
        path
        for path, other in law.parameters.items()
        if other.is_list and not other.moves and path != parameter.path
        and path.rpartition(".")[0] == folder
        and by_date(parameter, other) == by_date(other, parameter)
    ]  # fmt: skip


def _numbers(values: object, length: int) -> Numbers | None:
    numbers = tuple(np.asarray(values, dtype=np.float64)[:length].tolist())
    return numbers if numbers and not any(math.isnan(number) for number in numbers) else None


def _unit(parameter: Parameter) -> str:
    return "" if parameter.unit in ("share", "factor", "choice", "flag") else f" {parameter.unit}"


def _plural(leaf: str) -> str:
    return leaf if leaf.endswith("s") else f"{leaf}s"
