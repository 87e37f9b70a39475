"""The parts of a graph: what is computed, for whom, from what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mikrosim.law.rule import Entity, GroupValue

CALENDAR = ("year", "month")
"""Inputs that the engine itself supplies to any rule."""

MONTHS = 12


class Column(NamedTuple):
    """A column of the population: whose it is and its NumPy type name, such as ``int32``."""

    entity: Entity
    dtype: str


class Argument(NamedTuple):
    """One argument of a rule: a value, the calendar or a law record, and the type the rule asks for."""

    name: str
    kind: str
    """``value``, ``calendar`` or ``law``."""
    type: type
    source: str
    """The node it reads (``value``), the calendar's name, or the record's parameter prefix."""
    fields: tuple[str, ...] = ()
    """The fields of a law record that the rule reads."""


@dataclass(frozen=True, slots=True)
class Node:
    """One named value. ``monthly`` values hold twelve rows of figures, one per month."""

    name: str
    entity: Entity
    monthly: bool
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnNode(Node):
    """A column of the population, used where it lies."""

    dtype: str = "float64"


@dataclass(frozen=True, slots=True)
class RuleNode(Node):
    """A rule of the law."""

    function: Callable[..., Any] = field(kw_only=True)
    arguments: tuple[Argument, ...] = field(kw_only=True)

    @property
    def records(self) -> tuple[Argument, ...]:
        """The law records the rule receives."""
        return tuple(argument for argument in self.arguments if argument.kind == "law")


@dataclass(frozen=True, slots=True)
class GroupNode(Node):
    """A value that comes from other members of a group."""

    group: GroupValue = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class FusedSumNode(Node):
    """A sum into which the values that its members bring are added where they lie, without rows of their own.

    ``inputs`` are read row by row, and then, through each of ``parts``, the input of that part.
    """

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class BroadcastNode(Node):
    """A wider group's value (or a child's own, as a person) laid out for each member."""


@dataclass(frozen=True, slots=True)
class PartnerNode(BroadcastNode):
    """A value of each recipient's partner, found for recipients only."""


@dataclass(frozen=True, slots=True)
class YearSumNode(Node):
    """The sum of a monthly value over the year."""


@dataclass(frozen=True, slots=True)
class Graph:
    """All nodes that a set of outputs needs, each after its inputs."""

    nodes: Mapping[str, Node]
    outputs: tuple[str, ...]

    @property
    def rules(self) -> list[RuleNode]:
        """The rules, in the order in which they are computed."""
        return [node for node in self.nodes.values() if isinstance(node, RuleNode)]

    @property
    def columns(self) -> list[ColumnNode]:
        """The population's columns that the rules read."""
        return [node for node in self.nodes.values() if isinstance(node, ColumnNode)]

    @property
    def computed(self) -> list[Node]:
        """The nodes that the kernel computes: all but the columns."""
        return [node for node in self.nodes.values() if not isinstance(node, ColumnNode)]
