"""Times the first result of a process: the law computed for one person."""

from __future__ import annotations

import json
import time

begin = time.perf_counter()
import mikrosim  # noqa: E402

imported = time.perf_counter() - begin

import numba  # noqa: E402, F401
import numpy as np  # noqa: E402
from sizes import YEAR  # noqa: E402

from mikrosim.population import Population  # noqa: E402
from mikrosim.population.schema import HOUSEHOLDS, INCOMES, PERSONS  # noqa: E402
from mikrosim.simulation.reform import HOUSEHOLD_OUTPUTS, comparison  # noqa: E402


def one_person() -> Population:
    """Return a household of one adult without income; columns have the types of every population."""
    households, persons, incomes = (
        {column.name: np.zeros(1, column.dtype) for column in table} for table in (HOUSEHOLDS, PERSONS, INCOMES)
    )
    for link in ("partner", "mother", "father"):
        persons[link][:] = -1
    persons["birth_year"][:] = YEAR - 40
    return Population(households, persons, (incomes, incomes, incomes), year=YEAR)


law = mikrosim.baseline(YEAR)
population = one_person()
begin, worked = time.perf_counter(), time.process_time()
compared = comparison(population, YEAR, threads=1)
result = compared.computation.run([law])
seconds, processor = time.perf_counter() - begin, time.process_time() - worked
assert set(result.columns) == set(HOUSEHOLD_OUTPUTS)
program = compared.computation.program
print(
    json.dumps(
        {
            "import": imported,
            "seconds": seconds,
            "processor_seconds": processor,
            "compiled": program.is_new,
            "rules": len(program.graph.rules),
        }
    )
)
