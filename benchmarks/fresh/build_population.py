"""Times the making of the default population: `build_population.py HOUSEHOLDS`."""

from __future__ import annotations

import json
import sys
import time

from mikrosim.simulation.run import as_population

built = False


def progress(stage: str) -> None:
    """Remember that the population was made, not found."""
    global built
    built = True


begin = time.perf_counter()
as_population("default", int(sys.argv[1]), progress=progress)
seconds = time.perf_counter() - begin
assert built, "the population was there already"
print(json.dumps({"seconds": seconds}))
