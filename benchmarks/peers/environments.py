"""One virtual environment for each model, made from its lock the first time and kept outside the repository."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LOCK = "requirements.lock"
READY = "ready"


class CannotInstallError(Exception):
    """A model's environment could not be made; the message is the last line that says why."""


def python_of(peer: Path, folder: Path) -> Path:
    """Return the interpreter of a model's environment, made if it is not there with this lock.

    A model without a lock is mikrosim itself, and runs where this does.

    Args:
        peer: The model's folder, with its lock.
        folder: Where the environments lie.

    Raises:
        CannotInstallError: `venv` or `pip` failed; their whole output lies beside the environment.
    """
    from pathlib import Path

    lock = peer / LOCK
    if not lock.is_file():
        return Path(sys.executable)
    place = folder / peer.name
    python, ready = place / "bin" / "python", place / READY
    wanted = f"{hashlib.sha256(lock.read_bytes()).hexdigest()} {sys.version}"
    if ready.is_file() and ready.read_text("utf-8") == wanted:
        return python
    shutil.rmtree(place, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    _logged([sys.executable, "-m", "venv", str(place)], folder / f"{peer.name}.log")
    _logged([*pip, "--requirement", str(lock)], folder / f"{peer.name}.log")
    ready.write_text(wanted, "utf-8")
    return python


def _logged(command: list[str], log: Path) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    log.write_text(done.stdout, "utf-8")
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if line.strip()]
        errors = [line for line in lines if "error" in line.lower()]
        raise CannotInstallError((errors or lines or ["no output"])[-1].strip())
