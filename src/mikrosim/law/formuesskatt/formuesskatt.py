"""Formuesskatt: the tax of municipality and state on net wealth above an allowance, spouses assessed together.

`net_wealth` is taxable net wealth as assessed: valuation is done before it comes here. Not modelled, therefore:
the valuation of homes (25 per cent, more above a limit that counts per dwelling and not per owner), of shares and
of business assets, and debt reduced with them (skatteloven §§ 4-10 to 4-19); a reform of those cannot be computed.
Not modelled either: the lower rate of Bø municipality (0.2 per cent from 2021; all others take the highest), children's
wealth taxed with their parents until the year they turn 16 (§ 2-14), couples in their first year of marriage or
separated (§ 2-12), payment put off.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.rule import helper, partners, rule, sum_of
from mikrosim.units import Count, Nok, Share

COHABITING_WITH_CHILDREN = 4
"""The household type of cohabitants with children."""


class FormuesskattLaw(NamedTuple):
    """The allowance of one person, the rates, and where the state's higher rate begins for one person."""

    bunnfradrag: Nok
    kommune_rate: Share
    stat_rate: Share
    stat_rate_high: Share
    stat_high_from: Nok


partners_net_wealth = partners("net_wealth")


@rule
def is_taxed_with_spouse(partner: Count, household_type: Count) -> bool:
    """Return whether the person's wealth is taxed together with that of a spouse.

    Cohabitants are taxed apart, but for pensioners with children together or formerly married to each other, who
    are not told from the rest. A couple is taken to be married unless its household is known as cohabitants with
    children: other couples, and couples in household files, are not marked as cohabiting.

    >>> is_taxed_with_spouse(5, 3), is_taxed_with_spouse(5, 0), is_taxed_with_spouse(5, 4), is_taxed_with_spouse(-1, 1)
    (True, True, False, False)

    Statute: skatteloven §§ 2-10 and 2-16.
    Units: yes or no.
    """
    return partner >= 0 and household_type != COHABITING_WITH_CHILDREN


@helper
def wealth_above(net_wealth: float, partners_net_wealth: float, together: bool, limit: float) -> float:
    """Return the person's part of the net wealth above a limit, which spouses have twice.

    The part follows each spouse's net wealth (skatteloven § 2-13); one in debt has none.

    >>> wealth_above(5000000.0, 0.0, False, 1900000.0), wealth_above(5000000.0, -1000000.0, True, 1900000.0)
    (3100000.0, 200000.0)
    """
    if net_wealth <= 0.0:
        return 0.0
    if not together:
        return max(net_wealth - limit, 0.0)
    share = net_wealth / (net_wealth + max(partners_net_wealth, 0.0))
    return share * max(net_wealth + partners_net_wealth - 2.0 * limit, 0.0)


@rule
def formuesskatt_kommune(
    net_wealth: Nok, partners_net_wealth: Nok, is_taxed_with_spouse: bool, law: FormuesskattLaw
) -> Nok:
    """Return the municipality's tax on net wealth, at the highest rate.

    Statute: Stortingets skattevedtak § 2-3; skatteloven § 2-13.
    Units: NOK a year; wealth NOK at the end of the year; not rounded.
    """
    return law.kommune_rate * wealth_above(net_wealth, partners_net_wealth, is_taxed_with_spouse, law.bunnfradrag)


@rule
def formuesskatt_stat(
    net_wealth: Nok, partners_net_wealth: Nok, is_taxed_with_spouse: bool, law: FormuesskattLaw
) -> Nok:
    """Return the state's tax on net wealth, in two steps.

    Statute: Stortingets skattevedtak § 2-1; skatteloven § 2-13.
    Units: NOK a year; wealth NOK at the end of the year; not rounded.
    """
    above = wealth_above(net_wealth, partners_net_wealth, is_taxed_with_spouse, law.bunnfradrag)
    high_from = max(law.stat_high_from, law.bunnfradrag)
    high = wealth_above(net_wealth, partners_net_wealth, is_taxed_with_spouse, high_from)
    return law.stat_rate * above + (law.stat_rate_high - law.stat_rate) * high


formuesskatt = sum_of("formuesskatt_kommune", "formuesskatt_stat")
