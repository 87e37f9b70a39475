"""Scenarios: YAML or a dict -> a checked, named change of the law -> a policy to run."""

from __future__ import annotations

from mikrosim.scenario.scenario import Scenario, Solve, load_scenario, scenario_from_dict
from mikrosim.scenario.solve import Solution, solve

__all__ = ["Scenario", "Solution", "Solve", "load_scenario", "scenario_from_dict", "solve"]
