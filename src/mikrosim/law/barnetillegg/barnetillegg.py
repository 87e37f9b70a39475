"""What benefits that replace work count alike: days of benefit, months of a spell, ages, and children supported.

They are paid for five days a week, 260 days a year; every month has a twelfth of these. Ages are those on the
first day of the month, so that a month belongs to the age before the birthday in it. The children are those of the
family, stepchildren too. Not modelled: children who are supported but live elsewhere.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import MONTHS_IN_YEAR, months_since_birth
from mikrosim.law.rounding import round_half_up
from mikrosim.law.rule import helper, rule, total


class BarnetilleggLaw(NamedTuple):
    """Until which age a child gives a supplement to dagpenger, arbeidsavklaringspenger and kvalifiseringsstønad."""

    age_limit: float


@helper
def daily_amount(amount: float) -> float:
    """Return a day's amount in whole kroner, half a krone up; a billionth of a krone is an error of arithmetic.

    >>> daily_amount(0.0024 * 425_625), daily_amount(590.7144)
    (1022.0, 591.0)
    """
    return round_half_up(amount + 1e-9)


@helper
def degree_in_month(month: int, degree: float, first: float, last: float) -> float:
    """Return the share of a full benefit that is paid this month; 0 outside the spell.

    >>> degree_in_month(3, 0.5, 3, 5), degree_in_month(6, 0.5, 3, 5)
    (0.5, 0.0)
    """
    return degree if first <= month <= last else 0.0


@helper
def has_reached(age: float, year: int, month: int, birth_year: int, birth_month: int) -> bool:
    """Return whether a person has reached the age when the month begins; the birthday is taken to come later in it.

    >>> has_reached(18, 2025, 4, 2007, 4), has_reached(18, 2025, 5, 2007, 4)
    (False, True)
    """
    return months_since_birth(year, month, birth_year, birth_month) > age * MONTHS_IN_YEAR


@helper
def is_child_under(age: float, year: int, month: int, birth_year: int, birth_month: int) -> bool:
    """Return whether a child is born when the month begins and has not reached the age.

    >>> is_child_under(18, 2025, 4, 2025, 4), is_child_under(18, 2025, 5, 2025, 4)
    (False, True)
    """
    born = has_reached(0.0, year, month, birth_year, birth_month)
    return born and not has_reached(age, year, month, birth_year, birth_month)


@rule(of="child")
def gives_barnetillegg_month(year: int, month: int, birth_year: int, birth_month: int, law: BarnetilleggLaw) -> bool:
    """Return whether the child is of an age that gives a parent's benefit a supplement.

    Statute: folketrygdloven §§ 4-12 and 11-20; sosialtjenesteloven § 35.
    Units: yes or no.
    """
    return is_child_under(law.age_limit, year, month, birth_year, birth_month)


barnetillegg_children_month = total("gives_barnetillegg_month", over="family")
