"""Who gains and who loses from a reform: by income decile, and as shares of persons.

Income is the household's after-tax income net of what it pays for child care, so that prices in
kindergarten and after-school care count beside taxes and benefits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrosim.measures.distribution import ratio
from mikrosim.measures.ranked import RankedGroups

if TYPE_CHECKING:
    from mikrosim.measures.frame import Frame
    from mikrosim.units import Bools, Floats, Ints, Nok

UNCHANGED_WITHIN: Nok = 1.0
"""A household whose income moves by less than one krone a year neither gains nor loses."""


def winners_losers(before: Floats, after: Floats, frame: Frame) -> dict[str, dict[str, float]]:
    """Return the shares of persons in households that gain, lose and neither.

    Args:
        before: Household income net of child care under the baseline, NOK a year.
        after: The same under the reform.
        frame: Here all persons count, students' households included.
    """
    change = after - before
    gain, lose = change >= UNCHANGED_WITHIN, change <= -UNCHANGED_WITHIN
    return {
        "all": _shares(gain, lose, frame.everyone),
        "families_with_children": _shares(gain, lose, frame.in_families),
    }


def _shares(gain: Bools, lose: Bools, persons: Floats) -> dict[str, float]:
    whole = float(persons.sum())
    up, down = (ratio(float(persons[chosen].sum()), whole) for chosen in (gain, lose))
    return {"gain": up, "lose": down, "unchanged": 1.0 - up - down}


def deciles(
    ranked_by: Floats, before: Floats, after: Floats, persons: Floats, groups: int = 10, order: Ints | None = None
) -> list[dict[str, float]]:
    """Return the mean change of income in each tenth of persons, poorest first.

    Args:
        ranked_by: Income per consumption unit that places households, NOK a year.
        before: Income net of child care per consumption unit under the baseline, NOK a year.
        after: The same under the reform.
        persons: Weighted persons of each household; those of weight 0 are not ranked.
        groups: How many equally large groups.
        order: `np.argsort(ranked_by, kind="stable")`, when the same incomes are ranked with many weights.

    `mean_change` is NOK per consumption unit and year; `mean_change_percent` is percent (1.5 means
    1.5 %) of the group's mean income before. A household on a border is shared between the groups.
    """
    ranked = RankedGroups(ranked_by, persons, groups, order)
    change, income = ranked.sums(after - before), ranked.sums(before)
    return [
        {"mean_change": float(up / ranked.size) if ranked.size else float("nan"),
         "mean_change_percent": ratio(float(100.0 * up), float(base))}
        for up, base in zip(change, income, strict=True)
    ]  # fmt: skip
