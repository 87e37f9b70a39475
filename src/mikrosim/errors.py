"""Errors that speak: where, what is wrong, what to do; all problems of one source at once."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Problem(NamedTuple):
    """One thing that is wrong: the place inside the source, and what to do about it."""

    place: str
    message: str


class MikrosimError(Exception):
    """The base of all errors a user can cause; the command line prints it and exits with 1.

    Args:
        source: The file, option or object that holds the problems.
        problems: All of them, or one sentence when the source is one thing.
    """

    def __init__(self, source: str, problems: Sequence[Problem] | str) -> None:
        self.source = source
        self.problems = [Problem("", problems)] if isinstance(problems, str) else list(problems)
        super().__init__(self._text())

    def _text(self) -> str:
        if len(self.problems) == 1 and not self.problems[0].place:
            return f"{self.source}: {self.problems[0].message}"
        count = len(self.problems)
        width = min(44, max(len(problem.place) for problem in self.problems))
        lines = [f"  {problem.place:<{width}}   {problem.message}" for problem in self.problems]
        return "\n".join([f"{self.source}: {count} problem{'s' if count > 1 else ''}", *lines])


class LawError(MikrosimError):
    """The law's own files or rules do not hang together, or a date has no law."""


class PopulationError(MikrosimError):
    """A population that does not fit the schema."""


class ScenarioError(MikrosimError):
    """A scenario that cannot be applied to the law."""


class HouseholdError(MikrosimError):
    """A household description that cannot be computed."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``; did you mean x?`` for the nearest known name, or nothing when none is near.

    >>> did_you_mean("rate_mnth", ["rate_month", "share"])
    '; did you mean rate_month?'
    """
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]}?" if near else ""
