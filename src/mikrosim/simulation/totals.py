"""The totals of the country that replicate weights are held to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.measures.frame import ADULT_AGE, IMMIGRANT
from mikrosim.population.municipalities import municipalities

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from mikrosim.population import Population
    from mikrosim.units import Bools, Floats

AGES = (0, 6, 13, 18, 25, 35, 45, 55, 67, 80)
"""Lower limits of the age groups of microdata, in which children and adults are counted."""

BUILT_BY_US = "missed_targets"
"""What only a synthetic population notes in its manifest."""


class Held(NamedTuple):
    """What each household adds to each total, households by totals, and where the totals are from."""

    columns: Floats | csr_array
    source: str


def totals_held(population: Population) -> Held:
    """Return the totals that replicates of a population are calibrated to.

    Those of a synthetic population are the ones its weights were made for: what is published of the country's
    households, ages, incomes and medians. Other microdata are held to their own counts of households by
    type and of persons by sex, age, background and county.

    Args:
        population: At the income year that it was made for.
    """
    if BUILT_BY_US in population.manifest:
        return Held(_published(population), "the population's calibrated targets")
    return Held(_counted(population), "the sample's own counts")


def _published(population: Population) -> csr_array:
    from mikrosim.simulation.reform import household_after_tax_income
    from mikrosim.synthpop.features import features
    from mikrosim.synthpop.targets import targets

    missed = set(population.manifest[BUILT_BY_US])
    found = features(population, household_after_tax_income(population))
    used = [place for place, name in enumerate(found.names) if targets()[name].calibrated and name not in missed]
    return found.values[:, used]


def _counted(population: Population) -> Floats:
    persons, home = population.persons, population.persons["household"]
    households = len(population.weights)
    age = population.year - persons["birth_year"].astype(np.int64)
    group = np.searchsorted(np.asarray(AGES), age, side="right")

    def count(chosen: Bools) -> Floats:
        return np.bincount(home[chosen], minlength=households).astype(np.float64)

    kind = population.households["household_type"]
    county = _county(population)
    columns = [(kind == one).astype(np.float64) for one in np.unique(kind)]
    for place in range(1, len(AGES) + 1):
        sexes = (1, 2) if AGES[place - 1] >= ADULT_AGE else (0,)
        columns += [count((group == place) & ((persons["sex"] == sex) | (sex == 0))) for sex in sexes]
    columns += [count(persons["immigrant_background"] == IMMIGRANT)]
    size = np.bincount(home, minlength=households).astype(np.float64)
    columns += [size * (county == one) for one in np.unique(county)]
    return np.column_stack(columns)


def _county(population: Population) -> NDArray[np.str_]:
    known = municipalities()
    names = {number: one.county for number, one in known.items()}
    numbers, place = np.unique(population.households["municipality"], return_inverse=True)
    return np.array([names.get(int(number), "") for number in numbers])[place]
