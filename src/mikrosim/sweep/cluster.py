"""Batches on the workers of an existing Dask cluster; rows are those of a local sweep.

Each worker process lays the population out once and keeps it. A batch uses one thread; how many run side by side is
the worker's own number of threads. Batches of a worker that is lost go to another one.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from mikrosim.errors import MikrosimError, Problem
from mikrosim.population import Population

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from mikrosim.sweep.evaluate import Evaluator
    from mikrosim.sweep.task import Part, Task
    from mikrosim.units import Floats

CONNECT_SECONDS = 5.0
WORKERS_SECONDS = 10.0
ATTEMPTS = 5
"""Times a batch is handed out anew after the cluster has given it up."""

BATCHES_PER_THREAD = 2
"""Batches that lie ready for each thread, so that none waits for the next; memory does not grow with the sweep."""


class _Parcel(NamedTuple):
    """What every worker gets once: the task, and the population or where it lies."""

    key: str
    task: Task
    path: str | None
    hash: str
    year: int
    tables: tuple[dict[str, Any], dict[str, Any], tuple[dict[str, Any], ...], dict[str, Any]] | None

    def population(self) -> Population:
        """Return the population, at the income year."""
        if self.tables is None:
            from mikrosim.population import load

            assert self.path is not None
            return load(self.path).at_year(self.year)
        households, persons, incomes, manifest = self.tables
        return Population(households, persons, incomes, self.year, self.hash, None, MappingProxyType(manifest))


@dataclass
class _Kept:
    """The one evaluator that a worker process holds ready."""

    key: str = ""
    evaluator: Evaluator | None = None


_KEPT = _Kept()
_BUILDING = threading.Lock()


def measure(parcel: _Parcel, part: Part) -> tuple[str, Floats]:
    """Return the name of the rules, and the rows of a batch; runs on a worker."""
    from mikrosim.sweep.evaluate import Evaluator

    with _BUILDING:
        if _KEPT.key != parcel.key or _KEPT.evaluator is None:
            _KEPT.evaluator = Evaluator(parcel.population(), parcel.task)
            _KEPT.key = parcel.key
        evaluator = _KEPT.evaluator
    return evaluator.digest, evaluator.rows(part.laws(parcel.task))


def can_read(path: str, year: int, content: str) -> bool:
    """Tell whether a population of that content lies at a path; runs on a worker."""
    from mikrosim.population import load

    try:
        return load(path).at_year(year).hash == content
    except MikrosimError:
        return False


def installed_version() -> str:
    """Return the version of mikrosim; runs on a worker."""
    from mikrosim.simulation.manifest import version

    return version()


class Cluster:
    """A connection to a Dask scheduler.

    Args:
        address: Such as `tcp://10.0.0.1:8786`.
        connect_seconds: How long to try to reach it.
        workers_seconds: How long to wait for its first worker.

    Raises:
        MikrosimError: Nobody answers there, it has no workers, or they have another version of mikrosim.
    """

    def __init__(
        self, address: str, *, connect_seconds: float = CONNECT_SECONDS, workers_seconds: float = WORKERS_SECONDS
    ) -> None:
        try:
            from distributed import Client as Connect
        except ImportError:
            raise MikrosimError("--scheduler", "needs the package `distributed`; pip install distributed") from None

        self.address = address
        hint = "start one with `dask scheduler`, or leave out --scheduler"
        try:
            connect: Any = Connect  # distributed is only partly typed
            self._client = connect(address, timeout=connect_seconds, set_as_default=False)
        except (OSError, TimeoutError, ValueError, ImportError) as error:
            why = " ".join(str(error).split()) or type(error).__name__
            raise self._wrong(f"no Dask scheduler answers within {connect_seconds:g} s ({why}); {hint}") from error
        try:
            self._client.wait_for_workers(1, timeout=workers_seconds)
            self._check_versions()
        except TimeoutError as error:
            self.close()
            raise self._wrong("the scheduler has no workers; start some with `dask worker ADDRESS`") from error
        except BaseException:
            self.close()
            raise
        self._parcel: _Parcel | None = None
        self._scattered: Any = None

    def close(self) -> None:
        """Leave the cluster; its scheduler and workers go on."""
        self._client.close(timeout=CONNECT_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def prepare(self, people: Population, evaluator: Evaluator) -> None:
        """Give the workers the task, and the population unless all of them can read it where it lies."""
        shared = people.path is not None and self._all_can_read(people)
        tables = (people.households, people.persons, people.incomes, dict(people.manifest))
        self._digest = evaluator.digest
        self._parcel = _Parcel(
            key=f"{evaluator.digest}:{people.hash}:{len(people.weights)}:{id(evaluator)}:{_nonce()}",
            task=evaluator.task,
            path=str(Path(people.path).absolute()) if shared and people.path else None,
            hash=people.hash,
            year=people.year,
            tables=None if shared else tables,
        )
        self._scatter()

    def rows(self, parts: Iterable[tuple[int, Part]]) -> Iterator[tuple[int, Floats]]:
        """Yield the rows of each numbered part as they are ready.

        Raises:
            MikrosimError: A batch failed, or was given up again and again.
        """
        from distributed import as_completed

        waiting = iter(parts)
        running: dict[Any, tuple[int, Part]] = {}
        attempts: dict[int, int] = {}
        finished: Any = as_completed(loop=self._client.loop)  # type: ignore[no-untyped-call]

        def submit(batch: int, part: Part) -> None:
            # Anew after a failure means under a new key: the scheduler remembers what it gave up.
            future = self._client.submit(measure, self._scattered, part, key=f"mikrosim-{batch}-{_nonce()}", retries=2)
            running[future] = (batch, part)
            finished.add(future)

        def fill() -> None:
            room = max(1, BATCHES_PER_THREAD * sum(self._client.nthreads().values()))
            while len(running) < room and (following := next(waiting, None)) is not None:
                submit(*following)

        try:
            fill()
            while running:
                future = next(finished)
                batch, part = running.pop(future)
                if future.status == "finished":
                    rows = self._rows_of(future)
                    fill()
                    yield batch, rows
                    continue
                attempts[batch] = attempts.get(batch, 0) + 1
                self._judge(future, attempts[batch])
                submit(batch, part)
        except (OSError, TimeoutError) as error:
            raise self._wrong(f"the cluster is lost ({error}); go on with --resume when it is back") from error
        finally:
            if running:
                self._client.cancel(list(running))

    def _rows_of(self, future: Any) -> Floats:
        digest, rows = future.result()
        if digest != self._digest:
            same = "the same mikrosim, Python and numba are needed everywhere, or rows could differ"
            raise self._wrong(f"a worker has other rules or another Python or numba than this machine; {same}")
        found: Floats = rows
        return found

    def _judge(self, future: Any, attempt: int) -> None:
        """Make ready for another attempt, or say why there is none."""
        from distributed.scheduler import KilledWorker

        if future.status == "error":
            error = future.exception()
            if isinstance(error, MikrosimError):
                raise error
            if not isinstance(error, KilledWorker):
                raise self._wrong(f"a worker failed: {type(error).__name__}: {error}") from error
        if attempt >= ATTEMPTS:
            raise self._wrong(
                f"a batch was lost {attempt} times, with the workers that had it; have they enough memory?"
            )
        if future.status != "error" or self._scattered.status != "finished":
            self._client.wait_for_workers(1, timeout=WORKERS_SECONDS)
            self._scatter()

    def _scatter(self) -> None:
        """Give every worker its own copy, so that no copy is lost with one worker."""
        (self._scattered,) = self._client.scatter([self._parcel], broadcast=True, hash=False)

    def _all_can_read(self, people: Population) -> bool:
        path = str(Path(people.path or "").absolute())
        return all(self._client.run(can_read, path, people.year, people.hash).values())

    def _check_versions(self) -> None:
        own = installed_version()
        try:
            found = self._client.run(installed_version)
        except (ImportError, AttributeError) as error:
            raise self._wrong(f"mikrosim is not installed where the workers run ({error})") from error
        problems = [
            Problem(worker, f"has mikrosim {version}, here it is {own}")
            for worker, version in found.items()
            if version != own
        ]
        if problems:
            raise MikrosimError(f"scheduler {self.address}", problems)

    def _wrong(self, message: str) -> MikrosimError:
        return MikrosimError(f"scheduler {self.address}", message)


def _nonce() -> str:
    import os

    return os.urandom(6).hex()
