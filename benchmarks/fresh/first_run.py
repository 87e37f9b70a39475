"""Times the first result of a process: `first_run.py POPULATION_FOLDER`."""

from __future__ import annotations

import json
import sys
import time

HOUSEHOLDS = 1000

begin = time.perf_counter()
import mikrosim  # noqa: E402

imported = time.perf_counter() - begin

from mikrosim.simulation.reform import HOUSEHOLD_OUTPUTS, comparison  # noqa: E402

population = mikrosim.load_population(sys.argv[1])
population = population.first(HOUSEHOLDS)
law = mikrosim.baseline(population.year)

import numba  # noqa: E402, F401

begin, worked = time.perf_counter(), time.process_time()
compared = comparison(population, population.year, threads=1)
result = compared.computation.run([law])
seconds, processor = time.perf_counter() - begin, time.process_time() - worked
assert set(result.columns) == set(HOUSEHOLD_OUTPUTS)
print(
    json.dumps(
        {
            "import": imported,
            "seconds": seconds,
            "processor_seconds": processor,
            "compiled": compared.computation.program.is_new,
        }
    )
)
