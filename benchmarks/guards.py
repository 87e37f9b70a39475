"""Ratios measured within one run, and how much worse than when they were last measured each may become.

They hardly depend on the machine, so a worse one is a worse program, or more law: then measure on a quiet machine and
write the new value here, in a change that says why.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Bound = Literal["at most", "at least"]

MARGIN = 0.33
"""A ratio that is worse by more than this part of the value below fails its benchmark, and CI with it; one has more."""


class Guard(NamedTuple):
    """A ratio as measured on a quiet machine, which side of it is better, and how much worse it may become."""

    measured: float
    bound: Bound
    margin: float = MARGIN

    @property
    def limit(self) -> float:
        """The worst value that passes.

        >>> round(Guard(4.0, "at most").limit, 2), round(Guard(2.0, "at least").limit, 2)
        (5.32, 1.5)
        """
        worse = 1.0 + self.margin
        return self.measured * worse if self.bound == "at most" else self.measured / worse

    def holds(self, value: float) -> bool:
        """Return whether a measured ratio passes."""
        return value <= self.limit if self.bound == "at most" else value >= self.limit


COPY = Guard(17.3, "at most", margin=0.75)
"""The kernel's time against that of copying what it reads and writes. The copy waits for memory and the kernel for the
processor, so that neighbours on the same core, who slow only the one, have made it 25."""

TEN_ORDINARY = Guard(3.0, "at most")
"""Ten laws, the one in force and nine ordinary reforms, against one."""

TEN_OF_THREE = Guard(3.5, "at most")
"""Ten laws that differ in three parameters against one."""

TEN_UNLIKE = Guard(8.4, "at most")
"""Ten laws that differ in every parameter against one; ten passes would be 10. One law has become a third faster, ten a
fifth, so that the ratio rose from 8.0."""

TWO_THREADS = Guard(0.97, "at least")
"""What two threads gain over one, as a part of what they gain in plain arithmetic."""
