"""The folder of a sweep: parts that are whole or not there, a manifest, and in the end one Parquet file.

A part holds the rows of one batch. It is written under a temporary name and renamed; its name carries the hash of its
content, so that a part is known to be whole by itself. A process that is killed leaves at most a temporary file.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mikrosim.errors import MikrosimError, Problem
from mikrosim.files import write_atomically
from mikrosim.simulation.result import as_json
from mikrosim.sweep.place import LOCK, MANIFEST, METADATA, PARTS, Place, read_manifest, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Self

    import pyarrow as pa

ROWS_TOGETHER = 10_000
"""Rows of one row group of the combined file."""

SAYS = {
    "version": "the version of mikrosim",
    "rules": "the law's rules, or the Python or numba they are compiled with",
    "law": "the law's parameters",
    "base": "the base scenario or its baseline",
    "population": "the population",
    "design": "the design: parameters, values, samples or seed",
    "measures": "the measures asked for",
    "batch": "the number of scenarios in a batch",
}
"""What must be the same for a sweep to go on, and what to call it."""


class Store:
    """A sweep's folder, held by this process alone.

    Args:
        place: Where.
        manifest: What the sweep is; `identity` in it decides whether an earlier one can go on.
        batches: How many batches there are.
    """

    def __init__(self, place: Place, manifest: Mapping[str, Any], batches: int) -> None:
        self.place = place
        self.manifest = dict(manifest)
        self.batches = batches
        self._parts: dict[int, Path] = {}
        self._lock: io.TextIOWrapper | None = None

    def open(self, *, resume: bool) -> Self:
        """Make the folder, or go on with what is there.

        Raises:
            MikrosimError: The folder cannot be written, is in use, holds a sweep already, or another one.
        """
        folder = self.place.folder
        try:
            before = read_manifest(folder)
            if before is None and not folder.exists() and self.place.result.exists():
                raise refusal(self.place.result, "is there already; choose another --out")
            if before is None and folder.is_dir() and not _is_empty(folder):
                raise refusal(folder, "holds other files; choose another --out")
            if before is not None:
                self._compare(before, resume=resume)
            folder.mkdir(parents=True, exist_ok=True)
            self._take_lock()
            self._remove_unfinished()
            if before is None:
                (folder / PARTS).mkdir(exist_ok=True)
                self._write_manifest({"status": "running"})
            self._parts = dict(self._whole_parts())
        except OSError as error:
            raise self.unwritable(error) from error
        return self

    def close(self) -> None:
        """Let others have the folder."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    def done(self) -> set[int]:
        """Return the batches that are kept already."""
        return set(self._parts)

    def is_complete(self) -> bool:
        """Tell whether the combined file of this very sweep is there and whole."""
        found = read_manifest(self.place.folder)
        if found is None or found.get("status") != "complete" or not self.place.result.is_file():
            return False
        return bool(found.get("result") == _file_hash(self.place.result))

    def add(self, batch: int, table: pa.Table) -> None:
        """Keep the rows of a batch.

        Raises:
            MikrosimError: The disk is full, or the like; what was kept before stays.
        """
        content = _parquet(table)
        name = f"part-{batch:06d}-{hashlib.sha256(content).hexdigest()[:16]}.parquet"
        path = self.place.folder / PARTS / name
        try:
            path.parent.mkdir(exist_ok=True)
            write_atomically(path, content)
        except OSError as error:
            raise self.unwritable(error) from error
        self._parts[batch] = path

    def combine(self) -> Path:
        """Put all parts into one file, in the order of the batches, and remove them; return its path.

        Raises:
            MikrosimError: The disk is full, or the like; the parts stay.
        """
        import pyarrow.parquet as pq

        path = self.place.result
        temporary = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}")
        tables = self._tables()
        first = next(tables)
        note = json.dumps({**self.manifest, "status": "complete"}, ensure_ascii=False, sort_keys=True)
        schema = first.schema.with_metadata({METADATA: note.encode()})
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as file, pq.ParquetWriter(file, schema) as writer:
                writer.write_table(first.replace_schema_metadata(schema.metadata))
                for table in tables:
                    writer.write_table(table.replace_schema_metadata(schema.metadata))
            _to_disk(temporary)
            temporary.replace(path)
            self._write_manifest({"status": "complete", "result": _file_hash(path)})
            self.remove_parts()
        except OSError as error:
            raise self.unwritable(error) from error
        finally:
            temporary.unlink(missing_ok=True)
        return path

    def remove_parts(self) -> None:
        """Remove the parts of a sweep whose combined file is there."""
        for part in self._parts.values():
            part.unlink(missing_ok=True)
        with suppress(OSError):
            (self.place.folder / PARTS).rmdir()

    def unwritable(self, error: OSError) -> MikrosimError:
        """Return the message for a folder that does not take what is written."""
        done = len(self._parts)
        kept = f"; {done} of {self.batches} batches are kept, make room and go on with --resume" if done else ""
        return MikrosimError(str(self.place.folder), f"cannot be written: {error.strerror or error}{kept}")

    def _tables(self) -> Iterator[pa.Table]:
        """Yield the parts' rows in the order of the batches, some thousands at a time."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        held: list[pa.Table] = []
        for batch in range(self.batches):
            held.append(pq.ParquetFile(self._parts[batch]).read())
            if sum(table.num_rows for table in held) >= ROWS_TOGETHER:
                yield pa.concat_tables(held).combine_chunks()
                held = []
        if held:
            yield pa.concat_tables(held).combine_chunks()

    def _whole_parts(self) -> Iterator[tuple[int, Path]]:
        """Yield the parts whose content has the hash in its name; what is broken or half-written is removed."""
        folder = self.place.folder / PARTS
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            found = re.fullmatch(r"part-(\d{6,})-([0-9a-f]{16})\.parquet", path.name)
            if found and int(found[1]) < self.batches and _file_hash(path)[:16] == found[2]:
                yield int(found[1]), path
            else:
                path.unlink(missing_ok=True)

    def _remove_unfinished(self) -> None:
        """Remove what a killed process has left half-written; those of parts go with `_whole_parts`."""
        for path in (self.place.folder / MANIFEST, self.place.result):
            for left in path.parent.glob(f".{path.name}.*-????????"):
                left.unlink(missing_ok=True)

    def _compare(self, before: Mapping[str, Any], *, resume: bool) -> None:
        folder = self.place.folder
        if not resume:
            state = "a finished sweep" if before.get("status") == "complete" else "a sweep that was begun"
            raise refusal(folder, f"holds {state}; go on with --resume, or choose another --out")
        old, new = before.get("identity"), self.manifest["identity"]
        old = old if isinstance(old, dict) else {}
        problems = [
            Problem(name, f"{SAYS[name]} differs from when the sweep was begun ({old.get(name)}, now {value})")
            for name, value in new.items()
            if old.get(name) != value
        ]
        if problems:
            hint = Problem("--resume", "refused: rows of different sweeps would be mixed; choose another --out")
            raise MikrosimError(str(folder), [*problems, hint])

    def _take_lock(self) -> None:
        """Keep other processes out; a lock ends with its process, however that ends."""
        try:
            import fcntl
        except ImportError:  # not on Windows; there two processes would write the same parts
            return
        file = (self.place.folder / LOCK).open("w", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise refusal(self.place.folder, "is being written by another mikrosim sweep") from None
        except OSError:  # a file system without locks
            file.close()
            return
        self._lock = file

    def _write_manifest(self, further: Mapping[str, Any]) -> None:
        content = as_json({**self.manifest, **further}).encode()
        write_atomically(self.place.folder / MANIFEST, content)


def _is_empty(folder: Path) -> bool:
    """Tell whether a folder holds nothing but what a process killed at its very start leaves."""
    return all(
        one.name == LOCK or one.name.startswith(f".{MANIFEST}.") or (one.name == PARTS and not any(one.iterdir()))
        for one in folder.iterdir()
    )


def _parquet(table: pa.Table) -> bytes:
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(table, stream)
    return stream.getvalue()


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
