"""What a reform changes in the law, and which take-up it assumes: rows with names, paragraphs and values."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.parameters import load_law

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mikrosim.parameters import Policy
    from mikrosim.parameters.parameter import Numbers, Parameter
    from mikrosim.report.tables_of_run import Rows

TAKE_UP = "take_up"
MONTHS = 12


def law_changes(baseline: Policy, reform: Policy, read: Collection[str]) -> Rows:
    """Return one row for each stretch of months in which a parameter has another value under the reform.

    Args:
        baseline: The law the reform is compared with.
        reform: The law with the reform.
        read: The parameters that the run's rules read; others are told only if the scenario names them.

    What the scenario itself changes comes first, in its order. `before` and `after` are the values as people write
    them; `value_before` and `value_after` are numbers where there is one number.
    """
    named = list(dict.fromkeys(line.partition(": ")[0] for line in reform.changes))
    others = [path for path in load_law().layout.slots if path in set(read) and path not in named]
    return [row for path in (*named, *others) for row in _changes_of(path, baseline, reform, named=path in named)]


def take_up(baseline: Policy, reform: Policy, read: Collection[str]) -> Rows:
    """Return the shares of those with a right who are assumed to have a benefit: the year's means, with the source."""
    found = []
    law = load_law()
    for path in law.layout.slots:
        if path.rpartition(".")[2] != TAKE_UP or path not in set(read):
            continue
        parameter, span = law.parameters[path], law.layout.slots[path].span
        in_force = parameter.at_month(baseline.year, MONTHS)
        found.append(
            {
                "path": path,
                "name_nb": parameter.name_nb,
                "name_en": parameter.name_en,
                "baseline": float(baseline.vector[:, span].mean()),
                "reform": float(reform.vector[:, span].mean()),
                "kind": in_force.kind if in_force else "",
                "source": in_force.source if in_force else "",
                "href": in_force.href if in_force else "",
            }
        )
    return found


def _changes_of(path: str, baseline: Policy, reform: Policy, *, named: bool) -> Iterator[dict[str, Any]]:
    law = load_law()
    parameter, span = law.parameters[path], law.layout.slots[path].span
    old, new = baseline.vector[:, span], reform.vector[:, span]
    if np.array_equal(old, new, equal_nan=True):
        return
    rows = [(_numbers(parameter, old[month]), _numbers(parameter, new[month])) for month in range(MONTHS)]
    for (before, after), stretch in itertools.groupby(range(MONTHS), key=lambda month: rows[month]):
        months = list(stretch)
        if before == after:
            continue
        yield {
            "path": path,
            "name_nb": parameter.name_nb,
            "name_en": parameter.name_en,
            "statute": parameter.statute,
            "unit": parameter.unit,
            "before": _readable(parameter, before),
            "after": _readable(parameter, after),
            "value_before": _one(before),
            "value_after": _one(after),
            "from": f"{baseline.year}-{months[0] + 1:02}",
            "to": f"{baseline.year}-{months[-1] + 1:02}",
            "in_scenario": named,
        }


def _numbers(parameter: Parameter, values: Any) -> Numbers | None:
    """Return a month's values without the padding of a list, None where there is no law."""
    numbers: list[float] = values.tolist()
    if parameter.is_list and parameter.pad is not None:
        while len(numbers) > 1 and numbers[-1] == parameter.pad and numbers[-2] == parameter.pad:
            numbers.pop()
    return None if not numbers or any(math.isnan(number) for number in numbers) else tuple(numbers)


def _readable(parameter: Parameter, numbers: Numbers | None) -> str:
    """Return a month's values as people write them, amounts to the øre: those of an uprated law have many decimals."""
    if numbers is not None and parameter.unit.startswith("NOK"):
        numbers = tuple(round(number, 2) for number in numbers)
    return parameter.readable(numbers)


def _one(numbers: Numbers | None) -> float | None:
    return numbers[0] if numbers is not None and len(numbers) == 1 and math.isfinite(numbers[0]) else None
