"""The columns of one table of the population: read, filled where there is nothing, and brought to their types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.errors import Problem
from mikrosim.microdata.fill import DRAWN, REQUIRED, Tables, filler_of
from mikrosim.microdata.report import ColumnReport
from mikrosim.microdata.rows import numbered
from mikrosim.microdata.values import added, linked
from mikrosim.population.schema import LINKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mikrosim.microdata.mapping import ColumnEntry
    from mikrosim.microdata.report import How, ImportReport
    from mikrosim.microdata.values import Data, Sharing
    from mikrosim.population.population import Columns
    from mikrosim.population.schema import Column
    from mikrosim.units import Floats

RULES: dict[str, tuple[Any, str]] = {
    "weight": (lambda values: ~(values > 0), "must be above 0; drop households without weight, in the file or by keep"),
    "sex": (lambda values: ~np.isin(values, (1, 2)), "must be 1 (man) or 2 (woman); translate it under codes"),
}
"""What must hold of a column as soon as it is read, so that the message can name the file's own row."""


@dataclass(slots=True)
class Filling:
    """Fills one table after the other, and notes what it did.

    Args:
        data: What was read.
        ways: The ways to each column, by table.
        sharing: How households' amounts are shared.
        report: Is told where each column comes from.
        problems: Is told what is wrong.
    """

    data: Data
    ways: Mapping[str, Mapping[str, Sequence[ColumnEntry]]]
    sharing: Sharing
    report: ImportReport
    problems: list[Problem]

    def read(self, table: str, columns: Sequence[Column], *, shown_as: str = "") -> dict[str, Any]:
        """Return the columns of a table that the files have, with NaN where they are empty; links as rows."""
        found: dict[str, Any] = {}
        for column in columns:
            ways = self.ways[table].get(column.name, ())
            if column.name in ("household_id", "person_id"):
                found[column.name] = self._ids(column.name)
            elif column.name in LINKS and ways:
                notes: list[str] = []
                rows = linked(self.data, ways[0], column.name, self.problems, notes)
                if rows is not None:
                    found[column.name] = rows
                    self._note(table, column, "read", ways, rows, notes)
            elif ways:
                self._read(table, column, ways, found, shown_as or table)
        return found

    def _read(self, table: str, column: Column, ways: Sequence[ColumnEntry], found: dict[str, Floats],
              shown_as: str) -> None:  # fmt: skip
        notes: list[str] = []
        several = [self.data.value(way, column.name, self.sharing, notes, of_persons=table != "households")
                   for way in ways]  # fmt: skip
        there = [values for values in several if values is not None]
        if not there:
            return
        names = [" + ".join(self.data.sources([way], column.name)) for way, one in zip(ways, several, strict=True)
                 if one is not None]  # fmt: skip
        values = added(there, names, notes, self.data.count)
        found[column.name] = values
        self._check(table, column, ways, values)
        how: How = "read"
        if all(way.constant is not None for way in ways):
            how = "constant"
        elif any(way.draw is not None for way in ways):
            how = "drawn"
        self._note(shown_as, column, how, ways, values, notes)

    def _check(self, table: str, column: Column, ways: Sequence[ColumnEntry], values: Floats) -> None:
        names = self.data.sources(ways, column.name)
        test, what = RULES.get(column.name, (None, ""))
        empty = np.isnan(values)
        bad = np.zeros(len(values), np.bool_) if test is None else test(values) & ~empty
        if column.name in REQUIRED and not self._told_of(names):
            bad = bad | empty
            what = what or "is not allowed here; give every row a value, or say under empty what stands for nothing"
        if not bad.any():
            return
        if not names:
            self.problems.append(Problem(f"{table}.columns.{column.name}", what))
            return
        file, _, source = names[0].partition(".")
        loaded, places = self.data.loaded[file], self.data.places[file]
        if table != "households" and loaded.source.entry.rows == "households":
            places = places[self.data.base.home]
        shown = np.full(len(loaded.rows), np.nan)
        marked = np.zeros(len(loaded.rows), np.bool_)
        inside = places >= 0
        shown[places[inside]], marked[places[inside]] = values[inside], bad[inside]
        texts = ["an empty cell" if value != value else f"{value:g}" for value in shown.tolist()]
        self.problems += loaded.bad(source, marked, what, texts)
        if not marked.any():
            self.problems.append(loaded.source.problem(source, f"has no row for some of the {table}; {what}"))

    def _told_of(self, names: Sequence[str]) -> bool:
        """Tell whether cells of a column could not be read, which is a problem already."""
        for name in names:
            file, _, column = name.partition(".")
            source = self.data.loaded[file].source
            if any(one.place.startswith(f"{source.path.name}: {column},") for one in self.problems):
                return True
        return False

    def _ids(self, column: str) -> Any:
        of_persons = column == "person_id"
        base = self.data.base
        ids, new = numbered(base.person_ids if of_persons else base.household_ids)
        loaded = base.persons if of_persons else base.households
        table = "persons" if of_persons else "households"
        source = f"{loaded.source.path.name}: {loaded.source.first_of(loaded.source.entry.key)}"
        note = "texts, numbered anew; ids.parquet in the population's folder has both" if new else ""
        how: How = "computed" if new else "read"
        self.report.columns.append(ColumnReport(table, column, how, source, len(ids), note=note))
        return ids

    def _note(self, table: str, column: Column, how: How, ways: Sequence[ColumnEntry], values: Any,
              notes: Sequence[str]) -> None:  # fmt: skip
        said = [*dict.fromkeys(notes), *(way.note for way in ways if way.note)]
        if any(way.share for way in ways):
            shared = dict.fromkeys(way.share for way in ways if way.share)
            said.insert(0, f"the household's amount in equal parts for its {', '.join(map(str, shared))}")
        names = self.data.sources(ways, column.name)
        constants = [f"{float(way.constant):g}" for way in ways if way.constant is not None]
        source = " + ".join([*names, *constants]) or "drawn"
        empty = int(np.count_nonzero(np.isnan(values))) if values.dtype.kind == "f" else 0
        filler = filler_of(column.name)
        filled_with = filler.why if filler.derive else f"{filler.constant:g} ({filler.why})"
        found = ColumnReport(table, column.name, how, source, len(values), empty, note="; ".join(said))
        found.filled_with = filled_with if empty else ""
        self.report.columns.append(found)

    def fill(
        self, table: str, columns: Sequence[Column], found: Mapping[str, Any], tables: Tables, *, shown_as: str = ""
    ) -> None:
        """Fill the table's columns in the schema's order, each from the ones before it."""
        own: Columns = tables.households if table == "households" else tables.persons
        if table == "incomes":
            own = tables.income
        for column in columns:
            values = found.get(column.name)
            if values is None and column.name in REQUIRED:
                if not self.ways[table].get(column.name):
                    what = "is read from no file; name its column in the mapping"
                    self.problems.append(Problem(f"{table}.columns.{column.name}", what))
                own[column.name] = np.zeros(self._count(table), column.dtype)
                continue
            empty = None if values is None or values.dtype.kind != "f" else np.isnan(values)
            if values is None or (empty is not None and empty.any()):
                filler = filler_of(column.name)
                filled = filler.derive(tables) if filler.derive else np.full(self._count(table), filler.constant)
                if values is None:
                    how: How = "drawn" if column.name in DRAWN else "computed" if filler.derive else "filled"
                    what = filler.why if filler.derive else f"{filler.constant:g} ({filler.why})"
                    self.report.columns.append(
                        ColumnReport(shown_as or table, column.name, how, what, self._count(table))
                    )
                values = filled if values is None or empty is None else np.where(empty, filled, values)
            own[column.name] = self._typed(values, column, shown_as or table)

    def _count(self, table: str) -> int:
        return len(self.data.base.household_ids if table == "households" else self.data.base.home)

    def _typed(self, values: Any, column: Column, table: str) -> Any:
        """Return values in the column's type; numbers that do not fit are a problem."""
        if values.dtype.kind == "f" and column.dtype.startswith("int"):
            values = np.rint(values)
        if column.dtype.startswith("int") and column.dtype != "int64":
            limits = np.iinfo(column.dtype)
            outside = (values < limits.min) | (values > limits.max)
            if outside.any():
                worst = float(values[int(np.argmax(outside))])
                self.problems.append(Problem(f"{table}: {column.name}", f"{worst:g} is too large a number for it "
                                             f"({column.unit}); is the unit right?"))  # fmt: skip
                values = np.where(outside, 0, values)
        if column.dtype == "bool":
            return np.ascontiguousarray(values != 0)
        return np.ascontiguousarray(values, dtype=column.dtype)
