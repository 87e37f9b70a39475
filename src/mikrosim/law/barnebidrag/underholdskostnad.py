"""Underholdskostnad: what a child costs its parents, by the public tables of each July.

Consumption by age and housing, child care, less barnetrygd. A parent with stønad til barnetilsyn has the table's
amount for child care, others what is left of their own costs when the tax deduction is taken off. A twelfth of
the year's costs stands for the month's. Not modelled: food in the price of care, and extra costs of a child.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.barnehage.barnehage import BarnehageLaw
from mikrosim.law.dates import MONTHS_IN_YEAR, SCHOOL_START_AGE, cohort_age
from mikrosim.law.rule import helper, rule, sum_of, total
from mikrosim.law.sfo.sfo import FULL_PLACE
from mikrosim.units import Count, Nok

BIRTHDAY_MONTH = 7
"""July: a child counts as born on the first day of it (forskrift om fastsetjing og endring av fostringstilskot)."""

MOST_IN_CARE = 3
MOST_WITH_DEDUCTION = 6


class UnderholdskostnadLaw(NamedTuple):
    """Amounts by age, the child benefit taken off, and child care."""

    age_groups: tuple[float, float, float]
    forbruksutgift: tuple[float, float, float, float]
    boutgift: float
    barnetrygd: float
    barnetrygd_under_6: float
    tilsyn_under_skolealder: tuple[float, float]
    tilsyn_i_skolealder: tuple[float, float]
    maks_tilsyn: tuple[float, float, float]
    maks_fradrag: tuple[float, float, float, float, float, float]
    tilsyn_skattesats: float


@helper
def bidrag_age_group(
    year: int, month: int, birth_year: int, second_from: float, third_from: float, fourth_from: float
) -> int:
    """Return the place in a list by age of a child that counts as born on 1 July.

    >>> bidrag_age_group(2025, 6, 2019, 6, 11, 15), bidrag_age_group(2025, 7, 2019, 6, 11, 15)
    (0, 1)
    """
    age = year - birth_year if month >= BIRTHDAY_MONTH else year - birth_year - 1
    group = 0
    if age >= second_from:
        group = 1
    if age >= third_from:
        group = 2
    if age >= fourth_from:
        group = 3
    return group


care_costs_child = sum_of("foreldrebetaling_barnehage_child", "foreldrebetaling_sfo_child", of="child")


@rule(of="child")
def is_in_paid_care(care_costs_child: Nok) -> bool:
    """Return whether the parents pay for care of the child this year.

    Statute: barnelova § 71; forskrift om fastsetjing og endring av fostringstilskot § 3.
    Units: yes or no.
    """
    return care_costs_child > 0.0


family_care_costs = total("care_costs_child", over="family")
children_in_paid_care = total("is_in_paid_care", over="family")


@rule(of="child")
def tilsynsutgift_month(
    year: int,
    month: int,
    birth_year: int,
    gets_barnebidrag_month: bool,
    kindergarten_hours: Count,
    sfo: Count,
    care_costs_child: Nok,
    family_care_costs: Nok,
    children_in_paid_care: float,
    has_stonad_til_barnetilsyn_month: bool,
    family_tilleggsstonad_pass_av_barn: Nok,
    law: UnderholdskostnadLaw,
    barnehage: BarnehageLaw,
) -> Nok:
    """Return what care of the child costs: the table's amount with a grant, else the net of the family's costs.

    The family's costs count up to the highest amount; the deduction is divided equally, the costs as they are.

    Statute: barnelova § 71; forskrift om fastsetjing og endring av fostringstilskot § 3.
    Units: NOK a month; costs and tilleggsstønad NOK a year.
    """
    if not gets_barnebidrag_month or care_costs_child <= 0.0:
        return 0.0
    if has_stonad_til_barnetilsyn_month:
        if cohort_age(year, month, birth_year) < SCHOOL_START_AGE:
            full = kindergarten_hours >= barnehage.full_time_hours
            return law.tilsyn_under_skolealder[1] if full else law.tilsyn_under_skolealder[0]
        return law.tilsyn_i_skolealder[1] if sfo == FULL_PLACE else law.tilsyn_i_skolealder[0]
    children = max(1, int(children_in_paid_care))
    costs = family_care_costs / MONTHS_IN_YEAR
    counted = min(costs, law.maks_tilsyn[min(children, MOST_IN_CARE) - 1])
    deducted = min(counted, law.maks_fradrag[min(children, MOST_WITH_DEDUCTION) - 1])
    tax = law.tilsyn_skattesats * deducted / children
    grant = family_tilleggsstonad_pass_av_barn / MONTHS_IN_YEAR / children
    return max(0.0, counted * care_costs_child / family_care_costs - tax - grant)


@rule(of="child")
def underholdskostnad_month(
    year: int,
    month: int,
    birth_year: int,
    birth_month: int,
    gets_barnebidrag_month: bool,
    tilsynsutgift_month: Nok,
    law: UnderholdskostnadLaw,
) -> Nok:
    """Return what the child costs; no barnetrygd is taken off in the month of birth.

    Statute: barnelova § 71; forskrift om fastsetjing og endring av fostringstilskot § 3.
    Units: NOK a month.
    """
    if not gets_barnebidrag_month:
        return 0.0
    group = bidrag_age_group(year, month, birth_year, law.age_groups[0], law.age_groups[1], law.age_groups[2])
    costs = law.forbruksutgift[group] + law.boutgift + tilsynsutgift_month
    if year == birth_year and month == birth_month:
        return costs
    return max(0.0, costs - (law.barnetrygd_under_6 if group == 0 else law.barnetrygd))
