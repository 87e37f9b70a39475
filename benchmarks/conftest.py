"""Populations of named sizes, the figures that benchmarks note down, and the table at the end."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from figures import Figure, refusal, table
from sizes import HOUSEHOLDS, PERSONS, YEAR, resized

from mikrosim.simulation.reform import Comparison, comparison
from mikrosim.simulation.rules import rule_book
from mikrosim.simulation.run import as_population

if TYPE_CHECKING:
    from collections.abc import Callable

    from guards import Guard

    from mikrosim.population import Population

RESULTS = Path(__file__).parents[1] / "results" / "benchmarks.json"
FIGURES = pytest.StashKey[list[Figure]]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let pytest-benchmark write to `results/` unless another place was asked for."""
    config.stash[FIGURES] = []
    if config.option.benchmark_json is None:
        RESULTS.parent.mkdir(exist_ok=True)
        config.option.benchmark_json = RESULTS


@pytest.fixture
def note(request: pytest.FixtureRequest) -> Callable[[Figure], None]:
    """Put a figure into the table and the JSON file."""
    return request.config.stash[FIGURES].append


@pytest.fixture
def hold(note: Callable[[Figure], None]) -> Callable[[Figure, Guard], None]:
    """Put a ratio into the table and the JSON file; one that its guard refuses fails the benchmark."""

    def put(figure: Figure, guard: Guard) -> None:
        note(figure)
        why = refusal(figure, guard)
        if why is not None:
            pytest.fail(why, pytrace=False)

    return put


@pytest.fixture(scope="session")
def default_population() -> Population:
    """The default population in its own year, built if this is its first use."""
    return as_population("default", HOUSEHOLDS)


@pytest.fixture(scope="session")
def populations(default_population: Population) -> dict[str, Population]:
    """Populations at the law's year, by the name of their size."""
    carried = default_population.at_year(YEAR)
    return {name: resized(carried, persons) for name, persons in PERSONS.items()}


@pytest.fixture(scope="session")
def one_thread(populations: dict[str, Population]) -> dict[str, Comparison]:
    """Each population laid out for the full law, with the outputs and sums of every run."""
    return {name: comparison(population, YEAR, threads=1) for name, population in populations.items()}


@pytest.fixture(scope="session")
def population_folder(populations: dict[str, Population], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The population of 1 M persons as files, for processes that map them."""
    from mikrosim.population import save

    folder = tmp_path_factory.mktemp("population") / "1m"
    save(populations["1 M"], folder)
    return folder


def pytest_benchmark_update_json(config: pytest.Config, output_json: dict[str, Any]) -> None:
    """Write the figures beside pytest-benchmark's own statistics."""
    output_json["figures"] = [figure.to_dict() for figure in config.stash[FIGURES]]
    output_json["processors"] = len(os.sched_getaffinity(0))
    output_json["rules"] = len(rule_book().rules)
    output_json["whole"] = not config.option.keyword


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the one table."""
    figures = config.stash[FIGURES]
    if not figures:
        return
    terminalreporter.section("benchmarks")
    for line in table(figures):
        terminalreporter.write_line(line)
    terminalreporter.write_line(f"also in {config.option.benchmark_json}")
