"""The rows of the population: which households and persons there are, in what order, and where files have them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mikrosim.microdata.cells import Want, first_places, places_of
from mikrosim.population.schema import NOBODY

if TYPE_CHECKING:
    from mikrosim.errors import Problem
    from mikrosim.microdata.report import ImportReport
    from mikrosim.microdata.sources import Loaded
    from mikrosim.units import Bools, Ints


@dataclass(frozen=True, slots=True)
class Base:
    """The households and persons of the population.

    Args:
        households: The file with one row per household, in the population's order.
        persons: The file with one row per person.
        household_ids: Their ids, as the files have them.
        person_ids: In the population's order.
        home: Each person's household, by row; never falls.
        order: Each person's row in the file.
    """

    households: Loaded
    persons: Loaded
    household_ids: pa.Array
    person_ids: pa.Array
    home: Ints
    order: Ints

    def without(self, gone: Bools) -> Base:
        """Return the same without some persons."""
        kept = np.flatnonzero(~gone)
        return Base(self.households, self.persons, self.household_ids, self.person_ids.take(pa.array(kept)),
                    self.home[kept], self.order[kept])  # fmt: skip


def base_of(households: Loaded, persons: Loaded, key: Want, person_key: Want, household: Want,
            problems: list[Problem]) -> Base | None:  # fmt: skip
    """Return the rows of the population, None if persons and households do not fit together.

    Args:
        households: The file of households, read.
        persons: The file of persons, read.
        key: The id of a household, in its file.
        person_key: The id of a person, in the file of persons.
        household: The id of the person's household, there.
        problems: Is told what is wrong.
    """
    before = len(problems)
    ids, person_ids, homes = households.columns[key], persons.columns[person_key], persons.columns[household]
    problems += _unique(households, key.column, ids, "household")
    problems += _unique(persons, person_key.column, person_ids, "person")
    home = places_of(homes, ids)
    source = households.source
    problems += persons.bad(household.column, _null(homes), "is empty: a person without household; name the household, "
                            "or drop the person")  # fmt: skip
    what = (
        f"is no household of {source.path.name} ({key.column}): a person without household; add it, or drop the person"
    )
    problems += persons.bad(household.column, (home == NOBODY) & ~_null(homes), what, homes)
    empty = np.ones(len(ids), np.bool_)
    empty[home[home != NOBODY]] = False
    what = f"has no person in {persons.source.path.name} ({household.column}); drop the household, or add its persons"
    if len(problems) == before:  # else it is most likely for the same reason that nobody is there
        problems += households.bad(key.column, empty, what, ids)
    if len(problems) > before:
        return None
    order = np.argsort(home, kind="stable")
    return Base(households, persons, ids, person_ids.take(pa.array(order)), home[order], order)


def _null(ids: pa.Array) -> Bools:
    nulls: Bools = pc.is_null(ids).to_numpy(zero_copy_only=False)
    return nulls


def _unique(loaded: Loaded, column: str, ids: pa.Array, what: str) -> list[Problem]:
    problems = loaded.bad(column, _null(ids), f"is empty; every {what} needs an id")
    first = first_places(ids)
    again = (first != np.arange(len(first))) & ~_null(ids)
    if again.any():
        place = loaded.source.place(int(loaded.rows[first[int(np.argmax(again))]]))
        problems += loaded.bad(column, again, f"was given on {place} before; each {what} has one row", ids)
    return problems


def joined(base: Base, loaded: Loaded, key: Want, problems: list[Problem], report: ImportReport) -> Ints:
    """Return where a file has each household or person of the population, -1 where it has not."""
    of_persons = loaded.source.entry.rows == "persons"
    if loaded is base.persons:
        return base.order
    if loaded is base.households:
        return np.arange(len(base.household_ids))
    ids = loaded.columns[key]
    problems += _unique(loaded, key.column, ids, "person" if of_persons else "household")
    places = places_of(base.person_ids if of_persons else base.household_ids, ids)
    main = (base.persons if of_persons else base.households).source.path.name
    file, found = loaded.source.path.name, int(np.count_nonzero(places != NOBODY))
    if not found and not problems:
        problems.append(loaded.source.problem(key.column, f"none of its ids is in {main}; are they written alike?"))
    if found < len(places):
        missing = f"{report.count(len(places) - found)} of {len(places):,}"
        report.notes.append(f"{file} has no row for {missing} {loaded.source.entry.rows} of {main}")
    if found < len(loaded.rows):
        report.notes.append(f"{file}: {report.count(len(loaded.rows) - found)} rows belong to nobody who is kept of "
                            f"{main}, and are left out")  # fmt: skip
    return places


def numbered(ids: pa.Array) -> tuple[Any, bool]:
    """Return ids as the population's whole numbers, and whether they are new because the old ones are text."""
    if pa.types.is_integer(ids.type):
        return ids.to_numpy(zero_copy_only=False).astype(np.int64), False
    return np.arange(1, len(ids) + 1, dtype=np.int64), True
