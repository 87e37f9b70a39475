"""Measures a process' highest memory beyond its mapped input: `peak_memory.py engine|run POPULATION_FOLDER`.

All columns are read and a small run is made first; what the process holds then, the mapped files and the
machine code included, is what the peak is held against.
"""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import mikrosim
from mikrosim.simulation.reform import comparison
from mikrosim.simulation.run import run

if TYPE_CHECKING:
    from mikrosim.population import Population

FEW = 1000
SCENARIO = {"name": "higher", "reform": {"barnetrygd.ordinaer": {"multiply": 1.1}}}


def engine(population: Population) -> None:
    """Lay the population out and compute the law in force."""
    comparison(population, population.year, threads=2).computation.run([mikrosim.baseline(population.year)])


def whole_run(population: Population) -> None:
    """Run a scenario, from the population to the printed measures."""
    run(SCENARIO | {"year": population.year}, population, threads=2)


def status(field: str) -> int:
    """Return a field of Linux' account of this process' memory, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{field}:"))


work = {"engine": engine, "run": whole_run}[sys.argv[1]]
population = mikrosim.load_population(sys.argv[2])
for columns in (population.households, population.persons, *population.incomes):
    for column in columns.values():
        column.max()
work(population.part(0, FEW))
gc.collect()
Path("/proc/self/clear_refs").write_text("5")  # the highest so far is forgotten
before = status("VmRSS")
work(population)
persons = len(population.persons["household"])
print(json.dumps({"persons": persons, "bytes_a_person": (status("VmHWM") - before) / persons}))
