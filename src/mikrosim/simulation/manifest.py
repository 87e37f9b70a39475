"""What a result tells of the run it came from: what the scenario says of itself, and how to make it again."""

from __future__ import annotations

import hashlib
import platform
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mikrosim.parameters import Policy
    from mikrosim.population import Population
    from mikrosim.scenario import Scenario


def version() -> str:
    """Return the version of the installed package."""
    from importlib.metadata import version as installed

    return installed("mikrosim")


def about_of(scenario: Scenario) -> dict[str, Any]:
    """Return what the scenario says of itself, and which earlier law it is held against, if any."""
    told = {key: getattr(scenario, key) for key in ("description", "why", "source", "limits")}
    found: dict[str, Any] = {name: text for name, text in told.items() if text}
    if scenario.compared_with is not None:
        law_of, factor = scenario.compared_with
        found["baseline"] = {"law_of": law_of, "amounts_multiplied_by": factor}
    if scenario.code is not None:
        found["code"] = scenario.code.name
    return found


def manifest_of(scenario: Scenario, population: Population, reform: Policy, seed: int | None) -> dict[str, Any]:
    """Return all that is needed to make the same run again."""
    import numba
    import numpy as np

    code = "" if scenario.code is None else scenario.code.read_text("utf-8")
    asked = repr((scenario.name, scenario.year, scenario.changes, scenario.solve, scenario.compare, code))
    return {
        "mikrosim": version(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "numba": numba.__version__,
        "law_hash": reform.law_hash,
        "scenario": {"file": scenario.origin, "hash": hashlib.sha256(asked.encode()).hexdigest()},
        "population": {
            "hash": population.hash,
            "path": None if population.path is None else str(population.path),
            "made_with": dict(population.manifest),
        },
        "seed": seed,
    }
