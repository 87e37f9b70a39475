"""What a user waits for, and the memory it takes: fresh processes throughout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from figures import Figure
from sizes import COMMAND_HOUSEHOLDS
from timing import fastest, in_fresh_process

if TYPE_CHECKING:
    from collections.abc import Callable

    Note = Callable[[Figure], None]

SCENARIO = Path(__file__).parents[1] / "scenarios" / "skatt_barnetrygd.yaml"
MIKROSIM = Path(sys.executable).with_name("mikrosim")
ROUNDS = 3
COMMAND_GOALS = dict(zip(COMMAND_HOUSEHOLDS, (2.5, 1.5), strict=True))


def bench_load_and_import(note: Note) -> None:
    """What every further process waits for before it computes."""
    warm = [in_fresh_process("first_run.py") for _ in range(ROUNDS)]
    assert not any(one["compiled"] for one in warm)
    note(Figure("loading the compiled law, fresh process", min(one["seconds"] for one in warm), "s"))
    note(Figure("import mikrosim, fresh process", min(one["import"] for one in warm), "s", 0.3))


def bench_command(note: Note) -> None:
    """The whole command, with all that it needs in the cache."""

    def command(households: int) -> Callable[[], object]:
        line = [str(MIKROSIM), "run", str(SCENARIO), "--households", str(households), "--quiet"]
        return lambda: subprocess.run(line, stdout=subprocess.DEVNULL, check=True)

    seconds = fastest(*(command(households) for households in COMMAND_GOALS), rounds=ROUNDS)
    for (households, goal), shortest in zip(COMMAND_GOALS.items(), seconds, strict=True):
        note(Figure(f"mikrosim run, {households:,} households, from start to report", shortest, "s", goal))


def bench_memory_of_the_engine(population_folder: Path, note: Note) -> None:
    """The population laid out and the law in force computed: what that takes on top of the columns."""
    peak = in_fresh_process("peak_memory.py", "engine", population_folder)
    name = "peak memory beyond the mapped input, engine, 1 M persons"
    note(Figure(name, peak["bytes_a_person"], "bytes/person", 200.0))


@pytest.mark.full
def bench_memory_of_a_whole_run(population_folder: Path, note: Note) -> None:
    """A scenario over three income years with all measures: what that takes on top of the columns."""
    peak = in_fresh_process("peak_memory.py", "run", population_folder)
    name = "peak memory beyond the mapped input, whole run, 1 M persons"
    note(Figure(name, peak["bytes_a_person"], "bytes/person"))
