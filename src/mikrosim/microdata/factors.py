"""The income year and the unit of the amounts, where the files themselves say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.errors import Problem
from mikrosim.microdata.cells import Want
from mikrosim.microdata.mapping import YearEntry
from mikrosim.population.uprating import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mikrosim.microdata.mapping import MicrodataMapping
    from mikrosim.microdata.sources import Loaded
    from mikrosim.microdata.values import Data


def income_year_of(mapping: MicrodataMapping, loaded: Mapping[str, Loaded], year: int | None,
                   problems: list[Problem]) -> int:  # fmt: skip
    """Return the income year: given, from the mapping or from the files; a year without law is a problem."""
    if year is None and isinstance(mapping.income_year, YearEntry):
        year = _year_of_files(mapping.income_year, loaded, problems)
        if year is None:
            return LAST_YEAR
    elif year is None:
        year = mapping.income_year if isinstance(mapping.income_year, int) else None
    if year is None:
        problems.append(Problem("income_year", "is missing; write it in the mapping or give it with --year"))
        return LAST_YEAR
    if not FIRST_YEAR <= year <= LAST_YEAR:
        problems.append(Problem("income_year", f"{year}: there is law and growth for {FIRST_YEAR} to {LAST_YEAR} only"))
    return year


def _year_of_files(entry: YearEntry, loaded: Mapping[str, Loaded], problems: list[Problem]) -> int | None:
    """Return the income year that the files' columns give, None where they do not give one."""
    found: dict[int, str] = {}
    for name in entry.from_:
        file, _, column = name.partition(".")
        values = loaded[file].columns.get(Want(column, "number")) if file in loaded else None
        if values is None or not len(values):
            continue
        years = np.unique(values)
        if len(years) > 1 or np.isnan(years[0]):
            what = "has several years, or none in some rows; keep one year's rows, or give the income year with --year"
            problems.append(loaded[file].source.problem(column, what))
            return None
        found.setdefault(int(years[0]), name)
    if len(found) > 1:
        told = ", ".join(f"{name} has {year}" for year, name in found.items())
        problems.append(Problem("income_year", f"the files are of different years: {told}; put those of one year "
                                "together"))  # fmt: skip
        return None
    return next(iter(found)) + entry.add if found else None


def check_factors(data: Data, problems: list[Problem]) -> None:
    """Refuse unit factors that would make amounts vanish or turn."""
    for factor in data.factors.values():
        file, _, column = factor.partition(".") if isinstance(factor, str) else ("", "", "")
        want = Want(column, "number")
        if file in data.loaded and want in data.loaded[file].columns:
            one = data.loaded[file]
            values = one.columns[want]
            shown = ["an empty cell" if value != value else f"{value:g}" for value in values.tolist()]
            problems += one.bad(column, ~(values > 0), "is no unit factor: it must be above 0", shown)
