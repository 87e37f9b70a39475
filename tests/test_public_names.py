"""The public names are the package's table of contents: a change here is a change for every user."""

import subprocess
import sys

import pytest

import mikrosim

NAMES = [
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


def test_the_public_names_are_these():
    assert mikrosim.__all__ == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_can_be_had(name):
    value = getattr(mikrosim, name)

    assert isinstance(value, str) or (callable(value) and value.__doc__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="simulat"):
        _ = mikrosim.simulat


def test_import_loads_nothing_heavy():
    code = (
        "import sys, mikrosim\n"
        "heavy = {'numba', 'numpy', 'pandas', 'pyarrow', 'pydantic', 'rich', 'scipy', 'typer', 'yaml'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
