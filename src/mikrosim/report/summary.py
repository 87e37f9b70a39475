"""A run's `summary.json` as a report reads it: numbers and intervals by dotted path."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Summary:
    """The content of `summary.json`.

    >>> Summary({"change": {"budget": {"net": 3.5, "interval": {"net": [3.0, 4.0]}}}}).interval("change.budget.net")
    (3.0, 4.0)
    """

    content: dict[str, Any]

    def get(self, path: str) -> Any:
        """Return what stands at a path, None where there is nothing; parts of a list go by number, from 0."""
        found: Any = self.content
        for name in path.split("."):
            if isinstance(found, list):
                found = found[int(name)] if name.isdecimal() and int(name) < len(found) else None
            else:
                found = found.get(name) if isinstance(found, dict) else None
        return found

    def number(self, path: str) -> float:
        """Return the number at a path, NaN where there is none."""
        found = self.get(path)
        return math.nan if found is None else float(found)

    def interval(self, path: str) -> tuple[float, float] | None:
        """Return the 95 % interval beside the number at a path, None without replicates."""
        above, _, name = path.rpartition(".")
        found = self.get(f"{above}.{INTERVAL}.{name}")
        if not isinstance(found, list) or None in found:
            return None
        low, high = found
        return float(low), float(high)

    @property
    def instruments(self) -> list[str]:
        """The budget's instruments, in the order of the result."""
        return [name for name in self.get("baseline.budget.by_instrument") if name != INTERVAL]
