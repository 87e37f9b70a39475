"""The days of foreldrepenger: the parents' quotas, the common period, and what one parent alone has.

The mother has her quota and her part of the common period, the father his part and his quota. Her choice of 80 or
100 per cent holds for both. A mother without a father in the household is taken to have sole care, and so is a
father without a mother. Not modelled: premature births, births close together, a mother on disability benefit,
and other activity of a mother without a right than studies.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.rule import fathers, helper, mothers, rule
from mikrosim.units import Count, Share

FULL = 100
MINSTERETT_FROM_MONTH = 8
TWINS = 2


class DagerLaw(NamedTuple):
    """Paid days; lists of three hold those at 100 per cent, at 80 per cent earlier, and at 80 per cent now."""

    modrekvote: tuple[float, float, float]
    fedrekvote: tuple[float, float, float]
    fellesperiode: tuple[float, float, float]
    en_forelder: tuple[float, float, float]
    bare_far_rett: tuple[float, float, float]
    tvillinger: tuple[float, float, float]
    trillinger: tuple[float, float, float]
    bare_far_minsterett: tuple[float, float, float]
    minsterett_from_year: tuple[float, float]
    new_80_from_year: float
    new_80_from_month: float


@helper
def rule_set(
    dekningsgrad: float, birth_year: int, birth_month: int, new_80_from_year: float, new_80_from_month: float
) -> int:
    """Return the place in the lists of days: 100 per cent, 80 per cent at an earlier birth, 80 per cent now.

    >>> rule_set(80, 2024, 6, 2024, 7), rule_set(80, 2024, 7, 2024, 7), rule_set(100, 2024, 7, 2024, 7)
    (1, 2, 0)
    """
    if dekningsgrad >= FULL:
        return 0
    later = birth_year == new_80_from_year and birth_month >= new_80_from_month
    return 2 if later or birth_year > new_80_from_year else 1


@helper
def extra_days(children: float, for_two: float, for_more: float) -> float:
    """Return the extra days where several children are born together.

    >>> extra_days(1.0, 85.0, 230.0), extra_days(2.0, 85.0, 230.0), extra_days(3.0, 85.0, 230.0)
    (0.0, 85.0, 230.0)
    """
    if children < TWINS:
        return 0.0
    return for_two if children == TWINS else for_more


mothers_foreldrepenger_fellesdel = mothers("foreldrepenger_fellesdel")
fathers_foreldrepenger_fellesdel = fathers("foreldrepenger_fellesdel")
mother_is_student = mothers("student")


@rule(of="child")
def foreldrepenger_mother_days(
    birth_year: int,
    birth_month: int,
    children_at_birth: float,
    mother_earned_foreldrepenger: bool,
    father_earned_foreldrepenger: bool,
    mothers_foreldrepenger_dekningsgrad: Count,
    mothers_foreldrepenger_fellesdel: Share,
    law: DagerLaw,
) -> float:
    """Return the mother's days after the birth: her quota and her part of the common period, or all days.

    Extra days for several children are part of the common period.

    Statute: folketrygdloven §§ 14-9, 14-12 and 14-15.
    Units: paid days.
    """
    if not mother_earned_foreldrepenger:
        return 0.0
    place = rule_set(
        mothers_foreldrepenger_dekningsgrad, birth_year, birth_month, law.new_80_from_year, law.new_80_from_month
    )
    extra = extra_days(children_at_birth, law.tvillinger[place], law.trillinger[place])
    if not father_earned_foreldrepenger:
        return law.en_forelder[place] + extra
    return law.modrekvote[place] + min(1.0, mothers_foreldrepenger_fellesdel) * (law.fellesperiode[place] + extra)


@rule(of="child")
def foreldrepenger_father_days(
    birth_year: int,
    birth_month: int,
    mother: int,
    children_at_birth: float,
    mother_earned_foreldrepenger: bool,
    father_earned_foreldrepenger: bool,
    mothers_foreldrepenger_dekningsgrad: Count,
    fathers_foreldrepenger_dekningsgrad: Count,
    mothers_foreldrepenger_fellesdel: Share,
    fathers_foreldrepenger_fellesdel: Share,
    mother_is_student: float,
    law: DagerLaw,
) -> float:
    """Return the father's days: his quota and his part of the common period, or those of a father with sole right.

    A father who lives with a mother without a right has the minimum, or all days while she studies.

    Statute: folketrygdloven §§ 14-9, 14-12, 14-14 and 14-15.
    Units: paid days.
    """
    if not father_earned_foreldrepenger:
        return 0.0
    chosen = fathers_foreldrepenger_dekningsgrad
    if mother_earned_foreldrepenger:
        chosen = mothers_foreldrepenger_dekningsgrad
    place = rule_set(chosen, birth_year, birth_month, law.new_80_from_year, law.new_80_from_month)
    extra = extra_days(children_at_birth, law.tvillinger[place], law.trillinger[place])
    if mother_earned_foreldrepenger:
        part = min(fathers_foreldrepenger_fellesdel, 1.0 - min(1.0, mothers_foreldrepenger_fellesdel))
        return law.fedrekvote[place] + part * (law.fellesperiode[place] + extra)
    if mother < 0:
        return law.en_forelder[place] + extra
    if mother_is_student > 0.0:
        return law.bare_far_rett[place] + extra
    if extra > 0.0:
        return extra
    minimum = law.bare_far_minsterett[0]
    for change in range(2):
        later = birth_year == law.minsterett_from_year[change] and birth_month >= MINSTERETT_FROM_MONTH
        if later or birth_year > law.minsterett_from_year[change]:
            minimum = law.bare_far_minsterett[change + 1]
    return minimum
