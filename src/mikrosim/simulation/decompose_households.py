"""What each part of a change of the law contributes to several households, by the program of a run.

`decompose_household` takes one household in plain Python, in which 256 combinations of eight parts take seconds; here
all households and all combinations go through the compiled rules in one pass.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.measures import decomposition
from mikrosim.simulation.compute import prepare
from mikrosim.simulation.law_parts import with_parts
from mikrosim.simulation.reform import HOUSEHOLD_OUTPUTS, SUMS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from mikrosim.hypothetical.spec import HouseholdSpec
    from mikrosim.parameters import Policy
    from mikrosim.population import Population
    from mikrosim.units import Floats


def decompose_households(
    specs: Sequence[HouseholdSpec],
    like: Population,
    baseline: Policy,
    reform: Policy,
    parts: Mapping[str, Sequence[str]],
    output: str = "after_tax_income_net_of_child_care",
) -> dict[str, Floats]:
    """Return what each part of a change contributes to each household, NOK a year; the parts add up to the change.

    Args:
        specs: The households, of the laws' income year; amounts in whole kroner, as in a population.
        like: The population of the run, whose columns the households get, so that its program serves.
        baseline: The law the reform is compared with.
        reform: The law with the reform, by the law's own rules.
        parts: The parameters of each part, such as those of the country's decomposition.
        output: The income of `HOUSEHOLD_OUTPUTS` that is divided.
    """
    plan = decomposition(tuple(parts), most_exact=len(parts))
    laws = [with_parts(baseline, reform, [path for part in some for path in parts[str(part)]])
            for some in plan.coalitions]  # fmt: skip
    computation = prepare(_population(specs, like), baseline.year, HOUSEHOLD_OUTPUTS, SUMS)
    found = computation.run(laws).columns[output]
    known = {some: found[place] for place, some in enumerate(plan.coalitions)}
    return {str(part): values for part, values in plan.contributions(known).items()}


def _population(specs: Sequence[HouseholdSpec], like: Population) -> Population:
    """Return the households as a population with the columns of another."""
    from mikrosim.hypothetical.columns import dataset_of

    columns = [dataset_of(spec).columns for spec in specs]
    sizes = np.array([len(spec.persons) for spec in specs])
    start = np.repeat(np.cumsum(sizes) - sizes, sizes)

    def joined(known: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        return {name: np.concatenate([one[name] for one in columns]).astype(column.dtype)
                for name, column in known.items()}  # fmt: skip

    persons, households = joined(like.persons), joined(like.households)
    persons["household"] = np.repeat(np.arange(len(specs)), sizes).astype(like.persons["household"].dtype)
    for link in ("partner", "mother", "father"):
        persons[link] = np.where(persons[link] < 0, persons[link], persons[link] + start).astype(persons[link].dtype)
    incomes = tuple(joined(table) for table in like.incomes)
    return replace(like, persons=persons, households=households, incomes=incomes, hash="", path=None,
                   manifest=MappingProxyType({}), weights_by_year={})  # fmt: skip
