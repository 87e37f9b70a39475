"""Alms: paid monthly to the few who are unable to work, more where rent is high or the family earns little."""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.rule import rule, to_person, total


class AlmsLaw(NamedTuple):
    full: float
    least: float


@rule(of="recipient")
def alms_paid_month(
    month: int,
    alms_given: float,
    alms_degree: float,
    rent: float,
    parents_wage: float,
    gift_limit_passed: bool,
    law: AlmsLaw,
) -> float:
    least = law.least if parents_wage < 100 and not gift_limit_passed else 0.0
    return alms_given / 12 + alms_degree * (least + law.full * (month % 3) + rent / 100)


@rule
def gift_limit_passed(gift: float, law: AlmsLaw) -> bool:
    return gift > law.full


alms_month = to_person("alms_paid_month")
alms_at_home_month = total("alms_paid_month", over="household")


@rule(of="household")
def dearest_alms_month(alms_at_home_month: float, rent: float) -> float:
    return max(alms_at_home_month - rent, 0.0)
