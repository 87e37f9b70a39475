"""Batches on the workers of an existing Dask cluster; rows are those of a local sweep.

Each worker process lays the population out once and keeps it. A batch uses one thread; how many run side by side is
the worker's own number of threads. Batches of a worker that is lost go to another one. With several partitions a worker
lays out and keeps only its share of them and gives back households' incomes, which are measured here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from mikrosim.errors import MikrosimError, Problem
from mikrosim.sweep.worker import Parcel, can_read, compute, installed_version

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from mikrosim.population import Population
    from mikrosim.sweep.evaluate import Evaluator
    from mikrosim.sweep.task import Part
    from mikrosim.units import Floats

Job: TypeAlias = "tuple[int, int]"
"""A batch of laws, and a part of the population, by their numbers."""

CONNECT_SECONDS = 5.0
WORKERS_SECONDS = 10.0
ATTEMPTS = 5
"""Times a batch is handed out anew after the cluster has given it up."""

BATCHES_PER_THREAD = 2
"""Batches that lie ready for each thread, so that none waits for the next; memory does not grow with the sweep."""


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
        self._parcels: list[Parcel] = []
        self._scattered: dict[int, Any] = {}

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
        """Give the workers the task, and the population, or its parts, unless all of them can read it where it lies."""
        shared = people.path is not None and self._all_can_read(people)
        task = f"{evaluator.digest}:{people.hash}:{len(people.weights)}:{_nonce()}"
        self._evaluator = evaluator
        self._parcels = [
            Parcel(
                key=f"{task}/{number}",
                task=evaluator.task,
                edges=edges,
                whole=len(evaluator.edges) == 1,
                weights=people.weights[slice(*edges)],
                path=str(Path(people.path).absolute()) if shared and people.path else None,
                hash=people.hash,
                year=people.year,
                tables=None if shared else tables_of(people.part(*edges)),
            )
            for number, edges in enumerate(evaluator.edges)
        ]
        for number in range(len(self._parcels)):
            self._scatter(number)

    def rows(self, parts: Iterable[tuple[int, Part]]) -> Iterator[tuple[int, Floats]]:
        """Yield the rows of each numbered part of the sweep as they are ready.

        Raises:
            MikrosimError: A batch failed, or was given up again and again.
        """
        pieces: dict[int, dict[int, Any]] = {}
        for (batch, number), found in self._computed(
            ((batch, number), part) for batch, part in parts for number in range(len(self._parcels))
        ):
            if self._parcels[number].whole:
                yield batch, found
                continue
            there = pieces.setdefault(batch, {})
            there[number] = found
            if len(there) == len(self._parcels):
                del pieces[batch]
                yield batch, self._evaluator.measured([there[place] for place in range(len(there))])

    def _computed(self, jobs: Iterable[tuple[Job, Part]]) -> Iterator[tuple[Job, Any]]:
        """Yield what the workers give for each job, a batch and a part of the population, as it is ready."""
        from distributed import as_completed

        waiting = iter(jobs)
        running: dict[Any, tuple[Job, Part]] = {}
        attempts: dict[Job, int] = {}
        finished: Any = as_completed(loop=self._client.loop)  # type: ignore[no-untyped-call]

        def submit(job: Job, part: Part) -> None:
            # Anew after a failure means under a new key: the scheduler remembers what it gave up.
            workers = sorted(self._client.nthreads())
            share, home = 1, dict[str, Any]()
            if workers and len(self._parcels) > 1:
                # A part goes to the worker that holds it, as long as that one is there.
                share = -(-len(self._parcels) // len(workers))
                home = {"workers": [workers[job[1] % len(workers)]], "allow_other_workers": True}
            key = f"mikrosim-{job[0]}-{job[1]}-{_nonce()}"
            future = self._client.submit(compute, self._scattered[job[1]], part, share, key=key, retries=2, **home)
            running[future] = (job, part)
            finished.add(future)

        def fill() -> None:
            room = max(1, BATCHES_PER_THREAD * sum(self._client.nthreads().values()))
            while len(running) < room and (following := next(waiting, None)) is not None:
                submit(*following)

        try:
            fill()
            while running:
                future = next(finished)
                job, part = running.pop(future)
                if future.status == "finished" and (found := self._found(future)) is not None:
                    fill()
                    yield job, found
                    continue
                attempts[job] = attempts.get(job, 0) + 1
                self._judge(future, job[1], attempts[job])
                submit(job, part)
        except (OSError, TimeoutError) as error:
            raise self._wrong(f"the cluster is lost ({error}); go on with --resume when it is back") from error
        finally:
            if running:
                self._client.cancel(list(running))

    def _found(self, future: Any) -> Any:
        """Return what a worker has computed, or None where it was lost with the worker before it came here."""
        try:
            digest, found = future.result()
        except CancelledError:
            return None
        if digest != self._evaluator.digest:
            same = "the same mikrosim, Python and numba are needed everywhere, or rows could differ"
            raise self._wrong(f"a worker has other rules or another Python or numba than this machine; {same}")
        return found

    def _judge(self, future: Any, number: int, attempt: int) -> None:
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
        if future.status != "error" or self._scattered[number].status != "finished":
            self._client.wait_for_workers(1, timeout=WORKERS_SECONDS)
            self._scatter(number)

    def _scatter(self, number: int) -> None:
        """Give every worker its own copy, so that none is lost with one worker; a part with its tables goes to one."""
        parcel = self._parcels[number]
        everywhere = parcel.whole or parcel.tables is None
        (self._scattered[number],) = self._client.scatter([parcel], broadcast=everywhere, hash=False)

    def _all_can_read(self, people: Population) -> bool:
        path = str(Path(people.path or "").absolute())
        return all(self._client.run(can_read, path, people.hash).values())

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


def tables_of(people: Population) -> tuple[dict[str, Any], dict[str, Any], tuple[dict[str, Any], ...], dict[str, Any]]:
    """Return a population as a parcel carries it."""
    return people.households, people.persons, people.incomes, dict(people.manifest)


def _nonce() -> str:
    import os

    return os.urandom(6).hex()
