"""The arrays a kernel walks: a population's columns, and the links between persons, children and families."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from mikrosim.law.rule import Entity

    Rows = NDArray[np.int32]

CHILD_UNTIL = 18
"""A child row is kept for everyone who turns 18 this year or later."""

RECEIVES = ("_given", "_degree")
"""Endings of the columns that tell who has a benefit that replaces work: such a person is a recipient."""
WHOLE_YEAR = (("_from", (0, 1)), ("_to", (0, 12)))
"""Endings of the columns of months, and what stands for the whole year or none; others make a recipient too."""

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Dataset:
    """A population laid out for one income year.

    Rows of every entity lie in the order of their households. Links hold row numbers, -1 for nobody.

    Attributes:
        columns: Column name to array, one value per person or household.
        rows: The number of rows of each entity.
        links: ``person_household``, ``person_partner``, ``child_person``, ``child_household``,
            ``child_family``, ``child_mother``, ``child_father``, ``recipient_person``,
            ``recipient_household``, ``recipient_family``, ``recipient_partner``, ``family_household``,
            ``family_first``, ``family_second`` (int32).
        first_row: For each entity the first row of each household, and the end (int64, households + 1).
    """

    columns: Mapping[str, NDArray[np.generic]]
    rows: Mapping[Entity, int]
    links: Mapping[str, Rows]
    first_row: Mapping[Entity, NDArray[np.int64]]

    def with_columns(self, columns: Mapping[str, NDArray[np.generic]]) -> Dataset:
        """Return the same persons with other values in some columns, such as another year's incomes."""
        changed = {**self.columns, **columns}
        links = {**self.links, **_recipient_links(changed, self.links)}
        rows = {**self.rows, "recipient": len(links["recipient_person"])}
        first_row = {**self.first_row, "recipient": _first_rows(links["recipient_household"], self.rows["household"])}
        return Dataset(changed, rows, links, first_row)


def build(
    persons: Mapping[str, NDArray[np.generic]], households: Mapping[str, NDArray[np.generic]], year: int
) -> Dataset:
    """Return the dataset of an income year: children, recipients and families found, links and row ranges laid out.

    Args:
        persons: Columns of persons sorted by household; ``household``, ``partner``, ``mother`` and
            ``father`` hold row numbers, ``birth_year`` and ``birth_month`` the time of birth.
        households: Columns of households, ``weight`` among them.
        year: The income year; it decides who is a child.
    """
    household = _int32(persons["household"])
    partner, mother, father = (_int32(persons[name]) for name in ("partner", "mother", "father"))
    count = len(next(iter(households.values())))
    age_at_end = year - persons["birth_year"].astype(np.int32)
    is_child = (age_at_end <= CHILD_UNTIL) & ((mother != NOBODY) | (father != NOBODY))
    child = np.flatnonzero(is_child).astype(np.int32)

    # A family is known by the first row among its adults, so that a couple's children, own and step, meet.
    parent = np.where(mother[child] != NOBODY, mother[child], father[child])
    other = partner[parent]
    key = np.where(other != NOBODY, np.minimum(parent, other), parent)
    born = persons["birth_year"][child].astype(np.int64) * 12 + persons["birth_month"][child].astype(np.int64)
    order = np.lexsort((child, born, key, household[child]))
    child, parent, key = child[order], parent[order], key[order]
    is_first = np.ones(len(child), dtype=bool)
    is_first[1:] = key[1:] != key[:-1]
    family = (np.cumsum(is_first) - 1).astype(np.int32)
    start = np.flatnonzero(is_first)
    # The first parent is the eldest child's mother, else its father; the second is that person's partner.
    first = parent[start].astype(np.int32)

    links = {
        "person_household": household,
        "person_partner": partner,
        "child_person": child,
        "child_household": household[child],
        "child_family": family,
        "child_mother": mother[child],
        "child_father": father[child],
        "family_household": household[first],
        "family_first": first,
        "family_second": partner[first],
    }
    links |= _recipient_links(persons, links)
    owner: dict[Entity, NDArray[np.int32]] = {
        "person": household,
        "child": links["child_household"],
        "recipient": links["recipient_household"],
        "family": links["family_household"],
        "household": np.arange(count, dtype=np.int32),
    }
    return Dataset(
        columns={**persons, **households},
        rows={entity: len(rows) for entity, rows in owner.items()},
        links={name: np.ascontiguousarray(rows, dtype=np.int32) for name, rows in links.items()},
        first_row={entity: _first_rows(rows, count) for entity, rows in owner.items()},
    )


def _recipient_links(columns: Mapping[str, NDArray[np.generic]], links: Mapping[str, Rows]) -> dict[str, Rows]:
    """Return who the recipients are, and the household and family of each; a family's adults only have one."""
    home = links["person_household"]
    receives = np.zeros(len(home), dtype=bool)
    for name, values in columns.items():
        if name.endswith(RECEIVES):
            receives |= values != 0
        for ending, alike in WHOLE_YEAR:
            if name.endswith(ending):
                receives |= ~np.isin(values, alike)
    person = np.flatnonzero(receives).astype(np.int32)
    family = np.full(len(home), NOBODY, dtype=np.int32)
    for link in (links["family_first"], links["family_second"]):
        there = np.flatnonzero(link != NOBODY)
        family[link[there]] = there
    return {
        "recipient_person": person,
        "recipient_household": home[person],
        "recipient_family": family[person],
        "recipient_partner": links["person_partner"][person],
    }


def _first_rows(household: Rows, count: int) -> NDArray[np.int64]:
    """Return the first row of each household, and the end."""
    return np.searchsorted(household, np.arange(count + 1)).astype(np.int64)


def _int32(values: NDArray[np.generic]) -> Rows:
    return np.ascontiguousarray(values, dtype=np.int32)
