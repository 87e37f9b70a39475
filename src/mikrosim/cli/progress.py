"""How many laws are done, how fast it goes and how long it takes yet; on a terminal only."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from mikrosim.cli.status import Status
    from mikrosim.report.texts import Words


class LawsDone:
    """A line with a bar on standard error; nothing where there is no terminal.

    Args:
        words: The language.
        quiet: Whether to show nothing.
    """

    def __init__(self, words: Words, *, quiet: bool = False) -> None:
        self._words = words
        self._live = sys.stderr.isatty() and not quiet
        self._since = 0.0
        self._bar: Progress | None = None

    def after(self, status: Status, done: int, total: int, before: int) -> None:
        """Show that so many of all laws are done, `before` of them by an earlier start."""
        if not self._live:
            return
        if self._bar is None:
            status.end()
            self._since = time.monotonic()
            self._bar = _bar(self._words("progress.laws"), total)
        passed, new = time.monotonic() - self._since, done - before
        rate = self._words("progress.a_second", rate=f"{new / passed:.1f}") if new and passed > 0 else ""
        left = self._words("progress.left", time=_clock((total - done) * passed / new)) if new and done < total else ""
        self._bar.update(self._bar.task_ids[0], completed=done, rate=rate, left=left)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()


def _bar(title: str, total: int) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn(title),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("{task.fields[left]}"),
        console=Console(stderr=True),
        transient=True,
    )
    bar.add_task(title, total=total, rate="", left="")
    bar.start()
    return bar


def _clock(seconds: float) -> str:
    """Return a duration as people read it.

    >>> _clock(42.3), _clock(125.0), _clock(7265.0)
    ('42 s', '2 min 05 s', '2 h 01 min')
    """
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"


if TYPE_CHECKING:
    from rich.progress import Progress
