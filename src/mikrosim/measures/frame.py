"""Who is counted: Statistics Norway's population for low income and inequality.

Households whose main earner is a student are left out, and so are children who live alone (households
in which nobody is 18 or older). Ages are those reached by 31 December of the income year.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from numpy.typing import NDArray

    from mikrosim.units import Bools, Floats

ADULT_AGE = 18
YEARS_FOR_PERSISTENCE = 3
IMMIGRANT = 1


@dataclass(frozen=True, slots=True)
class Frame:
    """How many persons each household counts for; weighted, one value per household.

    Args:
        persons: Persons in Statistics Norway's population.
        children: Those of them who are 0-17.
        lasting_persons: Those of `persons` who were resident all three years.
        lasting_children: Those of `children` who were.
        everyone: All persons, students' households included.
        in_families: All persons of households with children 0-17, students' households included.
    """

    persons: Floats
    children: Floats
    lasting_persons: Floats
    lasting_children: Floats
    everyone: Floats
    in_families: Floats

    def reweighted(self, factor: Floats) -> Frame:
        """Return the frame with each household's weight multiplied, as in a replicate.

        Args:
            factor: New weight over old weight, one value per household.
        """
        return Frame(*(getattr(self, one.name) * factor for one in fields(self)))


def frame_of(persons: Mapping[str, NDArray[Any]], households: Mapping[str, NDArray[Any]], year: int) -> Frame:
    """Count each household's persons and children, in and outside the population that is measured.

    Args:
        persons: The columns `household`, `birth_year`, `immigrant_background` and `residence_years`.
        households: The columns `weight` and `student_household`.
        year: The income year.
    """
    weight = np.asarray(households["weight"], np.float64)
    household = persons["household"]

    def per_household(chosen: Bools | None = None) -> Floats:
        rows = household if chosen is None else household[chosen]
        return np.bincount(rows, minlength=len(weight)).astype(np.float64)

    child = year - persons["birth_year"] < ADULT_AGE
    lasting = resident_all_years(persons)
    size, children = per_household(), per_household(child)
    counted = weight * (~np.asarray(households["student_household"], np.bool_) & (size > children))
    return Frame(
        persons=counted * size,
        children=counted * children,
        lasting_persons=counted * (size if lasting.all() else per_household(lasting)),
        lasting_children=counted * (children if lasting.all() else per_household(child & lasting)),
        everyone=weight * size,
        in_families=weight * size * (children > 0),
    )


def resident_all_years(persons: Mapping[str, NDArray[Any]]) -> Bools:
    """Tell who counts in a three-year measure: everyone but immigrants of less than three years' residence.

    Children born during the three years are kept: their household's income is known for all of them.
    """
    newcomer = persons["residence_years"] < YEARS_FOR_PERSISTENCE
    return np.asarray(~(newcomer & (persons["immigrant_background"] == IMMIGRANT)), np.bool_)
