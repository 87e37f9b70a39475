"""Disclosure control over all divisions of the households at once: what follows from the numbers that are shown.

A number by group is a sum over its households of something that readers do not know (who is poor, who gains). Readers
know which households are in which group: a county's are those of its municipalities, a family without children is one
of no child, children are of ages 0-17. So a number that is left out follows from those shown exactly if its row, of how
much each household counts in it, is a sum of multiples of their rows. `suppressed_of` leaves out until none does.

Rows as long as a register has households are not needed: households that count alike in every group are one column, and
a random projection to more dimensions than there are rows shown keeps what depends on what.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from mikrosim.units import Bools, Floats

_EXACT = 1e-8
_SPARE = 8
_COLUMNS = 4096


class _Number(NamedTuple):
    """One number: the group it is of, what it is of each household, and whether it may be left out."""

    group: int
    of: tuple[float, ...]
    is_secret: bool
    households: int
    is_last: bool
    is_known: bool


@dataclass(slots=True)
class Numbers:
    """Numbers that are shown by group, and what each household counts in them.

    Args:
        minimum: Households that a number needs.
        of: How many unknowns each household has: low income under two laws are two.
    """

    minimum: int
    of: int
    _groups: list[Floats] = field(default_factory=list)
    _place: dict[Hashable, int] = field(default_factory=dict)
    _numbers: dict[Hashable, _Number] = field(default_factory=dict)
    _together: list[tuple[Hashable, ...]] = field(default_factory=list)

    def group(self, name: Hashable, counts: Floats) -> None:
        """Note how much each household counts in a group, whatever it weighs: its persons or children there."""
        self._place[name] = len(self._groups)
        self._groups.append(counts)

    def put(self, name: Hashable, group: Hashable, of: Sequence[float], households: int, *, secret: bool | None = None,
            last: bool = False, known: bool = False) -> None:  # fmt: skip
        """Note a number.

        Args:
            name: Names it.
            group: Of which group it is.
            of: How each unknown of a household enters: the change of two is (-1, 1).
            households: Households behind it.
            secret: Whether it must not be shown; if there are few households by default.
            last: Whether it is left out only if nothing else helps.
            known: Whether everyone knows it.
        """
        small = 0 < households < self.minimum if secret is None else secret
        self._numbers[name] = _Number(self._place[group], tuple(of), small, households, last, known)

    def add_up(self, names: Iterable[Hashable]) -> None:
        """Note numbers whose sum readers know: those of them that are left out must not be few together."""
        self._together.append(tuple(names))

    def left_out(self) -> frozenset[Hashable]:
        """Return the numbers that must not be shown: the secret ones, and those that would give one of them away."""
        rows = self._rows([name for name, one in self._numbers.items() if one.is_known])
        hidden = {name for name, one in self._numbers.items() if one.is_secret}
        secrets = [rows[name] for name in rows if name in hidden]
        secrets += [np.sum([rows[name] for name in few], axis=0) for few in self._few_together(hidden)]
        while True:
            shown = [name for name in rows if name not in hidden]
            further = self._next(shown, np.array([rows[name] for name in shown]), np.array(secrets))
            if not further:
                return frozenset(hidden - self._given_away(rows, hidden))
            hidden |= further

    def _rows(self, known: Sequence[Hashable]) -> dict[Hashable, Floats]:
        """Return each number's row, projected, less what everyone knows of it; known numbers have none."""
        from scipy.sparse import csr_array

        names = list(self._numbers)
        members: Any = csr_array(np.array(self._groups))
        rng = np.random.default_rng(0)
        _, first = np.unique(members.T @ rng.random(members.shape[0]), return_index=True)
        members = members[:, np.sort(first)]
        dimensions = sum(not self._numbers[name].is_secret for name in names) + _SPARE
        found = np.zeros((self.of, members.shape[0], dimensions))
        for start in range(0, members.shape[1], _COLUMNS):
            part = members[:, start : start + _COLUMNS]
            for unknown in range(self.of):
                found[unknown] += part @ rng.standard_normal((part.shape[1], dimensions))
        of = np.array([self._numbers[name].of for name in names])
        rows: Floats = np.einsum("nu,und->nd", of, found[:, [self._numbers[name].group for name in names]])
        length = np.linalg.norm(rows, axis=1)
        basis, _ = _basis(rows[[self._numbers[name].is_known for name in names]])
        rows -= rows @ basis.T @ basis
        rows[np.linalg.norm(rows, axis=1) < _EXACT * length] = 0.0
        return {name: row for name, row in zip(names, rows, strict=True) if not self._numbers[name].is_known}

    def _given_away(self, rows: dict[Hashable, Floats], hidden: set[Hashable]) -> set[Hashable]:
        """Return numbers left out in vain, which follow from those shown: they may be shown as well."""
        shown = np.array([row for name, row in rows.items() if name not in hidden])
        others = [name for name in hidden if not self._numbers[name].is_secret]
        if not len(shown) or not others:
            return set()
        return {others[place] for place in np.flatnonzero(_follow(np.array([rows[name] for name in others]),
                                                                  _basis(shown)[0])).tolist()}  # fmt: skip

    def _few_together(self, secret: set[Hashable]) -> Iterator[list[Hashable]]:
        """Yield secret numbers that a known sum would give away together, where together they are still few."""
        for names in self._together:
            gone = [name for name in names if name in secret]
            if len(gone) > 1 and 0 < sum(self._numbers[name].households for name in gone) < self.minimum:
                yield gone

    def _next(self, shown: Sequence[Hashable], rows: Floats, secrets: Floats) -> set[Hashable]:
        """Return further numbers to leave out, one of those that each exposed secret follows from.

        The best is no total, has somebody behind it, and few. A secret that follows from a number chosen in this round
        waits for the next.
        """
        chosen: set[Hashable] = set()
        for part in _made_of(rows, secrets) if len(shown) and len(secrets) else []:
            used = [shown[row] for row in np.flatnonzero(part).tolist()]
            if used and chosen.isdisjoint(used):
                chosen.add(min(used, key=self._cost))
        return chosen

    def _cost(self, name: Hashable) -> tuple[bool, bool, int, str]:
        one = self._numbers[name]
        return one.is_last, not one.households, one.households, str(name)


def _basis(rows: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """Return orthonormal rows that span the rows, and which of the rows they were made from."""
    own = np.flatnonzero(rows.any(axis=1))
    rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.finfo(float).tiny)
    # A row that follows from those before it leaves a direction of no meaning: it is found, and left out of the next.
    triangle = np.linalg.qr(rows[own].T, mode="r") if len(own) else np.zeros((0, 0))
    own = own[: len(triangle)][np.abs(np.diag(triangle)) > _EXACT]
    return np.linalg.qr(rows[own].T)[0].T if len(own) else np.zeros((0, rows.shape[1])), own


def _follow(rows: Floats, basis: Floats) -> Bools:
    """Return which rows lie in the space of a basis."""
    length = (rows**2).sum(axis=1)
    follows: Bools = length - ((rows @ basis.T) ** 2).sum(axis=1) < _EXACT * length
    return follows


def _made_of(rows: Floats, secrets: Floats) -> list[Bools]:
    """Return which rows each secret is a sum of multiples of, for those secrets that are one."""
    basis, own = _basis(rows)
    exposed = _follow(secrets, basis)
    factors = np.abs(np.linalg.solve((rows[own] @ basis.T).T, (secrets[exposed] @ basis.T).T).T)
    found = np.zeros((len(factors), len(rows)), np.bool_)
    found[:, own] = factors > _EXACT * factors.max(axis=1, initial=0.0, keepdims=True)
    return list(found)
