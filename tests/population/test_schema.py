import numpy as np
import pytest

from mikrosim.population.schema import INCOME_YEARS, TABLES, Column


def all_columns() -> list[Column]:
    return [column for name, table in TABLES.items() if name not in ("incomes_1", "incomes_2") for column in table]


@pytest.mark.parametrize("column", all_columns(), ids=lambda column: column.name)
def test_every_column_says_its_unit_and_meaning(column: Column) -> None:
    assert column.unit
    assert len(column.meaning) > 8
    assert np.dtype(column.dtype).itemsize


def test_names_are_unique_over_households_persons_and_incomes() -> None:
    names = [column.name for column in all_columns()]
    assert len(names) == len(set(names))


def test_there_are_three_income_years_with_the_same_columns() -> None:
    years = [table for name, table in TABLES.items() if name.startswith("incomes_")]
    assert len(years) == INCOME_YEARS
    assert years[0] == years[1] == years[2]
