"""Households or persons divided into named groups, and sums, means and quantiles of each group.

All values come row by row: one per household for groups of households, one per person for groups of persons
(`Groups.rows` carries households' values to the rows). Rows in no group have code -1 and count nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.measures.distribution import ROUNDING, ratios

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from mikrosim.units import Bools, Floats, Ints, Share


MOST_SAMPLES = 4
"""Sets of counted rows whose households are remembered."""


@dataclass(frozen=True, eq=False)
class Groups:
    """A division of households, or of persons, such as family types or municipalities.

    Args:
        name: What divides them: `family_type`.
        labels: The name of each group.
        code: The group of each row, -1 for none.
        home: For groups of persons, the household (row number) of each; None for groups of households.
        wider: Larger groups of the same rows that a small group is pulled towards; None stands for all rows together.
        parent: The wider group of each group; needed with `wider`.
    """

    name: str
    labels: tuple[str, ...]
    code: NDArray[np.integer[Any]]
    home: NDArray[np.integer[Any]] | None = None
    wider: Groups | None = None
    parent: Ints | None = None

    def whole(self) -> Groups:
        """Return all rows, in a group or in none, as one group."""
        return Groups("whole", ("all",), np.zeros(len(self.code), np.int8), self.home)

    def rows(self, value: NDArray[Any]) -> NDArray[Any]:
        """Return a value of each household for each row."""
        return value if self.home is None else value[self.home]

    def totals(self, amount: Floats) -> Floats:
        """Return each group's sum."""
        return np.bincount(self._places, weights=amount, minlength=len(self.labels) + 1).astype(np.float64, copy=False)[
            1:
        ]

    @cached_property
    def _places(self) -> Ints:
        """The place of each row's group; code -1 is counted in a place of its own, before the others."""
        return self.code.astype(np.intp) + 1

    def order(self, value: NDArray[Any], lowest_first: Ints | None = None) -> Ints:
        """Return the rows by group, those of one group from the lowest value up; ties keep the rows' order.

        Args:
            value: Row by row.
            lowest_first: For groups of households, the stable order of the values, when it is known.
        """
        if lowest_first is None or self.home is not None:
            lowest_first = np.argsort(value, kind="stable")
        return lowest_first[np.argsort(self.code[lowest_first], kind="stable")]

    def means(self, value: Floats | Bools, weight: Floats) -> Floats:
        """Return each group's weighted mean, NaN without weight.

        Args:
            value: Row by row; or several values, of shape (values, rows), for means of shape (values, groups).
            weight: Row by row.
        """
        if value.ndim == 1:
            return ratios(self.totals(value * weight), self.totals(weight))
        sums = np.array([self.totals(one * weight) for one in value]).reshape(len(value), len(self.labels))
        return ratios(sums, np.broadcast_to(self.totals(weight), sums.shape))

    def shares(self, chosen: Bools, weight: Floats) -> Floats:
        """Return the share of each group's weight that the chosen rows have, NaN without weight."""
        return ratios(self.totals(chosen * weight), self.totals(weight))

    def quantiles(self, value: Floats, weight: Floats, share: Share = 0.5, order: Ints | None = None) -> Floats:
        """Return a weighted quantile in each group, as `Distribution.quantile` defines it; NaN without weight.

        Args:
            value: Row by row.
            weight: Row by row; rows of weight 0 are left out.
            share: The part of the weight that does not exceed the quantile.
            order: `order(value)`, when the same values are asked with many weights.
        """
        order = self.order(value) if order is None else order
        order = order[(weight[order] > 0.0) & (self.code[order] >= 0)]
        found = np.full(len(self.labels), np.nan)
        for group, (start, stop) in enumerate(self._spans(self.code[order])):
            if start < stop:
                reached = np.cumsum(weight[order[start:stop]])
                place = int(np.searchsorted(reached, share * reached[-1] * (1.0 - ROUNDING)))
                found[group] = value[order[min(start + place, stop - 1)]]
        return found

    def ginis(self, income: Floats, weight: Floats, order: Ints | None = None) -> Floats:
        """Return each group's Gini coefficient, as `Distribution.inequality` defines it; NaN without weight.

        Args:
            income: Row by row; below 0 it counts as 0.
            weight: Row by row.
            order: `order(income)`, when the same incomes are asked with many weights.
        """
        order = self.order(income) if order is None else order
        order = order[np.searchsorted(self.code[order], 0) :]
        persons = weight[order]
        amount = np.maximum(income[order], 0.0) * persons
        lorenz = np.cumsum(amount)
        ends = np.searchsorted(self.code[order], np.arange(len(self.labels) + 1))
        reached = np.concatenate(([0.0], lorenz))[ends]
        # The curve of each group starts at 0: what the groups before it have is taken away.
        heights = 2.0 * lorenz - amount - 2.0 * np.repeat(reached[:-1], np.diff(ends))
        area = np.bincount(self.code[order], weights=heights * persons, minlength=len(self.labels)).astype(np.float64)
        return 1.0 - ratios(area, np.diff(reached) * self.totals(weight))

    def each(self, measure: Callable[..., float], *values: NDArray[Any]) -> Floats:
        """Return any measure of arrays, taken in each group by itself; NaN in a group without rows.

        >>> groups = Groups("sex", ("men", "women"), np.array([0, 1, 1]))
        >>> groups.each(lambda income: income.max(), np.array([3.0, 1.0, 2.0]))
        array([3., 2.])
        """
        order = np.argsort(self.code, kind="stable")
        found = np.full(len(self.labels), np.nan)
        for group, (start, stop) in enumerate(self._spans(self.code[order])):
            if start < stop:
                chosen = order[start:stop]
                found[group] = measure(*(value[chosen] for value in values))
        return found

    def sample(self, counted: Bools | None = None) -> Ints:
        """Return how many households of the sample each group rests on, whatever their weights.

        Args:
            counted: The rows that the measure counts; all by default. A household counts once in a group, however
                many of its members are in it.
        """
        known = self._samples.get(id(counted))
        if known is None or known[0] is not counted:
            known = self._samples[id(counted)] = (counted, self._households(counted))
            if len(self._samples) > MOST_SAMPLES:
                del self._samples[next(iter(self._samples))]
        return known[1]

    @cached_property
    def _samples(self) -> dict[int, tuple[Bools | None, Ints]]:
        """The last answers of `sample`, with the rows they are of: many measures count the same rows."""
        return {}

    def _households(self, counted: Bools | None) -> Ints:
        inside = self.code >= 0 if counted is None else (self.code >= 0) & counted
        code = self.code[inside].astype(np.int64)
        if self.home is None:
            return np.bincount(code, minlength=len(self.labels))
        homes = int(self.home.max()) + 1 if len(self.home) else 0
        seen = np.zeros((len(self.labels), homes), np.bool_)
        seen[code, self.home[inside]] = True
        number: Ints = np.count_nonzero(seen, axis=1)
        return number

    def _spans(self, code: NDArray[np.integer[Any]]) -> Iterator[tuple[int, int]]:
        """Yield where each group begins and ends among sorted codes."""
        ends = np.searchsorted(code, np.arange(len(self.labels) + 1), side="left").tolist()
        yield from pairwise(ends)
