"""What is wrong with a household file, said so that whoever wrote it finds the place and sees what to write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mikrosim.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

MEANT = {
    "age": "born", "alder": "born", "født": "born", "fodt": "born", "lønn": "wage", "lonn": "wage", "inntekt": "wage",
    "income": "wage", "salary": "wage", "mother": "parents", "father": "parents", "foreldre": "parents",
    "samboer": "partner", "ektefelle": "partner", "spouse": "partner", "kommune": "municipality", "husleie":
    "housing_cost_month", "rent": "housing_cost_month", "barnehage": "kindergarten_hours", "kindergarten":
    "kindergarten_hours", "uføretrygd": "uforetrygd", "gift": "partner",
}  # fmt: skip
"""Words that people write, and the keys that they mean."""

_UNKNOWN = "unknown key"
_SPACED = re.compile(r"([0-9]{1,3}(?:[ \u00a0\u202f'.][0-9]{3})+|[0-9]+)\s*(?:kr|kroner|NOK|,-)?\.?")
_PERCENT = re.compile(r"([0-9]{1,3})\s*%")


def in_words(problem: Problem, data: Mapping[str, Any], keys: Mapping[str, frozenset[str]]) -> Problem:
    """Return the problem with a person's id in the place of the number in the list, and what to write instead.

    Args:
        problem: What is wrong, by its place in the file.
        data: The file.
        keys: Which keys belong to a person, the household and the file.
    """
    place, message = re.sub(r"\.(\d+)$", lambda found: _item(problem, found), problem.place), problem.message
    if message.startswith(_UNKNOWN):
        message = _unknown(place, message, keys)
    elif message in ("must be a number", "must be a whole number", "must be text", "must be a list"):
        message = _other_kind(place, message, _value(data, problem.place))
    found = re.match(r"persons(?:\.(\d+)|\[(\d+)\])(.*)", place)
    if not found:
        return Problem(place, message)
    number = int(found[1]) if found[1] else int(found[2]) - 1
    person = data["persons"][number]
    name = person.get("id") if isinstance(person, dict) else None
    known = isinstance(name, str | int) and not isinstance(name, bool) and str(name).isprintable() and name != ""
    return Problem(f"persons.{name}{found[3]}" if known else f"persons[{number + 1}]{found[3]}", message)


def _unknown(place: str, message: str, keys: Mapping[str, frozenset[str]]) -> str:
    """Return what to do about a key that is not known there: another name, or another place."""
    name = place.rpartition(".")[2]
    if name.isdecimal():
        return f"{_UNKNOWN}; write a number without commas between its thousands"
    meant = MEANT.get(name.casefold())
    for where, own in keys.items():
        if name in own:
            return f"{_UNKNOWN} here; it belongs to {where}"
    return f"{_UNKNOWN}; did you mean {meant}?" if meant else message


def _other_kind(place: str, message: str, value: object) -> str:
    """Return what to write where a value is of another kind than it must be."""
    text = value if isinstance(value, str) else ""
    if message == "must be a list" and place == "persons":
        return "must be a list: a line such as `- {id: mor, born: 1990-05}` for each person"
    if message == "must be text" and isinstance(value, list):
        return "must be one id, not a list"
    if not message.endswith("number"):
        return message
    spaced, percent = _SPACED.fullmatch(text.strip()), _PERCENT.fullmatch(text.strip())
    if spaced:
        plain = re.sub("[^0-9]", "", spaced[1])
        return f"{text!r} is text, not a number; write {plain}"
    if percent:
        return f"{text!r} is text, not a number; write {int(percent[1]) / 100:g}"
    return message if value is None or isinstance(value, bool | dict | list) else f"{message}, not {value!r}"


def _value(data: Any, place: str) -> object:
    """Return the value at a dotted place of the file, None if there is none."""
    for part in place.split("."):
        if isinstance(data, list) and part.isdecimal() and int(part) < len(data):
            data = data[int(part)]
        elif isinstance(data, dict):
            data = data.get(part)
        else:
            return None
    return data


def _item(problem: Problem, found: re.Match[str]) -> str:
    """Return the last part of a place: a list's item counted from 1, or an unknown key as it is."""
    return found[0] if problem.message.startswith(_UNKNOWN) else f"[{int(found[1]) + 1}]"
