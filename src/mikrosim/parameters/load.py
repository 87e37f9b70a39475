"""From the law's YAML files to checked parameters, once per content: the next process reads a cache.

The cache is named by the content of the files and of the code that reads them, so it is never stale.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from mikrosim.cache import cache_folder
from mikrosim.errors import LawError, Problem
from mikrosim.files import read_yaml, write_atomically
from mikrosim.parameters.parameter import Dated, Parameter, path_prefix

LAW_FOLDER = Path(__file__).parent.parent / "law"


def load_parameters(folder: Path) -> dict[str, Parameter]:
    """Return all parameters under a law folder by path, in the order of their paths.

    Raises:
        LawError: With every problem of every file.
    """
    files = parameter_files(folder)
    if not files:
        raise LawError(str(folder), "holds no parameter files (FOLDER/NAME.yaml)")
    key = _fingerprint(files)
    cached = _from_cache(key)
    if cached is None:
        cached = _checked(files)
        _to_cache(key, cached)
    return {parameter.path: parameter for parameter in cached}


class ParameterFile(NamedTuple):
    """One parameter file: its short name (``skatt/skatt.yaml``), the prefix of its paths, its bytes."""

    name: str
    prefix: str
    content: bytes


def parameter_files(folder: Path) -> list[ParameterFile]:
    """Return the parameter files of a law folder, in order."""
    return [
        ParameterFile(
            f"{path.parent.name}/{path.name}",
            path_prefix(f"{path.parent.name}.{path.stem}"),
            path.read_bytes(),
        )
        for path in sorted(folder.glob("*/*.yaml"))
    ]


def _checked(files: list[ParameterFile]) -> list[Parameter]:
    from mikrosim.parameters.model import parameters_of

    found: dict[str, Parameter] = {}
    problems: list[tuple[str, Problem]] = []
    for file in files:
        document = read_yaml(file.content)
        problems.extend((file.name, problem) for problem in document.problems)
        if document.problems and document.data is None:
            continue
        parameters, wrong = parameters_of(document.data, file.prefix)
        problems.extend((file.name, problem) for problem in wrong)
        for parameter in parameters:
            if parameter.path in found:
                problems.append((file.name, Problem(parameter.path, "another file has this path already")))
            found[parameter.path] = parameter
    if problems:
        names = {name for name, _ in problems}
        if len(names) == 1:
            raise LawError(f"law/{names.pop()}", [problem for _, problem in problems])
        raise LawError("law", [Problem(f"{name} {problem.place}", problem.message) for name, problem in problems])
    return [found[path] for path in sorted(found)]


def _fingerprint(files: list[ParameterFile]) -> str:
    """Return a name for the files' content as read by this very code."""
    digest = hashlib.sha256()
    readers = [*sorted(Path(__file__).parent.glob("*.py")), Path(__file__).parent.parent / "files.py"]
    for name, content in [*((path.name, path.read_bytes()) for path in readers),
                          *((file.name, file.content) for file in files)]:  # fmt: skip
        digest.update(f"{name}:{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()


_KEPT = 8


def _to_cache(key: str, parameters: list[Parameter]) -> None:
    """Keep the parameters for the next process; a cache that cannot be written is no error."""
    with suppress(OSError):
        folder = cache_folder("law")
        write_atomically(folder / f"{key}.json", json.dumps(parameters, default=date.isoformat).encode())
        entries = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in entries[_KEPT:]:
            old.unlink(missing_ok=True)


def _from_cache(key: str) -> list[Parameter] | None:
    try:
        rows = json.loads((cache_folder("law") / f"{key}.json").read_bytes())
        return [_parameter(row) for row in rows] if isinstance(rows, list) and rows else None
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return None  # absent or damaged: made again


def _parameter(row: list[object]) -> Parameter:
    parameter = Parameter(*row)  # type: ignore[arg-type]
    return parameter._replace(
        dated=tuple(
            Dated(date.fromisoformat(start), None if numbers is None else tuple(numbers), *rest)  # type: ignore[arg-type]
            for start, numbers, *rest in parameter.dated
        ),
        choices=tuple(parameter.choices),
        moves=tuple(parameter.moves),
    )
