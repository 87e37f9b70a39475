"""Barnebidrag: what the parent who lives elsewhere pays for a child, to the parent it lives with.

The child's cost is divided by the parents' incomes, held against what the payer can bear for all the children,
and lowered by contact. Computed where the other parent's income is given (``other_parent_income``), each month by
the tables of the month, as if it was fixed anew. All children of a family who live with the same parent are taken
to have the same payer. Not modelled: agreements in private, support that runs on with the July index until a
change of 12 per cent, barnetillegg of either parent, pupils in upper secondary school after the age limit, and,
at shared residence, support that the parent in this household owes the other.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.barnebidrag.underholdskostnad import UnderholdskostnadLaw, bidrag_age_group
from mikrosim.law.bidragsforskudd.bidragsforskudd import BidragsforskuddLaw
from mikrosim.law.dates import MONTHS_IN_YEAR, months_since_birth
from mikrosim.law.rounding import round_half_up
from mikrosim.law.rule import fathers, helper, mothers, rule, to_receiving_parent
from mikrosim.units import Count, Nok, Share


class BarnebidragLaw(NamedTuple):
    """The division, the child's own income, ages and contact."""

    highest_share: float
    shared_residence_deduction: float
    child_free_income_factor: float
    child_highest_income_factor: float
    age_limit: float
    samvaersfradrag_klasse_1: tuple[float, float, float, float]
    samvaersfradrag_klasse_2: tuple[float, float, float, float]
    samvaersfradrag_klasse_3: tuple[float, float, float, float]
    samvaersfradrag_klasse_4: tuple[float, float, float, float]


@helper
def to_nearest_ten(amount: float) -> float:
    """Return the amount in whole tens of kroner, half a ten up, counted from whole øre.

    >>> to_nearest_ten(5549.5), to_nearest_ten(5544.996), to_nearest_ten(5544.99)
    (5550.0, 5550.0, 5540.0)
    """
    return 10.0 * round_half_up(round_half_up(100.0 * amount) / 1000.0)


@rule(of="child")
def gets_barnebidrag_month(
    year: int,
    month: int,
    birth_year: int,
    birth_month: int,
    mother: int,
    father: int,
    other_parent_income: Nok,
    bidragsforskudd_income: Nok,
    law: BarnebidragLaw,
    forskudd: BidragsforskuddLaw,
) -> bool:
    """Return whether support is computed: the child lives with one parent, is young enough and not self-supporting.

    Statute: barnelova §§ 67, 68 and 71; forskrift om fastsetjing og endring av fostringstilskot § 5.
    Units: calendar months; the child's own income NOK a year.
    """
    if other_parent_income < 0.0 or (mother >= 0 and father >= 0):
        return False
    months = months_since_birth(year, month, birth_year, birth_month)
    of_age = months < 0 or months > MONTHS_IN_YEAR * law.age_limit
    return not of_age and bidragsforskudd_income < law.child_highest_income_factor * forskudd.forhoyet_under_11


@rule(of="child")
def payers_share_month(
    gets_barnebidrag_month: bool,
    shared_residence: bool,
    other_parent_income: Nok,
    receivers_income_in_bidragsforskudd: Nok,
    bidragsforskudd_income: Nok,
    law: BarnebidragLaw,
    forskudd: BidragsforskuddLaw,
) -> Share:
    """Return the payer's share of the child's cost: of the parents' incomes and what counts of the child's own.

    At shared residence the payer bears what the share is above a half. The receiver's income is the one that
    bidragsforskudd is held against.

    Statute: barnelova § 71; forskrift om fastsetjing og endring av fostringstilskot §§ 2, 4 and 5.
    Units: share; incomes NOK a year.
    """
    if not gets_barnebidrag_month or other_parent_income <= 0.0:
        return 0.0
    own = max(0.0, bidragsforskudd_income - law.child_free_income_factor * forskudd.forhoyet_under_11)
    incomes = other_parent_income + max(0.0, receivers_income_in_bidragsforskudd) + own
    share = min(law.highest_share, other_parent_income / incomes)
    return max(0.0, share - law.shared_residence_deduction) if shared_residence else share


@rule(of="child")
def samvaersfradrag_month(
    year: int,
    month: int,
    birth_year: int,
    gets_barnebidrag_month: bool,
    shared_residence: bool,
    samvaersklasse: Count,
    law: BarnebidragLaw,
    costs: UnderholdskostnadLaw,
) -> Nok:
    """Return what contact takes off the support, by its class and the child's age; none at shared residence.

    Statute: barnelova § 71; forskrift om fastsetjing og endring av fostringstilskot § 9.
    Units: NOK a month.
    """
    if not gets_barnebidrag_month or shared_residence or samvaersklasse == 0:
        return 0.0
    group = bidrag_age_group(year, month, birth_year, costs.age_groups[0], costs.age_groups[1], costs.age_groups[2])
    if samvaersklasse == 1:
        return law.samvaersfradrag_klasse_1[group]
    if samvaersklasse == 2:
        return law.samvaersfradrag_klasse_2[group]
    if samvaersklasse == 3:
        return law.samvaersfradrag_klasse_3[group]
    return law.samvaersfradrag_klasse_4[group]


@rule(of="child")
def bidrag_before_capacity_month(
    underholdskostnad_month: Nok, payers_share_month: Share, samvaersfradrag_month: Nok
) -> Nok:
    """Return the payer's part of the child's cost, which is at least what contact takes off.

    Statute: barnelova § 71; forskrift om samla fastsetjing av tilskot § 1.
    Units: NOK a month.
    """
    return max(payers_share_month * underholdskostnad_month, samvaersfradrag_month)


# Such a child has one parent in the household: what is to be paid for all who live with that parent is added up there.
received_bidrag_before_capacity_month = to_receiving_parent("bidrag_before_capacity_month")
mothers_bidrag_before_capacity_month = mothers("received_bidrag_before_capacity_month")
fathers_bidrag_before_capacity_month = fathers("received_bidrag_before_capacity_month")


@rule(of="child")
def barnebidrag_child_month(
    bidrag_before_capacity_month: Nok,
    mothers_bidrag_before_capacity_month: Nok,
    fathers_bidrag_before_capacity_month: Nok,
    bidragsevne_month: Nok,
    samvaersfradrag_month: Nok,
) -> Nok:
    """Return the support for the child: what the payer can bear, divided as the parts are, less contact.

    Statute: barnelova § 71; forskrift om samla fastsetjing av tilskot § 1.
    Units: NOK a month; to the nearest ten kroner.
    """
    if bidrag_before_capacity_month <= 0.0:
        return 0.0
    together = mothers_bidrag_before_capacity_month + fathers_bidrag_before_capacity_month
    part = bidragsevne_month * bidrag_before_capacity_month / together
    return to_nearest_ten(max(0.0, min(bidrag_before_capacity_month, part) - samvaersfradrag_month))


barnebidrag_month = to_receiving_parent("barnebidrag_child_month")
