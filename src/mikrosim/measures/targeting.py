"""How universal and how targeted a benefit is: who gets it, and how much of it meets a need.

Sources: Beckerman (1979), The impact of income maintenance payments on poverty in Britain, Economic Journal 89
(vertical expenditure efficiency, poverty reduction efficiency, spillover, poverty gap efficiency); Kakwani (1977),
Measurement of tax progressivity, Economic Journal 87 (concentration coefficient); Korpi and Palme (1998), The paradox
of redistribution, American Sociological Review 63 (its use as an index of targeting).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.measures.concentration import share_by_decile
from mikrosim.measures.distribution import ratio, weighted_sum

if TYPE_CHECKING:
    from mikrosim.measures.ranked import RankedGroups
    from mikrosim.units import Floats, Nok


def benefit_and_need(benefit: Floats, need: Floats, weight: Floats, ranked: RankedGroups) -> list[dict[str, float]]:
    """Return each tenth's share of a benefit beside its share of the need, poorest first.

    Args:
        benefit: NOK a year of each household.
        need: What the benefit is to meet, such as the household's children below the line or its shortfall.
        weight: How many households each stands for.
        ranked: Persons in tenths, by income per consumption unit without the benefit or with it.
    """
    shares = share_by_decile(benefit, weight, ranked), share_by_decile(need, weight, ranked)
    return [{"benefit_share": float(given), "need_share": float(needed)} for given, needed in zip(*shares, strict=True)]


def coverage(benefit: Floats, persons: Floats, low: Floats | None = None) -> float:
    """Return the share of persons, or of those below the line, whose household receives the benefit.

    Args:
        benefit: NOK a year of each household.
        persons: Weighted persons of each household, or its children.
        low: 1 for households below the line, else 0; all by default.
    """
    whole = persons if low is None else persons * low
    return ratio(float(whole[benefit > 0.0].sum()), float(whole.sum()))


def concentration_coefficient(benefit: Floats, weight: Floats, ranked_by: Floats, persons: Floats) -> float:
    """Return the concentration coefficient: -1 all to the poorest, 0 the same to each person, 1 all to the richest.

    Args:
        benefit: NOK a year of each household, shared evenly among its persons.
        weight: How many households each stands for.
        ranked_by: Income per consumption unit that orders households; those with equal income count as one.
        persons: Weighted persons of each household; those of weight 0 are left out.
    """
    counted = np.flatnonzero(persons > 0.0)
    _, place = np.unique(ranked_by[counted], return_inverse=True)
    size: Floats = np.bincount(place, weights=persons[counted]).astype(np.float64)
    given: Floats = np.bincount(place, weights=(benefit * weight)[counted]).astype(np.float64)
    curve = np.cumsum(given)
    area = weighted_sum(2.0 * curve - given, size)
    return 1.0 - ratio(area, float(given.sum() * size.sum())) if len(given) else float("nan")


def targeting(benefit: Floats, income: Floats, units: Floats, line: Nok, weight: Floats) -> dict[str, float]:
    """Return Beckerman's measures of how a benefit meets the shortfall of those below the line.

    Args:
        benefit: NOK a year of each household, not negative.
        income: Income after tax with the benefit, NOK a year, one value per household.
        units: Consumption units of each household.
        line: NOK per consumption unit and year.
        weight: How many households each stands for.

    `vertical_efficiency`: share of the benefit that goes to households below the line before it;
    `poverty_reduction_efficiency`: share that fills their shortfall; `spillover`: share of what they get that lifts
    them further than to the line; `gap_filled`: share of the shortfall before it that it fills. Before it is income
    less the benefit: tax and other benefits stay.
    """
    lacking = np.maximum(line * units - (income - benefit), 0.0)
    fills = weight * np.minimum(benefit, lacking)
    given = weight * benefit
    to_low, filled, whole = float(given[lacking > 0.0].sum()), float(fills.sum()), float(given.sum())
    return {
        "vertical_efficiency": ratio(to_low, whole),
        "poverty_reduction_efficiency": ratio(filled, whole),
        "spillover": ratio(to_low - filled, to_low),
        "gap_filled": ratio(filled, float((weight * lacking).sum())),
    }
