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

FRESH = Path(__file__).parent / "fresh"


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


def times_as_long(
    work: Callable[[], object], other: Callable[[], object], repeats: int, *, rounds: int, at_most: float
) -> float:
    """Return how many times as long some work takes as another, on one thread.

    It is processor time, which other processes hardly touch, and the other work is repeated until both take
    about as long, so that neither slips into quiet moments that the other is too long for. Noise can only raise
    the ratio of an engine that is fast enough, so a ratio above the bound is measured twice more.

    Args:
        work: What is measured.
        other: What it is measured by.
        repeats: How many times the other work is done while the first is done once.
        rounds: How often both are done; the shortest times count.
        at_most: The bound that the ratio is held against.
    """

    def repeated() -> None:
        for _ in range(repeats):
            other()

    ratio = float("inf")
    for _ in range(3):
        one, several = fastest(work, repeated, rounds=rounds, clock=time.process_time)
        ratio = min(ratio, one / (several / repeats))
        if ratio <= at_most:
            break
    return ratio


def in_fresh_process(script: str, *arguments: object, environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return what a script of `fresh/` prints as JSON when a new Python runs it."""
    command = [sys.executable, str(FRESH / script), *map(str, arguments)]
    done = subprocess.run(
        command, env={**os.environ, **(environment or {})}, stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
