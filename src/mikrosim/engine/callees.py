"""What compiled code may come to call: rules and helpers, in their own modules and in those they import from."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MARKS = ("__rule_of__", "__rule_helper__")


def marked_functions(modules: Iterable[str]) -> dict[str, list[Callable[..., Any]]]:
    """Return the rules and helpers that each module names, for the modules and all they take such functions from.

    A rule may call another rule as it calls a helper, also one that the graph at hand does not compute.
    """
    found: dict[str, list[Callable[..., Any]]] = {}
    waiting = set(modules)
    while waiting:
        name = waiting.pop()
        values = list(vars(sys.modules[name]).values())
        found[name] = [value for value in values if any(hasattr(value, mark) for mark in MARKS)]
        waiting |= {value.__module__ for value in found[name]} - set(found)
    return found
