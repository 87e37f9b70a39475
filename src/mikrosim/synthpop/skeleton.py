"""Households as a grid of places: who lives there, how old, of which sex, and who is whose parent and partner.

Each household has the same fifteen places, most of them empty: a first pair of adults, their children, and
a second family. A grid is drawn column by column in NumPy; ``flatten`` turns it into rows of persons.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mikrosim.units import Bools, Ints

WOMAN, MAN = 0, 1
"""Places of the first family's adults: a mother stands at 0, a father at 1."""
CHILDREN = slice(2, 9)
SECOND, SECOND_PARTNER, THIRD = 9, 10, 11
PLACES = 12
NOBODY = -1
MALE, FEMALE = 1, 2


@dataclass(slots=True)
class Grid:
    """All households' places; arrays of shape (households, places)."""

    kind: NDArray[np.int8]
    """The household type, one per household."""
    ratio: NDArray[np.float64]
    """What each household weighs over the mean: less than one where such households are drawn more often."""
    present: Bools
    age: NDArray[np.int16]
    sex: NDArray[np.int8]
    month: NDArray[np.int8]
    mother: NDArray[np.int8]
    father: NDArray[np.int8]
    partner: NDArray[np.int8]

    @classmethod
    def empty(cls, kind: NDArray[np.int8]) -> Grid:
        """Return a grid with nobody in it."""
        shape = (len(kind), PLACES)
        nobody = np.full(shape, NOBODY, dtype=np.int8)
        return cls(
            kind,
            ratio=np.ones(len(kind)),
            present=np.zeros(shape, dtype=bool),
            age=np.zeros(shape, dtype=np.int16),
            sex=np.zeros(shape, dtype=np.int8),
            month=np.ones(shape, dtype=np.int8),
            mother=nobody,
            father=nobody.copy(),
            partner=nobody.copy(),
        )

    def put(self, rows: Ints, place: int, age: NDArray[Any], sex: NDArray[Any] | int) -> None:
        """Put a person at a place of each of the households."""
        self.present[rows, place] = True
        self.age[rows, place] = age
        self.sex[rows, place] = sex

    def pair(self, rows: Ints, one: int, other: int) -> None:
        """Make two places of each of the households partners."""
        self.partner[rows, one] = other
        self.partner[rows, other] = one


@dataclass(slots=True)
class People:
    """Persons as rows, sorted by household; links are row numbers or -1."""

    household: NDArray[np.int32]
    place: NDArray[np.int8]
    age: NDArray[np.int16]
    sex: NDArray[np.int8]
    month: NDArray[np.int8]
    mother: NDArray[np.int32]
    father: NDArray[np.int32]
    partner: NDArray[np.int32]


def flatten(grid: Grid) -> People:
    """Return the persons of a grid as rows."""
    row_of = np.where(grid.present, np.cumsum(grid.present, axis=None).reshape(grid.present.shape) - 1, NOBODY)
    household, place = np.nonzero(grid.present)

    def linked(links: NDArray[np.int8]) -> NDArray[np.int32]:
        target = links[household, place]
        rows = np.where(target >= 0, row_of[household, target], NOBODY)
        return rows.astype(np.int32)

    return People(
        household=household.astype(np.int32),
        place=place.astype(np.int8),
        age=grid.age[household, place],
        sex=grid.sex[household, place],
        month=grid.month[household, place],
        mother=linked(grid.mother),
        father=linked(grid.father),
        partner=linked(grid.partner),
    )
