"""Measures one model in a process and an environment of its own: `measure.py ADAPTER PEOPLE_FOLDER [options]`.

Prints one JSON object a line, each when its stage is done, so that a process that is stopped for its memory or its
time still tells how far it came. Only the standard library is imported before the model is, and whatever the model
itself prints goes to standard error.

An adapter is one file with these functions; the model is imported inside them, so that its import is timed:

- `load()` imports the model and its law of one year, and returns what the others need of them: `law`;
- `prepare(law, people)` reads the people of a folder (`people.npz` or `people.parquet`) into the model's own form;
- `compute(law, prepared)` computes everything for everyone;
- `second(law, prepared, people)` does what one reform takes after that, its law included; or
  `both(law, prepared, people)` computes both laws together, if the model shares work between them;
- `rules(law, prepared, result)` says how many rules, variables or outputs were evaluated, in words;
- `check(result)` is a number that must differ between the two laws.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import resource
import sys
import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType


def main() -> None:
    """Take the stages one after the other: law, first result, warm rounds, second law."""
    options = _options()
    out = _standard_output_for_stages_only()

    def tell(stage: str, **found: object) -> None:
        print(json.dumps({"stage": stage, **found}), file=out, flush=True)

    adapter = _module(options.adapter)
    law, taken = _timed(adapter.load)
    tell("loaded", start_up=taken, memory=_peak_memory())

    people = options.people
    prepared = adapter.prepare(law, people)
    result = adapter.compute(law, prepared)
    tell("first", at=time.monotonic(), memory=_peak_memory())
    tell("facts", rules=adapter.rules(law, prepared, result), check=adapter.check(result))

    if options.rounds:
        del prepared, result
        times, prepared, result = _warm(adapter, law, people, options.rounds, options.seconds)
        tell("warm", **times)
        if hasattr(adapter, "second") or hasattr(adapter, "both"):
            seconds, other = _second(adapter, (law, prepared), people, options.rounds, options.seconds / 2)
            tell("second", seconds=seconds, check=[adapter.check(result), adapter.check(other)])


def _warm(
    adapter: ModuleType, law: object, people: Path, rounds: int, seconds: float
) -> tuple[dict[str, list[float]], Any, Any]:
    """Return the times of laying the people out and of computing in several rounds, and what the last one gave.

    A round's result is let go before the next one, and the people are laid out again: models keep what they have
    computed beside their input.
    """
    found: dict[str, list[float]] = {"prepare": [], "compute": [], "processor": []}
    begin = time.perf_counter()
    while len(found["compute"]) < rounds and (time.perf_counter() - begin < seconds or not found["compute"]):
        prepared = result = None
        gc.collect()
        prepared, taken = _timed(adapter.prepare, law, people)
        found["prepare"].append(taken)
        worked = _processor_seconds()
        result, taken = _timed(adapter.compute, law, prepared)
        found["compute"].append(taken)
        found["processor"].append(_processor_seconds() - worked)
    return found, prepared, result


def _second(
    adapter: ModuleType, given: tuple[object, object], people: Path, rounds: int, seconds: float
) -> tuple[list[float], Any]:
    """Return what a second law takes beyond the first, several times, and what the last time gave."""
    together = hasattr(adapter, "both")
    times: list[float] = []
    begin = time.perf_counter()
    while len(times) < rounds and (time.perf_counter() - begin < seconds or not times):
        done = None
        gc.collect()
        alone = _timed(adapter.compute, *given)[1] if together else 0.0
        done, taken = _timed(adapter.both if together else adapter.second, *given, people)
        times.append(taken - alone)
    return times, done


def _timed(work: Callable[..., Any], *given: object) -> tuple[Any, float]:
    begin = time.perf_counter()
    done = work(*given)
    return done, time.perf_counter() - begin


def _processor_seconds() -> float:
    """Return the processor time of this process and of those it has started and waited for."""
    uses = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(use.ru_utime + use.ru_stime for use in uses)


def _peak_memory() -> int:
    """Return this process' own highest resident memory so far, bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


def _module(path: Path) -> ModuleType:
    spec = spec_from_file_location("adapter", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _standard_output_for_stages_only() -> TextIO:
    sys.stdout.flush()
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return out


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("adapter", type=Path)
    parser.add_argument("people", type=Path)
    parser.add_argument("--rounds", type=int, default=0, help="most warm rounds; 0 stops after the first result")
    parser.add_argument("--seconds", type=float, default=40.0, help="no further round begins after so long")
    return parser.parse_args()


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        main()
