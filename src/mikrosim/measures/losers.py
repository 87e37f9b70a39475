"""The households that lose most, described by their traits and by no number or name of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.measures.changes import UNCHANGED_WITHIN
from mikrosim.measures.distribution import Distribution, ratios

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mikrosim.measures.groups import Groups
    from mikrosim.units import Floats, Share

MOST_ROWS = 20


def largest_losers(
    before: Floats,
    after: Floats,
    weight: Floats,
    traits: Iterable[Groups],
    amounts: Mapping[str, Floats] | None = None,
    rows: int = MOST_ROWS,
) -> list[dict[str, str | float]]:
    """Return the households whose income falls most, the largest loss first; none who lose less than a krone.

    Args:
        before: Household income net of child care under the baseline, NOK a year, one value per household.
        after: The same under the reform.
        weight: How many households each stands for; 0 leaves it out.
        traits: Groups of households whose label describes each one; empty text where it is in none.
        amounts: Further numbers of each household to show, by name.
        rows: At most so many households.

    With real persons' data a row may point to a family: leave out fine traits such as the municipality then.
    """
    change = after - before
    losing = np.flatnonzero((change <= -UNCHANGED_WITHIN) & (weight > 0.0))
    if len(losing) > rows:
        losing = losing[np.argpartition(change[losing], rows - 1)[:rows]]
    # Equal losses stand in the order of the file, so that the table is the same everywhere.
    chosen = losing[np.lexsort((losing, change[losing]))]
    described = list(traits)
    found = []
    for row in chosen.tolist():
        one: dict[str, str | float] = {
            "change": float(change[row]),
            "before": float(before[row]),
            "after": float(after[row]),
            "households": float(weight[row]),
        }
        for trait in described:
            code = int(trait.code[row])
            one[trait.name] = trait.labels[code] if code >= 0 else ""
        one |= {name: float(amount[row]) for name, amount in (amounts or {}).items()}
        found.append(one)
    return found


def losers_by_group(
    change: Floats, weight: Floats, groups: Groups, largest: Share = 0.1
) -> list[dict[str, str | float]]:
    """Return who the losing households are: all of them, and those who lose most, beside all households.

    Args:
        change: Change of the household's income net of child care, NOK a year, one value per household.
        weight: How many households each stands for; 0 leaves it out.
        groups: Groups of households.
        largest: The part of the losing households, those with the largest losses, that `share_of_largest` is of.

    A row for each group that has households: `share_of_households`, `share_of_losers`, `share_of_largest`,
    `households` (how many lose) and `mean_loss` (NOK a year, above 0). Shares are of those in any group. NaN where
    nobody loses; households whose loss equals the last one counted are all taken in.
    """
    losing = (change <= -UNCHANGED_WITHIN) & (weight > 0.0)
    border = Distribution(change[losing], weight[losing]).quantile(largest)
    every, lost, most = (
        groups.totals(weight * chosen) for chosen in (weight > 0.0, losing, losing & (change <= border))
    )
    loss = ratios(groups.totals(-change * weight * losing), lost)
    shares = [ratios(part, np.full(len(part), part.sum())) for part in (every, lost, most)]
    names = ("share_of_households", "share_of_losers", "share_of_largest")
    return [
        {
            "group": label,
            **{name: float(share[place]) for name, share in zip(names, shares, strict=True)},
            "households": float(lost[place]),
            "mean_loss": float(loss[place]),
        }
        for place, label in enumerate(groups.labels)
        if every[place]
    ]
