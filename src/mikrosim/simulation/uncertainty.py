"""How sure a result is: replicate weights for one population, and populations of other seeds.

The laws are computed once for each household; replicates change weights only, the same ones under both laws, so that
the interval of a change is that of the difference. See docs/uncertainty.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mikrosim.measures.replicates import Replicates, sampling_variance, students_quantile
from mikrosim.measures.summary import orders_of
from mikrosim.simulation.households import amounts_by_household
from mikrosim.simulation.reform import SUMS, outcome_of
from mikrosim.simulation.synthesis_variance import LAWS, family, synthesis_ratios
from mikrosim.simulation.totals import totals_held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mikrosim.measures import Frame, Incomes
    from mikrosim.parameters import Policy
    from mikrosim.population import Population
    from mikrosim.simulation.reform import Comparison, Outcome
    from mikrosim.units import Floats

LEVEL = 0.95
INTERVAL = "interval"
REPLICATING = "replicating"
SEED = 1
OTHER_SEEDS = tuple(range(1001, 1007))
"""Seeds of the populations that are drawn to see how much syntheses differ; nobody chooses these for a run."""
OTHER_HOUSEHOLDS = 20_000
"""Households of each of them, or as many as the run's population has, if they are fewer."""
POSITIVE = ("share", "persons", "gain", "lose", "unchanged")
"""Numbers that cannot be below 0 under one law; all but `persons` cannot be above 1 either."""


@dataclass(frozen=True)
class Uncertainty:
    """The standard error of every number, by path, and how they were found.

    Attributes:
        errors: Standard error of each number.
        reach: How many standard errors an interval reaches to each side.
        manner: What a reader needs in order to do the same.
        weights: The replicate weights, for measures that are taken elsewhere.
        amounts: What each household has of each instrument, NOK a year, of shape (2 laws, households).
    """

    errors: Mapping[str, float]
    reach: float
    manner: Mapping[str, Any]
    weights: Replicates
    amounts: Mapping[str, Floats] = field(default_factory=dict)

    def interval(self, path: str, value: float) -> list[float]:
        """Return the 95 % interval of the number at a path."""
        reach = self.reach * self.errors[path]
        low, high = value - reach, value + reach
        law, _, rest = path.partition(".")
        name = rest.rpartition(".")[2]
        if law != "change" and (name in POSITIVE or name.startswith("above_")):
            low = min(max(low, 0.0), value)
            high = high if name == "persons" else max(min(high, 1.0), value)
        return [low, high]

    def beside(self, outcome: Outcome) -> Outcome:
        """Return the outcome with `interval` beside its numbers: from each number's name to `[low, high]`.

        What each household has of each instrument goes with its incomes.
        """
        before, after = (
            replace(law, amounts={name: both[place] for name, both in self.amounts.items()} or None)
            for place, law in enumerate((outcome.before, outcome.after))
        )
        deciles = [self.with_intervals(f"deciles.{place}", one) for place, one in enumerate(outcome.deciles, start=1)]
        return replace(
            outcome,
            baseline=self.with_intervals("baseline", outcome.baseline),
            reform=self.with_intervals("reform", outcome.reform),
            change=self.with_intervals("change", outcome.change),
            winners_losers=self.with_intervals("winners_losers", outcome.winners_losers),
            deciles=deciles,
            before=before,
            after=after,
        )

    def with_intervals(self, path: str, measured: Mapping[str, Any]) -> dict[str, Any]:
        """Return nested numbers that stand at a path, with `interval` beside them."""
        found: dict[str, Any] = {}
        intervals = {}
        for name, value in measured.items():
            here = f"{path}.{name}"
            if isinstance(value, float):
                found[name] = value
                intervals[name] = self.interval(here, value)
            else:
                found[name] = self.with_intervals(here, value)
        return found | {INTERVAL: intervals} if intervals else found

    def summary(self, left_out: Sequence[str] = ()) -> dict[str, Any]:
        """Return the manner and the standard errors as the JSON has them, without those of numbers left out."""
        gone = set(left_out)
        return {**self.manner, "standard_errors": {path: one for path, one in self.errors.items() if path not in gone}}


class Sample(NamedTuple):
    """What replicates need of a population under two laws.

    Args:
        years: Incomes of the income year and the two before, under the baseline and under the reform.
        amounts: What each household has of each instrument, NOK a year: under both laws, of shape (2, households).
        frame: Who counts.
        weights: The weight of each household.
    """

    years: tuple[tuple[Incomes, ...], tuple[Incomes, ...]]
    amounts: Mapping[str, Floats]
    frame: Frame
    weights: Floats

    def outcomes(self, replicates: Replicates) -> Iterator[Outcome]:
        """Yield the outcome with each set of replicate weights."""
        from scipy.sparse import csr_array

        orders = orders_of(self.years[0]), orders_of(self.years[1])
        columns = csr_array(np.concatenate(list(self.amounts.values())))
        for factor in replicates:
            totals = (columns @ (self.weights * factor)).reshape(-1, 2)
            old, new = (dict(zip(self.amounts, side.tolist(), strict=True)) for side in totals.T)
            yield outcome_of(self.years, (old, new), self.frame.reweighted(factor), orders)

    def variance(self, replicates: Replicates) -> tuple[list[str], Floats]:
        """Return the path of every number, and its variance between replicates."""
        drawn = [numbers(outcome) for outcome in self.outcomes(replicates)]
        values = np.array([list(one.values()) for one in drawn])
        return list(drawn[0]), sampling_variance(values, len(self.weights), replicates.held)


def how_sure(
    compared: Comparison,
    population: Population,
    policies: tuple[Policy, Policy],
    outcome: Outcome,
    replicates: int,
    progress: Callable[[str], None],
) -> Uncertainty:
    """Return how sure a run's outcome is; other populations are drawn if its own is the builder's.

    Args:
        compared: The population's comparison, at the scenario's year.
        population: The population of its own year.
        policies: The baseline and the reform.
        outcome: Their outcome.
        replicates: How many sets of replicate weights.
        progress: Called with the name of each stage when it begins.
    """
    from mikrosim.simulation.reform import comparison
    from mikrosim.simulation.run import DEFAULT, as_population
    from mikrosim.synthpop.default import shape_hash

    year, code, threads = compared.computation.year, compared.computation.code, compared.computation.threads

    def another(households: int, seed: int) -> Comparison:
        other = as_population(DEFAULT, households, seed, progress).at_year(year)
        return comparison(other, year, code=code, threads=threads, progress=progress)

    progress(REPLICATING)
    is_ours = population.manifest.get("made_from") == shape_hash()
    return uncertainty(compared, population, policies, outcome, replicates, another=another if is_ours else None)


def uncertainty(
    compared: Comparison,
    population: Population,
    policies: tuple[Policy, Policy],
    outcome: Outcome,
    replicates: int,
    *,
    another: Callable[[int, int], Comparison] | None = None,
    seed: int = SEED,
) -> Uncertainty:
    """Return how sure each number of an outcome is.

    Args:
        compared: The population's comparison, at the scenario's year.
        population: The population of its own year, from which the totals are taken that replicates hold.
        policies: The baseline and the reform.
        outcome: Their outcome.
        replicates: How many sets of replicate weights.
        another: Gives the comparison of a population of so many households drawn with another seed; None where the
            population is no synthetic one.
        seed: Draws the households of the replicates.
    """
    households = len(population.weights)
    held = totals_held(population)
    weights = Replicates(population.weights, replicates, held.columns, seed)
    amounts = amounts_by_household(compared.computation, policies, SUMS)
    frame_weights = np.asarray(compared.computation.dataset.columns["weight"], np.float64)
    sample = Sample((outcome.before.years, outcome.after.years), amounts, compared.frame, frame_weights)
    paths, variance = sample.variance(weights)
    manner: dict[str, Any] = {
        "level": LEVEL,
        "replicates": replicates,
        "seed": seed,
        "sampling": "rescaled bootstrap of households (Rao and Wu 1988), weights raked to the totals of the sample",
        "totals_held": weights.held,
        "totals_of": held.source,
        "largest_misfit": weights.misfit,
        "interval": f"number +/- t({replicates - 1}) x standard error",
    }
    if another is None:
        manner["synthesis"] = None
    else:
        size = min(households, OTHER_HOUSEHOLDS)
        others = np.array([list(numbers(_outcome(another(size, one), policies)).values()) for one in OTHER_SEEDS])
        ratios = synthesis_ratios(paths, variance * (households / size), others, replicates)
        variance = variance * np.array([max(1.0, ratios[family(path)]) for path in paths])
        manner["synthesis"] = {
            "seeds": list(OTHER_SEEDS),
            "households": size,
            "variance_over_sampling": ratios,
        }
    errors = dict(zip(paths, np.sqrt(variance).tolist(), strict=True))
    return Uncertainty(errors, students_quantile(replicates, LEVEL), manner, weights, amounts)


def intervals_of(measured: Callable[[Floats], Mapping[str, Any]], weights: Replicates) -> dict[str, Any]:
    """Return other measures of the same households with `interval` beside their numbers, from sampling alone.

    Args:
        measured: Gives nested numbers for new weights over old, one value per household.
        weights: The replicate weights of the run.
    """
    tree = measured(np.ones(len(weights.weights)))
    drawn = [dict(_leaves(measured(factor), "")) for factor in weights]
    values = np.array([list(one.values()) for one in drawn])
    errors = np.sqrt(sampling_variance(values, len(weights.weights), weights.held)).tolist()
    reach = students_quantile(len(weights), LEVEL)
    sure = Uncertainty(dict(zip(drawn[0], errors, strict=True)), reach, {}, weights)
    return {name: sure.with_intervals(name, inner) for name, inner in tree.items()}


def numbers(outcome: Outcome) -> dict[str, float]:
    """Return every number of an outcome by its path: `change.budget.net`, `winners_losers.all.gain`, `deciles.1.…`."""
    numbered = {str(place): one for place, one in enumerate(outcome.deciles, start=1)}
    tree = {
        **{law: getattr(outcome, law) for law in LAWS},
        "winners_losers": outcome.winners_losers,
        "deciles": numbered,
    }
    return dict(_leaves(tree, ""))


def _leaves(measured: Mapping[str, Any], above: str) -> Iterator[tuple[str, float]]:
    for name, value in measured.items():
        if isinstance(value, float):
            yield above + name, value
        else:
            yield from _leaves(value, f"{above}{name}.")


def _outcome(compared: Comparison, policies: tuple[Policy, Policy]) -> Outcome:
    (outcome,) = compared.outcomes(policies[0], [policies[1]])
    return outcome
