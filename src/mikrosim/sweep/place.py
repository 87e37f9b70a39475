"""Where a sweep is kept, and reading what is there."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mikrosim.errors import MikrosimError

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 1
MANIFEST, RESULT, PARTS, LOCK = "manifest.json", "sweep.parquet", "parts", ".lock"
METADATA = b"mikrosim.sweep"


class Place(NamedTuple):
    """Where a sweep is kept: its folder, and the combined file."""

    folder: Path
    result: Path

    @classmethod
    def of(cls, out: Path) -> Place:
        """Return the place that `--out` means: a folder, or a file that ends in .parquet with its folder beside it."""
        if out.suffix == ".parquet":
            return cls(out.with_suffix(".sweep"), out)
        return cls(out, out / RESULT)


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of a sweep's folder, or None where there is none.

    Raises:
        MikrosimError: There is something else under its name.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return None
    try:
        found = json.loads(path.read_text("utf-8"))
    except ValueError:
        found = None
    if not isinstance(found, dict) or found.get("kind") != "sweep":
        raise refusal(folder, "holds something else than a sweep; choose another --out")
    if found.get("format") != FORMAT:
        raise refusal(folder, f"was written in format {found.get('format')}; this version reads {FORMAT}")
    return found


def check_place(place: Place) -> None:
    """Refuse a place where nothing can be written, before anything is computed.

    Raises:
        MikrosimError: With the reason.
    """
    for wanted in (place.folder, place.result.parent):
        for folder in (wanted, *wanted.parents):
            if folder.exists():
                if not folder.is_dir():
                    raise refusal(folder, "is a file; --out needs a folder, or a name that ends in .parquet")
                if not os.access(folder, os.W_OK):
                    raise refusal(folder, "may not be written to; choose another --out")
                break


def read_sweep(place: Path) -> tuple[pa.Table, dict[str, Any]]:
    """Return the rows of a finished sweep and what it is, from its folder or its Parquet file.

    Raises:
        MikrosimError: There is no finished sweep.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = place / RESULT if place.is_dir() else place
    try:
        table = pq.ParquetFile(path).read()
    except FileNotFoundError:
        unfinished = place.is_dir() and (place / MANIFEST).is_file()
        hint = "holds a sweep that is not finished; go on with --resume" if unfinished else "there is no sweep here"
        raise refusal(place, hint) from None
    except (pa.ArrowInvalid, OSError):
        raise refusal(path, "is no whole Parquet file") from None
    note = (table.schema.metadata or {}).get(METADATA)
    if note is None:
        raise refusal(path, "is no file of `mikrosim sweep`")
    return table, json.loads(note)


def refusal(path: Path, message: str) -> MikrosimError:
    """Return the error that a place cannot be used."""
    return MikrosimError(str(path), message)
