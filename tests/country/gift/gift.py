"""The gift: paid for each child and month, more for the youngest, some of it to a parent alone."""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.rule import (
    any_of,
    fathers,
    helper,
    largest,
    mothers,
    parents_total,
    rank_in_family,
    rule,
    sum_of,
    total,
    total_as_father,
    total_as_mother,
)


class GiftLaw(NamedTuple):
    amount: float
    by_rank: tuple[float, float]
    limit: float


class AloneLaw(NamedTuple):
    alone: float


@helper
def rounded(amount: float) -> float:
    return float(int(amount * 100 + 0.5)) / 100


@rule(of="child")
def months_old_month(year: int, month: int, birth_year: int, birth_month: int) -> int:
    return (year - birth_year) * 12 + month - birth_month


@rule(of="child")
def has_gift_month(months_old_month: int) -> bool:
    return 0 < months_old_month < 18 * 12


@rule(of="child")
def need_month(has_gift_month: bool, months_old_month: int, gift_in_hand: float) -> float:
    if not has_gift_month:
        return 0.0
    return 300.0 - months_old_month + gift_in_hand / 7


place_month = rank_in_family("need_month")


@rule(of="child")
def gift_child_month(has_gift_month: bool, place_month: int, parents_wage: float, law: GiftLaw) -> float:
    if not has_gift_month or parents_wage > law.limit:
        return 0.0
    extra = law.by_rank[0] if place_month == 1 else law.by_rank[1]
    return rounded(law.amount * extra)


parents_wage = parents_total("wage")
any_gift_month = any_of("has_gift_month", over="family")
largest_need_month = largest("need_month", over="family")
mothers_wage = mothers("wage")
fathers_wage = fathers("wage")


@rule(of="child")
def to_mother_month(gift_child_month: float, mothers_wage: float, fathers_wage: float) -> float:
    return gift_child_month if mothers_wage >= fathers_wage else 0.0


@rule(of="child")
def to_father_month(gift_child_month: float, to_mother_month: float) -> float:
    return gift_child_month - to_mother_month


@rule(of="family")
def alone_family_month(any_gift_month: bool, alone: bool, largest_need_month: float, law: AloneLaw) -> float:
    if not any_gift_month or not alone:
        return 0.0
    return law.alone + 0.1 * largest_need_month


@rule(of="family")
def alone(children: float, parents_here: float) -> bool:
    return parents_here < 2 and children > 0


parents_here = parents_total("one")
children = total("one_child", over="family")


@rule
def one(wage: float) -> float:
    return 1.0 if wage >= 0 else 0.0


@rule(of="child")
def one_child(wage: float) -> float:
    return 1.0 if wage >= 0 else 0.0


@rule
def alone_gift(alone_family: float) -> float:
    return alone_family


as_mother_month = total_as_mother("to_mother_month")
as_father_month = total_as_father("to_father_month")
gift_for_children_month = sum_of("as_mother_month", "as_father_month")
gift = sum_of("gift_for_children", "alone_gift")
