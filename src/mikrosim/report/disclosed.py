"""A run's tables under disclosure control: cells of too few households are empty, unknown tables are left out.

The numbers of `summary.json` come in protected (see `simulation.disclosed`). Here the households behind each cell by
group are counted; what the summary leaves out cannot be worked out from groups either.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mikrosim.measures.changes import UNCHANGED_WITHIN
from mikrosim.measures.definitions import DEFINITIONS, counts, lines_by_definition
from mikrosim.measures.disclosure import Sum, is_small, minimum_of, suppressed
from mikrosim.measures.grouping import household_groups, person_groups
from mikrosim.measures.low_income import LINES
from mikrosim.measures.ranked import RankedGroups
from mikrosim.measures.scales import composition
from mikrosim.measures.standard import RankedIncomes, units_by_scale
from mikrosim.report.disclosed_groups import low_income, winners_losers
from mikrosim.simulation.disclosed import households_by_rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mikrosim.measures.groups import Groups
    from mikrosim.simulation.detail import Detail, LawIncomes
    from mikrosim.simulation.result import RunResult
    from mikrosim.units import Bools, Floats

Rows = list[dict[str, Any]]

FROM_SUMMARY = ("budget", "low_income", "inequality")
"""Tables whose numbers are all the summary's."""

OF_LAW = ("families", "family_instruments", "family_months", "family_wages", "law_changes", "take_up", "population_fit")
"""Tables that hold nothing of the population's households; of `family_wages` only the line is the population's."""

LAWS = ("baseline", "reform", "change")
OUTCOMES = ("gain", "lose", "unchanged")


def disclosed_tables(tables: Mapping[str, Rows], result: RunResult) -> dict[str, Rows]:
    """Return the tables of a run as they may leave; all of them unless its population is made from real microdata.

    A table that is not known here is left out.
    """
    minimum = None if result.detail is None else minimum_of(result.detail.population)
    if minimum is None or result.detail is None:
        return dict(tables)
    gone = frozenset((result.disclosure or {}).get("left_out", ()))
    view = _View(result.detail, minimum, gone)
    by_name = {
        "deciles": view.deciles,
        "winners_losers": view.winners,
        "low_income_by_group": view.low_income,
        "low_income_definitions": view.definitions,
        "spending": view.spending,
    }
    found: dict[str, Rows] = {}
    for name, rows in tables.items():
        if name in FROM_SUMMARY:
            # A number that is left out has no interval: its row gets the columns of the others.
            columns = dict.fromkeys(column for row in rows for column in row)
            found[name] = [{**columns, **row} for row in rows]
        elif name in OF_LAW:
            found[name] = rows
        elif name in by_name:
            found[name] = by_name[name](rows)
    return found


@dataclass(frozen=True)
class _View:
    """The households behind the cells of a run's tables."""

    detail: Detail
    minimum: int
    gone: frozenset[str]
    """Paths of the summary that are left out."""

    @cached_property
    def change(self) -> Floats:
        return self.detail.after.years[0].net_of_child_care - self.detail.before.years[0].net_of_child_care

    @cached_property
    def divisions(self) -> dict[str, Groups]:
        people = self.detail.population
        return household_groups(people.persons, people.households, people.incomes[0], people.year)

    @cached_property
    def outcomes(self) -> dict[str, Bools]:
        gain, lose = self.change >= UNCHANGED_WITHIN, self.change <= -UNCHANGED_WITHIN
        return {"gain": gain, "lose": lose, "unchanged": ~(gain | lose)}

    @cached_property
    def ranked(self) -> RankedGroups:
        return RankedGroups(_equivalised(self.detail.before), self.detail.frame.persons)

    def deciles(self, rows: Rows) -> Rows:
        """Return the tenths without shares of too few households; the summary has seen to the mean changes."""
        behind = {name: households_by_rank(self.ranked, those) for name, those in self.outcomes.items()}
        cells = {f"{name}|{place}": count for name, of in behind.items() for place, count in enumerate(of)}
        sums = [Sum(f"one|{place}", tuple(f"{name}|{place}" for name in OUTCOMES)) for place in range(len(rows))]
        # The tenths are as large as each other: together they are what is shown of everyone.
        sums += [Sum(name, tuple(f"{name}|{place}" for place in range(len(rows)))) for name in OUTCOMES]
        left_out = suppressed(cells, sums, self.minimum, fixed=[one.total for one in sums])
        return [_without(row, [name for name in OUTCOMES if f"{name}|{place}" in left_out])
                for place, row in enumerate(rows)]  # fmt: skip

    def winners(self, rows: Rows) -> Rows:
        """Return winners and losers by group; the rows of everyone are the summary's."""
        detail = self.detail
        return winners_losers(rows, detail.frame, detail.population.weights, self.divisions, self.change,
                              self.outcomes, self.gone, self.minimum)  # fmt: skip

    def low_income(self, rows: Rows) -> Rows:
        """Return low income by group under both laws."""
        detail = self.detail
        low = _masks(*(_equivalised(law) < law.lines["eu60"] for law in (detail.before, detail.after)))
        ages = person_groups(detail.population.persons, detail.population.year)["age"]
        return low_income(rows, detail.frame, detail.population.weights, self.divisions, ages, low, self.gone,
                          self.minimum)  # fmt: skip

    def definitions(self, rows: Rows) -> Rows:
        """Return low income by every definition; those of the summary as it shows them."""
        people, laws = self.detail.population, (self.detail.before, self.detail.after)
        home = composition(people.persons, len(people.weights), people.year)
        counted = counts(self.detail.frame, home, people.weights)
        units = units_by_scale(laws[0].years[0], home)
        hidden: dict[tuple[str, str, str], set[str]] = {}
        for care, income in (("before", "after_tax"), ("after", "net_of_child_care")):
            low: list[dict[str, Bools]] = []
            for law in laws:
                incomes = RankedIncomes(getattr(law.years[0], income), units)
                keys = {(one.scale, one.coverage) for one in DEFINITIONS.values()}
                ranked = {key: incomes.distribution(key[0], counted[key[1]].persons) for key in keys}
                lines = lines_by_definition(ranked)
                low.append({name: incomes.equivalised[DEFINITIONS[name].scale] < line for name, line in lines.items()})
            for name, one in DEFINITIONS.items():
                for who in ("all", "children"):
                    there = getattr(counted[one.coverage], "persons" if who == "all" else "children") > 0
                    left_out = self._share(_masks(low[0][name], low[1][name]), there)
                    if care == "before" and name in LINES:
                        left_out |= {law for law in LAWS if f"{law}.low_income.{name}.{who}.share" in self.gone}
                    hidden[name, care, who] = left_out
        found = []
        for row in rows:
            laws_gone = hidden[row["definition"], row["child_care"], row["who"]]
            found.append(_without(row, [column for column in row if not laws_gone.isdisjoint(column.split("_"))]))
        return found

    def _share(self, masks: Mapping[str, Bools], there: Bools) -> set[str]:
        """Return under which laws a share of those counted is left out, and whether its change is."""
        base = int(there.sum())
        cells = {law: 1 if is_small(base, self.minimum) else int((those & there).sum()) for law, those in masks.items()}
        sums, hidden = [Sum("reform", ("baseline", "change"))], []
        for law in LAWS[:2]:
            outside = f"{law}|outside"
            hidden.append(outside)
            cells[outside] = int((there & ~masks[law]).sum())
            sums.append(Sum("one", (law, outside)))
        return set(LAWS) & suppressed(cells, sums, self.minimum, hidden=hidden, fixed=["one"])

    def spending(self, rows: Rows) -> Rows:
        """Return where the money goes: all shares, or none if they rest on too few households anywhere."""
        changed = self.change != 0
        low = _equivalised(self.detail.before) < self.detail.before.lines["eu60"]
        behind = [int((changed & low).sum()), int((changed & ~low).sum())]
        behind += households_by_rank(self.ranked, changed)
        few = any(is_small(count, self.minimum) for count in behind) or "change.budget.net" in self.gone
        no_children = "change.low_income.eu60.children.persons" in self.gone
        found = []
        for row in rows:
            lifted = row["measure"] in ("children_lifted", "cost_per_child_lifted")
            hide = no_children or (few and row["measure"] != "children_lifted") if lifted else few
            found.append(_without(row, ["value"] if hide else []))
        return found


def _masks(before: Bools, after: Bools) -> dict[str, Bools]:
    return {"baseline": before, "reform": after, "change": before ^ after}


def _equivalised(law: LawIncomes) -> Floats:
    return law.years[0].after_tax / law.years[0].units_eu


def _without(row: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return a row without some numbers and their intervals."""
    gone = {one for name in names for one in (name, f"{name}_low", f"{name}_high")}
    return {column: None if column in gone else value for column, value in row.items()}
