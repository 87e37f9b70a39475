"""Measures of small groups, pulled towards the wider group's where the sample is small, and flagged.

The estimator is a composite one: `share x the group's own figure + (1 - share) x the wider group's`, with a share that
grows with the sample and is 1 from a minimum on. It is the sample-size dependent estimator of Drew, Singh and Choudhry
(1982), Evaluation of small area estimation techniques for the Canadian Labour Force Survey, Survey Methodology 8;
Rao and Molina (2015), Small Area Estimation, 2nd ed., chapter 3. An empirical Bayes share would depend on the figure
itself; one that depends on the sample only has the same share in baseline and reform, so that the shrunk change is the
difference of the shrunk figures, and serves shares, means, medians and Gini coefficients alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.measures.groups import Groups

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mikrosim.units import Bools, Floats, Ints

MINIMUM_SAMPLE = 100
"""Households of the sample from which a group stands on its own. A share of 10 % then has a standard error of 3 points
under simple random sampling, more with unequal weights."""


class Estimates(NamedTuple):
    """One measure of every group.

    Args:
        value: The measure, shrunk where `shrunk` says so.
        households: The households of the sample that the group rests on.
        shrunk: Whether there were fewer than the minimum.
        own_share: The weight of the group's own figure in `value`, 0-1.
    """

    value: Floats
    households: Ints
    shrunk: Bools
    own_share: Floats


def composite(
    groups: Groups,
    measure: Callable[[Groups], Floats],
    counted: Bools | None = None,
    minimum: int = MINIMUM_SAMPLE,
) -> Estimates:
    """Return a measure of every group, with those of a small sample pulled towards the wider group.

    Args:
        groups: The groups; `groups.wider` names the larger ones, themselves shrunk if small, or all rows.
        measure: Takes groups and returns one value for each, NaN where it has none:
            `lambda each: each.shares(low, persons)`; or several, of shape (measures, groups), and so are the estimates.
        counted: The rows that the measure counts, for the size of the sample; all by default.
        minimum: Households from which a group is left as it is.

    A group whose own figure is NaN gets the wider group's.
    """
    own = np.asarray(measure(groups), np.float64)
    households = groups.sample(counted)
    share = np.where(np.isnan(own), 0.0, np.minimum(households / minimum, 1.0))
    shrunk = share < 1.0
    if not shrunk.any():
        return Estimates(own, households, shrunk, share)
    if groups.wider is not None and groups.parent is not None:
        towards = composite(groups.wider, measure, counted, minimum).value[..., groups.parent]
    else:
        towards = np.asarray(measure(groups.whole()), np.float64)
    value = share * np.where(np.isnan(own), 0.0, own) + (1.0 - share) * towards
    return Estimates(np.where(shrunk, value, own), households, shrunk, share)


def table(groups: Groups, measures: Mapping[str, Estimates]) -> list[dict[str, str | float | int | bool]]:
    """Return one row for each group: its label, the households behind it, whether it was shrunk, and the measures.

    Args:
        groups: The groups of all the measures.
        measures: By name; those of one table rest on the same rows.
    """
    rows: list[dict[str, str | float | int | bool]] = []
    for place, label in enumerate(groups.labels):
        row: dict[str, str | float | int | bool] = {"group": label}
        for name, one in measures.items():
            row |= {"households": int(one.households[place]), "shrunk": bool(one.shrunk[place])}
            row[name] = float(one.value[place])
        rows.append(row)
    return rows
