"""A household's income as it comes in: the payouts of a year, what each month leaves, and how uneven that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mikrosim.errors import HouseholdError
from mikrosim.hypothetical.compute import MONTH, evaluate_household, full_graph, load_spec
from mikrosim.hypothetical.payouts import (
    FOLDER,
    INSTRUMENTS,
    MONTHS,
    PARAMETERS,
    Payout,
    calendar_law,
    day_field,
    payouts,
)
from mikrosim.hypothetical.unevenness import unevenness
from mikrosim.parameters import baseline, require

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from mikrosim.hypothetical.compute import Computed
    from mikrosim.hypothetical.spec import HouseholdSpec
    from mikrosim.law.utbetaling.utbetaling import UtbetalingLaw
    from mikrosim.parameters import Policy

MADE_OF = {
    "barnebidrag": ("barnebidrag", "child_support_received"),
    "alderspensjon": ("pension", "minstenivatillegg"),
    "uforetrygd": ("uforetrygd", "engangssum_uforetrygd"),
}
"""What is paid out together, computed and given; everything else is the value of its own name."""

FORTNIGHTS = 26
HALF_AN_ORE = 0.005


def payment_calendar(spec: Mapping[str, Any] | str | Path, *, policy: Policy | None = None) -> dict[str, Any]:
    """Return a household's payouts by date, its income month by month, and how uneven that is.

    The mapping holds ``year``; ``payments``, each with ``date``, ``instrument``, ``person`` (an id or ``household``),
    ``amount`` and what it ``concerns``; ``months``, each with ``payments`` by instrument, ``payment_days`` (the number
    of different ones) and the month's accounts down to ``after_tax_income_net_of_child_care``; and ``unevenness`` of
    ``after_tax_income`` (see ``mikrosim.hypothetical.unevenness``).

    Wages are even over their months. Amounts of a year, tax and child support paid among them, are spread evenly; so
    is ``other_income``, which has no payment date: business, capital, and whatever else the calendar does not know.
    What is paid in January for last December is taken to be what this year's December gives. Benefits by periods of
    two weeks come 26 or 27 times, each for ten days of the year's 260, so that their payouts may differ a little from
    the year's right.

    Args:
        spec: The household as a mapping, or the path of a YAML file that holds one.
        policy: The law, payment dates included, of the same income year; that year's own by default.

    Raises:
        HouseholdError: With everything that is wrong with the household.
        LawError: The year has no law for something that is needed.
    """
    household = load_spec(spec)
    return calendar_of(household, policy or baseline(household.year))


def calendar_of(spec: HouseholdSpec, policy: Policy, computed: Computed | None = None) -> dict[str, Any]:
    """Return the payment calendar of a checked household.

    Args:
        spec: The household.
        policy: The law, of the household's year.
        computed: Every value for the household under that law, where they are known already.
    """
    if policy.year != spec.year:
        raise HouseholdError("policy", f"the law of {policy.year}, but the household's year is {spec.year}")
    require(policy, PARAMETERS)
    computed = computed or evaluate_household(spec, policy)
    laws = calendar_law(policy)
    rights = {name: _rights(computed, name) for name in INSTRUMENTS}
    paid = sorted(
        payout
        for name, of_persons in rights.items()
        for person, amounts in of_persons.items()
        for payout in payouts(laws, spec.year, name, person, amounts)
    )
    months = _months(computed, rights, paid)
    incomes = [month["after_tax_income"] for month in months]
    return {
        "year": spec.year,
        "payments": [{**payout._asdict(), "date": payout.date.isoformat()} for payout in paid],
        "months": months,
        "unevenness": unevenness(incomes, [payout.date for payout in paid], spec.year),
    }


def calendar_notes(calendar: Mapping[str, Any], policy: Policy) -> list[str]:
    """Return one sentence for each thing that a payment calendar leaves out or rests on without confirmation."""
    found = []
    if any(payment["instrument"] == "wage" for payment in calendar["payments"]):
        found.append("wages and tax are spread evenly: holiday pay and half tax in December are not modelled")
    if any(not _within(calendar["year"], payment["concerns"]) for payment in calendar["payments"]):
        found.append("what is paid for a month of another year is taken to be what that month of this year gives")
    fortnights = {payment["date"] for payment in calendar["payments"] if "/" in payment["concerns"]}
    if len(fortnights) > FORTNIGHTS:
        found.append(f"{calendar['year']} has {len(fortnights)} payouts by two weeks; a year's right is {FORTNIGHTS}")
    laws = calendar_law(policy)
    read = {f"{FOLDER}.{field}" for payment in calendar["payments"] for field in _read(payment, laws)}
    unconfirmed = [path for path in PARAMETERS if path in read.intersection(policy.unconfirmed)]
    if unconfirmed:
        found.append(f"payment dates that nobody has confirmed: {', '.join(unconfirmed)} (see mikrosim law)")
    return found


def _rights(computed: Computed, instrument: str) -> dict[str, list[float]]:
    """Return each person's right to an instrument in each month; nobody's where the model does not know it."""
    nodes = full_graph().nodes
    rights: dict[str, list[float]] = {}
    for name in MADE_OF.get(instrument, (instrument,)):
        of_persons: Mapping[str, Sequence[float]] = {}
        if name + MONTH in nodes:
            of_persons = computed.rows(name + MONTH, 0)
        elif name in nodes:
            of_persons = {who: [year / MONTHS] * MONTHS for who, (year,) in computed.rows(name, 0).items()}
        if name == "wage":  # those whose months are unlike are paid in the months of work
            of_persons = {**of_persons, **computed.rows("wage_paid_month", 0)}
        for who, amounts in of_persons.items():
            rights[who] = [had + more for had, more in zip(rights.get(who, [0.0] * MONTHS), amounts, strict=True)]
    return rights


def _months(
    computed: Computed, rights: Mapping[str, Mapping[str, Sequence[float]]], paid: Sequence[Payout]
) -> list[dict[str, Any]]:
    """Return each month's accounts: what is paid out in it, and an even part of all that has no date."""
    dated = sum(sum(amounts) for of_persons in rights.values() for amounts in of_persons.values())
    gross, after_tax = (_year(computed, f"household_{name}_income") for name in ("gross", "after_tax"))
    tax = _year(computed, "skatt")
    other, support = (_unless_rounding(amount) / MONTHS for amount in (gross - dated, gross - tax - after_tax))
    (care,) = computed.rows("child_care_costs" + MONTH, 0).values()
    months = []
    for month in range(MONTHS):
        of_month = [payout for payout in paid if payout.date.month == month + 1]
        payments = {
            name: sum(payout.amount for payout in of_month if payout.instrument == name)
            for name in INSTRUMENTS
            if any(payout.instrument == name for payout in paid)
        }
        left = sum(payments.values()) + other - tax / MONTHS - support
        months.append(
            {
                "month": f"{computed.spec.year}-{month + 1:02d}",
                "payments": payments,
                "payment_days": len({payout.date for payout in of_month}),
                "other_income": other,
                "skatt": tax / MONTHS,
                "child_support_paid": support,
                "after_tax_income": left,
                "child_care_costs": care[month],
                "after_tax_income_net_of_child_care": left - care[month],
            }
        )
    return months


def _year(computed: Computed, name: str) -> float:
    return sum(figures[0] for figures in computed.rows(name, 0).values())


def _unless_rounding(amount: float) -> float:
    return amount if abs(amount) > HALF_AN_ORE else 0.0


def _within(year: int, concerns: str) -> bool:
    return all(part.startswith(f"{year:04d}-") for part in concerns.split("/"))


def _read(payment: Mapping[str, Any], laws: Sequence[UtbetalingLaw]) -> Iterator[str]:
    """Yield the payment dates that a payment rests on."""
    name, month = payment["instrument"], int(payment["date"][5:7])
    if "/" in payment["concerns"]:
        yield from (f"{name}_day", "meldekort_first_monday", "meldekort_wait")
    else:
        yield from (day_field(laws[month - 1], name, month), f"{name}_lag")
