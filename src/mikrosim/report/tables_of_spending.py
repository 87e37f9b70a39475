"""Where the money goes: spending by income, targeting against need, and who the losing households are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mikrosim.measures.budget import BUDGET_SIGNS, IN_KIND
from mikrosim.measures.concentration import concentration_of_spending, cost_per_lifted
from mikrosim.measures.losers import losers_by_group
from mikrosim.measures.ranked import RankedGroups
from mikrosim.measures.targeting import benefit_and_need, concentration_coefficient, coverage, targeting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mikrosim.report.tables_of_run import Rows
    from mikrosim.report.tables_view import Weighted
    from mikrosim.units import Floats

MILLION = 1e6
GAINS = "reform_gains"
"""What the reform gives to those who gain, as if it were a benefit of its own."""

LEAST_PAID = 50.0
"""Million NOK a year; a benefit of less is not measured, since it reaches too few households of the sample."""


def spending(view: Weighted, net_cost: float) -> Iterator[dict[str, Any]]:
    """Yield where the money goes, and what each child lifted over the baseline's line costs."""
    line = view.lines["baseline"]
    low_before, low_after = (income < line for income in view.sample.equivalised.values())
    children = view.frame.children
    shares = concentration_of_spending(view.sample.change, view.weight, view.ranked, low_before, children)
    yield from ({"measure": f"share_{name}", "value": value} for name, value in shares.items())
    below = [float((low * children).sum()) for low in (low_before, low_after)]
    yield {"measure": "children_lifted", "value": below[0] - below[1]}
    yield {"measure": "cost_per_child_lifted", "value": cost_per_lifted(net_cost * MILLION, *below)}


class Benefit(NamedTuple):
    """What households receive of one benefit under one law, NOK a year, and their income with it."""

    name: str
    law: str
    amount: Floats
    income: Floats


def targeting_tables(view: Weighted) -> dict[str, Rows]:
    """Return `targeting` and `targeting_deciles` of the reform's gains: how they meet need, and in each tenth."""
    change, income = view.sample.change, view.sample.laws["baseline"].years[0].after_tax
    gains = np.maximum(change, 0.0)
    return _targeting(view, [Benefit(GAINS, "change", gains, income + gains)])


def benefit_tables(view: Weighted) -> dict[str, Rows]:
    """Return the same tables of the benefits themselves, under both laws, if each household's amounts are known."""
    return _targeting(view, _benefits(view))


def _targeting(view: Weighted, benefits: Iterable[Benefit]) -> dict[str, Rows]:
    rows, tenths = [], []
    for benefit in benefits:
        label = {"benefit": benefit.name, "law": benefit.law}
        found, of_deciles = _targeted(view, benefit)
        rows.append({**label, **found})
        tenths += [{**label, "decile": place, **one} for place, one in enumerate(of_deciles, start=1)]
    return {"targeting": rows, "targeting_deciles": tenths}


def _benefits(view: Weighted) -> Iterator[Benefit]:
    for name, sign in BUDGET_SIGNS.items():
        for law, incomes in view.sample.laws.items():
            if incomes.amounts is None or sign < 0 or name in IN_KIND:
                continue
            amount = incomes.amounts[name]
            if float((amount * view.weight).sum()) >= LEAST_PAID * MILLION and amount.min() >= 0.0:
                yield Benefit(name, law, amount, incomes.years[0].after_tax)


def _targeted(view: Weighted, benefit: Benefit) -> tuple[dict[str, float], Rows]:
    """Return how universal and how targeted a benefit is, and its share in each tenth beside that of need.

    Tenths and line are taken by income without the benefit; the line is the law's own.
    """
    law = view.sample.laws["baseline" if benefit.law == "change" else benefit.law]
    line = view.lines["baseline" if benefit.law == "change" else benefit.law]
    units, frame = law.years[0].units_eu, view.frame
    without = (benefit.income - benefit.amount) / units
    ranked = RankedGroups(without, frame.persons)
    low = (without < line).astype(np.float64)
    # Students' households are no part of the measured population; nor is what they receive here.
    weight = np.where(frame.persons > 0.0, view.weight, 0.0)
    found = {
        "amount": float((benefit.amount * weight).sum()) / MILLION,
        "coverage": coverage(benefit.amount, frame.persons),
        "coverage_children": coverage(benefit.amount, frame.children),
        "coverage_below_line": coverage(benefit.amount, frame.persons, low),
        **targeting(benefit.amount, benefit.income, units, line, weight),
        "concentration": concentration_coefficient(benefit.amount, weight, without, frame.persons),
    }
    shortfall = np.maximum(line * units - benefit.income + benefit.amount, 0.0)
    size = np.maximum(weight, 1e-300)
    tenths = benefit_and_need(benefit.amount, shortfall, weight, ranked)
    of_children = benefit_and_need(benefit.amount, low * frame.children / size, weight, ranked)
    return found, [
        {**one, "children_share": other["need_share"]} for one, other in zip(tenths, of_children, strict=True)
    ]


def losers(view: Weighted, divisions: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield who the losing households are, by each division; nothing where nobody loses."""
    for division in divisions:
        groups = view.sample.households[division]
        yield from ({"division": division, **row} for row in losers_by_group(view.sample.change, view.weight, groups))
