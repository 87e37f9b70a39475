"""The right to foreldrepenger: a child born this year or last, a claim, and earnings of at least half of G.

A parent has a right who claims it (``foreldrepenger_dekningsgrad``) and has earned it (``foreldrepenger_basis``),
both in this year's kroner. G is that of the month of birth, or January's for a child born last year. Not modelled:
six months' work of the last ten, and adoption.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import MONTHS_IN_YEAR
from mikrosim.law.grunnbelop.grunnbelop import GrunnbelopLaw
from mikrosim.law.rule import fathers, helper, largest, mothers, rank_in_family, rule, total
from mikrosim.units import Count, Nok


class OpptjeningLaw(NamedTuple):
    """The lowest income that gives a right."""

    opptjening_g: float


mothers_foreldrepenger_basis = mothers("foreldrepenger_basis")
fathers_foreldrepenger_basis = fathers("foreldrepenger_basis")
mothers_foreldrepenger_dekningsgrad = mothers("foreldrepenger_dekningsgrad")
fathers_foreldrepenger_dekningsgrad = fathers("foreldrepenger_dekningsgrad")


@rule(of="child")
def grunnbelop_at_birth_month(
    year: int, month: int, birth_year: int, birth_month: int, grunnbelop: GrunnbelopLaw
) -> Nok:
    """Return G in the month of birth, or in January for a child born last year; 0 in all other months.

    Statute: folketrygdloven §§ 1-4 and 14-7.
    Units: NOK a year, in one month of the year.
    """
    if birth_year == year and birth_month == month:
        return grunnbelop.amount
    return grunnbelop.amount if birth_year == year - 1 and month == 1 else 0.0


@rule(of="child")
def recent_birth(year: int, birth_year: int, birth_month: int) -> Count:
    """Return the month of birth counted from the beginning of last year, 1 to 24; 0 for older children.

    Statute: folketrygdloven § 14-5.
    Units: months.
    """
    return (birth_year - year + 1) * MONTHS_IN_YEAR + birth_month if birth_year >= year - 1 else 0


youngest_birth = largest("recent_birth", over="family")
place_by_birth = rank_in_family("recent_birth")
recently_born_children = largest("place_by_birth", over="family")


@rule(of="child")
def is_of_youngest_birth(recent_birth: Count, youngest_birth: float) -> bool:
    """Return whether the child was born in the month of the family's last birth.

    Statute: folketrygdloven § 14-9.
    Units: yes or no.
    """
    return recent_birth > 0 and recent_birth == youngest_birth


children_of_youngest_birth = total("is_of_youngest_birth", over="family")


@rule(of="child")
def children_at_birth(
    recent_birth: Count, is_of_youngest_birth: bool, children_of_youngest_birth: float, recently_born_children: float
) -> float:
    """Return how many children were born together, for a child born this year or last; 0 for older children.

    Statute: folketrygdloven § 14-9.
    Units: children.
    """
    if recent_birth == 0:
        return 0.0
    if is_of_youngest_birth:
        return children_of_youngest_birth
    return max(1.0, recently_born_children - children_of_youngest_birth)


@helper
def has_earned(recent_birth: Count, dekningsgrad: Count, basis: Nok, lowest: Nok) -> bool:
    """Return whether a parent claims foreldrepenger for a child born this year or last, and has earned it.

    >>> has_earned(13, 100, 60000.0, 59310.0), has_earned(13, 0, 60000.0, 59310.0), has_earned(0, 100, 60000.0, 0.0)
    (True, False, False)
    """
    return recent_birth > 0 and dekningsgrad > 0 and basis >= lowest


@rule(of="child")
def mother_earned_foreldrepenger(
    recent_birth: Count,
    mothers_foreldrepenger_basis: Nok,
    mothers_foreldrepenger_dekningsgrad: Count,
    grunnbelop_at_birth: Nok,
    law: OpptjeningLaw,
) -> bool:
    """Return whether the mother (first parent) claims foreldrepenger for the child and has earned the right.

    Statute: folketrygdloven § 14-6.
    Units: NOK a year.
    """
    lowest = law.opptjening_g * grunnbelop_at_birth
    return has_earned(recent_birth, mothers_foreldrepenger_dekningsgrad, mothers_foreldrepenger_basis, lowest)


@rule(of="child")
def father_earned_foreldrepenger(
    recent_birth: Count,
    fathers_foreldrepenger_basis: Nok,
    fathers_foreldrepenger_dekningsgrad: Count,
    grunnbelop_at_birth: Nok,
    law: OpptjeningLaw,
) -> bool:
    """Return whether the father (second parent) claims foreldrepenger for the child and has earned the right.

    Statute: folketrygdloven § 14-6.
    Units: NOK a year.
    """
    lowest = law.opptjening_g * grunnbelop_at_birth
    return has_earned(recent_birth, fathers_foreldrepenger_dekningsgrad, fathers_foreldrepenger_basis, lowest)
