"""The law's rules as the engine takes them: all of them, and where their parameters lie."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mikrosim.engine.graph import collect
from mikrosim.errors import LawError, Problem, did_you_mean
from mikrosim.parameters import load_law

if TYPE_CHECKING:
    from pathlib import Path

    from mikrosim.engine.graph import RuleBook
    from mikrosim.engine.nodes import Graph
    from mikrosim.parameters import Layout


def rule_book(code: Path | None = None) -> RuleBook:
    """Return all rules of the law: every module under `mikrosim.law`, and a reform's own in their place, if any."""
    if code is None:
        return _of_the_law()
    from mikrosim.simulation.own_rules import with_own_rules

    return with_own_rules(_of_the_law(), code)


@cache
def _of_the_law() -> RuleBook:
    from importlib import import_module
    from pkgutil import walk_packages

    import mikrosim.law

    names = [module.name for module in walk_packages(mikrosim.law.__path__, "mikrosim.law.")]
    return collect([import_module(name) for name in names])


class FieldsOfLaw(NamedTuple):
    """Where the fields of law records lie in the law vector, as the engine asks for it."""

    layout: Layout

    @property
    def slots(self) -> int:
        """The number of slots in a month."""
        return self.layout.size

    def field(self, prefix: str, name: str) -> tuple[int, int, bool]:
        """Return a parameter's first slot, its number of slots, and whether it is a list."""
        path = f"{prefix}.{name}"
        if path not in self.layout.slots:
            known = self.layout.slots
            raise LawError("rules", [Problem(path, f"no such parameter{did_you_mean(path, known)}")])
        start, length = self.layout.slots[path]
        return start, length, load_law().parameters[path].is_list


def parameters_of(graph: Graph) -> tuple[str, ...]:
    """Return the paths of all parameters that a graph's rules read."""
    paths = {f"{record.source}.{name}" for rule in graph.rules for record in rule.records for name in record.fields}
    return tuple(sorted(paths))
