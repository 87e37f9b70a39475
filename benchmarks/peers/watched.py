"""A process whose memory is watched, with that of all it starts, and that is stopped when it takes too much."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

INTERVAL = 0.05
KIB, GIB = 1024, 1024**3


@dataclass(slots=True)
class Watched:
    """What became of a process.

    Args:
        stages: Each stage that it told of, as it told it, with the highest memory seen until then as `peak`.
        begun: When it was started, on the clock `time.monotonic`, which all processes share.
        failed: Why it did not come to its end; empty if it did.
    """

    begun: float
    stages: dict[str, dict[str, Any]] = field(default_factory=dict)
    failed: str = ""


def watch(
    command: Sequence[str], *, memory: int, seconds: float, environment: Mapping[str, str] | None = None
) -> Watched:
    """Run a process that prints stages as JSON lines, within limits of resident memory (bytes) and of time."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        found = Watched(time.monotonic())
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
            env={**os.environ, **(environment or {})},
        ) as process:
            watcher = _Watcher(process.pid, memory, found.begun + seconds)
            watcher.start()
            assert process.stdout is not None
            for line in process.stdout:
                stage = json.loads(line)
                name = stage.pop("stage")
                found.stages[name] = stage | {"peak": watcher.peak}
        watcher.end()
        taken = time.monotonic() - found.begun
        if watcher.stopped == "memory":
            found.failed = f"does not fit: stopped at {watcher.peak / GIB:.1f} GiB after {taken:.0f} s"
        elif watcher.stopped == "time":
            found.failed = f"stopped after {taken:.0f} s"
        elif process.returncode:
            found.failed = _last_line(errors) or f"ended with {process.returncode}"
    return found


class _Watcher(Thread):
    """Samples the memory of a process and its descendants, and kills them all beyond a limit."""

    def __init__(self, pid: int, memory: int, until: float) -> None:
        super().__init__(daemon=True)
        self.pid, self.memory, self.until = pid, memory, until
        self.peak, self.stopped = 0, ""
        self.ended = Event()

    def run(self) -> None:
        while not self.ended.wait(INTERVAL):
            self.peak = max(self.peak, sum(map(_resident, _family(self.pid))))
            if self.peak > self.memory or time.monotonic() > self.until:
                self.stopped = "memory" if self.peak > self.memory else "time"
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self.pid, signal.SIGKILL)
                return

    def end(self) -> None:
        self.ended.set()
        self.join()


def _family(pid: int) -> list[int]:
    """Return a process and all it has started; nothing once it has ended."""
    found = [pid]
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = tasks.read_text().split()
        except OSError:
            continue
        for child in children:
            found += _family(int(child))
    return found


def _resident(pid: int) -> int:
    """Return a process' resident memory in bytes; 0 once it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * KIB for line in lines if line.startswith("VmRSS:"))


def _last_line(errors: Any) -> str:
    errors.seek(0)
    lines = [line.strip() for line in errors if line.strip()]
    return lines[-1] if lines else ""
