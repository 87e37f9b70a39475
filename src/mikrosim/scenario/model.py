"""What a scenario file may look like: its keys and their kinds, before it meets the law."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from mikrosim.errors import Problem, did_you_mean
from mikrosim.parameters.messages import problems_of

LARGEST_FACTOR = 10
_STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)


class SolveEntry(BaseModel):
    """``solve``: which parameter is moved until which result is reached."""

    model_config = _STRICT
    parameter: str
    so_that: str
    equals: float = Field(allow_inf_nan=False)
    operation: str = "set"
    between: list[float] | None = Field(default=None, min_length=2, max_length=2)
    from_: str | None = Field(default=None, alias="from")

    @field_validator("so_that")
    @classmethod
    def _result(cls, value: str) -> str:
        return _starts_with(value, ("baseline", "reform", "change"))

    @field_validator("operation")
    @classmethod
    def _operation(cls, value: str) -> str:
        if value not in OPERATIONS:
            raise ValueError(f"{value!r} is not one of: {', '.join(OPERATIONS)}{did_you_mean(value, OPERATIONS)}")
        return value


class BaselineEntry(BaseModel):
    """``baseline``: the law of another year, to which the scenario's law is compared."""

    model_config = _STRICT
    law_of: int
    uprated_by: Literal["grunnbelop"] | float | int = 1.0

    @field_validator("uprated_by")
    @classmethod
    def _factor(cls, value: float | str) -> float | str:
        if not isinstance(value, str) and not 0 < value <= LARGEST_FACTOR:
            raise ValueError(f"{value:g} is no factor between 0 and {LARGEST_FACTOR}")
        return value


class ScenarioEntry(BaseModel):
    """The keys of a scenario file."""

    model_config = _STRICT
    name: str = Field(min_length=1)
    year: int
    description: str = ""
    why: str = ""
    source: str = ""
    limits: str = ""
    baseline: BaselineEntry | None = None
    extend: list[str] = []
    code: str = ""
    reform: dict[str, object] = {}
    solve: SolveEntry | None = None
    compare: list[str] = []

    @field_validator("extend", mode="before")
    @classmethod
    def _as_list(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value

    @field_validator("compare")
    @classmethod
    def _results(cls, value: list[str]) -> list[str]:
        return [_starts_with(path, MEASURES) for path in value]


OPERATIONS = ("set", "add", "multiply")
MEASURES = ("budget", "low_income", "low_income_fixed_line", "persistent_low_income", "inequality",
            "winners_losers", "deciles")  # fmt: skip
_KEYS = [
    *ScenarioEntry.model_fields,
    "parameter",
    "so_that",
    "equals",
    "between",
    "operation",
    "from",
    *BaselineEntry.model_fields,
]


def entry_of(data: object) -> tuple[ScenarioEntry | None, list[Problem]]:
    """Return the checked keys of a scenario, and what is wrong with them.

    With problems outside ``reform`` the reform is still returned where it can be read, so that
    everything wrong with a scenario is said at once.
    """
    if data is None:
        return None, [Problem("", "the scenario is empty; give it at least a name, a year and a reform")]
    if not isinstance(data, dict):
        return None, [Problem("", f"must hold names and values (name: ..., year: ...), not {_kind(data)}")]
    try:
        return ScenarioEntry.model_validate(data), []
    except ValidationError as error:
        problems = problems_of(error, _KEYS)
    reform, year = data.get("reform"), data.get("year")
    readable = {key: value for key, value in (reform if isinstance(reform, dict) else {}).items()
                if isinstance(key, str)}  # fmt: skip
    is_year = isinstance(year, int) and not isinstance(year, bool)
    return ScenarioEntry.model_construct(name="", year=year if is_year else 0, reform=readable), problems


def _starts_with(path: str, firsts: tuple[str, ...]) -> str:
    first = path.partition(".")[0]
    if first not in firsts:
        raise ValueError(f"{path!r} is no result: it must begin with one of {', '.join(firsts)}"
                         f"{did_you_mean(first, firsts)}")  # fmt: skip
    return path


def _kind(data: object) -> str:
    return "a list" if isinstance(data, list) else "text" if isinstance(data, str) else f"{data!r}"
