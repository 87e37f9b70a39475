"""The line on standard error that says what the program is doing while one waits."""

from __future__ import annotations

import sys
import time
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self, TextIO

    from mikrosim.report.texts import Words

SLOW_STAGES = ("building", "compiling")
"""Stages that are told even where there is no terminal: they take long, and happen once."""

TICK = 0.5


class Status:
    """Shows the present stage on a terminal, with its seconds; elsewhere one line per slow stage.

    Args:
        words: The language.
        quiet: Whether to show nothing.
        stream: Where to; standard error by default.

    >>> from mikrosim.report.texts import Words
    >>> with Status(Words("en"), stream=sys.stdout) as status:
    ...     status("compiling")
    Compiling the rules (first time only) …
    """

    def __init__(self, words: Words, *, quiet: bool = False, stream: TextIO | None = None) -> None:
        self._words = words
        self._stream = stream or sys.stderr
        self._quiet = quiet
        self._live = self._stream.isatty() and not quiet
        self._stage = ""
        self._told: set[str] = set()
        self._since = time.monotonic()
        self._done = Event()
        self._ticker = Thread(target=self._tick, daemon=True)

    def __call__(self, stage: str) -> None:
        """Show a stage; one that is shown already goes on."""
        if stage == self._stage:
            return
        self._stage, self._since = stage, time.monotonic()
        if self._live:
            self._draw()
        elif not self._quiet and stage in SLOW_STAGES and stage not in self._told:
            self._told.add(stage)
            print(self._words(f"stage.{stage}"), file=self._stream, flush=True)

    def __enter__(self) -> Self:
        if self._live:
            self._ticker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """Take the line away, before something else is shown there."""
        if self._live and not self._done.is_set():
            self._done.set()
            self._ticker.join()
            self._stream.write("\r\033[K")
            self._stream.flush()
        self._live = False

    def _tick(self) -> None:
        while not self._done.wait(TICK):
            self._draw()

    def _draw(self) -> None:
        if self._stage:
            seconds = int(time.monotonic() - self._since)
            passed = f" {seconds} s" if seconds else ""
            self._stream.write(f"\r\033[K{self._words(f'stage.{self._stage}')}{passed}")
            self._stream.flush()
