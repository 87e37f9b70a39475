"""What a run computes on request only, since it takes further runs of the law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mikrosim.errors import MikrosimError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mikrosim.parameters import Policy
    from mikrosim.population import Population
    from mikrosim.simulation.reform import Comparison
    from mikrosim.simulation.uncertainty import Uncertainty

INCENTIVES = "incentives"


class Further(NamedTuple):
    """What was asked for beyond the measures of every run, as the JSON has it."""

    work_incentives: Mapping[str, Any] | None
    decomposition: Mapping[str, Any] | None


def further(
    compared: Comparison,
    population: Population,
    laws: tuple[Policy, Policy],
    sure: Uncertainty | None,
    progress: Callable[[str], None],
    *,
    work: bool,
    parts: bool,
) -> Further:
    """Return what is asked for beyond the measures of every run.

    Args:
        compared: The population's comparison.
        population: The population at the laws' year.
        laws: The baseline and the reform.
        sure: The run's uncertainty, for intervals; None without replicates.
        progress: Called with the name of each stage when it begins.
        work: Whether parents' tax rates are asked for.
        parts: Whether the contributions of the reform's parts are.
    """
    incentives: dict[str, Any] | None = None
    if work:
        from mikrosim.simulation.uncertainty import intervals_of
        from mikrosim.simulation.work_incentives import WAGE_STEP, work_incentives

        progress(INCENTIVES)
        rates = work_incentives(compared.computation, population, laws)
        found = rates.summary() if sure is None else intervals_of(rates.summary, sure.weights)
        incentives = {"wage_step": WAGE_STEP, "parents": len(rates.parents.row), **found}
    contributions = None
    if parts:
        from mikrosim.simulation.decompose import DECOMPOSING, decompose_country

        progress(DECOMPOSING)
        contributions = decompose_country(compared.computation, population, *laws, progress=progress).to_dict()
    return Further(incentives, contributions)


def refuse_on_request(*, work_incentives: bool, decompose: bool) -> None:
    """Refuse for real microdata what no one has counted the households behind.

    Raises:
        MikrosimError: Something is asked for that may not leave.
    """
    asked = {"work-incentives": work_incentives, "decompose": decompose}
    hint = "not given for real microdata: the households behind its numbers are not counted; leave it out"
    problems = [Problem(name, hint) for name, wanted in asked.items() if wanted]
    if problems:
        raise MikrosimError("options", problems)
