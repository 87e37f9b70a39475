"""How households hold their dwelling, and what it costs a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.population.schema import HouseholdType, Tenure
from mikrosim.synthpop.figures import figure, profile, share
from mikrosim.synthpop.random import at_age, chance, stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mikrosim.synthpop.random import Seed
    from mikrosim.synthpop.skeleton import People
    from mikrosim.units import Floats


def income_rank(people: People, income: Floats, count: int) -> Floats:
    """Return each household's rank by income over the root of its members, from 0 to 1."""
    members = np.bincount(people.household, minlength=count)
    means = np.bincount(people.household, weights=income, minlength=count) / np.sqrt(members)
    rank = np.empty(count)
    rank[np.argsort(means, kind="stable")] = (np.arange(count) + 0.5) / count
    return rank


def draw_tenure(kind: NDArray[np.int8], people: People, rank: Floats, seed: Seed) -> NDArray[np.int8]:
    """Return each household's tenure: by type as published, with renters younger and poorer than owners."""
    rng = stream(seed, "tenure")
    count = len(kind)
    eldest = np.zeros(count, dtype=np.int64)
    np.maximum.at(eldest, people.household, people.age.astype(np.int64))
    renters = np.array([figure("renters_by_type")[one.name.lower()] for one in HouseholdType])[kind - 1]
    pull = at_age(profile("renting_by_age"), eldest) * (2.2 - 2.4 * rank).clip(0.1) ** share("renting_by_income")
    for one in HouseholdType:
        group = kind == one
        if group.any():
            for _ in range(8):  # rates are capped below one, so the level is found in a few steps
                pull[group] *= renters[group].mean() / np.minimum(pull[group], 0.95).mean()
    rents = chance(rng, np.minimum(pull, 0.95))
    municipal = rents & chance(rng, share("municipal_of_renters") * (2.0 - 2.0 * rank).clip(0, 2))
    cooperative = chance(rng, np.full(count, share("cooperative_of_owners")))
    own = np.where(cooperative, Tenure.COOPERATIVE, Tenure.OWNER)
    rented = np.where(municipal, Tenure.MUNICIPAL_RENTER, Tenure.RENTER)
    return np.where(rents, rented, own).astype(np.int8)


def housing_cost(tenure: NDArray[np.int8], centrality: NDArray[np.int8], members: NDArray[np.intp], rank: Floats,
                 interest: Floats, seed: Seed) -> Floats:  # fmt: skip
    """Return the monthly cost: rent by centrality, size and income, or interest and running costs."""
    rng = stream(seed, "housing cost")
    noise = np.exp(0.2 * rng.standard_normal(len(tenure)))
    rent = at_age(profile("rent_month"), centrality) * (0.8 + 0.2 * np.minimum(members, 5)) * noise
    lowest, highest = figure("rent_by_income")
    rent = rent * (lowest + (highest - lowest) * rank)
    rent = rent * np.where(tenure == Tenure.MUNICIPAL_RENTER, share("municipal_rent_factor"), 1.0)
    own = interest / 12 + share("running_costs_month") * (0.8 + 0.2 * np.minimum(members, 5)) * noise
    return np.where(np.isin(tenure, (Tenure.RENTER, Tenure.MUNICIPAL_RENTER)), rent, own)
