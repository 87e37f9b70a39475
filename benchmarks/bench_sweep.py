"""What a scenario of a sweep costs, with the standard measures of each: medians, low income, inequality, budget."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from figures import Figure
from sizes import FEW_SCENARIOS, FULL_SWEEP_SCENARIOS, HOUSEHOLDS, SWEEP_SCENARIOS, YEAR

from mikrosim.sweep import sweep_from_dict
from mikrosim.sweep.run import sweep

if TYPE_CHECKING:
    from collections.abc import Callable

    from mikrosim.population import Population

    Note = Callable[[Figure], None]

MIKROSIM = Path(sys.executable).with_name("mikrosim")
GOAL = 0.12


def three_parameters(scenarios: int) -> dict[str, Any]:
    """Return a sweep over a rate for all children, a tax for all and a means-tested benefit."""
    return {
        "name": "three parameters",
        "base": {"year": YEAR},
        "design": "latin_hypercube",
        "samples": scenarios,
        "parameters": {
            "barnetrygd.ordinaer": {"low": 1500, "high": 3500},
            "skatt.personfradrag": {"low": 90_000, "high": 120_000},
            "ceiling": {"parameter": "bostotte.boutgiftstak", "operation": "multiply", "low": 1.0, "high": 1.5},
        },
    }


def bench_sweep(default_population: Population, note: Note, tmp_path: Path) -> None:
    """From the first batch to the finished file; the population is laid out and the baseline measured before."""
    begun: list[float] = []

    def on_rows(done: int, total: int, before: int) -> None:
        if not begun:
            begun.append(time.perf_counter())

    chosen = sweep_from_dict(three_parameters(SWEEP_SCENARIOS))
    done = sweep(chosen, tmp_path / "sweep.parquet", default_population, on_rows=on_rows)
    seconds = time.perf_counter() - begun[0]
    assert done.scenarios == SWEEP_SCENARIOS
    name = f"sweep, {SWEEP_SCENARIOS} scenarios x {HOUSEHOLDS:,} households, standard measures, a scenario"
    note(Figure(name, seconds / SWEEP_SCENARIOS, "s", GOAL))


@pytest.mark.full
def bench_full_sweep(default_population: Population, note: Note, tmp_path: Path) -> None:
    """The whole command, and whether more scenarios take more memory."""
    many, few = (_command(scenarios, tmp_path) for scenarios in (FULL_SWEEP_SCENARIOS, FEW_SCENARIOS))
    name = f"mikrosim sweep, {FULL_SWEEP_SCENARIOS:,} scenarios x {HOUSEHOLDS:,} households, start to end, a scenario"
    note(Figure(name, many.seconds / FULL_SWEEP_SCENARIOS, "s", GOAL))
    name = f"peak memory of {FULL_SWEEP_SCENARIOS:,} scenarios against that of {FEW_SCENARIOS}"
    note(Figure(name, many.bytes / few.bytes, "times", 1.1, detail=f"{many.bytes / 2**30:.2f} GiB"))


class Used(NamedTuple):
    """What a process took: seconds of wall-clock time, and its highest resident memory."""

    seconds: float
    bytes: int


def _command(scenarios: int, folder: Path) -> Used:
    spec = folder / f"sweep{scenarios}.yaml"
    spec.write_text(json.dumps(three_parameters(scenarios)))  # JSON is YAML too
    line = [str(MIKROSIM), "sweep", str(spec), "--out", str(folder / f"{scenarios}.parquet"), "--quiet"]
    begin = time.perf_counter()
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return Used(seconds, usage.ru_maxrss * 1024)
