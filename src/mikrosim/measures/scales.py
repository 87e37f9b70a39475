"""Equivalence scales that no law record holds: those of international statistics, from who lives together.

Statistics Norway's own two scales are computed with the law (`consumption_units_eu`, `consumption_units_oecd`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mikrosim.measures.frame import ADULT_AGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from mikrosim.units import Floats

MODIFIED_OECD_ADULT_AGE = 14
MODIFIED_OECD_FURTHER_ADULT = 0.5
MODIFIED_OECD_CHILD = 0.3
"""Eurostat's glossary, Equivalised disposable income: 1 for the first adult, 0.5 for each further member of 14 years
and more, 0.3 for each child under 14."""

SQUARE_ROOT_ELASTICITY = 0.5
"""OECD, Income Distribution Database, Terms of reference: equivalence elasticity 0.5, the square root of the size."""


class Composition(NamedTuple):
    """How many live in each household, unweighted; ages are those reached by 31 December of the income year."""

    size: Floats
    children: Floats
    """Members aged 0-17."""
    aged_14: Floats
    """Members aged 14 and more."""


def composition(persons: Mapping[str, NDArray[Any]], households: int, year: int) -> Composition:
    """Count the members of each household.

    Args:
        persons: The columns `household` and `birth_year`.
        households: How many households there are.
        year: The income year.
    """
    home, age = persons["household"], year - persons["birth_year"].astype(np.int64)

    def count(rows: NDArray[Any]) -> Floats:
        return np.bincount(rows, minlength=households).astype(np.float64)

    return Composition(
        size=count(home),
        children=count(home[age < ADULT_AGE]),
        aged_14=count(home[age >= MODIFIED_OECD_ADULT_AGE]),
    )


def square_root_scale(size: Floats) -> Floats:
    """Return consumption units on the OECD's scale: the square root of the number of members, at least 1.

    >>> square_root_scale(np.array([1.0, 4.0]))
    array([1., 2.])
    """
    return np.maximum(size, 1.0) ** SQUARE_ROOT_ELASTICITY


def modified_oecd_scale(size: Floats, aged_14: Floats) -> Floats:
    """Return consumption units on Eurostat's scale, where a person is an adult from 14.

    Args:
        size: Members of each household.
        aged_14: Those of them who are 14 or more. In a household with none, one child counts as the first adult.

    >>> modified_oecd_scale(np.array([4.0]), np.array([2.0]))
    array([2.1])
    """
    adults = np.maximum(aged_14, 1.0)
    young = np.maximum(size - adults, 0.0)
    return 1.0 + MODIFIED_OECD_FURTHER_ADULT * (adults - 1.0) + MODIFIED_OECD_CHILD * young
