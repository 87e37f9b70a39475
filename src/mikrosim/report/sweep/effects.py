"""What each parameter does to a measure: a straight-line fit over all laws, and how much of the spread it tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mikrosim.report.sweep.study import Study
    from mikrosim.units import Floats

MORE_LAWS = 2
"""A fit needs so many laws more than it has coefficients."""


@dataclass(frozen=True)
class Effect:
    """What one parameter does to one measure.

    Attributes:
        parameter: Its name.
        low: Its lowest value; of words, the one from which the change is told.
        high: Its highest value, or the word to which.
        change: The fitted change of the measure from low to high, all other parameters held still.
        share: The part of the measure's spread that only this parameter explains, 0 to 1.
    """

    parameter: str
    low: Any
    high: Any
    change: float
    share: float


@dataclass(frozen=True)
class Fit:
    """A straight-line fit of one measure.

    Attributes:
        effects: One for each parameter that takes more than one value.
        share: The part of the spread that all parameters explain together, 0 to 1; NaN without a fit.
    """

    effects: Sequence[Effect]
    share: float


def fit(study: Study, path: str, like: Fit | None = None) -> Fit | None:
    """Return the least-squares fit of a measure on all parameters; None with too few laws, or where nothing moves.

    Args:
        study: All laws.
        path: The measure.
        like: Another measure's fit, from which words take what the change is told from and to; without, from the word
            with the lowest fitted measure to that with the highest.
    """
    measure = study.numbers(path)
    coded: dict[str, tuple[Floats, list[Any]]] = {}
    for name in study.parameters:
        if (one := _coded(study.columns[name])) is not None:
            coded[name] = one
    kept = ~np.isnan(measure)
    for columns, _ in coded.values():
        kept &= ~np.isnan(columns).any(axis=1)
    count = 1 + sum(columns.shape[1] for columns, _ in coded.values())
    if not coded or kept.sum() < count + MORE_LAWS or np.ptp(measure[kept]) == 0.0:
        return None
    measure = measure[kept]
    inputs = {name: columns[kept] for name, (columns, _) in coded.items()}
    found, unexplained = _least_squares(list(inputs.values()), measure)
    spread = float(((measure - measure.mean()) ** 2).sum())
    effects, place = [], 1
    for name, columns in inputs.items():
        own = found[place : place + columns.shape[1]]
        place += columns.shape[1]
        others = [values for other, values in inputs.items() if other != name]
        without = _least_squares(others, measure)[1]
        told = next(((one.low, one.high) for one in (like.effects if like else ()) if one.parameter == name), None)
        low, high, change = _ends(coded[name][1], own, told)
        effects.append(Effect(name, low, high, change, max((without - unexplained) / spread, 0.0)))
    return Fit(effects, 1.0 - unexplained / spread)


def _coded(values: Sequence[Any]) -> tuple[Floats, list[Any]] | None:
    """Return a parameter as columns for a fit, and its lowest and highest value, or all its words."""
    known = sorted({value for value in values if value is not None}, key=lambda value: (str(type(value)), value))
    if len(known) < 2:
        return None
    if isinstance(known[0], str | bool):
        # Every word but the first has a column of its own: the fit is of the difference to the first.
        columns = [[np.nan if value is None else float(value == word) for value in values] for word in known[1:]]
        return np.array(columns).T, known
    numbers = np.array([np.nan if value is None else value for value in values], np.float64)
    scaled: Floats = ((numbers - known[0]) / (known[-1] - known[0]))[:, None]
    return scaled, [known[0], known[-1]]


def _ends(known: Sequence[Any], own: Floats, told: tuple[Any, Any] | None) -> tuple[Any, Any, float]:
    """Return from what to what, and the fitted change."""
    if not isinstance(known[0], str):
        return known[0], known[-1], float(own[0])
    fitted = np.concatenate([[0.0], own])
    low, high = map(known.index, told) if told else (int(fitted.argmin()), int(fitted.argmax()))
    return known[low], known[high], float(fitted[high] - fitted[low])


def _least_squares(columns: Sequence[Floats], measure: Floats) -> tuple[Floats, float]:
    """Return the coefficients, the constant first, and the sum of squares that is left."""
    matrix = np.column_stack([np.ones(len(measure)), *columns])
    found: Floats = np.linalg.lstsq(matrix, measure, rcond=None)[0].astype(np.float64)
    return found, float(((measure - matrix @ found) ** 2).sum())


def means(values: Sequence[Any], measure: Floats, most: int) -> list[tuple[Any, float]]:
    """Return the mean of a measure at each value of a parameter, or in so many equally large groups of values."""
    pairs = sorted(((value, one) for value, one in zip(values, measure.tolist(), strict=True)
                    if value is not None and one == one), key=lambda pair: (str(type(pair[0])), pair[0]))  # fmt: skip
    known = list(dict.fromkeys(value for value, _ in pairs))
    if len(known) <= most:
        groups: Mapping[Any, list[float]] = {value: [] for value in known}
        for value, one in pairs:
            groups[value].append(one)
        return [(value, float(np.mean(ones))) for value, ones in groups.items()]
    parts = [part for part in np.array_split(np.array(pairs, np.float64), most) if len(part)]
    return [(float(part[:, 0].mean()), float(part[:, 1].mean())) for part in parts]
