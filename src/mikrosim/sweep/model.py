"""What sweep and optimise files may look like: their keys and kinds, before they meet the law."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from mikrosim.errors import Problem, did_you_mean
from mikrosim.parameters.messages import problems_of

Value: TypeAlias = bool | int | float | str
Finite = Annotated[float, Field(allow_inf_nan=False)]
LAWS = ("reform", "change", "by_group")
MOST_VALUES = 100_000
_STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class AxisEntry(BaseModel):
    """One parameter, or several moved together, and the values it takes."""

    model_config = _STRICT
    parameter: Annotated[list[str], BeforeValidator(_as_list)] = []
    operation: Literal["set", "add", "multiply"] = "set"
    starting: str | None = None
    values: list[Value] | None = Field(default=None, min_length=1)
    from_: Finite | None = Field(default=None, alias="from")
    to: Finite | None = None
    step: Finite | None = None
    steps: int | None = None
    low: Finite | None = None
    high: Finite | None = None

    @model_validator(mode="after")
    def _one_form(self) -> AxisEntry:
        given = {name for name, value in self if value is not None and name not in ("parameter", "operation")}
        given.discard("starting")
        if not given or given == {"values"}:
            return self
        if given == {"low", "high"}:
            assert self.low is not None
            assert self.high is not None
            if not self.low < self.high:
                raise ValueError(f"low ({self.low:g}) must be below high ({self.high:g})")
        elif given in ({"from_", "to", "step"}, {"from_", "to", "steps"}):
            assert self.from_ is not None
            assert self.to is not None
            if not self.from_ < self.to:
                raise ValueError(f"from ({self.from_:g}) must be below to ({self.to:g})")
            if self.step is not None and self.step <= 0:
                raise ValueError(f"step ({self.step:g}) must be above 0")
            if self.steps is not None and self.steps < 2:
                raise ValueError(f"steps ({self.steps}) is the number of values, at least 2")
            if (self.steps or (self.to - self.from_) / (self.step or 1.0)) > MOST_VALUES:
                raise ValueError(f"more than {MOST_VALUES} values of one parameter")
        else:
            raise ValueError("give `values`, or `from`, `to` and `step` (or `steps`), or `low` and `high`")
        return self


class _Common(BaseModel):
    model_config = _STRICT
    name: str = Field(min_length=1)
    description: str = ""
    base: dict[str, object] = {}
    parameters: dict[str, AxisEntry] = {}
    seed: int = Field(default=1, ge=0)

    @field_validator("parameters", mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        """Take a bare list as the values of a parameter."""
        if not isinstance(value, dict):
            return value
        return {name: {"values": given} if isinstance(given, list) else given for name, given in value.items()}


class SweepEntry(_Common):
    """The keys of a sweep file."""

    design: Literal["grid", "list", "latin_hypercube", "sobol"] = "grid"
    samples: int | None = Field(default=None, ge=1)
    list_: list[dict[str, Value]] | None = Field(default=None, alias="list", min_length=1)
    measures: list[str] = []
    by_group: list[str] = []
    persistent: bool = True
    after_child_care: bool = False

    @model_validator(mode="after")
    def _fitting(self) -> SweepEntry:
        sampled = self.design in ("latin_hypercube", "sobol")
        if sampled and self.samples is None:
            raise ValueError(f"design {self.design} needs `samples`, how many scenarios to draw")
        if not sampled and self.samples is not None:
            raise ValueError(f"`samples` goes with latin_hypercube and sobol, not with design {self.design}")
        if (self.design == "list") != (self.list_ is not None):
            raise ValueError("`list` (the scenarios one by one) and `design: list` go together")
        if self.design != "list" and not self.parameters:
            raise ValueError("`parameters` names nothing to vary")
        return self


class Limit(BaseModel):
    """A constraint: a measure on one side of a number."""

    model_config = _STRICT
    path: str
    sign: Literal["<=", ">="]
    bound: Finite

    def __str__(self) -> str:
        return f"{self.path} {self.sign} {self.bound:g}"

    def excess(self, value: float) -> float:
        """Return how far a value lies on the wrong side, 0 or less where it is met."""
        return value - self.bound if self.sign == "<=" else self.bound - value


def _limit(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("write a constraint as text: a measure, <= or >=, and a number")
    found = re.fullmatch(r"\s*([\w.+ -]+?)\s*(<=|>=)\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*", value)
    try:
        bound = float(found[3]) if found else None
    except ValueError:
        bound = None
    if found is None or bound is None:
        raise ValueError(f"{value!r} is no constraint; write a measure, <= or >=, and a number")
    return {"path": found[1], "sign": found[2], "bound": bound}


class OptimiseEntry(_Common):
    """The keys of an optimise file."""

    minimise: str | None = None
    maximise: str | None = None
    subject_to: list[Annotated[Limit, BeforeValidator(_limit)]] = []
    frontier: str | None = None
    evaluations: int = Field(default=3000, ge=100, le=1_000_000)

    @model_validator(mode="after")
    def _one_goal(self) -> OptimiseEntry:
        if (self.minimise is None) == (self.maximise is None):
            raise ValueError("needs one of `minimise` and `maximise`, a measure such as change.budget.net")
        if not self.parameters:
            raise ValueError("`parameters` names nothing to vary")
        return self


_KEYS = [
    *SweepEntry.model_fields,
    *OptimiseEntry.model_fields,
    *(name for name in AxisEntry.model_fields if name != "from_"),
    "from",
    "list",
]


def sweep_entry(data: object) -> tuple[SweepEntry | None, list[Problem]]:
    """Return the checked keys of a sweep file, and what is wrong with them."""
    found, problems = _checked(SweepEntry, data, "sweep")
    assert found is None or isinstance(found, SweepEntry)
    return found, problems


def optimise_entry(data: object) -> tuple[OptimiseEntry | None, list[Problem]]:
    """Return the checked keys of an optimise file, and what is wrong with them."""
    found, problems = _checked(OptimiseEntry, data, "optimisation")
    assert found is None or isinstance(found, OptimiseEntry)
    return found, problems


def _checked(kind: type[_Common], data: object, what: str) -> tuple[_Common | None, list[Problem]]:
    if not isinstance(data, dict):
        return None, [Problem("", f"the {what} must hold names and values (name: ..., parameters: ...)")]
    try:
        return kind.model_validate(data), []
    except ValidationError as error:
        problems = [_plain(problem) for problem in problems_of(error, _KEYS)]
    # What can be read is returned all the same, so that what the law says of it is told at once.
    readable = {name: given for name, given in data.items() if name in ("base", "parameters", "list")}
    axes = readable.get("parameters")
    kept = {}
    for name, given in (axes if isinstance(axes, dict) else {}).items():
        try:
            kept[name] = AxisEntry.model_validate({"values": given} if isinstance(given, list) else given)
        except ValidationError:
            continue
    base = readable.get("base")
    return kind.model_construct(
        name="", base=base if isinstance(base, dict) else {}, parameters=kept, list_=None, design="grid"
    ), list(dict.fromkeys(problems))


def _plain(problem: Problem) -> Problem:
    """Leave out the names of pydantic's union branches from a place."""
    parts = [part for part in problem.place.split(".") if part not in ("bool", "int", "float", "str")]
    return problem._replace(place=".".join("from" if part == "from_" else part for part in parts))


def unknown(name: str, known: tuple[str, ...]) -> str:
    """Return `unknown ...; did you mean ...` for a name outside a closed list."""
    return f"unknown {name!r}{did_you_mean(name, known) or '; choose among ' + ', '.join(known)}"
