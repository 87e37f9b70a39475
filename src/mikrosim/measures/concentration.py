"""Where the money goes: to the lowest deciles, to families below the line, and per child lifted over it.

Spending is what households receive net: the change of their income net of child care, or one benefit. Households that
lose count as negative spending, so that a share may lie outside 0-1 where a reform moves money in both directions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.measures.distribution import ratio, ratios

if TYPE_CHECKING:
    from mikrosim.measures.ranked import RankedGroups
    from mikrosim.units import Bools, Floats, Nok

LOWEST_GROUPS = (1, 2, 3, 4)


def share_by_decile(amount: Floats, weight: Floats, ranked: RankedGroups) -> Floats:
    """Return each tenth's share of an amount, poorest first; NaN where there is none.

    Args:
        amount: NOK a year of each household, or a count such as its children below the line.
        weight: How many households each stands for.
        ranked: Persons in tenths; amounts of households that are not ranked are left out.
    """
    totals = ranked.totals(amount * weight)
    return ratios(totals, np.full(len(totals), totals.sum()))


def share_reaching(amount: Floats, weight: Floats, chosen: Bools) -> float:
    """Return the share of an amount that the chosen households receive, such as families below the line.

    Args:
        amount: NOK a year of each household.
        weight: How many households each stands for.
        chosen: One value per household.
    """
    spent = amount * weight
    return ratio(float(spent[chosen].sum()), float(spent.sum()))


def cost_per_lifted(cost: Nok, below_before: float, below_after: float) -> float:
    """Return the cost for each person or child lifted over the line, NOK a year; NaN where none is lifted.

    Args:
        cost: Net cost to the public purse, NOK a year.
        below_before: Persons below the line under the baseline.
        below_after: Persons below the line under the reform, with the same line.
    """
    lifted = below_before - below_after
    return cost / lifted if lifted > 0.0 else float("nan")


def concentration_of_spending(
    spending: Floats, weight: Floats, ranked: RankedGroups, low: Bools, children: Floats
) -> dict[str, float]:
    """Return how concentrated a reform's spending is on those with least.

    Args:
        spending: Change of each household's income net of child care, or a benefit, NOK a year.
        weight: How many households each stands for.
        ranked: Persons in tenths by the baseline's income per consumption unit.
        low: Whether the household is below the baseline's line.
        children: Children of each household, weighted or not.

    `lowest_10` to `lowest_40`: the share that the lowest one to four tenths receive of what reaches the ranked;
    `below_line` and `families_below_line`: the shares that reach households, and households with children, below the
    line; `families`: the share that reaches households with children.
    """
    shares = np.cumsum(share_by_decile(spending, weight, ranked))
    family = children > 0.0
    return {
        **{f"lowest_{100 * one // ranked.groups}": float(shares[one - 1]) for one in LOWEST_GROUPS},
        "families": share_reaching(spending, weight, family),
        "below_line": share_reaching(spending, weight, low),
        "families_below_line": share_reaching(spending, weight, low & family),
    }
