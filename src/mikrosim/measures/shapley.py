"""What each instrument contributes to a change: Shapley's value, in which no order of the changes is preferred.

A contribution is the mean over all orders in which the players may be switched on of what the measure moves when this
one is. The contributions add up to the whole change, exactly, also where they are sampled. Sources: Shapley (1953), A
value for n-person games; Shorrocks (2013), Decomposition procedures for distributional analysis, Journal of Economic
Inequality 11(1); sampling of orders: Castro, Gómez and Tejada (2009), Polynomial calculation of the Shapley value based
on sampling, Computers & Operations Research 36(5), each order with its reverse (antithetic).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from mikrosim.units import Floats

    Coalition = frozenset[Hashable]

MOST_EXACT = 8
"""Players up to which all 2^n coalitions are valued; 8 need 256."""

DEFAULT_ORDERS = 200


@dataclass(frozen=True)
class Decomposition:
    """Which coalitions must be valued, and how their values make contributions.

    Args:
        players: What is switched on: instruments, or changes of the law.
        orders: Orders of the players' places that were drawn; empty where all coalitions are valued.
    """

    players: tuple[Hashable, ...]
    orders: tuple[tuple[int, ...], ...] = ()

    @property
    def exact(self) -> bool:
        """Tell whether contributions are exact, not sampled."""
        return not self.orders

    @cached_property
    def coalitions(self) -> tuple[Coalition, ...]:
        """The coalitions to value, each once: none first, all last."""
        places = range(len(self.players))
        sets: Iterable[frozenset[int]]
        if self.exact:
            sets = (frozenset(some) for size in range(len(places) + 1) for some in combinations(places, size))
        else:
            heads = (frozenset(order[:size]) for order in self.orders for size in range(len(places) + 1))
            sets = sorted(dict.fromkeys(heads), key=len)
        return tuple(frozenset(self.players[place] for place in some) for some in sets)

    def contributions(self, values: Mapping[Coalition, Any]) -> dict[Hashable, Floats]:
        """Return what each player contributes, in the shape of the values.

        Args:
            values: A number or an array for every coalition of `coalitions`; arrays have one shape.
        """
        known = {some: np.asarray(values[some], np.float64) for some in self.coalitions}
        if self.exact:
            return {player: self._exact(player, known) for player in self.players}
        moves = self._moves(known)
        return {player: moves[place].mean(axis=0) for place, player in enumerate(self.players)}

    def standard_errors(self, values: Mapping[Coalition, Any]) -> dict[Hashable, Floats]:
        """Return the sampling error of each contribution: 0 where they are exact, else from pairs of orders."""
        known = {some: np.asarray(values[some], np.float64) for some in self.coalitions}
        if self.exact:
            zero = np.zeros_like(known[frozenset()])
            return dict.fromkeys(self.players, zero)
        moves = self._moves(known)
        pairs = moves.reshape(len(self.players), -1, 2, *moves.shape[2:]).mean(axis=2)
        number = pairs.shape[1]
        spread = pairs.std(axis=1, ddof=1) if number > 1 else np.full(pairs[:, 0].shape, np.nan)
        return {player: spread[place] / np.sqrt(number) for place, player in enumerate(self.players)}

    def _exact(self, player: Hashable, known: Mapping[Coalition, Floats]) -> Floats:
        number = len(self.players)
        found = np.zeros_like(known[frozenset()])
        for without, value in known.items():
            if player not in without:
                size = len(without)
                share = factorial(size) * factorial(number - size - 1) / factorial(number)
                found = found + share * (known[without | {player}] - value)
        return found

    def _moves(self, known: Mapping[Coalition, Floats]) -> Floats:
        """Return what each player moves in each order: players x orders x the shape of the values."""
        moves = np.empty((len(self.players), len(self.orders), *known[frozenset()].shape))
        for row, order in enumerate(self.orders):
            before: Coalition = frozenset()
            for place in order:
                after = before | {self.players[place]}
                moves[place, row] = known[after] - known[before]
                before = after
        return moves


def decomposition(
    players: Sequence[Hashable], *, seed: int = 1, orders: int = DEFAULT_ORDERS, most_exact: int = MOST_EXACT
) -> Decomposition:
    """Return the coalitions that a decomposition needs: all of them for few players, else those of drawn orders.

    Args:
        players: What is switched on, each once.
        seed: Draws the orders; the same seed gives the same contributions.
        orders: How many orders are drawn, half of them the reverse of the other half; rounded up to an even number.
        most_exact: Players up to which all coalitions are valued.

    Raises:
        ValueError: If a player stands twice.
    """
    if len(set(players)) < len(players):
        raise ValueError(f"a player stands twice among {list(players)}")
    if len(players) <= most_exact:
        return Decomposition(tuple(players))
    rng = np.random.default_rng(seed)
    drawn = [tuple(rng.permutation(len(players)).tolist()) for _ in range((orders + 1) // 2)]
    return Decomposition(tuple(players), tuple(order for one in drawn for order in (one, one[::-1])))


def shapley(
    players: Sequence[Hashable],
    value: Callable[[Coalition], Any],
    *,
    seed: int = 1,
    orders: int = DEFAULT_ORDERS,
    most_exact: int = MOST_EXACT,
) -> dict[Hashable, Floats]:
    """Return what each player contributes to value(all) - value(none).

    Args:
        players: What is switched on, each once.
        value: A number or an array for the players that are on; called once for each coalition. To value all of them
            in one pass, take `decomposition(players).coalitions` and give their values to `contributions`.
        seed: Draws the orders, for more than `most_exact` players.
        orders: How many orders are drawn.
        most_exact: Players up to which the result is exact.

    >>> float(shapley(["a", "b"], lambda on: 10.0 * len(on) ** 2)["a"])
    20.0
    """
    plan = decomposition(players, seed=seed, orders=orders, most_exact=most_exact)
    return plan.contributions({some: value(some) for some in plan.coalitions})
