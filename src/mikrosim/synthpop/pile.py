"""Blocks of households put one after another: in memory when there is one, else column by column on disk."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.cache import cache_folder
from mikrosim.population.schema import LINKS, TABLES

if TYPE_CHECKING:
    from types import TracebackType

    from numpy.typing import NDArray

    from mikrosim.population.population import Columns, Population

HOUSEHOLD_ROWS = ("household",)
"""Columns that hold row numbers of households, as `LINKS` do of persons."""
HOUSEHOLD_NUMBERS, PERSON_NUMBERS = ("household_id",), ("person_id",)


class Pile:
    """A population that grows by blocks; its columns are files until it is whole.

    The files are removed when the pile is closed; columns mapped before that stay readable.
    """

    def __init__(self, blocks: int) -> None:
        self._one = blocks == 1
        self._first: Population | None = None
        self._households = self._persons = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Pile:
        if not self._one:
            parent = cache_folder("populations")
            parent.mkdir(parents=True, exist_ok=True)
            self._folder = tempfile.TemporaryDirectory(prefix=".building-", dir=parent)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    def add(self, block: Population) -> None:
        """Put a block after those that are there."""
        if self._first is None:
            self._first = block
        if not self._one:
            for name, columns in TABLES.items():
                table = block.table(name)
                for column in columns:
                    with self._file(name, column.name).open("ab") as file:
                        file.write(self._moved(column.name, table[column.name]).data)
        self._households += len(block.weights)
        self._persons += len(block.persons["household"])

    def population(self) -> Population:
        """Return all blocks as one population, the columns mapped from their files."""
        assert self._first is not None
        if self._one:
            return self._first
        tables = {name: self._mapped(name) for name in TABLES}
        incomes = tuple(tables[name] for name in TABLES if name.startswith("incomes_"))
        return replace(self._first, households=tables["households"], persons=tables["persons"], incomes=incomes)

    def _mapped(self, table: str) -> Columns:
        return {column.name: np.memmap(self._file(table, column.name), dtype=column.dtype, mode="r")
                for column in TABLES[table]}  # fmt: skip

    def _moved(self, name: str, values: NDArray[Any]) -> NDArray[Any]:
        """Return a column with row and running numbers that go on from the blocks before."""
        if name in HOUSEHOLD_ROWS or name in HOUSEHOLD_NUMBERS:
            return (values + self._households).astype(values.dtype)
        if name in PERSON_NUMBERS:
            return (values + self._persons).astype(values.dtype)
        if name in LINKS:
            return np.where(values >= 0, values + self._persons, values).astype(values.dtype)
        return np.ascontiguousarray(values)

    def _file(self, table: str, column: str) -> Path:
        assert self._folder is not None
        return Path(self._folder.name) / f"{table}.{column}"
