"""What the engine asks of a country's parameters: where each lies in the flat law vector."""

from __future__ import annotations

from typing import Protocol


class FieldLayout(Protocol):
    """Where parameters lie in a law vector of shape (12 months, slots)."""

    @property
    def slots(self) -> int:
        """The number of slots in a month."""

    def field(self, prefix: str, name: str) -> tuple[int, int, bool]:
        """Return the first slot, the number of slots, and whether the value is a list.

        Raises:
            LawError: There is no such parameter.
        """
