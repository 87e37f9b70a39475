"""Scenarios that build on others: the reforms of the files that ``extend`` names come first, in their order."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import NamedTuple

from mikrosim.errors import Problem
from mikrosim.files import read_yaml_file
from mikrosim.scenario.model import ScenarioEntry, entry_of

DEEPEST = 8
"""Files that may extend each other in a row."""

BESIDE = "name a file beside the scenario or in a folder below it"


class Line(NamedTuple):
    """One line of a reform, and the file it stands in ("" for the scenario's own)."""

    file: str
    path: str
    given: object


def lines_of(entry: ScenarioEntry, origin: str) -> tuple[list[Line], list[Problem]]:
    """Return all lines of a scenario's reform, those of the files it extends first, and what is wrong with the files.

    Only files beside the scenario or in folders below it can be named, so that a scenario from a stranger reads
    nothing else.
    """
    problems: list[Problem] = []
    lines = _extended(entry, Path(origin), (), problems)
    return [*lines, *(Line("", path, given) for path, given in entry.reform.items())], problems


def is_beside(name: str) -> bool:
    """Return whether a name is that of a file beside the scenario or in a folder below it."""
    asked = PurePosixPath(name)
    return not asked.is_absolute() and ".." not in asked.parts and "\\" not in name


def _extended(entry: ScenarioEntry, origin: Path, above: tuple[Path, ...], problems: list[Problem]) -> list[Line]:
    lines: list[Line] = []
    for name in getattr(entry, "extend", []):
        if not is_beside(name):
            problems.append(Problem("extend", f"{name}: {BESIDE}"))
            continue
        path = origin.parent / name
        if path in above or path == origin or len(above) >= DEEPEST:
            ring = " -> ".join(str(one) for one in (*above, origin, path))
            problems.append(Problem("extend", f"{name}: files that extend each other in a ring or too deep: {ring}"))
            continue
        document = read_yaml_file(path)
        found, wrong = entry_of(document.data) if document.data is not None else (None, [])
        problems += [Problem("extend", f"{name}: {_said(one)}") for one in (*document.problems, *wrong)]
        if found is not None:
            if getattr(found, "code", ""):
                problems.append(Problem("extend", f"{name}: has rules of its own (code), which cannot be extended"))
            lines += _extended(found, path, (*above, origin), problems)
            lines += [Line(name, key, given) for key, given in found.reform.items()]
    return lines


def _said(problem: Problem) -> str:
    return f"{problem.place}: {problem.message}" if problem.place else problem.message
