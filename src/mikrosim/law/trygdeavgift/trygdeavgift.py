"""Trygdeavgift: three rates by type of income, phased in above a lower limit.

Not modelled: the rate of wages on business income from fishing and from care of children at home.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.rule import rule
from mikrosim.units import Count, Nok, Share


class TrygdeavgiftLaw(NamedTuple):
    """Rates, limit and ages."""

    rate_wage: Share
    rate_self_employment: Share
    rate_pension: Share
    lower_limit: Nok
    phase_in_rate: Share
    low_rate_under_age: float
    low_rate_over_age: float


@rule
def trygdeavgift(
    wage_type_personinntekt: Nok,
    pension_type_income: Nok,
    self_employment_income: Nok,
    personinntekt: Nok,
    birth_year: Count,
    year: Count,
    law: TrygdeavgiftLaw,
) -> Nok:
    """Return the contribution by type of income, at most a share of personinntekt above the limit.

    The young and the old pay the low rate, that of pensions, on wages and business income too.

    Statute: folketrygdloven § 23-3.
    Units: NOK a year; not rounded.
    """
    age = year - birth_year
    low = age < law.low_rate_under_age or age > law.low_rate_over_age
    rate_wage = law.rate_pension if low else law.rate_wage
    rate_self_employment = law.rate_pension if low else law.rate_self_employment
    by_type = (
        rate_wage * wage_type_personinntekt
        + law.rate_pension * pension_type_income
        + rate_self_employment * max(self_employment_income, 0.0)
    )
    return min(by_type, law.phase_in_rate * max(personinntekt - law.lower_limit, 0.0))
