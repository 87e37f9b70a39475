"""What a reform that taxes barnetrygd adds to each parent's incomes; nothing under the law in force.

A child's benefit is taxed with the parent it lives with, or shared between the two when it lives with
both. What single providers have on top is taxed with the single provider.
"""

from __future__ import annotations

from mikrosim.law.barnetrygd.barnetrygd import BarnetrygdTaxLaw
from mikrosim.law.rule import rule, sum_of, total_as_father, total_as_mother
from mikrosim.units import Nok

AS_ALMINNELIG_INNTEKT = 1.0
AS_PERSONINNTEKT = 2.0

barnetrygd_child_month = sum_of("ordinaer_barnetrygd_paid_child_month", "finnmarkstillegg_child_month", of="child")


@rule(of="child")
def barnetrygd_taxed_with_mother(barnetrygd_child: Nok, mother: int, father: int, law: BarnetrygdTaxLaw) -> Nok:
    """Return the part of the child's barnetrygd that would be taxed with the mother (first parent).

    Statute: none yet; skatteloven § 5-43 exempts barnetrygd.
    Units: NOK a year.
    """
    if mother < 0:
        return 0.0
    if father < 0:
        return barnetrygd_child
    return law.tax_share_mother * barnetrygd_child


@rule(of="child")
def barnetrygd_taxed_with_father(barnetrygd_child: Nok, barnetrygd_taxed_with_mother: Nok) -> Nok:
    """Return the part of the child's barnetrygd that would be taxed with the father (second parent).

    Statute: none yet; skatteloven § 5-43 exempts barnetrygd.
    Units: NOK a year.
    """
    return barnetrygd_child - barnetrygd_taxed_with_mother


barnetrygd_taxed_as_mother = total_as_mother("barnetrygd_taxed_with_mother")
barnetrygd_taxed_as_father = total_as_father("barnetrygd_taxed_with_father")
taxed_barnetrygd = sum_of(
    "barnetrygd_taxed_as_mother", "barnetrygd_taxed_as_father", "utvidet_barnetrygd", "smaabarnstillegg"
)


@rule
def barnetrygd_in_alminnelig_inntekt(taxed_barnetrygd: Nok, law: BarnetrygdTaxLaw) -> Nok:
    """Return the barnetrygd that counts in the person's alminnelig inntekt.

    Statute: none yet; skatteloven § 5-43 exempts barnetrygd.
    Units: NOK a year.
    """
    return taxed_barnetrygd if law.taxable_as >= AS_ALMINNELIG_INNTEKT else 0.0


@rule
def barnetrygd_in_personinntekt(taxed_barnetrygd: Nok, law: BarnetrygdTaxLaw) -> Nok:
    """Return the barnetrygd that counts in the person's personinntekt.

    Statute: none yet; skatteloven § 5-43 exempts barnetrygd.
    Units: NOK a year.
    """
    return taxed_barnetrygd if law.taxable_as >= AS_PERSONINNTEKT else 0.0


@rule
def barnetrygd_in_minstefradrag(barnetrygd_in_alminnelig_inntekt: Nok, law: BarnetrygdTaxLaw) -> Nok:
    """Return the barnetrygd that counts in the basis of the person's minstefradrag.

    Statute: none yet; skatteloven § 6-31 lists the incomes that give minstefradrag, without barnetrygd.
    Units: NOK a year.
    """
    return law.taxable_gives_minstefradrag * barnetrygd_in_alminnelig_inntekt
