"""What an import did: where each column comes from, what was filled in, and what a reader must know."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from mikrosim.measures.disclosure import count_text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

How = Literal["read", "constant", "computed", "drawn", "filled", "copied"]
"""``read`` from a file; ``constant`` from the mapping; ``computed`` from other columns; ``drawn`` by chance;
``filled`` with one value for want of data; ``copied`` from another income year."""

IMPUTED = ("constant", "drawn", "filled", "copied")


@dataclass(slots=True)
class ColumnReport:
    """Where one column comes from.

    Args:
        table: The table of the population.
        column: Its name there; ``*`` for all of them.
        how: See ``How``.
        source: The columns of the files, or what it was filled with and why.
        rows: Rows of the table.
        empty: Rows that were read but empty, and were filled.
        filled_with: What those rows got.
        note: Values moved to a limit, and what the mapping's author says.
    """

    table: str
    column: str
    how: How
    source: str
    rows: int
    empty: int = 0
    filled_with: str = ""
    note: str = ""


@dataclass(slots=True)
class ImportReport:
    """All of an import, column by column."""

    mapping: str
    real: bool
    income_year: int
    minimum: int | None
    columns: list[ColumnReport] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    compared: list[dict[str, Any]] = field(default_factory=list)

    def count(self, number: int) -> str:
        """Return a count as it may be told."""
        return count_text(number, self.minimum)

    def compare(self, name: str, source: str, total: float, households: int, note: str) -> None:
        """Note the weighted sum of a column that the law computes, for holding it against the program's."""
        value = shown(households, total / 1e6, self.minimum)
        self.compared.append(
            {"name": name, "from": source, "million_nok": None if value != value else round(value, 1), "note": note}
        )

    def imputed(self) -> list[str]:
        """Return the columns that hold values which the microdata do not have."""
        return [f"{one.table}.{one.column}" for one in self.columns if one.how in IMPUTED or one.empty]

    def rows(self) -> Iterator[list[str]]:
        """Yield the report as a table: table, columns, how, from where, what was empty and notes.

        Columns filled with one and the same value share a row.
        """
        alike: dict[tuple[str, str, str, str], list[str]] = {}
        for place, one in enumerate(self.columns):
            empty = f"{self.count(one.empty)} of {one.rows:,} empty: {one.filled_with}" if one.empty else ""
            said = "; ".join(part for part in (empty, one.note) if part)
            apart = "" if one.how == "filled" else str(place)
            alike.setdefault((one.table, one.how + "\0" + apart, one.source, said), []).append(one.column)
        for (table, how, source, said), names in alike.items():
            yield [table, ", ".join(names), how.partition("\0")[0], source, said]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values; small counts are told as a range."""
        columns = [{**asdict(one), "empty": self.count(one.empty)} for one in self.columns]
        return {
            "mapping": self.mapping,
            "real": self.real,
            "income_year": self.income_year,
            "columns": columns,
            "notes": self.notes,
            "compare": self.compared,
        }
