"""A population in memory: plain NumPy arrays by column name, mapped from its files or just drawn."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mikrosim.population.schema import LINKS, NOBODY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

Columns = dict[str, "NDArray[Any]"]
"""The columns of one table by name, all of one length."""


@dataclass(frozen=True, slots=True)
class Population:
    """Households, their members, and the members' incomes of three years.

    Args:
        households: One row per household.
        persons: One row per person, sorted by household.
        incomes: The income year, the year before, and the year before that, row by row as ``persons``.
        year: The income year; households are those of its last day.
        hash: Names the content: equal populations of one year have equal hashes.
        path: The folder it was loaded from.
        manifest: What the builder noted: seed, version, reference date and sources.
        weights_by_year: The weight of each household in each income year it was weighted to, its own year among them;
            empty where there are none, as in imported populations.
    """

    households: Columns
    persons: Columns
    incomes: tuple[Columns, ...]
    year: int
    hash: str = ""
    path: Path | None = None
    manifest: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    weights_by_year: Mapping[int, NDArray[np.float64]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def weights(self) -> NDArray[np.float64]:
        """The weight of each household."""
        weights: NDArray[np.float64] = self.households["weight"]
        return weights

    def person_weights(self) -> NDArray[np.float64]:
        """Return the weight of each person: the household's."""
        weights: NDArray[np.float64] = self.weights[self.persons["household"]]
        return weights

    def table(self, name: str) -> Columns:
        """Return a table by its name in the schema, such as ``incomes_1``."""
        if name.startswith("incomes_"):
            return self.incomes[int(name.removeprefix("incomes_"))]
        return self.households if name == "households" else self.persons

    def at_year(self, year: int) -> Population:
        """Return the same people carried to another income year.

        Incomes grow by published factors, birth years shift so that ages stay, and weights are those of the year; a
        population without them has its weights follow the published number of residents and of children. Which figures
        are projections stands in ``uprating.yaml``.

        Raises:
            PopulationError: If the year lies outside the years with factors.
        """
        if year == self.year:
            return self
        from mikrosim.population.uprating import carry

        return carry(self, year)

    def part(self, first: int, last: int) -> Population:
        """Return the households from number `first` until before `last`, with their members; most columns are views.

        Args:
            first: The first household.
            last: The one after the last.
        """
        import numpy as np

        begin, end = np.searchsorted(self.persons["household"], [first, last]).tolist()
        persons = {name: column[begin:end] for name, column in self.persons.items()}
        persons["household"] = persons["household"] - np.int32(first)
        for name in LINKS:
            persons[name] = np.where(persons[name] == NOBODY, NOBODY, persons[name] - begin).astype(np.int32)
        return replace(
            self,
            households={name: column[first:last] for name, column in self.households.items()},
            persons=persons,
            incomes=tuple({name: column[begin:end] for name, column in year.items()} for year in self.incomes),
            hash=f"{self.hash}:{first}-{last}" if self.hash else "",
            weights_by_year=MappingProxyType({year: one[first:last] for year, one in self.weights_by_year.items()}),
        )
