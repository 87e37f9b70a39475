"""Which parameters a rule reads: the path of its law record's fields, and those fields that its code takes."""

from __future__ import annotations

import dis
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def record_prefix(record: type) -> str:
    """Return the parameter path prefix of a law record: its module's folder, or folder.module.

    The record of ``mikrosim.law.skatt.skatt`` has the prefix ``skatt``, that of
    ``mikrosim.law.skatt.foreldrefradrag`` the prefix ``skatt.foreldrefradrag``.
    """
    *_, folder, module = record.__module__.split(".")
    return folder if folder == module else f"{folder}.{module}"


def fields_read(function: Callable[..., Any], argument: str, record: type) -> tuple[str, ...]:
    """Return the fields of a law record that a rule reads; all of them where it passes the record on."""
    everything = tuple(record.__annotations__)
    read = _attributes_read(function).get(argument, frozenset())
    if not read.issubset(everything):
        return everything
    return tuple(field for field in everything if field in read)


@cache
def _attributes_read(function: Callable[..., Any]) -> Mapping[str, frozenset[str | None]]:
    """Return the attributes that a function takes of each of its variables; None where it uses the variable itself."""
    read: dict[str, set[str | None]] = {}
    for instruction, following in pairwise(dis.get_instructions(function)):
        if not instruction.opname.startswith("LOAD_FAST"):
            continue
        loaded = instruction.argval if isinstance(instruction.argval, tuple) else (instruction.argval,)
        for name in loaded[:-1]:
            read.setdefault(name, set()).add(None)
        attribute = following.argval if following.opname == "LOAD_ATTR" else None
        read.setdefault(loaded[-1], set()).add(attribute)
    return {name: frozenset(attributes) for name, attributes in read.items()}
