"""The tithe: a stepwise tax on what a person earns and on gifts above a limit."""

from __future__ import annotations

from typing import NamedTuple

from country.gift.gift import rounded
from mikrosim.law.rule import helper, partners, rule, sum_of, to_first_member, total


class TitheLaw(NamedTuple):
    allowance: float
    rate: tuple[float, float, float]
    lower: tuple[float, float, float]


class GiftTaxLaw(NamedTuple):
    share_of_gifts: float


@helper
def part_above(amount: float, limit: float) -> float:
    return max(0.0, amount - limit)


@rule
def adult(year: int, birth_year: int) -> bool:
    return year - birth_year >= 18


@rule
def base(wage: float, gift: float, adult: bool, law: GiftTaxLaw) -> float:
    if not adult:
        return 0.0
    return wage + law.share_of_gifts * gift


@rule
def tithe(base: float, law: TitheLaw) -> float:
    tax = 0.0
    for step in range(len(law.rate)):
        tax += law.rate[step] * part_above(base - law.allowance, law.lower[step])
    return rounded(tax)


partner_wage = partners("wage")


@rule
def secondary_earner(wage: float, partner_wage: float) -> bool:
    return 0 < wage < partner_wage


net = sum_of("wage", "gift", "alms", "minus_tithe")


@rule
def minus_tithe(tithe: float) -> float:
    return -tithe


household_net = total("net", over="household")


rent_in_hand = to_first_member("rent")
net_in_hand = to_first_member("household_net")


@rule(of="household")
def net_of_rent(household_net: float, rent: float) -> float:
    return household_net - rent
