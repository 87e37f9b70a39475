"""What is paid of the ordinary barnetrygd where a reform tapers it against income; all of it under the law in force.

Utvidet barnetrygd and the supplements are not tapered. The income is that of the year before, so that a tax on
barnetrygd and the taper do not wait for each other.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import MONTHS_IN_YEAR
from mikrosim.law.rule import rule, total
from mikrosim.units import Nok


class AvkortingLaw(NamedTuple):
    """The share of income that is taken off, and the income that is left alone."""

    rate: float
    free_income: float


ordinaer_barnetrygd_family_month = total("ordinaer_barnetrygd_child_month", over="family")


@rule(of="child")
def ordinaer_barnetrygd_paid_child_month(
    ordinaer_barnetrygd_child_month: Nok,
    ordinaer_barnetrygd_family_month: Nok,
    family_income_previous_year: Nok,
    law: AvkortingLaw,
) -> Nok:
    """Return what is paid of the child's ordinary barnetrygd.

    A share of the income above the free amount is taken off the family's, in proportion from each child's, until
    nothing is left.

    Statute: none yet; barnetrygdloven § 10 gives barnetrygd whatever the income.
    Units: NOK a month; income NOK a year; a tapered amount is not rounded.
    """
    if law.rate == 0.0 or ordinaer_barnetrygd_family_month <= 0.0:
        return ordinaer_barnetrygd_child_month
    taken_off = law.rate * max(family_income_previous_year - law.free_income, 0.0) / MONTHS_IN_YEAR
    return ordinaer_barnetrygd_child_month * max(1.0 - taken_off / ordinaer_barnetrygd_family_month, 0.0)
