"""Times that can be compared although other work goes on on the machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from guards import Guard

FRESH = Path(__file__).parent / "fresh"
TRIES = 3


def fastest(*works: Callable[[], object], rounds: int, clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """Return the shortest time of each piece of work, in seconds.

    The pieces take turns, so that a slow spell of the machine meets them all; the shortest of many rounds is
    what the machine can do.
    """
    best = [float("inf")] * len(works)
    for work in works:
        work()
    for _ in range(rounds):
        for place, work in enumerate(works):
            begin = clock()
            work()
            best[place] = min(best[place], clock() - begin)
    return best


def times_as_long(work: Callable[[], object], other: Callable[[], object], repeats: int, *, rounds: int) -> float:
    """Return how many times as long some work takes as another, on one thread.

    It is processor time, which other processes hardly touch, and the other work is repeated until both take
    about as long, so that neither slips into quiet moments that the other is too long for.

    Args:
        work: What is measured.
        other: What it is measured by.
        repeats: How many times the other work is done while the first is done once.
        rounds: How often both are done; the shortest times count.
    """

    def repeated() -> None:
        for _ in range(repeats):
            other()

    one, several = fastest(work, repeated, rounds=rounds, clock=time.process_time)
    return one / (several / repeats)


def settled(measure: Callable[[], float], guard: Guard) -> float:
    """Return a ratio that passes its guard at the first, second or third try, or else the best of them.

    Noise makes a program that is good enough look worse, and hardly a worse one good enough.
    """
    found = []
    for _ in range(TRIES):
        found.append(measure())
        if guard.holds(found[-1]):
            return found[-1]
    return min(found) if guard.bound == "at most" else max(found)


def in_fresh_process(script: str, *arguments: object, environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return what a script of `fresh/` prints as JSON when a new Python runs it."""
    command = [sys.executable, str(FRESH / script), *map(str, arguments)]
    here = {"PYTHONPATH": os.pathsep.join(filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH")]))}
    done = subprocess.run(
        command, env={**os.environ, **here, **(environment or {})}, stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
