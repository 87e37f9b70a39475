"""Reading the files people write (YAML, without YAML's surprises) and writing files whole or not at all."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mikrosim.errors import MikrosimError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import yaml


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that no reader ever sees half of it: a temporary name first, then one rename."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_together(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write several files so that no reader sees half of one, and none is replaced if one cannot be written.

    Args:
        folder: Made if need be, as are the folders in it.
        contents: By name; a name may have a folder of its own (`tables/budget.csv`).

    Raises:
        MikrosimError: The folder or a file cannot be written.
    """
    mark = f"{os.getpid()}-{os.urandom(4).hex()}"
    places = {name: folder / name for name in contents}
    temporaries = {name: place.with_name(f".{place.name}.{mark}") for name, place in places.items()}
    try:
        _make_folders(folder, places.values())
        for name, content in contents.items():
            temporaries[name].write_bytes(content)
        for name, temporary in temporaries.items():
            temporary.replace(places[name])
    except OSError as error:
        raise MikrosimError(str(folder), f"cannot be written: {error.strerror}") from error
    finally:
        for temporary in temporaries.values():
            if temporary.parent.is_dir():
                temporary.unlink(missing_ok=True)


def _make_folders(folder: Path, places: Iterable[Path]) -> None:
    for inside in {folder, *(place.parent for place in places)}:
        inside.mkdir(parents=True, exist_ok=True)


class Document(NamedTuple):
    """A YAML file as plain values (mapping keys are strings), and what is wrong with it as YAML."""

    data: object
    problems: list[Problem]


def read_yaml_file(path: Path) -> Document:
    """Return what a YAML file holds; a file that cannot be read is a problem like any other."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Document(None, [Problem("", "there is no such file")])
    except OSError as error:
        return Document(None, [Problem("", f"cannot be read: {error.strerror}")])
    return read_yaml(content)


def read_yaml(content: bytes) -> Document:
    """Return what YAML text holds, as plain dicts, lists, strings, numbers, booleans and None.

    Fewer surprises than YAML 1.1: dates stay text, ``0301`` stays text, ``no`` and ``on`` are text, and a
    key given twice is a problem. Anchors, aliases and tags are refused: a file reads as it looks.

    >>> read_yaml(b"{municipality: 0301, from: 2025-05, rate: 1e-2}").data
    {'municipality': '0301', 'from': '2025-05', 'rate': 0.01}
    """
    import yaml

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Document(None, [Problem(f"line {line}", "not UTF-8 text; save the file as UTF-8")])
    try:
        if _depth(text) > _DEEPEST:
            return Document(None, [Problem("", f"nested more than {_DEEPEST} deep")])
        node = _loader()(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        why = ", ".join(part for part in (error.context, error.problem) if part)
        if mark and error.context_mark and error.context_mark.line != mark.line:
            why += f" (begun on line {error.context_mark.line + 1})"
        return Document(None, [Problem(place, f"not valid YAML: {why}")])
    except yaml.YAMLError as error:
        return Document(None, [Problem("", f"not valid YAML: {' '.join(str(error).split())}")])
    reader = _Reader()
    return Document(None if node is None else reader.plain(node, ""), reader.problems)


_DEEPEST = 50


def _depth(text: str) -> int:
    """Return how deep mappings and lists lie in each other; PyYAML composes recursively, in C, unguarded."""
    depth = deepest = 0
    loader = _loader()(text)
    while loader.check_event():
        event = type(loader.get_event()).__name__  # type: ignore[no-untyped-call]
        if event in ("MappingStartEvent", "SequenceStartEvent"):
            depth += 1
            deepest = max(deepest, depth)
            if deepest > _DEEPEST:
                break
        elif event in ("MappingEndEvent", "SequenceEndEvent"):
            depth -= 1
    return deepest


_TAG = "tag:yaml.org,2002:"
_SCALARS: dict[str, Callable[[str], object]] = {
    _TAG + "null": lambda text: None,
    _TAG + "bool": lambda text: text.lower() == "true",
    _TAG + "int": lambda text: int(text.replace("_", "")),
    _TAG + "float": lambda text: float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan")),
    _TAG + "str": lambda text: text,
}
_NUMBER = r"[0-9][0-9_]*"
_PLAIN = (
    ("null", r"(?:~|null)?", "~n"),
    ("bool", r"true|True|false|False", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9_]*)", "-+0123456789"),
    ("float", rf"[-+]?(?:(?:{_NUMBER})?\.{_NUMBER}|{_NUMBER}\.|{_NUMBER}(?=[eE]))(?:[eE][-+]?[0-9]+)?"
              r"|[-+]?\.inf|\.nan", "-+.0123456789"),
)  # fmt: skip


def _loader() -> type[yaml.SafeLoader]:
    """Return PyYAML's loader (in C where there is one) with the plain scalars of ``_PLAIN`` only."""
    if not _LOADERS:
        import yaml

        class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
            yaml_implicit_resolvers: dict[str, list[object]] = {}  # noqa: RUF012

        for name, pattern, first in _PLAIN:
            starts = [*first, ""] if name == "null" else list(first)
            Loader.add_implicit_resolver(_TAG + name, re.compile(rf"^(?:{pattern})$"), starts)
        _LOADERS.append(Loader)
    return _LOADERS[0]


_LOADERS: list[type[yaml.SafeLoader]] = []


class _Reader:
    """Turns YAML nodes into plain values and collects what is wrong on the way."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def plain(self, node: yaml.Node, place: str) -> object:
        """Return the plain value of a node; ``place`` is its dotted path."""
        import yaml

        line = node.start_mark.line + 1
        if id(node) in self._seen:
            self.problems.append(Problem(place, f"line {line}: aliases (*) are not used here; write it out"))
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode) and node.tag == _TAG + "map":
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode) and node.tag == _TAG + "seq":
            return [self.plain(item, f"{place}[{n}]") for n, item in enumerate(node.value, start=1)]
        if isinstance(node, yaml.ScalarNode) and node.tag in _SCALARS:
            try:
                return _SCALARS[node.tag](node.value)
            except ValueError:  # more digits than Python reads
                self.problems.append(Problem(place, f"line {line}: not a number that can be read"))
                return None
        self.problems.append(Problem(place, f"line {line}: tags ({node.tag}) are not used here"))
        return None

    def _mapping(self, node: yaml.MappingNode, place: str) -> dict[str, object]:
        import yaml

        result: dict[str, object] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self.problems.append(Problem(place, f"line {line}: a key must be a name"))
                continue
            name = str(key.value)
            inner = f"{place}.{name}" if place else name
            if name in result:
                self.problems.append(Problem(inner, f"given twice, on lines {lines[name]} and {line}"))
            lines[name] = line
            result[name] = self.plain(value, inner)
        return result
