"""The tables that need the households themselves: by group and place, by decile, by definition, and the households."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.measures.by_group import (
    change_by_decile,
    change_by_group,
    incomes_by_group,
    means_by_group,
)
from mikrosim.measures.definitions import DEFINITIONS
from mikrosim.measures.disclosure import minimum_of
from mikrosim.measures.losers import largest_losers
from mikrosim.measures.low_income import below
from mikrosim.measures.shrinkage import Estimates
from mikrosim.report.group_intervals import tables_with_intervals
from mikrosim.report.table_files import of_one_shape
from mikrosim.report.tables_of_spending import benefit_tables, losers, spending, targeting_tables
from mikrosim.report.tables_view import CARE, LAWS, Sample, Weighted
from mikrosim.simulation.anchored import line_of_own_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mikrosim.measures.groups import Groups
    from mikrosim.report.tables_of_run import Rows
    from mikrosim.simulation.anchored import AnchoredLine
    from mikrosim.simulation.detail import Detail
    from mikrosim.units import Bools, Floats

DRAWN = "made_from"
"""The mark of a population drawn by this program: its households are made up and may be shown one by one."""

LOSERS = 10
TRAITS = ("family_type", "number_of_children", "parents_work", "immigrant_background", "centrality")
DETAILED = ("county", "municipality")
"""Divisions that are in the tables and not in the charts."""

OF_DEFINITIONS = ("eu50", "oecd50")
"""Lines besides EU60 that are shown by group."""

LOW_INCOME = {"share": "share", "persons": "persons", "gap": "fgt1"}
INCOME_MEASURES = {"mean": "mean_income", "median": "median_income", "gini": "gini"}


def group_tables(detail: Detail, net_cost: float, ratios: Mapping[str, float] | None = None) -> dict[str, Rows]:
    """Return the tables by group of a run, by name; `deciles` and `winners_losers` go on from the run's own.

    With replicates each number has the ends of its 95 % interval beside it.

    Args:
        detail: The population and its incomes under both laws.
        net_cost: What the reform costs, million NOK a year.
        ratios: How many times the sampling variance of a measure the whole variance is, by the measure's family.
    """
    whole = Weighted.whole(Sample(detail))
    anchored = None if minimum_of(detail.population) is not None else line_of_own_year(detail.population)
    tables = tables_with_intervals(lambda view: _tables(view, net_cost, anchored), whole, ratios or {})
    # The benefits themselves have no intervals: each is ranked by itself, which takes long for many sets of weights.
    for name, rows in benefit_tables(whole).items():
        tables[name] = of_one_shape([*tables[name], *rows])
    if DRAWN in detail.population.manifest:
        tables["largest_losers"] = _losers(whole)
    return tables


def _tables(view: Weighted, net_cost: float, anchored: AnchoredLine | None) -> dict[str, Rows]:
    return {
        "low_income_by_group": list(_low_income(view)),
        "measures_by_group": list(_measures(view)),
        "winners_losers": list(_winners(view)),
        "deciles": [
            {name: row[name] for name in ("gain", "lose", "unchanged")}
            for row in change_by_decile(view.sample.change, view.ranked)
        ],
        "low_income_definitions": list(_definitions(view)),
        "low_income_anchored": [] if anchored is None else list(_anchored(view, anchored)),
        "inequality_measures": list(_inequality(view)),
        "spending": list(spending(view, net_cost)),
        "losers": list(losers(view, TRAITS)),
        **targeting_tables(view),
    }


def _low_income(view: Weighted) -> Iterator[dict[str, Any]]:
    frame = view.frame
    for groups in view.sample.households.values():
        yield from _low_income_of(view, groups, "all", frame.persons)
        yield from _low_income_of(view, groups, "children", frame.children)
    ages = view.sample.ages
    yield from _low_income_of(view, ages, "all", view.of_persons(frame.persons, ages))


def _low_income_of(view: Weighted, groups: Groups, who: str, weight: Floats) -> Iterator[dict[str, Any]]:
    """Yield one row for each group that has anyone: EU60 under both laws, each with its own line."""
    measured = {law: view.low_income(groups, who, law, weight) for law in LAWS}
    by_name = {name: {law: measured[law][key] for law in LAWS}
               for name, key in LOW_INCOME.items()}  # fmt: skip
    yield from _rows(groups, who, by_name, groups.totals(weight))


def _measures(view: Weighted) -> Iterator[dict[str, Any]]:
    """Yield one row for each group that has anyone: the measures of the whole country besides EU60 itself.

    Incomes are those of all persons; they are left out in rows of children.
    """
    frame, sample = view.frame, view.sample
    low = {law: _low_by_measure(view, law) for law in LAWS}
    lasting = {law: {"persistent": view.lasting_low(law)} for law in LAWS}
    weights = {"all": (frame.persons, frame.lasting_persons), "children": (frame.children, frame.lasting_children)}
    for groups in sample.households.values():
        nothing = np.full(len(groups.labels), np.nan)
        nobody = Estimates(nothing, groups.sample(), nothing > 0.0, nothing)
        for who, (weight, lasting_weight) in weights.items():
            counted = sample.counted[who]
            found: dict[str, dict[str, Estimates]] = {}
            for law in LAWS:
                one = means_by_group(low[law], weight, groups, counted)
                one |= means_by_group(lasting[law], lasting_weight, groups, counted)
                one["severity"] = view.low_income(groups, who, law, weight)["fgt2"]
                one |= _incomes(view, law, groups) if who == "all" else dict.fromkeys(INCOME_MEASURES.values(), nobody)
                for name, estimates in one.items():
                    found.setdefault(name, {})[law] = estimates
            yield from _rows(groups, who, found, groups.totals(weight))


def _incomes(view: Weighted, law: str, groups: Groups) -> dict[str, Estimates]:
    """Return the level and the spread of all persons' incomes in each group."""
    sample = view.sample
    found = incomes_by_group(
        sample.equivalised[law], view.frame.persons, groups, sample.counted["all"], sample.orders[law]
    )
    return {INCOME_MEASURES[name]: estimates for name, estimates in found.items()}


def _low_by_measure(view: Weighted, law: str) -> dict[str, Floats | Bools]:
    """Return which households are below the other lines under a law."""
    before, after = (view.sample.ranked[law, care].equivalised for care in CARE)
    lines = view.standard[law, "before"]["lines"]
    return {
        **{name: before[DEFINITIONS[name].scale] < lines[name] for name in OF_DEFINITIONS},
        "after_child_care": after["eu"] < view.standard[law, "after"]["lines"]["eu60"],
    }


def _rows(
    groups: Groups, who: str, measures: Mapping[str, Mapping[str, Estimates]], population: Floats
) -> Iterator[dict[str, Any]]:
    """Yield one row for each group of which the sample has anyone: measures under both laws, and their change."""
    sample = next(iter(measures.values()))["baseline"]
    for place, label in enumerate(groups.labels):
        if not sample.households[place]:
            continue
        row: dict[str, Any] = {"division": groups.name, "group": label, "who": who}
        for name, laws in measures.items():
            old, new = (float(laws[law].value[place]) for law in LAWS)
            row |= {f"{name}_baseline": old, f"{name}_reform": new, f"{name}_change": new - old}
        yield {
            **row,
            "population": float(population[place]),
            "households": int(sample.households[place]),
            "shrunk": bool(sample.shrunk[place]),
        }


def _winners(view: Weighted) -> Iterator[dict[str, Any]]:
    everyone, counted = view.frame.everyone, view.sample.counted["everyone"]
    for groups in view.sample.households.values():
        persons = groups.totals(everyone)
        found = change_by_group(view.sample.change, everyone, groups, counted, view.sample.orders["change"])
        for place, label in enumerate(groups.labels):
            if found["gain"].households[place]:
                yield {
                    "division": groups.name,
                    "group": label,
                    **{name: float(one.value[place]) for name, one in found.items()},
                    "persons": float(persons[place]),
                    "households": int(found["gain"].households[place]),
                    "shrunk": bool(found["gain"].shrunk[place]),
                }


def _definitions(view: Weighted) -> Iterator[dict[str, Any]]:
    """Yield low income by every definition in use, before and after child-care costs."""
    for care in CARE:
        old, new = (view.standard[law, care]["low_income"] for law in LAWS)
        for definition, groups in old.items():
            for who, measures in groups.items():
                row: dict[str, Any] = {"definition": definition, "child_care": care, "who": who}
                for name, value in measures.items():
                    after = new[definition][who][name]
                    row |= {f"{name}_baseline": value, f"{name}_reform": after, f"{name}_change": after - value}
                yield row


def _anchored(view: Weighted, anchored: AnchoredLine) -> Iterator[dict[str, Any]]:
    """Yield low income (EU60) with the line of an earlier year that follows prices only, the same under both laws."""
    frame = view.frame
    old, new = (below(view.sample.equivalised[law], anchored.line, frame.persons, frame.children) for law in LAWS)
    for who, before in old.items():
        row = {"line_year": anchored.year, "price_factor": anchored.factor, "line": anchored.line, "who": who}
        for name, value in before.items():
            after = new[who][name]
            row |= {f"{name}_baseline": value, f"{name}_reform": after, f"{name}_change": after - value}
        yield row


def _inequality(view: Weighted) -> Iterator[dict[str, Any]]:
    """Yield all measures of inequality, before and after child-care costs."""
    for care in CARE:
        old, new = (view.standard[law, care]["inequality"] for law in LAWS)
        for name, before in old.items():
            yield {"measure": name, "child_care": care, "baseline": before, "reform": new[name],
                   "change": new[name] - before}  # fmt: skip


def _losers(view: Weighted) -> Rows:
    before, after = (law.years[0].net_of_child_care for law in view.sample.laws.values())
    traits = [view.sample.households[name] for name in TRAITS]
    return largest_losers(before, after, view.weight, traits, rows=LOSERS)


def household_columns(detail: Detail) -> dict[str, Any]:
    """Return the households one by one, from which every measure of income can be computed again.

    Only of a population drawn by this program; registers' households must not lie in a folder of results.
    """
    people, frame = detail.population, detail.frame
    if DRAWN not in people.manifest or minimum_of(people) is not None:
        return {}
    sample, weight = Sample(detail), people.weights
    columns: dict[str, Any] = {
        "household_id": people.households["household_id"],
        "weight": weight,
        "persons": np.rint(frame.everyone / weight).astype(np.int8),
        "children": np.rint(sample.composition.children).astype(np.int8),
        "counted_by_ssb": sample.counted["all"],
        "lasting_persons": np.rint(frame.lasting_persons / weight).astype(np.int8),
        "lasting_children": np.rint(frame.lasting_children / weight).astype(np.int8),
        "municipality": people.households["municipality"],
    }
    first = detail.before.years[0]
    columns |= {"units_eu": first.units_eu, "units_oecd": first.units_oecd}
    for law, incomes in sample.laws.items():
        for place, year in enumerate(incomes.years):
            columns[f"after_tax_income_{law}" + (f"_{place}_years_before" if place else "")] = year.after_tax
        columns[f"net_of_child_care_{law}"] = incomes.years[0].net_of_child_care
    for name, groups in sample.households.items():
        if name not in DETAILED:
            columns[name] = (groups.labels, groups.code)
    return columns
