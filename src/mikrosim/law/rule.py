"""What a rule is: a small pure function, and the few ways in which values pass between persons.

This is the one place that knows rules are compiled. A rule's arguments name its inputs: columns of
the population, other rules, the calendar (``year``, ``month``) and ``law``, its folder's record of the
date. A rule belongs to persons unless it says otherwise; a name that ends in ``_month`` is computed for
each month, and the same name without the ending is the year's sum. A value of a wider group (household,
family) may be used as it is by its members; the other way goes through one of the group values below.

>>> @rule
... def trygdeavgift(personinntekt: float) -> float:
...     return 0.077 * personinntekt
>>> trygdeavgift(100.0)
7.7
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

Entity = Literal["person", "child", "recipient", "family", "household"]
"""``child``: a person under 18 when the year begins, or born in it, who lives with a parent.
``recipient``: a person whose months are unlike: with a benefit that replaces work, or wages in some months only. For
these monthly rules are worth their time.
``family``: the parent or parents of such children, with them."""

F = TypeVar("F", bound="Callable[..., Any]")


@overload
def rule(function: F) -> F: ...
@overload
def rule(*, of: Entity = "person") -> Callable[[F], F]: ...


def rule(function: F | None = None, *, of: Entity = "person") -> F | Callable[[F], F]:
    """Mark a function as a rule of the law for each person, child, recipient, family or household."""

    def mark(marked: F) -> F:
        marked.__rule_of__ = of  # type: ignore[attr-defined]
        return marked

    return mark if function is None else mark(function)


def helper(function: F) -> F:
    """Mark a function that rules call, so that it is compiled with them."""
    function.__rule_helper__ = True  # type: ignore[attr-defined]
    return function


@dataclass(frozen=True, slots=True)
class GroupValue:
    """A value that comes from other members of a group; made by one of the functions below.

    The variable it is assigned to names it, as a function's name names a rule.
    """

    kind: Literal["total", "any", "largest", "rank", "parents_total", "partner", "mother", "father",
                  "as_mother", "as_father", "to_receiver", "to_first_parent", "to_first_member", "to_person",
                  "sum"]  # fmt: skip
    of: Entity
    sources: tuple[str, ...]


def total(name: str, *, over: Literal["family", "household"]) -> GroupValue:
    """Return the sum of a value over the group's members (children, persons, recipients or families)."""
    return GroupValue("total", over, (name,))


def any_of(name: str, *, over: Literal["family", "household"]) -> GroupValue:
    """Return 1 if the value is not zero for at least one of the group's members, else 0."""
    return GroupValue("any", over, (name,))


def largest(name: str, *, over: Literal["family", "household"]) -> GroupValue:
    """Return the largest value among the group's members, at least 0."""
    return GroupValue("largest", over, (name,))


def rank_in_family(name: str) -> GroupValue:
    """Return a child's place (1, 2, ...) among the family's children, the largest value first.

    Equal values are placed in order of age, the eldest first; a child whose value is 0 has place 0.
    """
    return GroupValue("rank", "child", (name,))


def parents_total(name: str) -> GroupValue:
    """Return the sum of a person's value over the one or two adults of a family."""
    return GroupValue("parents_total", "family", (name,))


def partners(name: str) -> GroupValue:
    """Return the value of the person's spouse or cohabitant; 0 without one."""
    return GroupValue("partner", "person", (name,))


def mothers(name: str) -> GroupValue:
    """Return a child's mother's (first parent's) value; 0 if she does not live in the household."""
    return GroupValue("mother", "child", (name,))


def fathers(name: str) -> GroupValue:
    """Return a child's father's (second parent's) value; 0 if he does not live in the household."""
    return GroupValue("father", "child", (name,))


def total_as_mother(name: str) -> GroupValue:
    """Return the sum of a value over the children whose mother (first parent) the person is."""
    return GroupValue("as_mother", "person", (name,))


def total_as_father(name: str) -> GroupValue:
    """Return the sum of a value over the children whose father (second parent) the person is."""
    return GroupValue("as_father", "person", (name,))


def to_receiving_parent(name: str) -> GroupValue:
    """Return the sum of a value over the children for whom the person receives what is paid.

    That is the mother (first parent) if she lives in the household, else the father (second parent).
    """
    return GroupValue("to_receiver", "person", (name,))


def sum_of(*names: str, of: Entity = "person") -> GroupValue:
    """Return the sum of several values of the same person, child, family or household."""
    return GroupValue("sum", of, names)


def to_first_parent(name: str) -> GroupValue:
    """Return a family's value to its first adult; 0 to its second adult and to all others."""
    return GroupValue("to_first_parent", "person", (name,))


def to_first_member(name: str) -> GroupValue:
    """Return a household's value to the first of its members; 0 to all others."""
    return GroupValue("to_first_member", "person", (name,))


def to_person(name: str) -> GroupValue:
    """Return a recipient's value to the person that the recipient is; 0 to all others."""
    return GroupValue("to_person", "person", (name,))
