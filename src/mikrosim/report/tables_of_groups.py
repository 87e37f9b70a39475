"""The tables that need the households themselves: by group and place, by decile, by definition, and the households."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.measures.by_group import change_by_decile, change_by_group, low_income_by_group
from mikrosim.measures.concentration import concentration_of_spending, cost_per_lifted
from mikrosim.measures.definitions import counts
from mikrosim.measures.disclosure import minimum_of
from mikrosim.measures.grouping import household_groups, person_groups
from mikrosim.measures.losers import largest_losers
from mikrosim.measures.ranked import RankedGroups
from mikrosim.measures.scales import composition
from mikrosim.measures.standard import RankedIncomes, standard_measures, units_by_scale
from mikrosim.report.group_intervals import with_intervals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mikrosim.measures.groups import Groups
    from mikrosim.report.tables_of_run import Rows
    from mikrosim.simulation.detail import Detail, LawIncomes
    from mikrosim.units import Floats

DRAWN = "made_from"
"""The mark of a population drawn by this program: its households are made up and may be shown one by one."""

LOSERS = 10
TRAITS = ("family_type", "number_of_children", "parents_work", "immigrant_background", "centrality")
DETAILED = ("county", "municipality")
"""Divisions that are in the tables and not in the charts."""

MILLION = 1e6


def group_tables(detail: Detail, net_cost: float, synthesis: float = 1.0) -> dict[str, Rows]:
    """Return the tables by group of a run, by name; `deciles` and `winners_losers` go on from the run's own.

    Args:
        detail: The population and its incomes under both laws.
        net_cost: What the reform costs, million NOK a year.
        synthesis: How many times the sampling variance the whole variance of a change in low income is.
    """
    view = _View(detail)
    tables = {
        "low_income_by_group": with_intervals(list(_low_income(view)), detail, view.households, synthesis),
        "winners_losers": list(_winners(view)),
        "deciles": [
            {name: row[name] for name in ("gain", "lose", "unchanged")}
            for row in change_by_decile(view.change, view.ranked)
        ],
        "low_income_definitions": list(_definitions(view)),
        "spending": list(_spending(view, net_cost)),
    }
    if DRAWN in detail.population.manifest:
        tables["largest_losers"] = _losers(view)
    return tables


@dataclass(frozen=True)
class _View:
    """The households as the measures by group want them."""

    detail: Detail

    @cached_property
    def households(self) -> dict[str, Groups]:
        people = self.detail.population
        return household_groups(people.persons, people.households, people.incomes[0], people.year)

    @cached_property
    def persons(self) -> dict[str, Groups]:
        return person_groups(self.detail.population.persons, self.detail.population.year)

    @cached_property
    def change(self) -> Floats:
        """Change of each household's income net of child care, NOK a year."""
        return self.detail.after.years[0].net_of_child_care - self.detail.before.years[0].net_of_child_care

    @cached_property
    def ranked(self) -> RankedGroups:
        return RankedGroups(self.equivalised(self.detail.before), self.detail.frame.persons)

    def equivalised(self, law: LawIncomes) -> Floats:
        return law.years[0].after_tax / law.years[0].units_eu

    def of_persons(self, of_household: Floats, groups: Groups) -> Floats:
        """Return weights of households' members for the rows of groups of persons."""
        assert groups.home is not None
        size = np.bincount(groups.home, minlength=len(of_household))
        each: Floats = (of_household / np.maximum(size, 1))[groups.home]
        return each


def _low_income(view: _View) -> Iterator[dict[str, Any]]:
    frame = view.detail.frame
    for groups in view.households.values():
        yield from _low_income_of(view, groups, "all", frame.persons)
        yield from _low_income_of(view, groups, "children", frame.children)
    ages = view.persons["age"]
    yield from _low_income_of(view, ages, "all", view.of_persons(frame.persons, ages))


def _low_income_of(view: _View, groups: Groups, who: str, weight: Floats) -> Iterator[dict[str, Any]]:
    """Yield one row for each group that has anyone: EU60 under both laws, each with its own line."""
    before, after = (
        low_income_by_group(view.equivalised(law), law.lines["eu60"], weight, groups)
        for law in (view.detail.before, view.detail.after)
    )
    persons = groups.totals(weight)
    names = {"share": "share", "persons": "persons", "fgt1": "gap"}
    for place, label in enumerate(groups.labels):
        if not persons[place]:
            continue
        row: dict[str, Any] = {"division": groups.name, "group": label, "who": who}
        for measure, name in names.items():
            old, new = (float(law[measure].value[place]) for law in (before, after))
            row |= {f"{name}_baseline": old, f"{name}_reform": new, f"{name}_change": new - old}
        share = before["share"]
        yield {
            **row,
            "population": float(persons[place]),
            "households": int(share.households[place]),
            "shrunk": bool(share.shrunk[place]),
        }


def _winners(view: _View) -> Iterator[dict[str, Any]]:
    everyone = view.detail.frame.everyone
    for groups in view.households.values():
        persons = groups.totals(everyone)
        found = change_by_group(view.change, everyone, groups)
        for place, label in enumerate(groups.labels):
            if persons[place]:
                yield {
                    "division": groups.name,
                    "group": label,
                    **{name: float(one.value[place]) for name, one in found.items()},
                    "persons": float(persons[place]),
                    "households": int(found["gain"].households[place]),
                    "shrunk": bool(found["gain"].shrunk[place]),
                }


def _definitions(view: _View) -> Iterator[dict[str, Any]]:
    """Yield low income by every definition in use, before and after child-care costs."""
    people, laws = view.detail.population, (view.detail.before, view.detail.after)
    home = composition(people.persons, len(people.weights), people.year)
    counted = counts(view.detail.frame, home, people.weights)
    for care, income in (("before", "after_tax"), ("after", "net_of_child_care")):
        units = units_by_scale(laws[0].years[0], home)
        old, new = (
            standard_measures(RankedIncomes(getattr(law.years[0], income), units), counted)["low_income"]
            for law in laws
        )
        for definition, groups in old.items():
            for who, measures in groups.items():
                row: dict[str, Any] = {"definition": definition, "child_care": care, "who": who}
                for name, value in measures.items():
                    after = new[definition][who][name]
                    row |= {f"{name}_baseline": value, f"{name}_reform": after, f"{name}_change": after - value}
                yield row


def _spending(view: _View, net_cost: float) -> Iterator[dict[str, Any]]:
    """Yield where the money goes, and what each child lifted over the baseline's line costs."""
    detail = view.detail
    line = detail.before.lines["eu60"]
    low_before, low_after = (view.equivalised(law) < line for law in (detail.before, detail.after))
    weight, children = detail.population.weights, detail.frame.children
    shares = concentration_of_spending(view.change, weight, view.ranked, low_before, children)
    yield from ({"measure": f"share_{name}", "value": value} for name, value in shares.items())
    below = [float((low * children).sum()) for low in (low_before, low_after)]
    yield {"measure": "children_lifted", "value": below[0] - below[1]}
    yield {"measure": "cost_per_child_lifted", "value": cost_per_lifted(net_cost * MILLION, *below)}


def _losers(view: _View) -> Rows:
    before, after = (law.years[0].net_of_child_care for law in (view.detail.before, view.detail.after))
    traits = [view.households[name] for name in TRAITS]
    return largest_losers(before, after, view.detail.population.weights, traits, rows=LOSERS)


def household_columns(detail: Detail) -> dict[str, Any]:
    """Return the households one by one, from which every measure of income can be computed again.

    Only of a population drawn by this program; registers' households must not lie in a folder of results.
    """
    people, frame = detail.population, detail.frame
    if DRAWN not in people.manifest or minimum_of(people) is not None:
        return {}
    weight = people.weights
    counted = frame.persons > 0.0
    columns: dict[str, Any] = {
        "household_id": people.households["household_id"],
        "weight": weight,
        "persons": np.rint(frame.everyone / weight).astype(np.int8),
        "children": np.rint(composition(people.persons, len(weight), people.year).children).astype(np.int8),
        "counted_by_ssb": counted,
        "lasting_persons": np.rint(frame.lasting_persons / weight).astype(np.int8),
        "lasting_children": np.rint(frame.lasting_children / weight).astype(np.int8),
        "municipality": people.households["municipality"],
    }
    first = detail.before.years[0]
    columns |= {"units_eu": first.units_eu, "units_oecd": first.units_oecd}
    for law, incomes in (("baseline", detail.before), ("reform", detail.after)):
        for place, year in enumerate(incomes.years):
            columns[f"after_tax_income_{law}" + (f"_{place}_years_before" if place else "")] = year.after_tax
        columns[f"net_of_child_care_{law}"] = incomes.years[0].net_of_child_care
    for name, groups in _View(detail).households.items():
        if name not in DETAILED:
            columns[name] = (groups.labels, groups.code)
    return columns
