import doctest
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from mikrosim.population import Population
from mikrosim.population.schema import HOUSEHOLDS, INCOMES, PERSONS

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def module(monkeypatch):
    """Benchmarks import each other by name, as they do when pytest runs them."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    return import_module


def family_and_single():
    """A mother and a father with a child, and a person alone."""
    households = {column.name: np.zeros(2, column.dtype) for column in HOUSEHOLDS}
    households["weight"][:] = 10.0, 30.0
    households["household_id"][:] = 1, 2
    persons = {column.name: np.zeros(4, column.dtype) for column in PERSONS}
    persons["household"][:] = 0, 0, 0, 1
    persons["person_id"][:] = 5, 6, 7, 8
    persons["partner"][:] = 1, 0, -1, -1
    persons["mother"][:] = -1, -1, 0, -1
    persons["father"][:] = -1, -1, 1, -1
    income = {column.name: np.arange(4).astype(column.dtype) for column in INCOMES}
    return Population(households, persons, (income, income, income), year=2025)


@pytest.fixture
def resized(module):
    return module("sizes").resized


def test_a_larger_population_is_whole_copies_with_links_inside_each(resized):
    large = resized(family_and_single(), 12)
    assert large.persons["household"].tolist() == [0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 4, 5]
    assert large.persons["partner"].tolist() == [1, 0, -1, -1, 5, 4, -1, -1, 9, 8, -1, -1]
    assert large.persons["mother"].tolist() == [-1, -1, 0, -1, -1, -1, 4, -1, -1, -1, 8, -1]
    assert large.persons["father"].tolist() == [-1, -1, 1, -1, -1, -1, 5, -1, -1, -1, 9, -1]
    assert len(set(large.persons["person_id"])) == 12
    assert large.incomes[2]["wage"].tolist() == [0, 1, 2, 3] * 3
    assert large.weights.sum() == pytest.approx(40.0)


def test_a_copy_keeps_the_types_of_the_schema(resized):
    small, large = family_and_single(), resized(family_and_single(), 12)
    for name in ("households", "persons", "incomes_1"):
        types = {column: values.dtype for column, values in small.table(name).items()}
        assert {column: values.dtype for column, values in large.table(name).items()} == types


@pytest.mark.parametrize(("asked", "got"), [(3, 3), (4, 4), (6, 4), (7, 7), (8, 8)])
def test_a_size_is_met_to_within_a_household(resized, asked, got):
    assert len(resized(family_and_single(), asked).persons["household"]) == got


@pytest.mark.parametrize(
    ("value", "goal", "bound", "met"),
    [
        (1.0, 2.0, "at most", True),
        (3.0, 2.0, "at most", False),
        (3.0, 2.0, "at least", True),
        (3.0, None, "at most", True),
    ],
)
def test_a_goal_is_a_highest_or_a_lowest_value(module, value, goal, bound, met):
    assert module("figures").Figure("x", value, "s", goal, bound).is_met is met


def test_a_figure_comes_back_from_json_as_it_went(module):
    figures = module("figures")
    figure = figures.Figure("kernel", 17.3, "M persons/s", 12.0, "at least")
    assert figures.figure_from_dict(figure.to_dict()) == figure


def test_readme_section_has_figures_machine_and_date(module):
    figure = module("figures").Figure("kernel", 17.3, "M persons/s", 12.0, "at least")
    results = {
        "figures": [figure.to_dict()],
        "machine_info": {"cpu": {"brand_raw": "A chip"}, "system": "Linux", "python_version": "3.11.2"},
        "processors": 2,
        "datetime": "2026-11-22T14:00:00",
    }
    section = module("write_readme").section(results)
    assert "| kernel | 17.3 M persons/s | at least 12 M persons/s |" in section
    assert section.endswith("Measured 2026-11-22 on A chip, 2 processors, Linux, Python 3.11.2.")


@pytest.mark.parametrize(
    "readme", ["no markers", "<!-- benchmarks:start -->", "<!-- benchmarks:end --><!-- benchmarks:start -->"]
)
def test_a_readme_without_both_markers_is_left_alone(module, readme):
    with pytest.raises(ValueError, match="must have"):
        module("write_readme").rewritten(readme, "new")


@pytest.mark.parametrize("name", ["figures", "write_readme"])
def test_examples_in_docstrings_hold(module, name):
    assert doctest.testmod(module(name)).failed == 0
