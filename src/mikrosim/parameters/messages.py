"""Pydantic's findings in the words of this program; for every file that people write by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrosim.errors import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic import ValidationError

_EXPECTED = {
    "dict_type": "must hold names and values (name: value)",
    "model_type": "must hold names and values (name: value)",
    "model_attributes_type": "must hold names and values (name: value)",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "finite_number": "must be a finite number",
}


def problems_of(error: ValidationError, known: Iterable[str], place: str = "") -> list[Problem]:
    """Return one readable problem per finding, each at its dotted place inside ``place``.

    ``known`` are the keys the file may use anywhere, for suggestions.
    """
    keys = list(known)
    problems = []
    for finding in error.errors(include_url=False):
        where = ".".join([*([place] if place else []), *map(str, finding["loc"])])
        problems.append(Problem(where, _message(finding["type"], finding["loc"], finding, keys)))
    return problems


def _message(kind: str, loc: Sequence[int | str], finding: object, keys: list[str]) -> str:
    assert isinstance(finding, dict)
    if kind == "extra_forbidden":
        return f"unknown key{did_you_mean(str(loc[-1]), keys)}"
    if kind == "missing":
        return "is missing"
    if kind == "literal_error":
        expected = str(finding["ctx"]["expected"])
        names = [name.strip().strip("'") for name in expected.replace(" or ", ", ").split(",")]
        given = finding["input"]
        return f"{given!r} is not one of: {', '.join(names)}{did_you_mean(str(given), names)}"
    if kind == "value_error":
        return str(finding["ctx"]["error"])
    return _EXPECTED.get(kind, str(finding["msg"]))
