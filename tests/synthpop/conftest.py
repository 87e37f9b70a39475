from collections.abc import Callable

import numpy as np
import pytest

from mikrosim.population import Population
from mikrosim.synthpop.amounts import income_from, paid_in
from mikrosim.synthpop.build import Built, build_population


def rough_after_tax(population: Population) -> np.ndarray:
    """A made-up tax of a third above 120,000 NOK: these tests are of the drawing, not of the law."""
    year = population.incomes[0]
    taxed = income_from(year, paid_in(population)).astype(np.float64)
    child = 20_000 * (population.year - population.persons["birth_year"] < 18)
    income = taxed - (taxed - 120_000).clip(0) / 3 + year["other_tax_free_transfers"] + child
    return np.bincount(population.persons["household"], weights=income)


@pytest.fixture(scope="session")
def after_tax() -> Callable[[Population], np.ndarray]:
    return rough_after_tax


@pytest.fixture(scope="session")
def built() -> Built:
    return build_population(rough_after_tax, households=4000, seed=3)


@pytest.fixture(scope="session")
def population(built: Built) -> Population:
    return built.population
