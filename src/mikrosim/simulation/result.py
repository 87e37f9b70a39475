"""What a run gives, and its JSON form: the fields that other people's scripts rely on."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mikrosim.measures import Measured
    from mikrosim.simulation.detail import Detail
    from mikrosim.simulation.remark import Remark


@dataclass(frozen=True, slots=True)
class Solved:
    """The value that a scenario's `solve` found, and whether the parameter is set to it, multiplied or added to."""

    parameter: str
    value: float
    operation: str = "set"


@dataclass(frozen=True, slots=True)
class RunResult:
    """A reform against its baseline. Budget in million NOK a year, + = costs the public purse; shares 0-1.

    Attributes:
        scenario: The scenario's name.
        about: What the scenario says of itself (`description`, `why`, `source`), and `baseline`, the earlier
            law it is held against, if any.
        year: The income year of the law.
        population: `persons`, `households`, `weighted_persons` and `hash`.
        law_hash: The name of everything in the law's parameters that can move a result.
        version: The version of mikrosim.
        baseline: `budget`, `low_income`, `persistent_low_income` and `inequality` without the reform.
        reform: The same with it.
        change: The difference, and `low_income_fixed_line`, the one with the line held at the baseline.
        winners_losers: Shares of persons who gain, lose and neither.
        deciles: Mean change of income net of child care per consumption unit, poorest tenth first.
        law_changes: What the reform changes, in words.
        compared: The measures the scenario asked to compare, by path.
        solved: What `solve` found, if the scenario has one.
        remarks: What a reader must know: unconfirmed or projected figures (`warnings` in the JSON).
        manifest: All that is needed to make the same run again.
        disclosure: For a population made from real microdata: `minimum_households` that a number must rest on, and the
            paths of those `left_out` (null in the JSON); None for a made-up population.
        uncertainty: With replicates, how the intervals were found, and the standard error of each number by its path;
            the intervals themselves stand beside the numbers, under `interval` and the number's name.
        work_incentives: On request, effective marginal and participation tax rates of parents under both laws.
        decomposition: On request, what each part of the reform contributes to budget, low income and inequality.
        detail: Incomes household by household; not in the JSON.
    """

    scenario: str
    year: int
    population: Mapping[str, int | float | str]
    law_hash: str
    version: str
    baseline: Measured
    reform: Measured
    change: Measured
    winners_losers: Measured
    deciles: Sequence[Mapping[str, float]]
    law_changes: Sequence[str] = ()
    compared: Mapping[str, Measured] = field(default_factory=dict)
    solved: Solved | None = None
    remarks: Sequence[Remark] = ()
    manifest: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)
    disclosure: Mapping[str, Any] | None = None
    uncertainty: Mapping[str, Any] | None = None
    work_incentives: Mapping[str, Any] | None = None
    decomposition: Mapping[str, Any] | None = None
    detail: Detail | None = field(default=None, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Return plain dicts, lists, numbers and text; a number that does not exist is None."""
        found: dict[str, Any] = {
            "scenario": self.scenario,
            "about": self.about,
            "year": self.year,
            "population": self.population,
            "law_hash": self.law_hash,
            "version": self.version,
            "baseline": self.baseline,
            "reform": self.reform,
            "change": self.change,
            "winners_losers": self.winners_losers,
            "deciles": self.deciles,
            "law_changes": self.law_changes,
            "compared": self.compared,
        }
        if self.solved is not None:
            found["solved"] = asdict(self.solved)
        if self.disclosure is not None:
            found["disclosure"] = self.disclosure
        on_request = {
            "uncertainty": self.uncertainty,
            "work_incentives": self.work_incentives,
            "decomposition": self.decomposition,
        }
        found |= {name: content for name, content in on_request.items() if content is not None}
        found |= {
            "warnings": [str(remark) for remark in self.remarks],
            "remarks": [remark._asdict() for remark in self.remarks],
            "manifest": self.manifest,
        }
        plain: dict[str, Any] = plain_values(found)
        return plain

    def to_json(self) -> str:
        """Return `to_dict` as indented JSON text."""
        return as_json(self.to_dict())


def as_json(value: object) -> str:
    """Return indented JSON text that ends in a line break; Norwegian letters stay as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def plain_values(value: Any) -> Any:
    """Return nested values as plain dicts, lists and numbers, with None for numbers that do not exist.

    >>> plain_values({"a": (1.0, float("nan"))})
    {'a': [1.0, None]}
    """
    if hasattr(value, "items"):
        return {name: plain_values(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_values(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
