"""Bostøtte: who has a right, what the household must pay itself, and what is paid.

A month is a term: its amount is paid on the 20th of the next month. Not modelled: whether the dwelling has an
entrance, bath and kitchen of its own, specially adapted dwellings, conscripts, applicants under 18 with a child,
shared flats (each has a right of their own), repayments on owners' loans and standard running costs of houses
(housing_cost_month stands for both), foreign and tax-free rental income, and the electricity support of 2021-2024.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import MONTHS_IN_YEAR
from mikrosim.law.rounding import round_half_up
from mikrosim.law.rule import any_of, rule, to_first_member
from mikrosim.units import Count, Nok


class BostotteLaw(NamedTuple):
    """Housing costs that count, and what is paid of them."""

    dekningsgrad: float
    boutgiftstak: tuple[float, float, float, float, float]
    boutgiftstak_tillegg: tuple[float, float, float]
    kommunegruppe_1: tuple[float]
    kommunegruppe_2: tuple[float, float, float, float, float]
    kommunegruppe_3: tuple[float, float, float, float, float, float, float, float, float]
    oppvarming: float
    oppvarming_for_all: float
    min_payout: float
    take_up: float
    full_take_up_amount: Nok


# Who has a right


@rule
def is_ordinary_student(
    student: bool,
    mother: int,
    father: int,
    aap: Nok,
    uforetrygd: Nok,
    kvalifiseringsstonad: Nok,
    introduksjonsstonad: Nok,
) -> bool:
    """Return whether the person is a student who closes the household's right, unless it has a child.

    Students with a benefit for work or disability do not, nor do those who live with a parent.

    Statute: bustøttelova § 4 second and third paragraph.
    Units: yes or no, the whole year.
    """
    at_home = mother >= 0 or father >= 0
    supported = aap + uforetrygd + kvalifiseringsstonad + introduksjonsstonad > 0.0
    return student and not at_home and not supported


has_ordinary_student = any_of("is_ordinary_student", over="household")


@rule(of="household")
def has_bostotte_right_month(
    has_ordinary_student: bool, adults_all_year: float, adult_children_month: float, minor_members_month: float
) -> bool:
    """Return whether the household may have bostøtte: a grown-up, and no ordinary student without a child.

    Statute: bustøttelova §§ 3 and 4.
    Units: yes or no, this month.
    """
    has_adult = adults_all_year + adult_children_month > 0.0
    return has_adult and (minor_members_month > 0.0 or not has_ordinary_student)


# The costs that are covered


@rule(of="household")
def kommunegruppe(municipality: Count, law: BostotteLaw) -> Count:
    """Return the municipality's group, 1 to 4; ceilings are higher in the first three.

    Statute: forskrift om bustøtte § 3.
    Units: group 1 to 4.
    """
    for number in law.kommunegruppe_1:
        if municipality == number:
            return 1
    for number in law.kommunegruppe_2:
        if municipality == number:
            return 2
    for number in law.kommunegruppe_3:
        if municipality == number:
            return 3
    return 4


@rule
def is_pensioner_or_disabled(pensions: Nok, uforetrygd: Nok) -> bool:
    """Return whether the person has a pension or disability benefit, whose heating counted first.

    Statute: forskrift om bustøtte § 2.
    Units: yes or no, the whole year.
    """
    return pensions > 0.0 or uforetrygd > 0.0


has_pensioner_or_disabled = any_of("is_pensioner_or_disabled", over="household")


@rule(of="household")
def godkjent_boutgift_month(
    housing_cost_month: Nok,
    has_pensioner_or_disabled: bool,
    kommunegruppe: Count,
    adults_all_year: float,
    adult_children_month: float,
    minor_members_month: float,
    law: BostotteLaw,
) -> Nok:
    """Return the housing costs that count: with heating, up to the ceiling of household and municipality.

    Statute: forskrift om bustøtte §§ 2 and 3.
    Units: NOK a month.
    """
    heated = law.oppvarming_for_all > 0.0 or has_pensioner_or_disabled
    heating = law.oppvarming if heated else 0.0
    size = adults_all_year + adult_children_month + minor_members_month
    ceiling = 0.0
    for place in range(len(law.boutgiftstak)):
        if size > place or place == 0:
            ceiling = law.boutgiftstak[place]
    for place in range(len(law.boutgiftstak_tillegg)):
        if kommunegruppe == place + 1:
            ceiling += law.boutgiftstak_tillegg[place]
    return min(housing_cost_month + heating / MONTHS_IN_YEAR, ceiling / MONTHS_IN_YEAR)


# What is paid


@rule(of="household")
def bostotte_entitled_month(
    has_bostotte_right_month: bool, godkjent_boutgift_month: Nok, bostotte_egenandel_month: Nok, law: BostotteLaw
) -> Nok:
    """Return the bostøtte that the household would be paid if it applied: nothing below the smallest payout.

    Whole kroner are what gives Husbanken's published income limits to the krone.

    Statute: forskrift om bustøtte §§ 1 and 13.
    Units: NOK a month; whole kroner, half a krone up.
    """
    if not has_bostotte_right_month:
        return 0.0
    amount = round_half_up(law.dekningsgrad * (godkjent_boutgift_month - bostotte_egenandel_month))
    return amount if amount >= law.min_payout else 0.0


@rule(of="household")
def bostotte_month(bostotte_entitled_month: Nok, take_up: float, law: BostotteLaw) -> Nok:
    """Return the bostøtte of households that apply: fewer of those to whom it would bring little.

    Statute: bustøttelova § 6.
    Units: NOK a month.
    """
    share = law.take_up * min(1.0, bostotte_entitled_month / max(law.full_take_up_amount, 1.0))
    return bostotte_entitled_month if take_up < share else 0.0


@rule(of="household")
def bostotte_payouts_month(bostotte_month: Nok) -> float:
    """Return one payout in a month that has one, as the statistics of Husbanken count them.

    Statute: bustøttelova § 1.
    Units: payouts.
    """
    return 1.0 if bostotte_month > 0.0 else 0.0


bostotte_received_month = to_first_member("bostotte_month")
