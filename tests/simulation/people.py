"""A few made-up households with every column of the schema."""

import numpy as np

from mikrosim.population import Population
from mikrosim.population.schema import HOUSEHOLDS, INCOMES, PERSONS

YEAR = 2025


def people(households=60, seed=1):
    """Return couples and singles with up to three children, all with wages; every fifth is a student's."""
    rng = np.random.default_rng(seed)
    adults = 1 + (np.arange(households) % 2)
    children = np.arange(households) % 4
    size = adults + children
    home = np.repeat(np.arange(households, dtype=np.int32), size)
    first = np.concatenate(([0], np.cumsum(size)[:-1]))
    place = np.arange(len(home)) - first[home]
    adult = place < adults[home]
    persons = {column.name: np.zeros(len(home), column.dtype) for column in PERSONS}
    persons["person_id"][:] = 1000 + np.arange(len(home))
    persons["household"][:] = home
    persons["birth_year"][:] = np.where(adult, 1985, YEAR - 2 - place)
    persons["birth_month"][:] = 6
    persons["sex"][:] = np.where(place == 0, 2, 1)
    couples = np.flatnonzero(adults == 2)
    persons["partner"][:] = -1
    persons["partner"][first[couples]] = first[couples] + 1
    persons["partner"][first[couples] + 1] = first[couples]
    persons["mother"][:] = np.where(adult, -1, first[home])
    persons["father"][:] = np.where(adult | (adults[home] == 1), -1, first[home] + 1)
    persons["residence_years"][:] = 40
    persons["sfo_price_month"][:] = -1
    persons["lives_alone_with_children"][:] = adult & (adults[home] == 1) & (children[home] > 0)
    table = {column.name: np.zeros(households, column.dtype) for column in HOUSEHOLDS}
    table["household_id"][:] = 500 + np.arange(households)
    table["weight"][:] = 10.0
    table["municipality"][:] = 301
    table["centrality"][:] = 1
    table["student_household"][:] = np.arange(households) % 5 == 0
    incomes = []
    for _ in range(3):
        year = {column.name: np.zeros(len(home), column.dtype) for column in INCOMES}
        year["wage"][:] = np.where(adult, rng.integers(0, 900_000, len(home)), 0)
        incomes.append(year)
    return Population(table, persons, tuple(incomes), YEAR, hash="made-up")
