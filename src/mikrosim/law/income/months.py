"""How a year's income falls on its months, for tests of means that look at the month.

Wages fall on the months in which they were earned (wage_from, wage_to), benefits with months of their own on these.
All else is even over the year: pensions, business and capital, parental benefit, transfers for children, and what is
given as an amount of the year. Holiday pay and half tax in December are not modelled. A test of means adds what the
month has above or below an even part to a twelfth of the year's income, so that twelve months are the year exactly,
and whoever has nothing but even income costs no computation by the month.
"""

from __future__ import annotations

from mikrosim.law.dates import MONTHS_IN_YEAR
from mikrosim.law.rule import helper, rule, sum_of
from mikrosim.units import Nok, Share


@helper
def wage_share(month: int, first: int, last: int) -> Share:
    """Return the part of the year's wage that is earned in a month; months may run on past December into January.

    >>> wage_share(3, 1, 4), wage_share(5, 1, 4)
    (0.25, 0.0)
    >>> wage_share(11, 11, 2), wage_share(2, 11, 2), wage_share(3, 11, 2)
    (0.25, 0.25, 0.0)
    """
    if first <= last:
        return 1.0 / (last - first + 1) if first <= month <= last else 0.0
    return 1.0 / (MONTHS_IN_YEAR - first + 1 + last) if month >= first or month <= last else 0.0


@rule(of="recipient")
def wage_paid_month(month: int, wage: Nok, wage_from: int, wage_to: int) -> Nok:
    """Return the month's wage: an even part of the year's in the months of work, nothing in the others.

    Statute: none; an account of this model.
    Units: NOK a month; wage NOK a year; months 1 to 12, from later than to where work runs on past December.
    """
    return wage * wage_share(month, wage_from, wage_to)


fortnightly_benefits_month = sum_of("dagpenger_paid_month", "aap_paid_month", of="recipient")
wages_and_monthly_benefits_month = sum_of(
    "wage_paid_month",
    "sykepenger_paid_month",
    "uforetrygd_paid_month",
    "kvalifiseringsstonad_paid_month",
    "introduksjonsstonad_paid_month",
    of="recipient",
)


@rule
def share_left_after_tax(income_before_means_tested: Nok, skatt: Nok) -> Share:
    """Return what the year's tax leaves of a krone of the person's income, on average.

    Tax is settled for the year, and what is withheld in a month hangs on a tax card that nobody knows here; at the
    average rate the months' taxes are the year's exactly.

    Statute: none; an account of this model.
    Units: share.
    """
    if income_before_means_tested <= 0.0:
        return 1.0
    return max(1.0 - skatt / income_before_means_tested, 0.0)
