"""Persons ranked by income and cut into equally large groups, once; then asked for any number of sums and medians."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.measures.distribution import Distribution

if TYPE_CHECKING:
    from mikrosim.units import Bools, Floats, Ints, Share


class RankedGroups:
    """Tenths, or other equal parts, of persons by income, poorest first.

    A household on a border is shared between the groups on both sides, so that each holds exactly its part of the
    persons. Without persons every answer is NaN.

    Args:
        ranked_by: Income per consumption unit that places households, NOK a year.
        persons: Weighted persons of each household; those of weight 0 are not ranked.
        groups: How many equally large groups.
        order: `np.argsort(ranked_by, kind="stable")`, when the same incomes are ranked with many weights.
    """

    def __init__(self, ranked_by: Floats, persons: Floats, groups: int = 10, order: Ints | None = None) -> None:
        counted = persons > 0.0
        # A stable sort: households with equal incomes keep their order, so deciles do not depend on the machine.
        if order is None:
            self.order = np.flatnonzero(counted)[np.argsort(ranked_by[counted], kind="stable")]
        else:
            self.order = order[counted[order]]
        self.groups = groups
        self.weight = persons[self.order]
        self.reached = np.concatenate(([0.0], np.cumsum(self.weight)))
        self.borders = np.linspace(0.0, 1.0, groups + 1) * self.reached[-1]
        self.size = self.reached[-1] / groups

    def totals(self, amount: Floats) -> Floats:
        """Return each group's part of weighted amounts, spread evenly over the household's persons.

        Args:
            amount: What each household stands for in the country: its own amount times its weight.
        """
        if not len(self.order):
            return np.full(self.groups, np.nan)
        cumulated = np.concatenate(([0.0], np.cumsum(amount[self.order])))
        return np.diff(np.interp(self.borders, self.reached, cumulated))

    def sums(self, value: Floats) -> Floats:
        """Return the sum over each group's persons of a value that all members of a household share."""
        if not len(self.order):
            return np.full(self.groups, np.nan)
        cumulated = np.concatenate(([0.0], np.cumsum(value[self.order] * self.weight)))
        return np.diff(np.interp(self.borders, self.reached, cumulated))

    def means(self, value: Floats) -> Floats:
        """Return the mean over each group's persons of a value that all members of a household share."""
        return self.sums(value) / self.size if len(self.order) else self.sums(value)

    def shares(self, chosen: Bools) -> Floats:
        """Return the share of each group's persons who live in the chosen households."""
        return self.means(chosen.astype(np.float64))

    def quantiles(self, value: Floats, share: Share = 0.5) -> Floats:
        """Return a quantile of the value among each group's persons: the median, unless another share is asked for."""
        if not len(self.order):
            return np.full(self.groups, np.nan)
        found = np.empty(self.groups)
        ranked = value[self.order]
        first = np.searchsorted(self.reached, self.borders[:-1], side="right") - 1
        last = np.searchsorted(self.reached, self.borders[1:], side="left")
        for group, (start, stop) in enumerate(zip(first, last, strict=True)):
            inside = np.minimum(self.reached[start + 1 : stop + 1], self.borders[group + 1])
            inside = inside - np.maximum(self.reached[start:stop], self.borders[group])
            found[group] = Distribution(ranked[start:stop], inside).quantile(share)
        return found
