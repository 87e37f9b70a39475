"""The full check of a population's values: everything that is wrong, at once, by column and row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.errors import PopulationError, Problem
from mikrosim.population.municipalities import municipalities
from mikrosim.population.schema import INCOMES, TABLES, HouseholdType, Tenure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mikrosim.population.population import Columns, Population

YOUNGEST_MOTHER = 10
"""Years between mother and child below which a link is taken for a mistake."""

MOST_HOUSEHOLDS = 10_000_000
"""No household can stand for as many; Norway has a quarter of them."""

YEAR = 12
SIGNED = ("self_employment_income", "capital_income", "income_previous_year", "net_wealth", "other_parent_income")
SHARES = tuple(column.name for column in INCOMES if column.unit == "share")
SPELLS = tuple(name.removesuffix("_degree") for name in SHARES if name.endswith("_degree"))
"""Benefits with a degree and months."""


def check(population: Population) -> None:
    """Check every value of a population.

    Raises:
        PopulationError: With all problems; each names the table, the column, the first row and the remedy.
    """
    problems = [*_finite(population), *_households(population), *_persons(population), *_incomes(population)]
    for year, weights in population.weights_by_year.items():
        bad = ~(np.isfinite(weights) & (weights > 0))
        problems += _bad_rows("weights_by_year", str(year), bad, weights, "must be above 0")
    if not any(problem.place.startswith("persons: household") for problem in problems):
        problems += _links(population)
    if problems:
        raise PopulationError(str(population.path or "population"), problems)


def _bad_rows(table: str, column: str, bad: NDArray[np.bool_], values: NDArray[Any], what: str) -> list[Problem]:
    """Return a problem if any row is bad, with the first such row and the number of the others."""
    count = int(np.count_nonzero(bad))
    if not count:
        return []
    row = int(np.argmax(bad))
    more = f" and {count - 1} more" if count > 1 else ""
    return [Problem(f"{table}: {column}, row {row}{more}", f"{values[row]} {what}")]


def _finite(population: Population) -> list[Problem]:
    problems = []
    for name, columns in TABLES.items():
        table = population.table(name)
        for column in columns:
            values = table[column.name]
            if values.dtype.kind == "f":
                problems += _bad_rows(name, column.name, ~np.isfinite(values), values, "is no number; give one")
    return problems


def _households(population: Population) -> list[Problem]:
    table = population.households
    known = np.array(sorted(municipalities()), dtype=np.int64)
    rules = (
        ("weight", table["weight"] <= 0, "must be above 0; drop households without weight"),
        ("weight", table["weight"] > MOST_HOUSEHOLDS, "stands for more households than Norway has; is the unit right?"),
        ("municipality", ~np.isin(table["municipality"], known), "is no kommunenummer of 2024; see "
         "`mikrosim population describe --columns`"),
        ("centrality", _outside(table["centrality"], 1, 6), "must be 1 to 6"),
        ("household_type", ~np.isin(table["household_type"], [int(one) for one in HouseholdType]), "must be 1 to 8"),
        ("tenure", ~np.isin(table["tenure"], [int(one) for one in Tenure]), "must be 0 to 3"),
        ("housing_cost_month", table["housing_cost_month"] < 0, "must not be negative"),
        ("take_up", _outside(table["take_up"], 0, 1), "must lie between 0 and 1"),
        ("household_id", _repeated(table["household_id"]), "is given to more than one household; number them anew"),
    )  # fmt: skip
    return [one for column, bad, what in rules for one in _bad_rows("households", column, bad, table[column], what)]


def _persons(population: Population) -> list[Problem]:
    table, households = population.persons, len(population.weights)
    home = table["household"]
    age = population.year - table["birth_year"].astype(np.int64)
    falls = np.zeros(len(home), dtype=bool)
    falls[1:] = home[1:] < home[:-1]
    rules = (
        ("household", _outside(home, 0, households - 1), f"is no row of households (0 to {households - 1})"),
        ("household", falls, "stands after a later household; sort persons by household"),
        ("person_id", _repeated(table["person_id"]), "is given to more than one person; number them anew"),
        ("birth_year", age < 0, f"is after the income year {population.year}: a negative age"),
        ("birth_year", age > 120, "is more than 120 years before the income year"),
        ("birth_month", _outside(table["birth_month"], 1, 12), "must be 1 to 12"),
        ("sex", _outside(table["sex"], 1, 2), "must be 1 (man) or 2 (woman)"),
        ("immigrant_background", _outside(table["immigrant_background"], 0, 2), "must be 0, 1 or 2"),
        ("residence_years", (table["residence_years"] < 0) | (table["residence_years"] > np.maximum(age, 0) + 1),
         "must be between 0 and the person's age"),
        ("trygdetid", _outside(table["trygdetid"], 0, 40), "must be 0 to 40 years"),
        ("samvaersklasse", _outside(table["samvaersklasse"], 0, 4), "must be 0 (none) to 4"),
        ("kindergarten_hours", _outside(table["kindergarten_hours"], 0, 60), "must be 0 to 60 hours a week"),
        ("kindergarten_start_month", _outside(table["kindergarten_start_month"], -1, 12),
         "must be a month, 0 (all year) or -1 (as soon as there is a right)"),
        ("sfo", _outside(table["sfo"], 0, 2), "must be 0 (none), 1 (half) or 2 (full)"),
        ("sfo_price_month", table["sfo_price_month"] < -1, "must be a price, or -1 for the national average"),
    )  # fmt: skip
    problems = [one for column, bad, what in rules for one in _bad_rows("persons", column, bad, table[column], what)]
    empty = np.ones(households, dtype=bool)
    empty[home[(home >= 0) & (home < households)]] = False
    return problems + _bad_rows("households", "household_id", empty, population.households["household_id"],
                                "is a household without persons")  # fmt: skip


def _incomes(population: Population) -> list[Problem]:
    problems = []
    for lag, table in enumerate(population.incomes):
        name = f"incomes_{lag}"
        for column, values in table.items():
            if column not in SIGNED:
                problems += _bad_rows(name, column, values < 0, values, "must not be negative")
        months, support = table["overgangsstonad_months"], table["other_parent_income"]
        grade = table["foreldrepenger_dekningsgrad"]
        rules = (
            ("overgangsstonad_months", months > YEAR, "must be at most 12 months"),
            ("other_parent_income", support < -1, "must be an income, or -1 where it is not known"),
            ("wage_from", _outside(table["wage_from"], 1, YEAR), "must be 1 to 12; 1 where work lasts all year"),
            ("wage_to", _outside(table["wage_to"], 1, YEAR), "must be 1 to 12; 12 where work lasts all year"),
            ("foreldrepenger_dekningsgrad", ~np.isin(grade, [0, 80, 100]), "must be 0 (no claim), 80 or 100"),
            *((column, table[column] > 1, "must lie between 0 and 1") for column in SHARES),
        )
        problems += [one for column, bad, what in rules for one in _bad_rows(name, column, bad, table[column], what)]
        for benefit in SPELLS:
            problems += _spell(name, benefit, table)
    return problems


def _spell(name: str, benefit: str, table: Columns) -> list[Problem]:
    """Return what is wrong with the months of a benefit: they stand where its degree is above 0, and only there."""
    has = table[f"{benefit}_degree"] > 0
    first, last = table[f"{benefit}_from"], table[f"{benefit}_to"]
    rules = (
        (f"{benefit}_from", has & _outside(first, 1, YEAR), f"must be 1 to 12 where {benefit}_degree is above 0"),
        (f"{benefit}_to", has & _outside(last, 1, YEAR), f"must be 1 to 12 where {benefit}_degree is above 0"),
        (f"{benefit}_to", has & (last < first), f"is before the first month, {benefit}_from"),
        (f"{benefit}_from", ~has & (first != 0), f"must be 0 where {benefit}_degree is 0"),
        (f"{benefit}_to", ~has & (last != 0), f"must be 0 where {benefit}_degree is 0"),
    )
    return [one for column, bad, what in rules for one in _bad_rows(name, column, bad, table[column], what)]


def _links(population: Population) -> list[Problem]:
    table = population.persons
    count, rows = len(table["household"]), np.arange(len(table["household"]))
    problems = []
    for column in ("mother", "father", "partner"):
        link = table[column].astype(np.int64)
        linked = link != -1
        outside = linked & _outside(link, 0, count - 1)
        problems += _bad_rows("persons", column, outside, link, "is no row of persons; -1 stands for nobody")
        inside = linked & ~outside
        target = np.where(inside, link, rows)
        own = inside & (target == rows)
        problems += _bad_rows("persons", column, own, link, "is the person's own row")
        moved = inside & (table["household"][target] != table["household"])
        problems += _bad_rows("persons", column, moved, link, "lives in another household; link members only")
        if column == "partner":
            single = inside & (link[target] != rows)
            problems += _bad_rows("persons", column, single, link, "does not point back; partners must be mutual")
            continue
        years = table["birth_year"].astype(np.int64) - table["birth_year"][target]
        young = inside & ~own & (years < YOUNGEST_MOTHER)
        what = f"is not at least {YOUNGEST_MOTHER} years older than the child; a child older than its {column}?"
        problems += _bad_rows("persons", column, young, link, what)
    same = (table["mother"] != -1) & (table["mother"] == table["father"])
    return problems + _bad_rows("persons", "father", same, table["father"], "is also the mother; link each parent once")


def _outside(values: NDArray[Any], lowest: int, highest: int) -> NDArray[np.bool_]:
    return (values < lowest) | (values > highest)


def _repeated(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Return true for each row whose value another row before it has."""
    first = np.zeros(len(values), dtype=bool)
    first[np.unique(values, return_index=True)[1]] = True
    return ~first
