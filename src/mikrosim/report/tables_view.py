"""A run's households as the tables by group want them: with the sample's weights, or with those of a replicate."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.measures.by_group import GroupOrders, low_income_by_group
from mikrosim.measures.definitions import counts
from mikrosim.measures.distribution import Distribution
from mikrosim.measures.grouping import household_groups, person_groups
from mikrosim.measures.low_income import LINES
from mikrosim.measures.ranked import RankedGroups
from mikrosim.measures.scales import composition
from mikrosim.measures.standard import RankedIncomes, standard_measures, units_by_scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mikrosim.measures import Frame
    from mikrosim.measures.definitions import Counts, Coverage
    from mikrosim.measures.groups import Groups
    from mikrosim.measures.scales import Composition
    from mikrosim.measures.shrinkage import Estimates
    from mikrosim.simulation.detail import Detail, LawIncomes
    from mikrosim.units import Bools, Floats, Ints, Nok

LAWS = ("baseline", "reform")
CARE = {"before": "after_tax", "after": "net_of_child_care"}
"""Income before and after child-care costs."""


@dataclass(frozen=True)
class Sample:
    """What no weight moves: groups, incomes, and their orders; sorted once for all replicates.

    Args:
        detail: The population and its incomes under both laws.
    """

    detail: Detail

    @property
    def laws(self) -> dict[str, LawIncomes]:
        """Incomes under each law."""
        return {"baseline": self.detail.before, "reform": self.detail.after}

    @cached_property
    def households(self) -> dict[str, Groups]:
        """The divisions of households, by name."""
        people = self.detail.population
        return household_groups(people.persons, people.households, people.incomes[0], people.year)

    @cached_property
    def ages(self) -> Groups:
        """Persons by their own age."""
        return person_groups(self.detail.population.persons, self.detail.population.year)["age"]

    @cached_property
    def size(self) -> Ints:
        """Persons of each household."""
        return np.bincount(self.detail.population.persons["household"], minlength=len(self.detail.population.weights))

    @cached_property
    def composition(self) -> Composition:
        """Who lives in each household."""
        people = self.detail.population
        return composition(people.persons, len(people.weights), people.year)

    @cached_property
    def change(self) -> Floats:
        """Change of each household's income net of child care, NOK a year."""
        return self.detail.after.years[0].net_of_child_care - self.detail.before.years[0].net_of_child_care

    @cached_property
    def equivalised(self) -> dict[str, Floats]:
        """After-tax income per consumption unit (EU scale) under each law, NOK a year."""
        return {name: law.years[0].after_tax / law.years[0].units_eu for name, law in self.laws.items()}

    @cached_property
    def three_years(self) -> dict[str, tuple[Floats, ...]]:
        """The same in the income year and the two before it."""
        return {
            name: (self.equivalised[name], *(year.after_tax / year.units_eu for year in law.years[1:]))
            for name, law in self.laws.items()
        }

    @cached_property
    def year_orders(self) -> dict[str, tuple[Ints, ...]]:
        """The order of the households by each of the three years' incomes."""
        return {
            name: (self.orders[name].lowest_first, *(np.argsort(year) for year in years[1:]))
            for name, years in self.three_years.items()
        }

    @cached_property
    def orders(self) -> dict[str, GroupOrders]:
        """The groups' rows in the order of income under each law, and of its change."""
        return {"change": GroupOrders(self.change),
                **{name: GroupOrders(income) for name, income in self.equivalised.items()}}  # fmt: skip

    @cached_property
    def poorest_first(self) -> Ints:
        """The households by income under the baseline."""
        return self.orders["baseline"].lowest_first

    @cached_property
    def ranked(self) -> dict[tuple[str, str], RankedIncomes]:
        """Incomes on all scales, by law and by whether child care is taken off."""
        return {
            (name, care): RankedIncomes(getattr(law.years[0], income), units_by_scale(law.years[0], self.composition))
            for name, law in self.laws.items()
            for care, income in CARE.items()
        }

    @cached_property
    def counted(self) -> dict[str, Bools]:
        """The households of the sample that count among all persons and among children, and in any case."""
        frame = self.detail.frame
        return {"all": frame.persons > 0.0, "children": frame.children > 0.0, "everyone": frame.everyone > 0.0}


@dataclass(frozen=True)
class Weighted:
    """The sample with weights.

    Args:
        sample: What the weights do not move.
        frame: Who counts, weighted.
        weight: How many households each stands for.
        known_lines: The EU60 line under each law; from the weights themselves where they are left out.
    """

    sample: Sample
    frame: Frame
    weight: Floats
    known_lines: Mapping[str, Nok] = field(default_factory=dict)
    _known: dict[tuple[str, str, str], dict[str, Estimates]] = field(default_factory=dict)

    @classmethod
    def whole(cls, sample: Sample) -> Weighted:
        """Return the sample with its own weights, and the run's own lines."""
        detail = sample.detail
        lines = {name: law.lines["eu60"] for name, law in sample.laws.items()}
        return cls(sample, detail.frame, np.asarray(detail.population.weights, np.float64), lines)

    def times(self, factor: Floats) -> Weighted:
        """Return the sample with each household's weight multiplied, as in a replicate."""
        return Weighted(self.sample, self.frame.reweighted(factor), self.weight * factor)

    @cached_property
    def ranked(self) -> RankedGroups:
        """Persons in tenths by income under the baseline."""
        return RankedGroups(self.sample.equivalised["baseline"], self.frame.persons, order=self.sample.poorest_first)

    @cached_property
    def counts(self) -> dict[Coverage, Counts]:
        """Who is counted in the definitions of low income."""
        return counts(self.frame, self.sample.composition, self.weight)

    @cached_property
    def standard(self) -> dict[tuple[str, str], dict[str, Any]]:
        """The standard measures by law and by whether child care is taken off."""
        return {key: standard_measures(incomes, self.counts) for key, incomes in self.sample.ranked.items()}

    @cached_property
    def lines(self) -> dict[str, Nok]:
        """The EU60 line under each law, NOK per consumption unit and year."""
        return {name: self.known_lines.get(name) or self.standard[name, "before"]["lines"]["eu60"] for name in LAWS}

    def low_income(self, groups: Groups, who: str, law: str, weight: Floats) -> dict[str, Estimates]:
        """Return low income (EU60) in each group under a law, with that law's line.

        Args:
            groups: The groups, known by their name.
            who: `all` or `children`.
            law: `baseline` or `reform`.
            weight: The weighted persons or children, row by row of the groups.
        """
        key = groups.name, who, law
        if key not in self._known:
            counted = groups.rows(self.sample.counted[who])
            self._known[key] = low_income_by_group(
                self.sample.equivalised[law], self.lines[law], weight, groups, counted
            )
        return self._known[key]

    def lasting_low(self, law: str) -> Bools:
        """Tell which households are in persistent low income (EU60 over three years)."""
        years, orders = self.sample.three_years[law], self.sample.year_orders[law]
        medians = [
            Distribution(income, self.frame.persons, order).quantile(0.5)
            for income, order in zip(years, orders, strict=True)
        ]
        line = LINES["eu60"].share * sum(medians) / len(medians)
        low: Bools = sum(years[1:], start=years[0]) / len(years) < line
        return low

    def of_persons(self, of_household: Floats, groups: Groups) -> Floats:
        """Return weights of households' members for the rows of groups of persons."""
        assert groups.home is not None
        each: Floats = (of_household / np.maximum(self.sample.size, 1))[groups.home]
        return each
