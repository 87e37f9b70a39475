"""A run written to a folder, once for all tests of the report."""

import pytest
from detailed import a_detailed_result, with_everything

from mikrosim.report.files import write_run
from mikrosim.report.texts import Words


@pytest.fixture(scope="session")
def detailed(tmp_path_factory):
    return a_detailed_result(tmp_path_factory.mktemp("population"))


@pytest.fixture(scope="session")
def folder(detailed, tmp_path_factory):
    """Return the folder of a run in Norwegian."""
    place = tmp_path_factory.mktemp("run")
    write_run(detailed, place, "mikrosim run høyere.yaml --out run", Words("nb"))
    return place


@pytest.fixture(scope="session")
def asked(detailed, tmp_path_factory):
    """Return the folder of a run with replicates, tax rates of parents and the reform's parts."""
    place = tmp_path_factory.mktemp("asked")
    write_run(with_everything(detailed), place, "mikrosim run høyere.yaml --replicates 10 --out run", Words("nb"))
    return place
