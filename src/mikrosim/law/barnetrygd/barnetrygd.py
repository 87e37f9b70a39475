"""Barnetrygd: the ordinary benefit for each child, and the supplements of zone and single providers.

The receiver is the child's mother (first parent) if she lives in the household, else its father. The law in force
gives every child of an age the same, whatever its place among siblings and its parents' income, in kroner that
Stortinget sets; a reform may differ in each of these. Not modelled: children who have not come to Norway to stay,
supplements for families in two countries of the EEA, and children in foster homes and institutions.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import MONTHS_IN_YEAR, months_since_birth
from mikrosim.law.grunnbelop.grunnbelop import GrunnbelopLaw
from mikrosim.law.rounding import round_half_up
from mikrosim.law.rule import (
    any_of,
    helper,
    largest,
    parents_total,
    rank_in_family,
    rule,
    sum_of,
    to_first_parent,
    to_receiving_parent,
)
from mikrosim.units import Count, Nok, Share


class BarnetrygdLaw(NamedTuple):
    """Rates and ages of barnetrygd."""

    ordinaer_under_6: float
    ordinaer_over_6: float
    age_limit_under_6: float
    age_limit: float
    shared_residence_share: float
    utvidet: float
    smaabarnstillegg: float
    smaabarnstillegg_last_age: float
    finnmarkstillegg: float
    svalbardtillegg: float
    index_g_base: float
    factor_by_child_number: tuple[float, float, float, float, float]
    factor_by_age: tuple[
        float, float, float, float, float, float, float, float, float,
        float, float, float, float, float, float, float, float, float,
    ]  # fmt: skip


class BarnetrygdTaxLaw(NamedTuple):
    """How barnetrygd is taxed; a choice counts from 0 in the order of its list."""

    taxable_as: float
    tax_share_mother: float
    taxable_gives_minstefradrag: float


@helper
def part_of_rate(rate: float, share: float) -> float:
    """Return a rate, or the share of it in whole kroner, half a krone up.

    >>> part_of_rate(1083.0, 1.0), part_of_rate(1083.0, 0.5)
    (1083.0, 542.0)
    """
    if share == 1.0:
        return rate
    return round_half_up(rate * share)


@helper
def g_index(grunnbelop: float, base: float) -> float:
    """Return what amounts in kroner of the base are multiplied by: nothing is indexed to a base of 0.

    >>> g_index(130_160.0, 0.0), g_index(130_160.0, 65_080.0)
    (1.0, 2.0)
    """
    if base == 0.0:
        return 1.0
    return grunnbelop / base


# The ordinary benefit and the supplement of the zone, for each child


@rule(of="child")
def has_barnetrygd_month(year: int, month: int, birth_year: int, birth_month: int, law: BarnetrygdLaw) -> bool:
    """Return whether barnetrygd is paid for the child this month.

    From the month after the month of birth through the month before the child reaches the age limit.

    Statute: barnetrygdloven §§ 2 and 11.
    Units: calendar months.
    """
    months = months_since_birth(year, month, birth_year, birth_month)
    return months >= 1 and months < MONTHS_IN_YEAR * law.age_limit


@rule(of="child")
def barnetrygd_share_month(has_barnetrygd_month: bool, shared_residence: bool, law: BarnetrygdLaw) -> Share:
    """Return the share of the child's barnetrygd that this household has: all, the shared part, or none.

    Statute: barnetrygdloven § 2 fifth paragraph.
    Units: share.
    """
    if not has_barnetrygd_month:
        return 0.0
    if shared_residence:
        return law.shared_residence_share
    return 1.0


# Children with barnetrygd are counted from the eldest of them.
child_number_month = rank_in_family("has_barnetrygd_month")


@rule(of="child")
def ordinaer_barnetrygd_child_month(
    year: int,
    month: int,
    birth_year: int,
    birth_month: int,
    barnetrygd_share_month: Share,
    child_number_month: Count,
    law: BarnetrygdLaw,
    grunnbelop: GrunnbelopLaw,
) -> Nok:
    """Return the child's ordinary barnetrygd: one rate below the age limit of the youngest, one from it.

    A reform may multiply the rate by a factor of the child's number, the eldest with barnetrygd first and the last
    factor for all further, and by one of its age.

    Statute: barnetrygdloven § 10.
    Units: NOK a month; a shared amount in whole kroner.
    """
    if barnetrygd_share_month == 0.0:
        return 0.0
    months = months_since_birth(year, month, birth_year, birth_month)
    if months < MONTHS_IN_YEAR * law.age_limit_under_6:
        rate = law.ordinaer_under_6
    else:
        rate = law.ordinaer_over_6
    by_number = law.factor_by_child_number[min(child_number_month, len(law.factor_by_child_number)) - 1]
    by_age = law.factor_by_age[min(int(months / MONTHS_IN_YEAR), len(law.factor_by_age) - 1)]
    rate *= by_number * by_age * g_index(grunnbelop.amount, law.index_g_base)
    return part_of_rate(rate, barnetrygd_share_month)


@rule(of="child")
def finnmarkstillegg_child_month(
    barnetrygd_share_month: Share,
    in_tiltakssone: bool,
    on_svalbard: bool,
    law: BarnetrygdLaw,
    grunnbelop: GrunnbelopLaw,
) -> Nok:
    """Return the child's supplement for living in Finnmark, Nord-Troms or on Svalbard.

    Statute: barnetrygdloven § 10.
    Units: NOK a month; a shared amount in whole kroner.
    """
    rate = 0.0
    if in_tiltakssone:
        rate = law.finnmarkstillegg
    elif on_svalbard:
        rate = law.svalbardtillegg
    return part_of_rate(rate * g_index(grunnbelop.amount, law.index_g_base), barnetrygd_share_month)


# Paid to the mother (first parent) if she lives there, else to the father: barnetrygdloven § 2
ordinaer_barnetrygd_month = to_receiving_parent("ordinaer_barnetrygd_paid_child_month")
finnmarkstillegg_month = to_receiving_parent("finnmarkstillegg_child_month")


# The supplements of single providers, one for each family


@rule
def is_sole_provider(partner: int, lives_alone_with_children: bool) -> bool:
    """Return whether the person is alone with the care: without spouse or cohabitant, or by own claim.

    The claim covers a person who lives with a partner and is still a single provider, such as in the
    first twelve months with a cohabitant who is no parent of the children.

    Statute: barnetrygdloven § 9.
    Units: yes or no, the whole year.
    """
    return partner < 0 or lives_alone_with_children


sole_providers = parents_total("is_sole_provider")
largest_barnetrygd_share_month = largest("barnetrygd_share_month", over="family")


@rule(of="family")
def has_utvidet_barnetrygd_month(sole_providers: float, largest_barnetrygd_share_month: Share) -> bool:
    """Return whether the family has a single provider and at least one child with barnetrygd.

    Statute: barnetrygdloven § 9.
    Units: yes or no, this month.
    """
    return sole_providers > 0.0 and largest_barnetrygd_share_month > 0.0


@rule(of="family")
def utvidet_barnetrygd_family_month(
    has_utvidet_barnetrygd_month: bool,
    largest_barnetrygd_share_month: Share,
    law: BarnetrygdLaw,
    grunnbelop: GrunnbelopLaw,
) -> Nok:
    """Return the family's utvidet barnetrygd: one amount, shared only if every child's benefit is.

    Statute: barnetrygdloven §§ 9 and 10.
    Units: NOK a month; a shared amount in whole kroner.
    """
    if not has_utvidet_barnetrygd_month:
        return 0.0
    return part_of_rate(law.utvidet * g_index(grunnbelop.amount, law.index_g_base), largest_barnetrygd_share_month)


@rule(of="child")
def is_small_child_month(year: int, month: int, birth_year: int, birth_month: int, law: BarnetrygdLaw) -> bool:
    """Return whether the child is small: from the month after birth through the month of its last such age.

    Statute: barnetrygdloven § 9 third paragraph.
    Units: calendar months.
    """
    months = months_since_birth(year, month, birth_year, birth_month)
    return months >= 1 and months <= MONTHS_IN_YEAR * law.smaabarnstillegg_last_age


has_small_child_month = any_of("is_small_child_month", over="family")


@rule(of="family")
def has_smaabarnstillegg_month(
    has_utvidet_barnetrygd_month: bool,
    has_small_child_month: bool,
    has_overgangsstonad_month: bool,
    overgangsstonad_reduction_month: Nok,
) -> bool:
    """Return whether a single provider of a small child has unreduced overgangsstønad this month.

    Statute: barnetrygdloven § 9 third paragraph.
    Units: yes or no, this month.
    """
    unreduced = has_overgangsstonad_month and overgangsstonad_reduction_month == 0.0
    return has_utvidet_barnetrygd_month and has_small_child_month and unreduced


@rule(of="family")
def smaabarnstillegg_family_month(
    has_smaabarnstillegg_month: bool, law: BarnetrygdLaw, grunnbelop: GrunnbelopLaw
) -> Nok:
    """Return the family's småbarnstillegg: one amount, never shared.

    Statute: barnetrygdloven §§ 9 and 10.
    Units: NOK a month.
    """
    if not has_smaabarnstillegg_month:
        return 0.0
    return law.smaabarnstillegg * g_index(grunnbelop.amount, law.index_g_base)


utvidet_barnetrygd_month = to_first_parent("utvidet_barnetrygd_family_month")
smaabarnstillegg_month = to_first_parent("smaabarnstillegg_family_month")

barnetrygd_month = sum_of(
    "ordinaer_barnetrygd_month",
    "utvidet_barnetrygd_month",
    "smaabarnstillegg_month",
    "finnmarkstillegg_month",
)
