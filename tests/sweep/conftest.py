"""Small populations and sweeps for the tests of many laws."""

import sys
from pathlib import Path

import pytest

from mikrosim.population.store import save
from mikrosim.sweep import sweep_from_dict
from mikrosim.sweep.run import sweep

sys.path.insert(0, str(Path(__file__).parents[1] / "simulation"))

from people import people

TWO_RATES = {
    "name": "Two rates of barnetrygd",
    "base": {"year": 2025, "reform": {"barnetrygd.taxable_as": "personinntekt"}},
    "parameters": {
        "barnetrygd.ordinaer": {"low": 1000, "high": 4000},
        "utvidet": {"parameter": ["barnetrygd.utvidet"], "operation": "multiply", "low": 0.5, "high": 2.0},
    },
    "design": "sobol",
    "samples": 100,
}


@pytest.fixture(scope="session")
def population():
    return people(300)


@pytest.fixture(scope="session")
def population_folder(population, tmp_path_factory):
    """Return the same population as a folder."""
    path = tmp_path_factory.mktemp("population") / "made_up"
    save(population, path)
    return path


@pytest.fixture(scope="session")
def undisturbed(population_folder, tmp_path_factory):
    """Return the folder of `TWO_RATES`, run here in one go."""
    out = tmp_path_factory.mktemp("undisturbed") / "sweep"
    sweep(sweep_from_dict(TWO_RATES), out, population_folder)
    return out
