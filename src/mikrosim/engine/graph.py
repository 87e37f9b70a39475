"""What needs what: from rules and columns to the ordered graph that given outputs need.

A rule's argument names are the names of its inputs. A wrong name, a ring of rules, a monthly value in a
yearly rule or a value of the wrong group is an error, and all such errors are told at once.
"""

from __future__ import annotations

import inspect
import types
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_type_hints

from mikrosim.engine.fields import fields_read, record_prefix
from mikrosim.engine.nodes import (
    CALENDAR,
    Argument,
    BroadcastNode,
    Column,
    ColumnNode,
    Graph,
    GroupNode,
    Node,
    RuleNode,
    YearSumNode,
)
from mikrosim.errors import LawError, Problem, did_you_mean
from mikrosim.law.rule import GroupValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import ModuleType

    from mikrosim.law.rule import Entity

BROADCASTS: frozenset[tuple[Entity, Entity]] = frozenset(
    {
        ("person", "child"),
        ("family", "child"),
        ("household", "child"),
        ("person", "recipient"),
        ("family", "recipient"),
        ("household", "recipient"),
        ("family", "person"),
        ("household", "person"),
        ("household", "family"),
    }
)
"""From whom to whom a value passes without further words."""

GROUP_SOURCES: Mapping[str, tuple[Entity, ...]] = {
    "total": ("child", "person", "family", "recipient"),
    "any": ("child", "person", "family"),
    "largest": ("child", "person", "family"),
    "rank": ("child",),
    "parents_total": ("person",),
    "partner": ("person",),
    "mother": ("person",),
    "father": ("person",),
    "as_mother": ("child",),
    "as_father": ("child",),
    "to_receiver": ("child",),
    "to_first_parent": ("family",),
    "to_first_member": ("household",),
    "to_person": ("recipient",),
    "sum": (),
}
"""Whose values each kind of group value may take; empty where a broadcast brings them along."""

LINEAR = frozenset(
    {
        "total",
        "parents_total",
        "partner",
        "mother",
        "father",
        "as_mother",
        "as_father",
        "to_receiver",
        "to_first_parent",
        "to_first_member",
        "to_person",
        "sum",
    }
)
"""Kinds whose yearly sum equals the same kind over yearly sums, which is far cheaper."""

UPWARD = frozenset({"total", "any", "largest"})
"""Kinds that gather members' values into their group's."""

MONTH = "_month"


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules and group values of a country, by name."""

    rules: Mapping[str, Callable[..., Any]]
    groups: Mapping[str, GroupValue]

    @property
    def names(self) -> list[str]:
        """Every name that can be asked for, the yearly sums of monthly names included."""
        own = [*self.rules, *self.groups]
        return sorted({*own, *(name.removesuffix(MONTH) for name in own)})


def collect(modules: Iterable[ModuleType]) -> RuleBook:
    """Return the rules and group values that the modules define.

    Raises:
        LawError: Two modules use one name, or a yearly and a monthly rule share a name.
    """
    rules: dict[str, Callable[..., Any]] = {}
    groups: dict[str, GroupValue] = {}
    problems: list[Problem] = []
    for module in modules:
        for name, value in vars(module).items():
            if isinstance(value, GroupValue):
                taken = name in rules or groups.get(name, value) is not value
                groups.setdefault(name, value)
            elif isinstance(value, types.FunctionType) and hasattr(value, "__rule_of__"):
                if value.__module__ != module.__name__:
                    continue
                taken = name in groups or name in rules
                rules.setdefault(name, value)
            else:
                continue
            if taken:
                problems.append(Problem(f"{module.__name__}.{name}", "this name is taken by another rule"))
    problems += [
        Problem(name, f"defined beside {name}{MONTH}; the yearly name is the months' sum, drop one of them")
        for name in (*rules, *groups)
        if f"{name}{MONTH}" in rules or f"{name}{MONTH}" in groups
    ]
    if problems:
        raise LawError("rules", problems)
    return RuleBook(rules, groups)


def build_graph(book: RuleBook, columns: Mapping[str, Column], outputs: Sequence[str]) -> Graph:
    """Return the nodes that the outputs need, each after its inputs.

    Args:
        book: The country's rules.
        columns: The population's columns.
        outputs: Names of rules, group values, yearly sums or columns.

    Raises:
        LawError: Unknown names, rings, wrong months or groups; all of them at once.
    """
    builder = _Builder(book, columns)
    for name in outputs:
        builder.visit(name, asked_by="outputs")
    if builder.problems:
        raise LawError("rules", list(dict.fromkeys(builder.problems)))
    return Graph(builder.done, tuple(outputs))


@dataclass
class _Builder:
    book: RuleBook
    columns: Mapping[str, Column]
    done: dict[str, Node] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def visit(self, name: str, *, asked_by: str) -> Node | None:
        """Return the node of that name after its inputs have been visited; None after an error."""
        if name in self.done:
            return self.done[name]
        if name in self.path:
            ring = " -> ".join([*self.path[self.path.index(name) :], name])
            self.problems.append(Problem(asked_by, f"rules in a ring: {ring}; one of them must not need the next"))
            return None
        self.path.append(name)
        node = self._make(name, asked_by)
        self.path.pop()
        if node is not None:
            self.done[name] = node
        return node

    def _make(self, name: str, asked_by: str) -> Node | None:
        if name in self.book.rules:
            return self._rule(name, self.book.rules[name])
        if name in self.book.groups:
            return self._group(name, self.book.groups[name])
        if name in self.columns:
            column = self.columns[name]
            return ColumnNode(name, column.entity, monthly=False, dtype=column.dtype)
        monthly = name + MONTH
        group = self.book.groups.get(monthly)
        if group is not None and group.kind in LINEAR:
            sources = tuple(source.removesuffix(MONTH) for source in group.sources)
            return self._group(name, GroupValue(group.kind, group.of, sources))
        if group is not None or monthly in self.book.rules:
            source = self.visit(monthly, asked_by=asked_by)
            return source and YearSumNode(name, source.entity, monthly=False, inputs=(monthly,))
        known = [*self.book.names, *self.columns, *CALENDAR]
        self.problems.append(
            Problem(asked_by, f"needs {name}, which no rule or column gives{did_you_mean(name, known)}")
        )
        return None

    def _rule(self, name: str, function: Callable[..., Any]) -> Node | None:
        entity: Entity = function.__rule_of__  # type: ignore[attr-defined]
        monthly = name.endswith(MONTH)
        arguments: list[Argument] = []
        found = len(self.problems)
        hints = get_type_hints(function)
        for argument in inspect.signature(function).parameters:
            hint = hints.get(argument, float)
            if isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields"):
                fields = fields_read(function, argument, hint)
                arguments.append(Argument(argument, "law", hint, record_prefix(hint), fields))
            elif argument in CALENDAR:
                if argument == "month" and not monthly:
                    self.problems.append(Problem(name, f"reads month; only a rule whose name ends in {MONTH} has one"))
                arguments.append(Argument(argument, "calendar", int, argument))
            else:
                source = self._read(argument, entity, monthly=monthly, by=name)
                arguments.append(Argument(argument, "value", hint, source.name if source else argument))
        if len(self.problems) > found:
            return None
        inputs = tuple(dict.fromkeys(argument.source for argument in arguments if argument.kind == "value"))
        return RuleNode(name, entity, monthly, inputs, function=function, arguments=tuple(arguments))

    def _group(self, name: str, group: GroupValue) -> Node | None:
        monthly = name.endswith(MONTH)
        allowed = GROUP_SOURCES[group.kind]
        inputs: list[str] = []
        for wanted in group.sources:
            if not allowed:
                source = self._read(wanted, group.of, monthly=monthly, by=name)
            else:
                source = self.visit(wanted, asked_by=name)
                if source and source.monthly != monthly:
                    self.problems.append(Problem(name, f"{wanted} and {name} must both be monthly or both yearly"))
                    source = None
                if source and (source.entity not in allowed or (group.kind in UPWARD and source.entity == group.of)):
                    self.problems.append(
                        Problem(
                            name,
                            f"{group.kind} over {group.of} cannot take {wanted}, a {source.entity}'s value",
                        )
                    )
                    source = None
                if source and group.kind == "total" and (source.entity, group.of) == ("person", "family"):
                    self.problems.append(Problem(name, f"use parents_total for {wanted}, a person's value"))
                    source = None
            if source is None:
                return None
            inputs.append(source.name)
        return GroupNode(name, group.of, monthly, tuple(inputs), group=group)

    def _read(self, name: str, entity: Entity, *, monthly: bool, by: str) -> Node | None:
        """Return the node a rule of that entity reads under the name, broadcast to it where allowed."""
        source = self.visit(name, asked_by=by)
        if source is None:
            return None
        if source.monthly and not monthly:
            year = name.removesuffix(MONTH)
            self.problems.append(
                Problem(by, f"is yearly and reads {name}, a month's value; read {year}, the year's sum")
            )
            return None
        if source.entity == entity:
            return source
        if (source.entity, entity) not in BROADCASTS:
            self.problems.append(
                Problem(by, f"is a {entity}'s rule and reads {name}, a {source.entity}'s value; use a group value")
            )
            return None
        broadcast = f"{name}@{entity}"
        if broadcast not in self.done:
            self.done[broadcast] = BroadcastNode(broadcast, entity, source.monthly, (source.name,))
        return self.done[broadcast]
