"""What a result rests on, household by household: for tables by group, and for whoever checks a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mikrosim.measures import Frame, Incomes
    from mikrosim.measures.replicates import Replicates
    from mikrosim.parameters import Policy
    from mikrosim.population import Population
    from mikrosim.units import Floats, Nok


@dataclass(frozen=True, slots=True, eq=False)
class LawIncomes:
    """Households' incomes under one law, and its low-income lines.

    Attributes:
        years: The income year and the two before it, in that order.
        lines: NOK per consumption unit and year, by name (`eu60`).
        amounts: What each household has of each instrument in the income year, NOK; known in runs with replicates.
    """

    years: tuple[Incomes, ...]
    lines: Mapping[str, Nok]
    amounts: Mapping[str, Floats] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Detail:
    """The population and what each law gives it; kept in memory, never part of a result's JSON.

    Attributes:
        population: Whom the run was for, at the income year.
        frame: Who counts in which measure.
        baseline: The law the reform is compared with.
        reform: The law with the reform, the solved value included.
        before: Incomes under the baseline.
        after: Incomes under the reform.
        parameters: The paths of all parameters that the rules of the run read.
        replicates: The replicate weights of a run that has them: `frame.reweighted(factor)` for each.
    """

    population: Population
    frame: Frame
    baseline: Policy
    reform: Policy
    before: LawIncomes
    after: LawIncomes
    parameters: tuple[str, ...]
    replicates: Replicates | None = None
