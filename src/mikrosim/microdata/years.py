"""Incomes of the years before: read where there are files of them, brought to the income year's level, or copied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.errors import Problem
from mikrosim.microdata.fill import Tables, previous_income
from mikrosim.microdata.report import ColumnReport
from mikrosim.microdata.rows import joined
from mikrosim.microdata.sources import read
from mikrosim.population.schema import INCOME_YEARS, INCOMES
from mikrosim.population.uprating import FIRST_YEAR, LAST_YEAR, NOT_KNOWN_BELOW_0, uprating

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mikrosim.microdata.columns import Filling
    from mikrosim.microdata.mapping import MicrodataMapping
    from mikrosim.microdata.report import ImportReport
    from mikrosim.microdata.rows import Base
    from mikrosim.microdata.sources import Loaded
    from mikrosim.microdata.wants import Wants
    from mikrosim.population.population import Columns
    from mikrosim.population.schema import Column
    from mikrosim.units import Floats

PRICES = "prices"
"""The index of amounts that have none of their own."""

COPIED = "incomes of {years} are copies of the year after: persistent low income rests on fewer than three years"


def places_in(
    base: Base, loaded: Mapping[str, Loaded], wants: Wants, problems: list[Problem], report: ImportReport
) -> dict[str, Any]:
    """Return where each file has the population's households or persons."""
    found = {}
    for name, one in loaded.items():
        key = wants.key_of(name)
        if key is not None and one.is_whole:
            found[name] = joined(base, one, key, problems, report)
    return found


def earlier_years(
    mapping: MicrodataMapping, filling: Filling, tables: Tables, problems: list[Problem]
) -> list[Columns]:
    """Return the incomes of the years before that the files have, the last year first."""
    data, found = filling.data, list[dict[str, Any]]()
    for lag in ("1", "2"):
        renaming = mapping.earlier_years.get(lag)
        if renaming is None or not all(name in data.wants.sources for name in renaming.values()):
            break
        if not all(want.column for name in renaming.values() for want in data.wants.by_file[name]):
            break  # its key is missing, which is a problem already
        fresh = {name: read(data.wants.sources[name], data.wants.by_file[name]) for name in renaming.values()}
        problems += [problem for one in fresh.values() for problem in one.problems]
        places = places_in(data.base, fresh, data.wants, problems, filling.report)
        if len(places) < len(fresh):
            break
        year = data.of_files(renaming)
        filling.data = replace(year, loaded={**data.loaded, **fresh}, places={**data.places, **places})
        income = filling.read("incomes", INCOMES, shown_as=f"incomes_{lag}")
        filling.data = data
        if mapping.earlier_prices == "published" and FIRST_YEAR <= data.year <= LAST_YEAR:
            without = in_prices_of(income, INCOMES, data.year, data.year - int(lag), problems)
            by_prices = f"; by prices, for want of an index of their own: {', '.join(without)}" if without else ""
            filling.report.notes.append(
                f"incomes of {data.year - int(lag)} are brought to {data.year} by published growth{by_prices}"
            )
        found.append(income)
    years: list[Columns] = []
    for lag_ in range(len(found), 0, -1):
        income, name = found[lag_ - 1], f"incomes_{lag_}"
        with_year_before(income, years[0] if years else None, name, filling.report)
        whole: Columns = {}
        own = Tables(tables.households, tables.persons, whole, data.year)
        filling.fill("incomes", INCOMES, income, own, shown_as=name)
        years.insert(0, whole)
    return years


def copied_years(read_years: int, year: int, rows: int, report: ImportReport) -> None:
    """Tell which years are copies of the last one read."""
    for lag in range(1 + read_years, INCOME_YEARS):
        report.columns.append(ColumnReport(f"incomes_{lag}", "*", "copied", f"incomes_{read_years}", rows))
    if read_years < INCOME_YEARS - 1:
        years = " and ".join(str(year - lag) for lag in range(1 + read_years, INCOME_YEARS))
        report.notes.append(COPIED.format(years=years))


def with_year_before(income: dict[str, Floats], before: Columns | None, table: str, report: ImportReport) -> None:
    """Put in the income of the year before: given, from that year's columns, or taken to be this year's."""
    rows = len(next(iter(income.values()))) if income else 0
    if "income_previous_year" not in income and before is not None:
        rows = len(before["wage"])
        income["income_previous_year"] = previous_income(before)
        source = f"taxable income of incomes_{int(table[-1]) + 1}"
        report.columns.append(ColumnReport(table, "income_previous_year", "computed", source, rows))
    if "income_as_year_before" in income:
        return
    given = "income_previous_year" in income
    if rows:
        income["income_as_year_before"] = np.full(rows, 0.0 if given else 1.0)
        source = "no: the year before is there" if given else "yes: the year before is not there"
        report.columns.append(ColumnReport(table, "income_as_year_before", "computed", source, rows))


def in_prices_of(
    income: dict[str, Floats], columns: Sequence[Column], year: int, of: int, problems: list[Problem]
) -> list[str]:
    """Carry amounts of one year to another's level by the published indices.

    Args:
        income: The amounts, in the kroner of ``of``; changed in place.
        columns: The table's columns.
        year: The year whose level they are brought to.
        of: The year that they are of.
        problems: Is told if there is no index for the years.

    Returns:
        The columns that have no index of their own, and follow prices.
    """
    table = uprating()
    if not FIRST_YEAR <= of <= year <= LAST_YEAR:
        what = (f"growth from {of} to {year} is not published here ({FIRST_YEAR} to {LAST_YEAR} are): bring the "
                f"amounts to {year} yourself, and set earlier_prices: income_year")  # fmt: skip
        problems.append(Problem("earlier_prices", what))
        return []
    without = []
    for column in columns:
        if not column.unit.startswith("NOK") or column.name not in income:
            continue
        index = table.columns.get(column.name)
        if index is None:
            without.append(column.name)
        series, values = table.series[index or PRICES], income[column.name]
        unknown = (values < 0) & (column.name == NOT_KNOWN_BELOW_0)
        income[column.name] = np.where(unknown, values, values * (series[year] / series[of]))
    return without
