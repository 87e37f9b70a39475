"""Engangsstønad: a lump sum for each birth to a mother without a right to foreldrepenger.

The receiver is the child's mother (first parent) if she lives in the household, else its father, in the month
of birth. A parent without foreldrepenger in the year, whose income gives a right to it, is taken to have it in the
next year. Not modelled: adoption, and choosing the lump sum instead of foreldrepenger.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import MONTHS_IN_YEAR
from mikrosim.law.grunnbelop.grunnbelop import GrunnbelopLaw
from mikrosim.law.rule import fathers, mothers, rule, sum_of, to_receiving_parent
from mikrosim.units import Count, Nok


class EngangsstonadLaw(NamedTuple):
    """Amount and conditions."""

    amount: float
    membership_months: float
    foreldrepenger_income_g: float


# Work, and what counts as work in the earning of a right to foreldrepenger (folketrygdloven § 14-6)
foreldrepenger_earning_income = sum_of("wage", "self_employment_income", "dagpenger", "sykepenger", "aap")

mothers_foreldrepenger = mothers("foreldrepenger")
fathers_foreldrepenger = fathers("foreldrepenger")
mothers_foreldrepenger_earning_income = mothers("foreldrepenger_earning_income")
fathers_foreldrepenger_earning_income = fathers("foreldrepenger_earning_income")


@rule(of="child")
def has_engangsstonad_month(
    year: int,
    month: int,
    birth_year: int,
    birth_month: int,
    mother: int,
    mothers_foreldrepenger: Nok,
    fathers_foreldrepenger: Nok,
    mothers_foreldrepenger_earning_income: Nok,
    fathers_foreldrepenger_earning_income: Nok,
    mothers_residence_years: Count,
    fathers_residence_years: Count,
    law: EngangsstonadLaw,
    grunnbelop: GrunnbelopLaw,
) -> bool:
    """Return whether the child is born this month to a receiver without a right to foreldrepenger.

    The year's income stands for the annual income that the earning of a right is held against.

    Statute: folketrygdloven §§ 14-6, 14-7 and 14-17.
    Units: NOK a year; completed years of residence stand for membership.
    """
    if year != birth_year or month != birth_month:
        return False
    foreldrepenger = mothers_foreldrepenger
    income = mothers_foreldrepenger_earning_income
    years = mothers_residence_years
    if mother < 0:
        foreldrepenger = fathers_foreldrepenger
        income = fathers_foreldrepenger_earning_income
        years = fathers_residence_years
    earned = foreldrepenger > 0.0 or income >= law.foreldrepenger_income_g * grunnbelop.amount
    return not earned and years * MONTHS_IN_YEAR >= law.membership_months


@rule(of="child")
def engangsstonad_child_month(has_engangsstonad_month: bool, law: EngangsstonadLaw) -> Nok:
    """Return the lump sum for the child, in the month of birth.

    Statute: folketrygdloven § 14-17.
    Units: NOK a month.
    """
    return law.amount if has_engangsstonad_month else 0.0


engangsstonad_month = to_receiving_parent("engangsstonad_child_month")
