"""Small populations and sweeps for the tests of many laws."""

import sys
from pathlib import Path

import pytest

from mikrosim.population.store import save
from mikrosim.sweep import sweep_from_dict
from mikrosim.sweep.optimisation import optimisation_from_dict
from mikrosim.sweep.optimise import optimise
from mikrosim.sweep.optimum_files import write_optimum
from mikrosim.sweep.run import sweep

sys.path.insert(0, str(Path(__file__).parents[1] / "simulation"))

from people import people
from swept import TWO_RATES, WANTED


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


@pytest.fixture(scope="session")
def optimum(population):
    return optimise(optimisation_from_dict(WANTED), population)


@pytest.fixture(scope="session")
def optimum_folder(optimum, tmp_path_factory):
    """Return the folder of the optimum."""
    folder = tmp_path_factory.mktemp("optimum")
    write_optimum(optimum, optimisation_from_dict(WANTED), folder)
    return folder
