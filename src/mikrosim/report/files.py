"""The files of a run: all of them or none."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mikrosim.errors import MikrosimError
from mikrosim.simulation.result import as_json, plain_values

if TYPE_CHECKING:
    from pathlib import Path

    from mikrosim.simulation.result import RunResult


def check_folder(folder: Path) -> None:
    """Refuse a place where no folder of results can be, before anything is computed."""
    for place in (folder, *folder.parents):
        if place.exists():
            if not place.is_dir():
                raise MikrosimError(str(place), "is a file; --out needs a folder")
            if not os.access(place, os.W_OK):
                raise MikrosimError(str(place), "may not be written to; choose another folder for --out")
            return


def write_run(result: RunResult, folder: Path, command: str) -> None:
    """Write `summary.json` (the result) and `manifest.json` (how to make it again).

    Both are written under temporary names first and renamed when they are whole.
    """
    manifest = {**result.manifest, "command": command}
    write_together(
        folder,
        {
            "manifest.json": as_json(plain_values(manifest)).encode(),
            "summary.json": result.to_json().encode(),
        },
    )


def write_together(folder: Path, contents: dict[str, bytes]) -> None:
    """Write several files so that no reader sees half of one, and none is replaced if one cannot be written.

    Raises:
        MikrosimError: The folder or a file cannot be written.
    """
    mark = f"{os.getpid()}-{os.urandom(4).hex()}"
    temporaries = {name: folder / f".{name}.{mark}" for name in contents}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            temporaries[name].write_bytes(content)
        for name, temporary in temporaries.items():
            temporary.replace(folder / name)
    except OSError as error:
        raise MikrosimError(str(folder), f"cannot be written: {error.strerror}") from error
    finally:
        for temporary in temporaries.values():
            temporary.unlink(missing_ok=True)
