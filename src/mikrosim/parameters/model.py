"""What a parameter file may look like, and all that can be wrong with one."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mikrosim.errors import Problem, did_you_mean
from mikrosim.parameters.messages import problems_of
from mikrosim.parameters.parameter import FIRST_YEAR, Changes, Dated, Kind, Numbers, Parameter, Unit
from mikrosim.parameters.values import out_of_bounds, to_number

_STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Name(BaseModel):
    model_config = _STRICT
    nb: str = Field(min_length=1)
    en: str = Field(min_length=1)


class _Value(BaseModel):
    model_config = _STRICT
    value: object
    source: str = ""
    href: str = ""
    kind: Kind = "enacted"
    note: str = ""


class _Common(BaseModel):
    model_config = _STRICT
    name: _Name
    statute: str = Field(min_length=1)
    note: str = ""


class _Mover(_Common):
    statute: str = ""
    moves: list[str] = Field(min_length=2)


class _Entry(_Common):
    unit: Unit
    changes: Changes
    values: dict[str, _Value] = Field(min_length=1)
    checked: str
    minimum: float | None = None
    maximum: float | None = None
    choices: list[str] = []
    pad: float | None = None


_KEYS = [*_Entry.model_fields, *_Value.model_fields, "moves"]


class FileContent(NamedTuple):
    """The parameters of one file that could be read, and all problems of the file."""

    parameters: list[Parameter]
    problems: list[Problem]


def parameters_of(data: object, prefix: str) -> FileContent:
    """Return the checked parameters of one file's content; ``prefix`` begins their paths."""
    if not isinstance(data, dict) or not data:
        return FileContent([], [Problem("", "must hold parameters (name: {...}), and holds none")])
    parameters: list[Parameter] = []
    movers: dict[str, _Mover] = {}
    problems: list[Problem] = []
    for leaf, raw in data.items():
        if not re.fullmatch(r"[a-z][a-z0-9_]*", leaf):
            problems.append(Problem(leaf, "a parameter's name has small letters a-z, digits and _ only"))
        try:
            if isinstance(raw, dict) and "moves" in raw:
                movers[leaf] = _Mover.model_validate(raw)
            else:
                entry = _Entry.model_validate(raw)
                parameters.append(_Check(leaf, entry, problems).parameter(f"{prefix}.{leaf}"))
        except ValidationError as error:
            problems.extend(problems_of(error, _KEYS, leaf))
    by_leaf = {parameter.path.rpartition(".")[2]: parameter for parameter in parameters}
    for leaf, mover in movers.items():
        _add_mover(leaf, mover, by_leaf, prefix, parameters, problems, set(data))
    return FileContent(parameters, problems)


def _add_mover(leaf: str, mover: _Mover, by_leaf: dict[str, Parameter], prefix: str,
               parameters: list[Parameter], problems: list[Problem], given: set[str]) -> None:  # fmt: skip
    unknown = [name for name in mover.moves if name not in given]
    problems.extend(
        Problem(f"{leaf}.moves", f"{name} is not in this file{did_you_mean(name, by_leaf)}") for name in unknown
    )
    moved = [by_leaf[name] for name in mover.moves if name in by_leaf]
    if len(moved) != len(mover.moves):
        return  # what it moves has problems of its own
    first = moved[0]
    if len({(p.unit, p.changes, p.choices, p.is_list) for p in moved}) > 1:
        problems.append(Problem(f"{leaf}.moves", "all it moves must share unit, changes and choices"))
    parameters.append(
        first._replace(
            path=f"{prefix}.{leaf}",
            name_nb=mover.name.nb,
            name_en=mover.name.en,
            statute=mover.statute or first.statute,
            dated=(),
            checked="",
            moves=tuple(parameter.path for parameter in moved),
            note=mover.note,
        )
    )


class _Check:
    """The checks of one parameter beyond the shape of its keys."""

    def __init__(self, leaf: str, entry: _Entry, problems: list[Problem]) -> None:
        self.leaf, self.entry, self.problems = leaf, entry, problems
        self.minimum = entry.minimum if entry.minimum is not None else 0.0
        highest = {"share": 1.0, "flag": 1.0, "choice": len(entry.choices) - 1.0}
        self.maximum = entry.maximum if entry.maximum is not None else highest.get(entry.unit, math.inf)

    def parameter(self, path: str) -> Parameter:
        """Return the parameter; what is wrong with it is added to the problems."""
        entry = self.entry
        self._check_head()
        dated = sorted((self._dated(day, value) for day, value in entry.values.items()), key=lambda d: d.start)
        lists = {isinstance(value.value, list) for value in entry.values.values() if value.value is not None}
        if len(lists) > 1:
            self._problem("values", "some are lists and some are not")
        lengths = {len(value.numbers) for value in dated if value.numbers}
        if len(lengths) > 1 and entry.pad is None and len(lists) == 1:
            self._problem("pad", f"is missing: lists of {_and(sorted(lengths))} values need `pad: .inf` or `pad: 0`")
        if dated and dated[0].start > date(FIRST_YEAR, 1, 1):
            self._problem(
                "values",
                f"no value from {FIRST_YEAR}-01-01 to {dated[0].start}; date the first {FIRST_YEAR}-01-01 "
                "or before, with `value: null` and a note if there was no such law",
            )
        return Parameter(
            path=path, name_nb=entry.name.nb, name_en=entry.name.en, statute=entry.statute, unit=entry.unit,
            changes=entry.changes, dated=tuple(dated), checked=entry.checked, minimum=self.minimum,
            maximum=self.maximum, choices=tuple(entry.choices), moves=(), pad=entry.pad,
            length=max(lengths, default=1), is_list=True in lists, note=entry.note,
        )  # fmt: skip

    def _check_head(self) -> None:
        entry = self.entry
        if _date(entry.checked) is None:
            self._problem("checked", f"{entry.checked!r} is not a date; write YYYY-MM-DD")
        if (entry.unit == "choice") != bool(entry.choices):
            self._problem("choices", "the unit choice and a list of choices go together")
        if len(set(entry.choices)) != len(entry.choices):
            self._problem("choices", "a choice is given twice")
        if self.minimum > self.maximum:
            self._problem("minimum", f"{self.minimum:g} is above the maximum, {self.maximum:g}")

    def _dated(self, day: str, value: _Value) -> Dated:
        place = f"values.{day}"
        start = _date(day)
        if start is None:
            self._problem(place, "is not a date; write YYYY-MM-DD")
        elif self.entry.changes == "yearly" and (start.month, start.day) != (1, 1):
            self._problem(place, "a yearly parameter changes on 1 January only; is it `changes: monthly`?")
        numbers = None if value.value is None else self._numbers(place, value.value)
        if value.value is None and not value.note:
            self._problem(place, "a null value needs a note that says why no law holds from then")
        if value.value is not None:
            for key, text in (("source", value.source), ("href", value.href)):
                if not text.strip():
                    self._problem(f"{place}.{key}", "is missing; every value has a title and an address")
        return Dated(start or date.min, numbers, value.source, value.href, value.kind, value.note)

    def _numbers(self, place: str, value: object) -> Numbers:
        if isinstance(value, list) and not value:
            self._problem(place, "an empty list")
        items = value if isinstance(value, list) else [value]
        return tuple(self._number(f"{place}.value", item) for item in items)

    def _number(self, place: str, item: object) -> float:
        number, wrong = to_number(item, self.entry.unit, self.entry.choices)
        wrong = wrong or out_of_bounds(number, self.entry.unit, self.minimum, self.maximum)
        if wrong:
            self._problem(place, wrong)
        return number

    def _problem(self, place: str, message: str) -> None:
        self.problems.append(Problem(f"{self.leaf}.{place}", message))


def _date(text: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _and(lengths: list[int]) -> str:
    return " and ".join(map(str, lengths))
