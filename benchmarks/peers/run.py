"""Measures mikrosim beside other open tax-benefit models: the same households, the same machine, one table.

python benchmarks/peers/run.py [--only NAME ...] [--sizes 100000 1000000] [--json results/peers.json]

Each model runs in processes of its own, with an environment of its own that is installed the first time. One that
cannot be installed or run, or does not fit in memory, is a row that says so, and the others go on.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from environments import CannotInstallError, python_of
from synthetic import rows, write
from table import markdown, projected
from watched import GIB, Watched, watch

from mikrosim.cache import cache_folder
from mikrosim.errors import did_you_mean
from mikrosim.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HERE = Path(__file__).parent
MEASURE = HERE / "measure.py"
RESULTS = HERE.parents[1] / "results" / "peers.json"
SIZES = (100_000, 1_000_000)
FEW = 1_000
"""Persons of the first run ever, in which hardly anything but starting takes time."""

ROUNDS, FRESH = 5, 3
LONG = 15.0
"""Seconds after which a fresh process is not repeated."""

SHARE_OF_MEMORY = 0.85


def main(arguments: Sequence[str]) -> int:
    """Measure, write the JSON and the Markdown beside it, and print the table."""
    options = _options(arguments)
    memory = int(options.memory * GIB) if options.memory else int(SHARE_OF_MEMORY * _available_memory())
    places = {persons: write(persons, cache_folder("peers", "people")) for persons in (FEW, *options.sizes)}
    results: dict[str, Any] = {
        "datetime": datetime.now().astimezone().isoformat(timespec="seconds"),
        "machine": _machine() | {"memory_limit": memory},
        "whole": not options.only and options.sizes == list(SIZES),
        "sizes": options.sizes,
        "peers": [],
    }
    for name in options.only or names():
        begin = time.monotonic()
        print(f"{name} ...", flush=True)
        results["peers"].append(measured(name, places, memory, options.seconds, options.rounds))
        print(f"{name}: {results['peers'][-1].get('failed') or 'done'}, {time.monotonic() - begin:.0f} s", flush=True)
        options.json.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(options.json, f"{json.dumps(results, indent=1, ensure_ascii=False)}\n".encode())
    text = markdown(results)
    write_atomically(options.json.with_suffix(".md"), f"{text}\n".encode())
    print(f"\n{text}\n\nalso in {options.json} and {options.json.with_suffix('.md')}")
    return 0


def names() -> list[str]:
    """Return the models, mikrosim first."""
    found = sorted(place.parent.name for place in HERE.glob("*/peer.yaml"))
    return sorted(found, key=lambda name: not name.startswith("mikrosim"))


def measured(name: str, places: Mapping[int, Path], memory: int, seconds: float, rounds: int) -> dict[str, Any]:
    """Return all that is told of one model.

    Args:
        name: Its folder.
        places: Number of persons to the folder where they lie, the fewest first.
        memory: The most resident memory that a process may take, bytes.
        seconds: The longest that a process may take.
        rounds: Most warm rounds.
    """
    peer = HERE / name
    about: dict[str, Any] = {"id": name, **yaml.safe_load((peer / "peer.yaml").read_text("utf-8"))}
    try:
        python = python_of(peer, cache_folder("peers"))
    except CannotInstallError as error:
        return about | {"failed": f"cannot be installed: {error}"}
    about["version"] = _version(python, about["package"])
    (few, first_place), *larger = places.items()
    with tempfile.TemporaryDirectory() as caches:
        # What the first run ever leaves in its empty cache, all later runs find there.
        environment = {about["cache"]: caches} if "cache" in about else {}

        def process(place: Path, *options: str) -> Watched:
            command = [str(python), "-P", str(MEASURE), str(peer / "adapter.py"), str(place), *options]
            return watch(command, memory=memory, seconds=seconds, environment=environment)

        cold = process(first_place)
        about["cold"] = {"persons": few, "seconds": _until_first(cold)}
        if "facts" not in cold.stages:
            return about | {"failed": cold.failed}
        about["sizes"] = {}
        for persons, place in larger:
            too_much = projected(about["sizes"], persons, memory)
            if too_much:
                about["sizes"][str(persons)] = {"persons": rows(place), "failed": too_much}
                continue
            found = [process(place, "--rounds", str(rounds))]
            while len(found) < FRESH and (_until_first(found[-1]) or LONG) < LONG:
                found.append(process(place))
            about["sizes"][str(persons)] = _size(found) | {"persons": rows(place)}
    return about


def _size(found: Sequence[Watched]) -> dict[str, Any]:
    """Return what several processes told of one size; the first of them went through all stages."""
    stages = found[0].stages
    whole = [one.stages for one in found if "first" in one.stages]
    second = stages.get("second")
    failed = found[0].failed
    if failed and "warm" in stages:
        failed = f"its second law: {failed}"
    elif second and second["check"][0] == second["check"][1]:
        failed = "its second law changed nothing"
    return {
        "start_up": [one["loaded"]["start_up"] for one in whole],
        "start_up_memory": [one["loaded"]["memory"] for one in whole],
        "fresh": [_until_first(one) for one in found if "first" in one.stages],
        "memory": [max(one["first"]["memory"], one["first"]["peak"]) for one in whole],
        **{name: value for name, value in stages.get("facts", {}).items() if name != "peak"},
        **{name: stages[name] for name in ("warm", "second") if name in stages},
        "failed": failed,
    }


def _until_first(one: Watched) -> float | None:
    return one.stages["first"]["at"] - one.begun if "first" in one.stages else None


def _version(python: Path, package: str) -> str:
    import subprocess

    line = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run([str(python), "-c", line], capture_output=True, text=True, check=True).stdout.strip()


def _available_memory() -> int:
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))


def _machine() -> dict[str, Any]:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return {
        "processor": model or platform.processor() or platform.machine(),
        "processors": len(os.sched_getaffinity(0)),
        "system": platform.system(),
        "python": platform.python_version(),
        "load": os.getloadavg()[0],
    }


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", nargs="+", metavar="NAME", help=f"some of them: {', '.join(names())}")
    parser.add_argument("--sizes", nargs="+", type=int, default=list(SIZES), help="persons")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="most warm rounds")
    parser.add_argument("--memory", type=float, metavar="GIB", help="limit of a process; most of what is free")
    parser.add_argument("--seconds", type=float, default=600.0, help="limit of a process")
    parser.add_argument("--json", type=Path, default=RESULTS, help="where the results go")
    options = parser.parse_args(arguments)
    for name in options.only or ():
        if name not in names():
            parser.error(f"no model {name!r}{did_you_mean(name, names())}; there are {', '.join(names())}")
    if min(options.sizes) <= FEW:
        parser.error(f"sizes must be larger than {FEW}")
    options.sizes.sort()
    return options


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
