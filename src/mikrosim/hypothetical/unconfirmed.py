"""Which of the law's unconfirmed values a household's figures rest on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from mikrosim.hypothetical.compute import evaluate_household, full_graph
from mikrosim.measures.budget import BUDGET_SIGNS, IN_KIND
from mikrosim.parameters import baseline, load_law
from mikrosim.simulation.rules import parameters_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mikrosim.hypothetical.spec import HouseholdSpec
    from mikrosim.parameters import Policy

    Variants = Sequence[Mapping[str, Mapping[str, float]]]

MONEY = ("after_tax_income", *(name for name in BUDGET_SIGNS if name not in IN_KIND))

UNCERTAINTY = (0.9, 1.1)
"""An unconfirmed value matters to a household for whom an instrument would be another if it were so much larger or
smaller: to those with bostøtte or sosialhjelp, say, and to those near the limit."""

SMALLEST = 1.0
"""What is put in the place of an unconfirmed 0, which no factor changes."""


def that_matter(spec: HouseholdSpec, variants: Variants = ({},)) -> list[str]:
    """Return the unconfirmed parameters of the year on which an instrument's amount for the household rests."""
    policy = baseline(spec.year)
    as_it_is = _amounts(spec, policy, variants)

    def matter(paths: Sequence[str]) -> bool:
        others = (_with_others(policy, paths, factor) for factor in UNCERTAINTY)
        return any(_amounts(spec, other, variants) != as_it_is for other in others)

    # Payment dates move no amount of the year. Most households meet none of the rest, which two computations tell.
    read = set(parameters_of(full_graph())).intersection(policy.unconfirmed)
    unconfirmed = [path for path in policy.unconfirmed if path in read]
    return [path for path in unconfirmed if matter([path])] if matter(unconfirmed) else []


def _with_others(policy: Policy, paths: Sequence[str], factor: float) -> Policy:
    """Return the law with the unconfirmed values of some parameters changed; a flag or a choice takes the next."""
    law = load_law()
    vector = policy.vector.copy()
    for path in paths:
        parameter = law.parameters[path]
        for row in range(12):
            dated = parameter.at_month(policy.year, row + 1)
            if dated is None or dated.kind != "unconfirmed":
                continue
            part = vector[row, law.layout.slots[path].span]
            if parameter.unit in ("flag", "choice"):
                part[...] = (part + 1) % max(len(parameter.choices), 2)
            else:
                other = np.where(part == 0.0, SMALLEST, part * factor)
                part[...] = np.clip(other, parameter.minimum, parameter.maximum)
    return replace(policy, vector=vector)


def _amounts(spec: HouseholdSpec, policy: Policy, variants: Variants) -> list[list[float]]:
    values = evaluate_household(spec, policy, variants).values
    return [values[name][0] for name in MONEY]
