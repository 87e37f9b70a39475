"""School meals for pupils of grunnskolen: an in-kind transfer, which no law gives today.

The cost is a public expense and no part of anybody's income: a household's money stays as it is. Not modelled:
municipalities' own meals, what parents save on packed lunches, kitchens and other investments, and pupils who do not
live with a parent.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import SCHOOL_START_AGE, cohort_age
from mikrosim.law.rule import rule, total
from mikrosim.units import Nok


class SkolematLaw(NamedTuple):
    """Cost of a meal, days on which it is served, and grades that have it."""

    cost_per_day: float
    school_days: tuple[float, float, float, float, float, float, float, float, float, float, float, float]
    first_grade: float
    last_grade: float


@rule(of="child")
def skolemat_child_month(year: int, month: int, birth_year: int, law: SkolematLaw) -> Nok:
    """Return what the child's school meals cost: a meal on each school day of a pupil in a grade that has them.

    Statute: none yet; opplæringslova (2023) gives no right to a meal.
    Units: NOK a month.
    """
    grade = cohort_age(year, month, birth_year) - SCHOOL_START_AGE + 1
    if grade < law.first_grade or grade > law.last_grade:
        return 0.0
    return law.cost_per_day * law.school_days[month - 1]


skolemat_month = total("skolemat_child_month", over="household")
