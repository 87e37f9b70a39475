"""The law of all covered years: parameters by path, and the flat vector the engine reads."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mikrosim.errors import LawError, Problem, did_you_mean
from mikrosim.parameters.load import LAW_FOLDER, load_parameters
from mikrosim.parameters.parameter import FIRST_YEAR, LAST_YEAR, Dated, Kind, Parameter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mikrosim.units import Floats


class Slot(NamedTuple):
    """Where a parameter lies in the law vector."""

    start: int
    length: int

    @property
    def span(self) -> slice:
        """The parameter's columns of a (12, slots) vector."""
        return slice(self.start, self.start + self.length)


class Layout(NamedTuple):
    """The places of all parameters in the law vector, and its size. Movers have no place of their own."""

    slots: dict[str, Slot]
    size: int


@dataclass(frozen=True, eq=False)
class Policy:
    """The law of one year, changed or not, as the engine runs it."""

    name: str
    year: int
    vector: Floats = field(repr=False)
    changes: tuple[str, ...]
    law_hash: str
    unconfirmed: tuple[str, ...] = field(repr=False)
    missing: tuple[str, ...] = field(default=(), repr=False)
    """Parameters without law in some month of the year (NaN in the vector): running them is an error."""
    code: Path | None = None
    """A Python file whose rules replace or join those of the law."""


@dataclass(frozen=True, eq=False)
class Law:
    """All parameters of all covered years."""

    parameters: dict[str, Parameter] = field(repr=False)

    @cached_property
    def layout(self) -> Layout:
        """Where each parameter lies in the vector."""
        slots: dict[str, Slot] = {}
        size = 0
        for path, parameter in self.parameters.items():
            if not parameter.moves:
                slots[path] = Slot(size, parameter.length)
                size += parameter.length
        return Layout(slots, size)

    @cached_property
    def hash(self) -> str:
        """A name for everything that can move a result: paths, units, dates and numbers."""
        content = [
            (p.path, p.unit, p.changes, p.length, p.pad, p.choices, p.moves,
             [(d.start.isoformat(), d.numbers) for d in p.dated])
            for p in self.parameters.values()
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def parameter(self, path: str) -> Parameter:
        """Return the parameter of that path, or say which one was perhaps meant."""
        found = self.parameters.get(path)
        if found is None:
            raise LawError("law", [Problem(path, f"unknown parameter{self.suggestion(path)}")])
        return found

    def suggestion(self, path: str) -> str:
        """Return ``; did you mean x?`` for an unknown path: the nearest whole path, folder or leaf."""
        known = list(self.parameters)
        if path in {name.rpartition(".")[0] for name in known}:
            inside = [name for name in known if name.startswith(f"{path}.")]
            return f": it is a folder; choose one of {', '.join(inside[:8])}{', ...' if len(inside) > 8 else ''}"
        leaf = path.rpartition(".")[2]
        same_leaf = [name for name in known if name.rpartition(".")[2] == leaf]
        near = did_you_mean(path, same_leaf if len(same_leaf) == 1 else known)
        if near or not same_leaf:
            return near or (did_you_mean(leaf, known) if "." not in path else "")
        return f"; did you mean {' or '.join(same_leaf[:3])}?"

    def check_year(self, year: int) -> None:
        """Refuse a year without law."""
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise LawError("law", no_law_for(year))

    def vector(self, year: int) -> Floats:
        """Return a year's law as (12 months, slots) numbers; NaN where the law has no value."""
        self.check_year(year)
        vector = np.full((12, self.layout.size), np.nan)
        for path, (start, length) in self.layout.slots.items():
            parameter = self.parameters[path]
            for month in range(1, 2 if parameter.changes == "yearly" else 13):
                dated = parameter.at_month(year, month)
                if dated is not None and dated.numbers is not None:
                    rows = slice(None) if parameter.changes == "yearly" else month - 1
                    vector[rows, start : start + length] = parameter.padded(dated.numbers)
        return vector

    def kind_in(self, year: int, kind: Kind) -> tuple[str, ...]:
        """Return the parameters with at least one value of that kind among those read for a year."""
        return tuple(path for path in self.layout.slots if any(d is not None and d.kind == kind
                                                               for d in self._read(path, year)))  # fmt: skip

    def missing_in(self, year: int) -> tuple[str, ...]:
        """Return the parameters that have no law in some month of a year."""
        return tuple(path for path in self.layout.slots if any(d is None or d.numbers is None
                                                               for d in self._read(path, year)))  # fmt: skip

    def _read(self, path: str, year: int) -> list[Dated | None]:
        parameter = self.parameters[path]
        return [parameter.at_month(year, month) for month in range(1, 13)]

    def baseline(self, year: int) -> Policy:
        """Return the law of a year as it is."""
        return Policy(
            name=f"law {year}", year=year, vector=self.vector(year), changes=(), law_hash=self.hash,
            unconfirmed=self.kind_in(year, "unconfirmed"), missing=self.missing_in(year),
        )  # fmt: skip


def no_law_for(year: object) -> str:
    """Return the message for a year without law."""
    return f"no law for {year}; the law here covers the income years {FIRST_YEAR} to {LAST_YEAR}"


def require(policy: Policy, paths: Iterable[str]) -> None:
    """Refuse to run parameters that have no law in some month of the policy's year.

    Raises:
        LawError: Naming each of them.
    """
    missing = sorted(set(paths).intersection(policy.missing))
    if missing:
        raise LawError(policy.name, [Problem(path, f"no law in {policy.year}, or in a part of it") for path in missing])


def load_law(folder: Path | None = None) -> Law:
    """Return the checked law: the package's own (read once per process), or another folder's."""
    return _own_law() if folder is None else Law(load_parameters(folder))


@lru_cache(maxsize=1)
def _own_law() -> Law:
    return Law(load_parameters(LAW_FOLDER))


def baseline(year: int) -> Policy:
    """Return the law of a year as it is, as a policy to run."""
    return load_law().baseline(year)
