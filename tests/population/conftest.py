from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mikrosim.population import Population
from mikrosim.population.schema import HOUSEHOLDS, INCOMES, PERSONS, Column


def _zeros(columns: tuple[Column, ...], rows: int) -> dict[str, np.ndarray]:
    return {column.name: np.zeros(rows, dtype=column.dtype) for column in columns}


def _set(table: dict[str, np.ndarray], **values: list[float]) -> dict[str, np.ndarray]:
    return {name: np.array(values.get(name, column), dtype=column.dtype) for name, column in table.items()}


@pytest.fixture
def tiny() -> Population:
    """A couple with a child, and a woman who lives alone; income year 2023."""
    households = _set(
        _zeros(HOUSEHOLDS, 2), household_id=[1, 2], weight=[10.0, 20.0], municipality=[301, 5601],
        centrality=[1, 4], in_tiltakssone=[0, 1], household_type=[3, 1], take_up=[0.2, 0.7],
    )  # fmt: skip
    persons = _set(
        _zeros(PERSONS, 4), person_id=[1, 2, 3, 4], household=[0, 0, 0, 1], birth_year=[1985, 1983, 2015, 1950],
        birth_month=[3, 6, 9, 12], sex=[2, 1, 1, 2], partner=[1, 0, -1, -1], mother=[-1, -1, 0, -1],
        father=[-1, -1, 1, -1], residence_years=[38, 40, 8, 73], sfo_price_month=[-1, -1, -1, -1],
    )  # fmt: skip
    incomes = _set(
        _zeros(INCOMES, 4), wage=[500_000, 600_000, 0, 0], wage_from=[1] * 4, wage_to=[12] * 4,
        pension=[0, 0, 0, 300_000],
    )  # fmt: skip
    return Population(households, persons, (incomes, incomes, incomes), 2023)


@pytest.fixture
def with_values() -> Callable[..., Population]:
    """Change some values of a population: ``with_values(tiny, "persons", sex={0: 3})``."""

    def change(population: Population, table: str, **columns: dict[int, float]) -> Population:
        old = population.table(table)
        new = {name: column.copy() for name, column in old.items()}
        for name, values in columns.items():
            for row, value in values.items():
                new[name][row] = value
        if table.startswith("incomes_"):
            lag = int(table[-1])
            years = tuple(new if number == lag else year for number, year in enumerate(population.incomes))
            return replace(population, incomes=years)
        return replace(population, **{table: new})

    return change


@pytest.fixture
def saved(tiny: Population, tmp_path: Path) -> Path:
    from mikrosim.population import save

    folder = tmp_path / "population"
    save(tiny, folder)
    return folder
