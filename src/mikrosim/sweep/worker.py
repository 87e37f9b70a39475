"""What runs on a cluster's workers: the population or a part of it, laid out once, and laws computed for it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from mikrosim.errors import MikrosimError
from mikrosim.population import Population

if TYPE_CHECKING:
    from mikrosim.sweep.compute import Computing, Piece
    from mikrosim.sweep.evaluate import Evaluator
    from mikrosim.sweep.task import Part, Task
    from mikrosim.units import Floats


class Parcel(NamedTuple):
    """What workers get once: the task, and the population, or one part of it, or where it lies.

    Args:
        key: Names all of it.
        task: What to compute.
        edges: The first household and the one after the last.
        whole: Whether that is all of the population: then the worker measures the laws too.
        weights: Of these households.
        path: Where the population lies for all workers.
        hash: Names the population.
        year: The income year.
        tables: The part's own tables, where no path is given.
    """

    key: str
    task: Task
    edges: tuple[int, int]
    whole: bool
    weights: Floats
    path: str | None
    hash: str
    year: int
    tables: tuple[dict[str, Any], dict[str, Any], tuple[dict[str, Any], ...], dict[str, Any]] | None

    def population(self) -> Population:
        """Return the population or the part, at the income year; only its own rows are read."""
        if self.tables is not None:
            households, persons, incomes, manifest = self.tables
            return Population(households, persons, incomes, self.year, self.hash, None, MappingProxyType(manifest))
        from mikrosim.population import load

        assert self.path is not None
        carried = load(self.path).part(*self.edges).at_year(self.year)
        # Weights at another year depend on all households, so they come from the machine that has seen them all.
        return replace(carried, households={**carried.households, "weight": self.weights})


@dataclass
class Kept:
    """What a worker process holds ready: for one task, as many parts as its share of them."""

    task: str = ""
    ready: dict[str, Evaluator | Computing] = field(default_factory=dict)


KEPT = Kept()
_BUILDING = threading.Lock()


def compute(parcel: Parcel, part: Part, share: int) -> tuple[str, Floats | Piece]:
    """Return the name of the rules, and the rows of a batch, or the piece of one part.

    Args:
        parcel: The population or a part of it.
        part: The laws.
        share: How many parts this worker may keep laid out.
    """
    from mikrosim.sweep.compute import Computing
    from mikrosim.sweep.evaluate import Evaluator

    task, _, _ = parcel.key.partition("/")
    with _BUILDING:
        if KEPT.task != task:
            KEPT.task, KEPT.ready = task, {}
        ready = KEPT.ready.pop(parcel.key, None)
        if ready is None:
            while len(KEPT.ready) >= share:
                del KEPT.ready[next(iter(KEPT.ready))]
            ready = (Evaluator if parcel.whole else Computing)(parcel.population(), parcel.task)
        KEPT.ready[parcel.key] = ready  # the one used last stands last
    laws = part.laws(parcel.task)
    return ready.digest, ready.piece(laws) if isinstance(ready, Computing) else ready.rows(laws)


def can_read(path: str, content: str) -> bool:
    """Tell whether the population of that hash, perhaps before it was carried to another year, lies at a path."""
    from mikrosim.population import load

    try:
        found = load(path)
    except MikrosimError:
        return False
    # The hash of a population carried to another year has the year after an @.
    return found.hash == content.partition("@")[0]


def installed_version() -> str:
    """Return the version of mikrosim."""
    from mikrosim.simulation.manifest import version

    return version()
