"""Stønad til barnetilsyn: part of the costs of child care of a single parent who works.

The costs are what the parent pays for kindergarten and SFO. SFO ends with the fourth grade, and so does the
benefit. Of those who meet the conditions the share take_up have it. Not modelled: other care than kindergarten
and SFO, older children with special needs, short illness and job search, five years of membership, having clearly
more of the daily care than the other parent, and incomes that the statute treats as work income, such as
sykepenger.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import MONTHS_IN_YEAR
from mikrosim.law.grunnbelop.grunnbelop import GrunnbelopLaw
from mikrosim.law.rounding import round_up
from mikrosim.law.rule import parents_total, rule, to_first_parent, total
from mikrosim.units import Nok

MOST_CHILDREN = 3


class StonadTilBarnetilsynLaw(NamedTuple):
    """Share of costs, the highest amount for one, two, and three or more children, the income limit and the take-up."""

    cost_share: float
    max_by_children: tuple[float, float, float]
    income_limit_g: float
    take_up: float


@rule(of="child")
def has_care_costs_month(foreldrebetaling_barnehage_child_month: Nok, foreldrebetaling_sfo_child_month: Nok) -> bool:
    """Return whether the parents pay for care of the child this month.

    Statute: folketrygdloven § 15-10.
    Units: yes or no.
    """
    return foreldrebetaling_barnehage_child_month + foreldrebetaling_sfo_child_month > 0.0


@rule(of="child")
def barnetilsyn_cost_child_month(
    has_care_costs_month: bool,
    foreldrebetaling_barnehage_child_month: Nok,
    foreldrebetaling_sfo_child_month: Nok,
    kontantstotte_child_month: Nok,
) -> Nok:
    """Return the costs of care of the child, less its kontantstøtte.

    Statute: folketrygdloven § 15-10.
    Units: NOK a month; below 0 where kontantstøtte is more than the costs.
    """
    if not has_care_costs_month:
        return 0.0
    return foreldrebetaling_barnehage_child_month + foreldrebetaling_sfo_child_month - kontantstotte_child_month


barnetilsyn_children_month = total("has_care_costs_month", over="family")
barnetilsyn_cost_family_month = total("barnetilsyn_cost_child_month", over="family")
family_tilleggsstonad_pass_av_barn = parents_total("tilleggsstonad_pass_av_barn")


@rule(of="family")
def has_stonad_til_barnetilsyn_month(
    sole_providers: float,
    family_work_income: Nok,
    take_up: float,
    law: StonadTilBarnetilsynLaw,
    grunnbelop: GrunnbelopLaw,
) -> bool:
    """Return whether the family has a single provider who works, has no income above the limit, and applies.

    Statute: folketrygdloven §§ 15-4 and 15-10.
    Units: NOK a year, against G of the month.
    """
    works = family_work_income > 0.0 and family_work_income <= law.income_limit_g * grunnbelop.amount
    return sole_providers > 0.0 and works and take_up < law.take_up


@rule(of="family")
def stonad_til_barnetilsyn_family_month(
    has_stonad_til_barnetilsyn_month: bool,
    barnetilsyn_children_month: float,
    barnetilsyn_cost_family_month: Nok,
    family_tilleggsstonad_pass_av_barn: Nok,
    law: StonadTilBarnetilsynLaw,
) -> Nok:
    """Return the benefit: a share of the costs, up to the highest amount, less tilleggsstønad for the same care.

    Kontantstøtte is taken from the costs before the share, tilleggsstønad after the highest amount.

    Statute: folketrygdloven § 15-10.
    Units: NOK a month, tilleggsstønad NOK a year; rounded up to whole kroner.
    """
    if not has_stonad_til_barnetilsyn_month or barnetilsyn_children_month < 1.0:
        return 0.0
    most = law.max_by_children[min(int(barnetilsyn_children_month), MOST_CHILDREN) - 1]
    amount = min(law.cost_share * max(0.0, barnetilsyn_cost_family_month), most)
    return max(0.0, round_up(amount - family_tilleggsstonad_pass_av_barn / MONTHS_IN_YEAR))


stonad_til_barnetilsyn_month = to_first_parent("stonad_til_barnetilsyn_family_month")
