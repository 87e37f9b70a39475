"""The supplement to uføretrygd for children under 18, and its test against income.

Children who live with both parents are tested against both parents' income, other children against the recipient's
alone. The year's income stands for the expected one; the supplement itself does not count in it. Where both parents
have uføretrygd each is given half of the common children's supplement; the statute gives it to the one whose is the
larger. Not modelled: children's own income above the basic amount, which ended the supplement until June 2024, and
children who live with the other parent.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import MONTHS_IN_YEAR
from mikrosim.law.grunnbelop.grunnbelop import GrunnbelopLaw
from mikrosim.law.rule import helper, partners, rule, to_receiving_parent, total
from mikrosim.law.uforetrygd.uforetrygd import ReduksjonLaw, UforetrygdLaw, inntekt_for_uforhet_of, share_of_trygdetid
from mikrosim.units import Nok, Share


class UforeBarnetilleggLaw(NamedTuple):
    """The supplement for a child, its ceiling and its income test."""

    per_child_g: float
    ceiling_share_of_ifu: Share
    free_both_parents_g: float
    free_one_parent_g: float
    free_further_child_g: float
    reduction_rate: Share
    other_parent_left_out_g: float


@rule(of="child")
def gives_barnetillegg_for_one_parent_month(gives_barnetillegg_month: bool, mother: int, father: int) -> bool:
    """Return whether the child is of an age that gives the supplement and lives with one of its parents only.

    Statute: folketrygdloven §§ 12-15 and 12-16.
    Units: yes or no.
    """
    return gives_barnetillegg_month and (mother < 0 or father < 0)


one_parent_children_month = total("gives_barnetillegg_for_one_parent_month", over="family")
own_one_parent_children_month = to_receiving_parent("gives_barnetillegg_for_one_parent_month")


@rule
def income_beside_uforetrygd(
    wage: Nok,
    self_employment_income: Nok,
    sykepenger: Nok,
    foreldrepenger: Nok,
    svangerskapspenger: Nok,
    dagpenger: Nok,
    aap: Nok,
    kvalifiseringsstonad: Nok,
    introduksjonsstonad: Nok,
    overgangsstonad: Nok,
) -> Nok:
    """Return personinntekt other than uføretrygd and pensions.

    Statute: folketrygdloven § 12-16 second paragraph; skatteloven § 12-2.
    Units: NOK a year.
    """
    family = foreldrepenger + svangerskapspenger + overgangsstonad
    benefits = sykepenger + dagpenger + aap + kvalifiseringsstonad + introduksjonsstonad
    return wage + max(self_employment_income, 0.0) + family + benefits


@rule
def income_as_other_parent(
    income_beside_uforetrygd: Nok,
    pension: Nok,
    uforetrygd_given: Nok,
    uforetrygd_before_barnetillegg: Nok,
    law: UforeBarnetilleggLaw,
    grunnbelop: GrunnbelopLaw,
) -> Nok:
    """Return what counts of a person's income in the supplement that the child's other parent has.

    An amount up to G is left out of income that is not pension or uføretrygd; all pensions are taken to be of
    the National Insurance Scheme.

    Statute: folketrygdloven § 12-16 third paragraph.
    Units: NOK a year.
    """
    work = max(income_beside_uforetrygd - law.other_parent_left_out_g * grunnbelop.amount, 0.0)
    return work + pension + uforetrygd_given + uforetrygd_before_barnetillegg


other_parents_income = partners("income_as_other_parent")
partners_uforetrygd_degree = partners("uforetrygd_degree")


@helper
def after_income_test(
    supplement: float, children: float, income: float, free_g: float, share: float, law: UforeBarnetilleggLaw, g: float
) -> float:
    """Return a year's supplement for some children after what income above the free amount takes off it.

    Short insurance lowers the free amount too.
    """
    if children <= 0.0:
        return 0.0
    free = (free_g + law.free_further_child_g * (children - 1.0)) * g * share
    return max(supplement - law.reduction_rate * max(income - free, 0.0), 0.0)


@rule(of="recipient")
def barnetillegg_uforetrygd_paid_month(
    full_uforetrygd_month: Nok,
    uforetrygd_share_after_earnings: Share,
    uforetrygd_before_barnetillegg: Nok,
    uforetrygd_basis: Nok,
    inntekt_for_uforhet: Nok,
    trygdetid: float,
    partner: int,
    young_disabled: bool,
    income_beside_uforetrygd: Nok,
    pension: Nok,
    other_parents_income: Nok,
    partners_uforetrygd_degree: float,
    barnetillegg_children_month: float,
    one_parent_children_month: float,
    one_parent_children: float,
    own_one_parent_children: float,
    level: UforetrygdLaw,
    reduksjon: ReduksjonLaw,
    law: UforeBarnetilleggLaw,
    grunnbelop: GrunnbelopLaw,
) -> Nok:
    """Return the month's supplement for children; it does not follow the degree of disability.

    A full benefit with the supplements is first held to the ceiling, then income is tested.

    Statute: folketrygdloven §§ 12-15 and 12-16.
    Units: NOK a month; income NOK a year; not rounded.
    """
    if full_uforetrygd_month <= 0.0 or uforetrygd_share_after_earnings <= 0.0 or barnetillegg_children_month <= 0.0:
        return 0.0
    common = barnetillegg_children_month - one_parent_children_month
    alone = one_parent_children_month * own_one_parent_children / max(one_parent_children, 1.0)
    g = grunnbelop.amount
    share = share_of_trygdetid(trygdetid, level.full_trygdetid)
    ifu = inntekt_for_uforhet_of(inntekt_for_uforhet, uforetrygd_basis, partner, young_disabled, reduksjon, g)
    ceiling = max(law.ceiling_share_of_ifu * ifu - full_uforetrygd_month * MONTHS_IN_YEAR, 0.0)
    full = law.per_child_g * g * share
    per_child = min(full, ceiling / max(common + alone, 1.0))
    income = income_beside_uforetrygd + pension + uforetrygd_before_barnetillegg
    for_common = after_income_test(
        per_child * common, common, income + other_parents_income, law.free_both_parents_g, share, law, g
    )
    if partners_uforetrygd_degree > 0.0:
        for_common /= 2.0
    for_alone = after_income_test(per_child * alone, alone, income, law.free_one_parent_g, share, law, g)
    return (for_common + for_alone) / MONTHS_IN_YEAR
