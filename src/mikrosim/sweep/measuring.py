"""The measures of one law against a baseline that is held ready: what does not depend on the law is computed once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mikrosim.errors import MikrosimError, Problem
from mikrosim.measures import (
    DEFINITIONS,
    LINES,
    Distribution,
    RankedGroups,
    RankedIncomes,
    change_by_group,
    composition,
    counts,
    difference,
    household_groups,
    low_income,
    low_income_by_group,
    persistent_low_income,
    standard_measures,
    winners_losers,
)
from mikrosim.measures.distribution import ratio
from mikrosim.measures.scales import modified_oecd_scale, square_root_scale
from mikrosim.sweep.model import unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mikrosim.measures import Frame, Groups, Incomes, Measured
    from mikrosim.measures.definitions import EquivalenceScale
    from mikrosim.population import Population
    from mikrosim.sweep.task import Task
    from mikrosim.units import Floats

BY_GROUP_LINE = "eu60"


class Law(NamedTuple):
    """What the engine gives for one law.

    Args:
        incomes: Of the income year.
        earlier: Income per consumption unit on the EU scale one and two years before; none if not asked for.
        budget: Million NOK a year.
    """

    incomes: Incomes
    earlier: Sequence[Floats]
    budget: Measured


class _Held(NamedTuple):
    """The baseline: its incomes and measures, and its households' order."""

    incomes: Incomes
    measured: Mapping[str, Any]
    ranked: RankedGroups
    per_unit: Floats
    decile_incomes: Floats
    same_line: Measured


class Measuring:
    """All measures of a sweep for one population.

    Args:
        population: At the income year.
        frame: Who is counted.
        task: Which measures are asked for.
    """

    def __init__(self, population: Population, frame: Frame, task: Task) -> None:
        self._frame = frame
        self._task = task
        self._household = composition(population.persons, len(population.weights), population.year)
        self._counted = counts(frame, self._household, population.weights)
        # The two scales of international statistics depend on no law.
        self._units: dict[EquivalenceScale, Floats] = {
            "square_root": square_root_scale(self._household.size),
            "eurostat": modified_oecd_scale(self._household.size, self._household.aged_14),
        }
        self._groups = _groups(population, task)
        self._held: _Held | None = None

    @property
    def baseline(self) -> Measured:
        """The baseline's own measures."""
        return self._base.measured

    @property
    def _base(self) -> _Held:
        assert self._held is not None
        return self._held

    def hold_against(self, law: Law) -> None:
        """Take a law as the baseline of all that follow."""
        incomes = law.incomes
        per_unit = incomes.net_of_child_care / incomes.units_eu
        ranked = RankedGroups(incomes.after_tax / incomes.units_eu, self._frame.persons)
        measured = self._measured(law)
        self._held = _Held(
            incomes, measured, ranked, per_unit, ranked.sums(per_unit),
            low_income(incomes.equivalised(), self._frame, _lines(measured)),
        )  # fmt: skip

    def tree(self, law: Law) -> Measured:
        """Return all measures of a law under `reform`, `change` and, where asked for, `by_group`."""
        base = self._base
        reform = self._measured(law)
        change: dict[str, Any] = {
            name: difference(value, base.measured[name]) for name, value in reform.items() if name != "lines"
        }
        new = law.incomes
        fixed = low_income(new.equivalised(), self._frame, _lines(base.measured))
        change["low_income_fixed_line"] = difference(fixed, base.same_line)
        change["winners_losers"] = winners_losers(base.incomes.net_of_child_care, new.net_of_child_care, self._frame)
        change["deciles"] = self._deciles(new)
        found: dict[str, Any] = {"reform": reform, "change": change}
        if self._groups:
            found["by_group"] = {
                groups.name: self._by_group(law, groups, reform["lines"][BY_GROUP_LINE]) for groups in self._groups
            }
        return found

    def budget_tree(self, law: Law) -> Measured:
        """Return the budget alone, as `tree` has it."""
        return {
            "reform": {"budget": law.budget},
            "change": {"budget": difference(law.budget, self._base.measured["budget"])},
        }

    def _measured(self, law: Law) -> dict[str, Any]:
        incomes = law.incomes
        units: dict[EquivalenceScale, Floats] = {"eu": incomes.units_eu, "oecd": incomes.units_oecd, **self._units}
        ranked = RankedIncomes(incomes.after_tax, units)
        standard = standard_measures(ranked, self._counted)
        found = {
            "budget": law.budget,
            "low_income": standard["low_income"],
            "lines": standard["lines"],
            "inequality": standard["inequality"],
        }
        if law.earlier:
            # The line is an exact multiple of the median only at one half: there no digit is lost.
            median = standard["lines"]["eu50"] / DEFINITIONS["eu50"].share
            medians = [median, *(Distribution(one, self._frame.persons).quantile(0.5) for one in law.earlier)]
            years = [ranked.equivalised["eu"], *law.earlier]
            found["persistent_low_income"] = persistent_low_income(years, medians, self._frame)
        if self._task.after_child_care:
            net = standard_measures(RankedIncomes(incomes.net_of_child_care, units), self._counted)
            found["after_child_care"] = {name: net[name] for name in ("low_income", "inequality")}
        return found

    def _deciles(self, new: Incomes) -> dict[str, dict[str, float]]:
        """Return what `measures.deciles` does, with the baseline's ranking and sums taken once."""
        base = self._base
        change = base.ranked.sums(new.net_of_child_care / new.units_eu - base.per_unit)
        size = base.ranked.size
        return {
            str(place): {
                "mean_change": float(up / size) if size else float("nan"),
                "mean_change_percent": ratio(float(100.0 * up), float(income)),
            }
            for place, (up, income) in enumerate(zip(change, base.decile_incomes, strict=True), start=1)
        }

    def _by_group(self, law: Law, groups: Groups, line: float) -> dict[str, Any]:
        income = law.incomes.after_tax / law.incomes.units_eu
        low = {
            who: low_income_by_group(income, line, weight, groups)
            for who, weight in (("all", self._frame.persons), ("children", self._frame.children))
        }
        change = law.incomes.net_of_child_care - self._base.incomes.net_of_child_care
        moved = change_by_group(change, self._frame.everyone, groups)
        persons = groups.totals(self._frame.everyone)
        return {
            label: {
                "low_income": {
                    BY_GROUP_LINE: {
                        who: {name: float(one[name].value[place]) for name in ("share", "persons")}
                        for who, one in low.items()
                    }
                },
                **{name: float(one.value[place]) for name, one in moved.items()},
            }
            for place, label in enumerate(groups.labels)
            if persons[place] > 0.0
        }


def _lines(measured: Mapping[str, Any]) -> dict[str, float]:
    return {name: measured["lines"][name] for name in LINES}


def _groups(population: Population, task: Task) -> list[Groups]:
    names = task.by_group
    if not names:
        return []
    known = household_groups(population.persons, population.households, population.incomes[0], population.year)
    wrong = [Problem(f"by_group.{name}", unknown(name, tuple(known))) for name in names if name not in known]
    if wrong:
        raise MikrosimError(task.origin, wrong)
    return [known[name] for name in dict.fromkeys(names)]
