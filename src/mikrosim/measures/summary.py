"""All measures of one law, and the difference between two."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from mikrosim.errors import MikrosimError, did_you_mean
from mikrosim.measures.budget import budget
from mikrosim.measures.distribution import Distribution
from mikrosim.measures.low_income import Scale, low_income, low_income_lines
from mikrosim.measures.persistent import persistent_low_income

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mikrosim.measures.frame import Frame
    from mikrosim.units import Floats, Ints, Nok

Measured: TypeAlias = "Mapping[str, float | Measured]"
"""Nested measures, as the result's JSON has them: `low_income.eu60.children.share`."""


@dataclass(frozen=True, slots=True)
class Incomes:
    """Households' incomes in one year under one law; NOK a year, one value per household.

    Args:
        after_tax: The household's after-tax income, the income of the official statistics.
        net_of_child_care: The same less what it pays for kindergarten and after-school care.
        units_eu: Consumption units on the EU scale.
        units_oecd: Consumption units on the older OECD scale.
    """

    after_tax: Floats
    net_of_child_care: Floats
    units_eu: Floats
    units_oecd: Floats

    def equivalised(self) -> dict[Scale, Floats]:
        """Return after-tax income per consumption unit on each scale."""
        return {"eu": self.after_tax / self.units_eu, "oecd": self.after_tax / self.units_oecd}


class Orders(NamedTuple):
    """The order of households by income per consumption unit, for incomes that are measured with many weights.

    Args:
        scales: In the income year, on each scale.
        earlier: On the EU scale, in the years before.
    """

    scales: Mapping[Scale, Ints]
    earlier: tuple[Ints, ...]


def orders_of(years: Sequence[Incomes]) -> Orders:
    """Return the orders of the incomes of the income year and the two before it; ties keep the households' order."""
    return Orders(
        {scale: np.argsort(income, kind="stable") for scale, income in years[0].equivalised().items()},
        tuple(np.argsort(year.after_tax / year.units_eu, kind="stable") for year in years[1:]),
    )


@dataclass(frozen=True, slots=True)
class LawMeasures:
    """The measures of one law, and the lines they were taken with."""

    measured: Measured
    lines: dict[str, Nok]
    equivalised: dict[Scale, Floats]


def measure(
    years: Sequence[Incomes], totals: Mapping[str, float], frame: Frame, orders: Orders | None = None
) -> LawMeasures:
    """Return budget, low income, persistent low income and inequality of one law.

    Args:
        years: Incomes in the income year and the two before it, in that order.
        totals: Weighted sums of the instruments in the income year, NOK a year.
        frame: Who is counted.
        orders: `orders_of(years)`, when the same incomes are measured with many weights.
    """
    equivalised = years[0].equivalised()
    known = Orders({}, ()) if orders is None else orders
    distributions = {
        scale: Distribution(income, frame.persons, known.scales.get(scale)) for scale, income in equivalised.items()
    }
    lines = low_income_lines(distributions)
    earlier = [year.after_tax / year.units_eu for year in years[1:]]
    medians = [distributions["eu"].quantile(0.5)]
    medians += [
        Distribution(income, frame.persons, order).quantile(0.5)
        for income, order in zip_longest(earlier, known.earlier)
    ]
    return LawMeasures(
        measured={
            "budget": budget(totals),
            "low_income": low_income(equivalised, frame, lines),
            "persistent_low_income": persistent_low_income([equivalised["eu"], *earlier], medians, frame),
            "inequality": distributions["eu"].inequality(),
        },
        lines=lines,
        equivalised=equivalised,
    )


def difference(after: Measured, before: Measured) -> Measured:
    """Return after - before, number by number.

    >>> difference({"a": 3.0, "b": {"c": 1.0}}, {"a": 1.0, "b": {"c": 4.0}})
    {'a': 2.0, 'b': {'c': -3.0}}
    """
    changed: dict[str, float | Measured] = {}
    for name, value in after.items():
        old = before[name]
        if isinstance(value, float) and isinstance(old, float):
            changed[name] = value - old
        elif not isinstance(value, float) and not isinstance(old, float):
            changed[name] = difference(value, old)
    return changed


def pick(measured: Measured, path: str) -> float | Measured:
    """Return the number or group of numbers at a dotted path, such as `change.budget.net`.

    Raises:
        MikrosimError: When the path leads nowhere; the message names the nearest measure.
    """
    found: float | Measured = measured
    for depth, name in enumerate(parts := path.split(".")):
        known = {} if isinstance(found, float) else found
        if name not in known:
            so_far = ".".join(parts[:depth]) or "the result"
            listed = f" (it has {', '.join(known)})" if known else ""
            raise MikrosimError(path, f"no measure {name!r} in {so_far}{did_you_mean(name, known)}{listed}")
        found = known[name]
    return found


def number_at(measured: Measured, path: str) -> float:
    """Return the one number at a dotted path.

    Raises:
        MikrosimError: When the path leads nowhere, or to a group of numbers.
    """
    found = pick(measured, path)
    if not isinstance(found, float):
        raise MikrosimError(path, f"a group of measures; choose one of {', '.join(found)}")
    return found
