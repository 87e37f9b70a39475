"""Effective marginal and participation tax rates, and how many face high ones.

Definitions: Carone, Immervoll, Paturot and Salomäki (2004), Indicators of unemployment and low-wage traps, OECD Social,
Employment and Migration Working Papers 18: the part of additional earnings, or of all earnings of a job, that taxes and
lost benefits take. Income is that of the whole household; take it net of child care to count prices that rise with
income, or care that work makes necessary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.measures.distribution import Distribution, ratio, ratios, weighted_sum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mikrosim.measures.groups import Groups
    from mikrosim.units import Bools, Floats, Share

HIGH_RATES: tuple[Share, ...] = (0.6, 0.7, 0.8)
ROUNDING = 1e-9
"""A rate of 60 % from amounts in whole kroner is not above 60 %, whatever the last binary digit says."""


def effective_marginal_tax_rate(before: Floats, after: Floats, extra: Floats) -> Floats:
    """Return the share of extra earnings that the household does not keep; NaN where there are none.

    Args:
        before: Household income after tax, NOK a year, one value per person or household who could earn more.
        after: The same with the extra earnings.
        extra: The extra earnings before tax, NOK a year.

    Above 1 the household is worse off for earning more; below 0 it gets more than it earns.

    >>> effective_marginal_tax_rate(np.array([500.0]), np.array([540.0]), np.array([100.0]))
    array([0.6])
    """
    return 1.0 - ratios(after - before, extra)


def participation_tax_rate(out_of_work: Floats, in_work: Floats, earnings: Floats) -> Floats:
    """Return the share of a job's earnings that taxes and lost benefits take; NaN where there are none.

    Args:
        out_of_work: Household income after tax if the person does not work, NOK a year, one value per person.
        in_work: The same with the person's work.
        earnings: What the person earns in work before tax, NOK a year.
    """
    return 1.0 - ratios(in_work - out_of_work, earnings)


def share_facing(rates: Floats, weight: Floats, limits: Sequence[Share] = HIGH_RATES) -> dict[str, float]:
    """Return the mean and median rate, and the shares with a rate above each limit: `above_60`, `above_70` ...

    Args:
        rates: Effective rates; NaN leaves a row out.
        weight: How many persons each row stands for.
        limits: Shares of the earnings.
    """
    rates, weight = _known(rates, weight)
    whole = float(weight.sum())
    above = {_name(limit): ratio(float(weight[rates > limit + ROUNDING].sum()), whole) for limit in limits}
    return {
        "mean": ratio(weighted_sum(rates, weight), whole),
        "median": Distribution(rates, weight).quantile(0.5),
        **above,
    }


def share_facing_by_group(
    rates: Floats, weight: Floats, groups: Groups, limits: Sequence[Share] = HIGH_RATES
) -> dict[str, Floats]:
    """Return each group's share with a rate above each limit, not shrunk; NaN in a group without known rates.

    Args:
        rates: Effective rates, row by row of the groups; NaN leaves a row out.
        weight: How many persons each row stands for.
        groups: The groups.
        limits: Shares of the earnings.
    """
    known: Bools = ~np.isnan(rates)
    counted = np.where(known, weight, 0.0)
    filled = np.where(known, rates, 0.0)
    return {_name(limit): groups.shares(filled > limit + ROUNDING, counted) for limit in limits}


def _known(rates: Floats, weight: Floats) -> tuple[Floats, Floats]:
    known = ~np.isnan(rates) & (weight > 0.0)
    return rates[known], weight[known]


def _name(limit: Share) -> str:
    return f"above_{round(100 * limit)}"
