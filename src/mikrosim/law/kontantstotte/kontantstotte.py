"""Kontantstøtte for children of one without a full place in kindergarten.

The receiver is the child's mother (first parent) if she lives in the household, else its father. All who meet
the conditions have it. Not modelled: foreldrepenger for the same child at the same time, insurance in other
EEA countries, adopted children (who count from the take-over of care), and months with fewer hours before a
place is reduced or given up.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.barnehagerett.barnehagerett import BarnehagerettLaw, months_before_right
from mikrosim.law.dates import months_since_birth
from mikrosim.law.rule import fathers, mothers, rule, to_receiving_parent
from mikrosim.units import Count, Nok, Share


class KontantstotteLaw(NamedTuple):
    """Rate, steps by hours in kindergarten, ages and membership."""

    full: float
    hours_below: tuple[float, float, float, float]
    share_by_hours: tuple[float, float, float, float]
    first_age_months: float
    last_age_months: float
    overgangsordning: float
    overgangsordning_last_age_months: float
    first_month_of_place_paid: float
    first_month_of_place_paid_born_before: float
    shared_residence_share: float
    membership_years: float


mothers_residence_years = mothers("residence_years")
fathers_residence_years = fathers("residence_years")


@rule(of="child")
def has_kontantstotte_membership(
    mother: int,
    father: int,
    mothers_residence_years: Count,
    fathers_residence_years: Count,
    law: KontantstotteLaw,
) -> bool:
    """Return whether the parents with whom the child lives have been members long enough, both where both do.

    Years of residence stand for years of membership in folketrygden.

    Statute: kontantstøtteloven § 3.
    Units: years.
    """
    mother_has = mother < 0 or mothers_residence_years >= law.membership_years
    father_has = father < 0 or fathers_residence_years >= law.membership_years
    return mother_has and father_has


@rule(of="child")
def has_kontantstotte_age_month(
    year: int, month: int, birth_year: int, birth_month: int, law: KontantstotteLaw
) -> bool:
    """Return whether the child is of the age for kontantstøtte this month.

    Statute: kontantstøtteloven §§ 2 and 8.
    Units: calendar months since the month of birth.
    """
    months = months_since_birth(year, month, birth_year, birth_month)
    last = law.last_age_months
    if law.overgangsordning > 0.0:
        last = max(last, law.overgangsordning_last_age_months)
    return months >= law.first_age_months and months <= last


@rule(of="child")
def kontantstotte_share_month(
    year: int,
    month: int,
    birth_year: int,
    birth_month: int,
    has_kindergarten_place_month: bool,
    kindergarten_hours: float,
    kindergarten_start_month: Count,
    law: KontantstotteLaw,
    barnehagerett: BarnehagerettLaw,
) -> Share:
    """Return the share of full kontantstøtte that the agreed hours in kindergarten leave.

    Under the rules of August 2024 the month in which a place begins is paid as the month before it, unless it
    is the first that could be paid at all. A place taken by right begins in the first month of the right.

    Statute: kontantstøtteloven §§ 7 and 8.
    Units: share; hours a week.
    """
    if not has_kindergarten_place_month:
        return 1.0
    if law.first_month_of_place_paid > 0.0 and birth_year < law.first_month_of_place_paid_born_before:
        months = months_since_birth(year, month, birth_year, birth_month)
        wait = months_before_right(birth_month, barnehagerett.last_birth_month, barnehagerett.every_month)
        begins = kindergarten_start_month == month or (kindergarten_start_month < 0 and months == wait)
        if begins and months > law.first_age_months:
            return 1.0
    for step in range(4):
        if kindergarten_hours < law.hours_below[step]:
            return law.share_by_hours[step]
    return 0.0


@rule(of="child")
def kontantstotte_child_month(
    has_kontantstotte_age_month: bool,
    has_kontantstotte_membership: bool,
    kontantstotte_share_month: Share,
    shared_residence: bool,
    law: KontantstotteLaw,
) -> Nok:
    """Return the child's kontantstøtte that is paid to this household.

    Statute: kontantstøtteloven §§ 3 and 7.
    Units: NOK a month.
    """
    if not has_kontantstotte_age_month or not has_kontantstotte_membership:
        return 0.0
    amount = law.full * kontantstotte_share_month
    return amount * law.shared_residence_share if shared_residence else amount


kontantstotte_month = to_receiving_parent("kontantstotte_child_month")
