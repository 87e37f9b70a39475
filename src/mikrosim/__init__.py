"""mikrosim: an open policy microsimulation engine for Norway.

>>> import mikrosim
>>> result = mikrosim.run("scenarios/skatt_barnetrygd.yaml")  # doctest: +SKIP
>>> result.change["budget"]["net"]  # doctest: +SKIP

Everything is imported when it is first used, so that `import mikrosim` itself takes no time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrosim.errors import HouseholdError, LawError, MikrosimError, PopulationError, ScenarioError

if TYPE_CHECKING:
    from mikrosim.hypothetical.calendar import payment_calendar
    from mikrosim.hypothetical.compute import household
    from mikrosim.parameters import Law, Policy, baseline, load_law
    from mikrosim.population import Population
    from mikrosim.population import load as load_population
    from mikrosim.scenario import Scenario, load_scenario, scenario_from_dict
    from mikrosim.simulation.decompose import decompose
    from mikrosim.simulation.result import RunResult
    from mikrosim.simulation.run import run
    from mikrosim.simulation.simulate import simulate
    from mikrosim.simulation.work_incentives import income_by_wage

    __version__: str

__all__ = [
    "HouseholdError",
    "Law",
    "LawError",
    "MikrosimError",
    "Policy",
    "Population",
    "PopulationError",
    "RunResult",
    "Scenario",
    "ScenarioError",
    "__version__",
    "baseline",
    "decompose",
    "household",
    "income_by_wage",
    "load_law",
    "load_population",
    "load_scenario",
    "payment_calendar",
    "run",
    "scenario_from_dict",
    "simulate",
]

_PLACES = {
    "Law": "mikrosim.parameters:Law",
    "Policy": "mikrosim.parameters:Policy",
    "Population": "mikrosim.population:Population",
    "RunResult": "mikrosim.simulation.result:RunResult",
    "Scenario": "mikrosim.scenario:Scenario",
    "baseline": "mikrosim.parameters:baseline",
    "decompose": "mikrosim.simulation.decompose:decompose",
    "household": "mikrosim.hypothetical.compute:household",
    "income_by_wage": "mikrosim.simulation.work_incentives:income_by_wage",
    "load_law": "mikrosim.parameters:load_law",
    "load_population": "mikrosim.population:load",
    "load_scenario": "mikrosim.scenario:load_scenario",
    "payment_calendar": "mikrosim.hypothetical.calendar:payment_calendar",
    "run": "mikrosim.simulation.run:run",
    "scenario_from_dict": "mikrosim.scenario:scenario_from_dict",
    "simulate": "mikrosim.simulation.simulate:simulate",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    if name == "__version__":
        from importlib.metadata import version

        value: object = version("mikrosim")
    elif name in _PLACES:
        from importlib import import_module

        module, _, attribute = _PLACES[name].partition(":")
        value = getattr(import_module(module), attribute)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
