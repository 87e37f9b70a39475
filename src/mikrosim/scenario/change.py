"""One line of a reform: which parameters, which operation, which numbers, from which month."""

from __future__ import annotations

import math
import re
from typing import Literal, NamedTuple

from mikrosim.errors import Problem, did_you_mean
from mikrosim.parameters.law import Law
from mikrosim.parameters.parameter import Numbers, Parameter
from mikrosim.parameters.values import out_of_bounds, to_number

Operation = Literal["set", "add", "multiply"]
_OPERATIONS: tuple[Operation, ...] = ("set", "add", "multiply")


class Change(NamedTuple):
    """A checked change; ``moved`` are the parameters it changes: its own path, or those that it moves."""

    path: str
    moved: tuple[str, ...]
    operation: Operation
    numbers: Numbers
    first_month: int


def read_change(law: Law, year: int, path: str, given: object) -> tuple[Change | None, list[Problem]]:
    """Return one line of a reform as a change, and what is wrong with it.

    ``given`` is a bare value (set), or a mapping with ``set``, ``add`` or ``multiply``, and perhaps ``from``.
    """
    place = f"reform.{path}"
    parameter = law.parameters.get(path)
    if parameter is None:
        return None, [Problem(place, f"unknown parameter{law.suggestion(path)}")]
    problems: list[Problem] = []
    if isinstance(given, dict):
        keys = (*_OPERATIONS, "from")
        problems += [Problem(f"{place}.{key}", f"unknown key{did_you_mean(str(key), keys)}")
                     for key in given if key not in keys]  # fmt: skip
        operations = [operation for operation in _OPERATIONS if operation in given]
        if len(operations) != 1:
            found = f"{' and '.join(operations)} are given" if operations else "none is given"
            return None, [*problems, Problem(place, f"needs one of set, add or multiply; {found}")]
        operation = operations[0]
        value, first = given[operation], given.get("from")
    else:
        operation, value, first = "set", given, None
    numbers, wrong = read_value(parameter, operation, value)
    month, late = read_month(parameter, year, first)
    problems += [Problem(place, message) for message in (wrong, late) if message]
    if problems:
        return None, problems
    return Change(path, parameter.moves or (path,), operation, numbers, month), []


def read_value(parameter: Parameter, operation: Operation, value: object) -> tuple[Numbers, str]:
    """Return the numbers of an operation, and what is wrong with them ("" if nothing)."""
    leaf = parameter.path.rpartition(".")[2]
    if isinstance(value, tuple):
        value = list(value)
    if operation != "set" and parameter.unit in ("choice", "flag"):
        choices = ", ".join(parameter.choices) or "true or false"
        return (), f"cannot {operation} a {parameter.unit}; set it to one of: {choices}"
    if isinstance(value, list):
        if not parameter.is_list:
            return (), f"takes one value, not a list of {len(value)}"
        if not value:
            return (), "an empty list"
    elif parameter.is_list and operation == "set":
        return (), f"takes a list of values, such as {parameter.readable(_latest(parameter))}"
    numbers = []
    for item in value if isinstance(value, list) else [value]:
        number, wrong = to_number(item, parameter.unit, parameter.choices)
        if not wrong and not math.isfinite(number) and not (operation == "set" and _knows_infinity(parameter)):
            wrong = "must be a finite number"
        if not wrong and operation == "set":
            wrong = out_of_bounds(number, parameter.unit, parameter.minimum, parameter.maximum)
        if wrong:
            return (), f"{leaf}: {wrong}" if isinstance(value, list) else wrong
        numbers.append(number)
    return tuple(numbers), ""


def read_month(parameter: Parameter, year: int, given: object) -> tuple[int, str]:
    """Return the first month of a change (1 if none is given), and what is wrong with it ("" if nothing)."""
    if given is None:
        return 1, ""
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", given) if isinstance(given, str) else None
    if found is None:
        return 1, f"from: {given!r} is not a month; write YYYY-MM"
    if int(found[1]) != year:
        return 1, f"from: {given} lies outside the scenario's year, {year}"
    if parameter.changes == "yearly" and found[2] != "01":
        return 1, f"from: {given}: this parameter is read once a year; only {year}-01 is possible"
    return int(found[2]), ""


def _latest(parameter: Parameter) -> Numbers | None:
    return next((dated.numbers for dated in reversed(parameter.dated) if dated.numbers), None)


def _knows_infinity(parameter: Parameter) -> bool:
    """Return whether the law itself uses "no limit" here."""
    return parameter.pad == math.inf or any(math.inf in (dated.numbers or ()) for dated in parameter.dated)
