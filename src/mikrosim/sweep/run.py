"""`mikrosim sweep`: batches of laws from a design, shared out and kept as they come, in one file at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from mikrosim.engine.run import processors
from mikrosim.errors import MikrosimError
from mikrosim.simulation.run import DEFAULT, LOADING, as_population
from mikrosim.sweep.evaluate import Evaluator
from mikrosim.sweep.manifest import sweep_manifest
from mikrosim.sweep.place import Place, check_place
from mikrosim.sweep.spec import Sweep, load_sweep
from mikrosim.sweep.store import Store
from mikrosim.sweep.task import Part, Task, part_of, task_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from mikrosim.population import Population
    from mikrosim.units import Floats

LARGEST_BATCH, SMALLEST_BATCH = 32, 4
HOUSEHOLDS_IN_BATCH = 10_000_000
"""Households times laws that a batch holds in memory: about 0.6 GB."""

FEWEST_BATCHES = 16
"""A small sweep is cut into so many batches, that several workers have something to do."""


class Workers(Protocol):
    """Whoever measures batches of laws."""

    def rows(self, parts: Iterable[tuple[int, Part]]) -> Iterator[tuple[int, Floats]]:
        """Yield the rows of each numbered part as they are ready, in any order."""
        ...


@dataclass(frozen=True, slots=True)
class Done:
    """A finished sweep: where its rows are, how many, and how many of them were there before."""

    path: Path
    scenarios: int
    before: int
    manifest: dict[str, Any]


class Threads:
    """This process' own threads; each measures one batch at a time."""

    def __init__(self, evaluator: Evaluator, workers: int) -> None:
        self._evaluator = evaluator
        self._workers = workers

    def rows(self, parts: Iterable[tuple[int, Part]]) -> Iterator[tuple[int, Floats]]:
        """Yield the rows of each numbered part as they are ready."""
        waiting = iter(parts)
        running: dict[Future[Floats], int] = {}
        with ThreadPoolExecutor(self._workers, "sweep") as pool:
            try:
                while True:
                    # No more parts are laid out than there are threads: memory does not grow with the sweep.
                    while len(running) < self._workers and (following := next(waiting, None)) is not None:
                        running[pool.submit(self._measure, following[1])] = following[0]
                    if not running:
                        return
                    for ready in wait(running, return_when=FIRST_COMPLETED).done:
                        yield running.pop(ready), ready.result()
            finally:
                for one in running:
                    one.cancel()

    def _measure(self, part: Part) -> Floats:
        return self._evaluator.rows(part.laws(self._evaluator.task))


def sweep(
    wanted: str | Path | Sweep,
    out: str | Path,
    population: str | Path | Population = DEFAULT,
    households: int | None = None,
    seed: int | None = None,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    partitions: int = 1,
    resume: bool = False,
    allow_code: bool = False,
    progress: Callable[[str], None] | None = None,
    on_rows: Callable[[int, int, int], None] | None = None,
) -> Done:
    """Run all scenarios of a sweep; one Parquet row for each.

    Args:
        wanted: A sweep file, or a sweep loaded before.
        out: A folder, or a file that ends in .parquet.
        population: `default`, a population folder, or a population loaded before.
        households: How many households the default population has.
        seed: The seed the default population is drawn with.
        workers: Threads that measure batches; as many as there are processors by default.
        scheduler: The address of a Dask scheduler whose workers measure them instead.
        partitions: In how many parts of the population the engine runs; on a cluster a worker then holds few of them.
            The rows are the same for any number.
        resume: Whether to go on with what `out` holds.
        allow_code: Whether rules of the base's own, in a Python file that it names, may run.
        progress: Called with the name of each stage when it begins.
        on_rows: Called with the scenarios that are done, all of them, and those done before this start.

    Raises:
        MikrosimError: The sweep, the population, the folder or the cluster is not as it must be.
    """
    progress = progress or (lambda stage: None)
    tell = on_rows or (lambda done, total, before: None)
    chosen = wanted if isinstance(wanted, Sweep) else load_sweep(wanted, allow_code=allow_code)
    place = Place.of(Path(out))
    check_place(place)
    if scheduler is not None:
        from mikrosim.sweep.cluster import Cluster

        with Cluster(scheduler) as cluster:
            people = _people(chosen, population, households, seed, progress)
            elsewhere = partitions > 1
            evaluator = Evaluator(
                people, task_of(chosen), partitions=partitions, elsewhere=elsewhere, progress=progress
            )
            cluster.prepare(people, evaluator)
            return _run(chosen, place, people, evaluator, cluster, resume=resume, tell=tell)
    people = _people(chosen, population, households, seed, progress)
    evaluator = Evaluator(people, task_of(chosen), partitions=partitions, progress=progress)
    threads = Threads(evaluator, workers or processors())
    return _run(chosen, place, people, evaluator, threads, resume=resume, tell=tell)


def _people(
    chosen: Sweep,
    population: str | Path | Population,
    households: int | None,
    seed: int | None,
    progress: Callable[[str], None],
) -> Population:
    progress(LOADING)
    people = as_population(population, households, seed, progress).at_year(chosen.year)
    refuse_protected(people)
    return people


def refuse_protected(people: Population) -> None:
    """Refuse real microdata: differences between a sweep's rows can tell of single households.

    Raises:
        MikrosimError: The population is made from real microdata.
    """
    from mikrosim.measures.disclosure import minimum_of

    if minimum_of(people) is not None:
        why = "many laws side by side can reveal single households of real microdata; run scenarios one by one"
        raise MikrosimError(str(people.path or "population"), why)


def _run(
    chosen: Sweep,
    place: Place,
    people: Population,
    evaluator: Evaluator,
    workers: Workers,
    *,
    resume: bool,
    tell: Callable[[int, int, int], None],
) -> Done:
    total = len(chosen.design)
    size = batch_size(total, len(people.weights))
    edges = [(first, min(first + size, total)) for first in range(0, total, size)]
    manifest = sweep_manifest(chosen, people, evaluator, size)
    with Store(place, manifest, len(edges)).open(resume=resume) as store:
        if resume and store.is_complete():
            store.remove_parts()
            tell(total, total, total)
            return Done(place.result, total, total, manifest)
        done = store.done()
        before = finished = sum(last - first for batch, (first, last) in enumerate(edges) if batch in done)
        tell(finished, total, before)
        slots = evaluator.task.slots
        parts = (
            (batch, part_of(chosen.variants, _values(chosen, *edges[batch]), slots))
            for batch in range(len(edges))
            if batch not in done
        )
        for batch, rows in workers.rows(parts):
            store.add(batch, table_of(chosen, *edges[batch], evaluator.columns, rows))
            finished += len(rows)
            tell(finished, total, before)
        return Done(store.combine(), total, before, manifest)


def batch_size(scenarios: int, households: int) -> int:
    """Return how many laws share a pass; it depends on the sweep alone, so that rows fall into the same batches.

    >>> batch_size(1000, 100_000), batch_size(1000, 2_500_000), batch_size(20, 1000)
    (32, 4, 4)
    """
    in_memory = max(SMALLEST_BATCH, min(LARGEST_BATCH, HOUSEHOLDS_IN_BATCH // households))
    return min(in_memory, max(SMALLEST_BATCH, -(-scenarios // FEWEST_BATCHES)))


def table_of(chosen: Sweep, first: int, last: int, columns: list[str], rows: Floats) -> pa.Table:
    """Return rows as a table: the scenario's number from 1, its name if the list gives names, values, measures."""
    import pyarrow as pa

    points = chosen.design.points(first, last)
    found: dict[str, pa.Array] = {"scenario": pa.array(range(first + 1, last + 1), pa.int64())}
    if chosen.design.kind == "list" and any("name" in point for point in chosen.design.listed):
        found["name"] = pa.array([point.get("name") for point in points], pa.string())
    for name, axis in chosen.variants.axes.items():
        values = [point.get(name) for point in points]
        kind = {"choice": pa.string(), "flag": pa.bool_()}.get(axis.unit, pa.float64())
        if kind == pa.float64():
            values = [None if value is None else float(value) for value in values]
        found[name] = pa.array(values, kind)
    for place, name in enumerate(columns):
        found[name] = pa.array(rows[:, place])
    return pa.table(found)


def _values(chosen: Sweep, first: int, last: int) -> list[dict[str, Any]]:
    return [{name: value for name, value in point.items() if name != "name"}
            for point in chosen.design.points(first, last)]  # fmt: skip


__all__ = ["Done", "Task", "Threads", "Workers", "batch_size", "sweep", "table_of"]
