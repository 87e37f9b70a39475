"""Foreldrefradrag: the deduction for documented child care costs.

The limit counts the family's children, not the costs of each: a family with one child in kindergarten and
one at home may deduct that child's costs up to the limit of two. Children of 12 and over with special
needs are not modelled, nor are costs other than kindergarten and SFO.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.rule import partners, rule, sum_of, total, total_as_father, total_as_mother
from mikrosim.units import Count, Nok


class ForeldrefradragLaw(NamedTuple):
    """Limits of the deduction and the highest age reached in the year."""

    first_child: Nok
    further_child: Nok
    highest_age: float


@rule(of="child")
def under_foreldrefradrag_age(birth_year: Count, year: Count, law: ForeldrefradragLaw) -> float:
    """Return 1 for a child who counts in the limit, else 0.

    Statute: skatteloven § 6-48 first paragraph.
    Units: 0 or 1.
    """
    return 1.0 if year - birth_year <= law.highest_age else 0.0


@rule(of="child")
def foreldrefradrag_cost_child(
    under_foreldrefradrag_age: float, foreldrebetaling_barnehage_child: Nok, foreldrebetaling_sfo_child: Nok
) -> Nok:
    """Return the documented costs of care for one child.

    Statute: skatteloven § 6-48 first paragraph.
    Units: NOK a year.
    """
    return under_foreldrefradrag_age * (foreldrebetaling_barnehage_child + foreldrebetaling_sfo_child)


foreldrefradrag_children = total("under_foreldrefradrag_age", over="family")
foreldrefradrag_costs = total("foreldrefradrag_cost_child", over="family")


@rule(of="family")
def foreldrefradrag_family(foreldrefradrag_children: float, foreldrefradrag_costs: Nok, law: ForeldrefradragLaw) -> Nok:
    """Return the family's deduction: the costs, up to the limit for its number of children.

    Statute: skatteloven § 6-48; Stortingets skattevedtak § 6-2.
    Units: NOK a year.
    """
    limit = law.first_child + law.further_child * max(foreldrefradrag_children - 1.0, 0.0)
    return min(foreldrefradrag_costs, limit)


children_as_mother = total_as_mother("under_foreldrefradrag_age")
children_as_father = total_as_father("under_foreldrefradrag_age")
own_children_in_foreldrefradrag = sum_of("children_as_mother", "children_as_father")
partners_children_in_foreldrefradrag = partners("own_children_in_foreldrefradrag")


@rule
def foreldrefradrag(
    foreldrefradrag_family: Nok,
    own_children_in_foreldrefradrag: float,
    partners_children_in_foreldrefradrag: float,
) -> Nok:
    """Return one person's part: half each for parents together, all of it for the only parent.

    Spouses and cohabitants may share otherwise; the half that the tax return proposes is used. In a
    family with step children the deduction follows each adult's number of own children.

    Statute: skatteloven § 6-48 third paragraph.
    Units: NOK a year.
    """
    of_both = own_children_in_foreldrefradrag + partners_children_in_foreldrefradrag
    return foreldrefradrag_family * own_children_in_foreldrefradrag / max(of_both, 1.0)
