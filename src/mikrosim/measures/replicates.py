"""Replicate weights: what the weights would have been, had other households been drawn.

Households are drawn again, with replacement, n - 1 of the n, and their weights scaled by n / (n - 1): the rescaled
bootstrap of Rao and Wu (1988), Resampling inference with complex survey data, Journal of the American Statistical
Association 83(401), as weights: Rao, Wu and Yue (1992), Some recent work on resampling methods for complex surveys,
Survey Methodology 18(2). Each set is then calibrated to the totals that the weights themselves meet, so that
what is known of the country varies between replicates no more than it does between samples: raking ratio, Deville and
Särndal (1992), Calibration estimators in survey sampling, Journal of the American Statistical Association 87(418).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scipy.sparse import csr_array

    from mikrosim.units import Floats

LEAST_SUPPORT = 30
"""Households of the sample that must have something of a total; one of fewer is not held in the replicates."""
MOST_STEPS = 25
NEAR_ENOUGH = 1e-6
"""Part of a total that a replicate may miss it by."""
SMALLEST = 1e-9
"""Eigenvalues below this part of the largest belong to totals that follow from others."""
LARGEST_EXPONENT = 3.0


class Fitted(NamedTuple):
    """How far the calibration of a replicate came."""

    multipliers: Floats
    misfit: float


class Replicates:
    """Sets of replicate weights, each made when it is asked for.

    Args:
        weights: The weight of each household, with which the totals are met.
        number: How many sets.
        totals: One column for each total that is held, one row per household: what one such household adds to it.
        seed: Draws the households; the same seed gives the same sets.

    >>> ten = Replicates(np.full(100, 5.0), 10)
    >>> bool(abs((5.0 * ten.factor(3)).sum() - 500.0) < 1e-6)
    True
    """

    def __init__(self, weights: Floats, number: int, totals: Floats | csr_array | None = None, seed: int = 1) -> None:
        self.weights = weights
        self.number = number
        self.seed = seed
        self._calibration = None if totals is None else _Calibration(weights, totals)
        self._fitted: dict[int, Fitted] = {}

    @property
    def held(self) -> int:
        """How many totals are held, not counting those that follow from others."""
        return 1 if self._calibration is None else self._calibration.rank

    @property
    def misfit(self) -> float:
        """The largest part of a total that a replicate made so far misses it by."""
        return max((one.misfit for one in self._fitted.values()), default=0.0)

    def __len__(self) -> int:
        return self.number

    def __iter__(self) -> Iterator[Floats]:
        return (self.factor(place) for place in range(self.number))

    def factor(self, place: int) -> Floats:
        """Return the replicate weight over the weight of each household; 0 for those not drawn again."""
        drawn = self._drawn(place)
        if self._calibration is None:
            return drawn * float(self.weights.sum() / (self.weights * drawn).sum())
        if place not in self._fitted:
            self._fitted[place] = self._calibration.fit(drawn)
        return self._calibration.applied(drawn, self._fitted[place].multipliers)

    def _drawn(self, place: int) -> Floats:
        count = len(self.weights)
        if count == 1:
            return np.ones(1)
        rng = np.random.default_rng((self.seed, place))
        times = np.bincount(rng.integers(0, count, count - 1), minlength=count)
        return times.astype(np.float64) * (count / (count - 1))


class _Calibration:
    """Finds weights w g exp(x m) that meet the totals of the weights w; g is how often each household was drawn.

    Newton's method with the curvature of the whole sample for all replicates: it is taken apart once, and a step is two
    products with a sparse matrix.
    """

    def __init__(self, weights: Floats, totals: Floats | csr_array) -> None:
        from scipy.sparse import csr_array, hstack

        columns = csr_array(totals).tocsc()
        columns.eliminate_zeros()
        kept = np.flatnonzero(np.diff(columns.indptr) >= LEAST_SUPPORT)
        rows = csr_array(hstack([csr_array(np.ones((len(weights), 1))), columns[:, kept]], format="csr"))
        size = np.sqrt(rows.power(2).T @ weights)
        self.rows = csr_array((rows.data / size[rows.indices], rows.indices, rows.indptr), rows.shape)
        self.columns = self.rows.T.tocsr()
        self.weights = weights
        self.wanted = self.columns @ weights
        self.whole = abs(self.columns) @ weights
        self.inverse, self.rank = self._inverse(weights)

    def fit(self, drawn: Floats) -> Fitted:
        """Return the multipliers of one replicate: the best found, where the totals cannot all be met."""
        multipliers, inverse, size = np.zeros(len(self.wanted)), self.inverse, 1.0
        best = Fitted(multipliers, np.inf)
        for _ in range(MOST_STEPS):
            weights = self.weights * self.applied(drawn, multipliers)
            lacking = self.wanted - self.columns @ weights
            misfit = float((np.abs(lacking) / self.whole).max())
            if misfit < best.misfit:
                if misfit > best.misfit / 2:
                    inverse = self._inverse(weights)[0]
                best, step, size = Fitted(multipliers, misfit), inverse @ lacking, 1.0
            else:
                size /= 2
            if misfit < NEAR_ENOUGH:
                break
            multipliers = best.multipliers + size * step
        return best

    def _inverse(self, weights: Floats) -> tuple[Floats, int]:
        """Return the inverse of the curvature at some weights, and its rank without totals that follow from others."""
        from scipy.sparse import csr_array

        rows = self.rows
        weighted = csr_array(
            (rows.data * np.repeat(weights, np.diff(rows.indptr)), rows.indices, rows.indptr), rows.shape
        )
        values, vectors = np.linalg.eigh((self.columns @ weighted).toarray())
        large = values > SMALLEST * values[-1]
        return (vectors[:, large] / values[large]) @ vectors[:, large].T, int(large.sum())

    def applied(self, drawn: Floats, multipliers: Floats) -> Floats:
        """Return the factors that multipliers give."""
        score = self.rows @ multipliers
        factors: Floats = drawn * np.exp(np.clip(score, -LARGEST_EXPONENT, LARGEST_EXPONENT))
        return factors


def sampling_variance(replicates: Floats, households: int, held: int) -> Floats:
    """Return the variance of each number over its replicates.

    Args:
        replicates: Replicates by numbers.
        households: Households of the sample.
        held: Totals that are held. Households' weights fit each of them, as a regression's residuals fit its
            parameters, and what is left varies too little by as much.

    >>> sampling_variance(np.array([[1.0], [3.0]]), 1001, 1)
    array([2.002])
    """
    spread: Floats = replicates.var(axis=0, ddof=1)
    return spread * (households / max(households - held, 1))


def students_quantile(replicates: int, level: float = 0.95) -> float:
    """Return how many standard errors an interval reaches to each side: Student's t with replicates - 1 degrees.

    >>> round(students_quantile(20), 3)
    2.093
    """
    from scipy.special import stdtrit

    return float(stdtrit(replicates - 1, 0.5 + level / 2))
