"""A run's tables under disclosure control: cells of too few households are empty, unknown tables are left out.

The numbers of `summary.json` come in protected (see `simulation.disclosed`). Here the households behind each cell by
group are counted, division by division; what the summary leaves out cannot be worked out from groups either.
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
from mikrosim.simulation.disclosed import households_by_rank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mikrosim.measures.groups import Groups
    from mikrosim.simulation.detail import Detail, LawIncomes
    from mikrosim.simulation.result import RunResult
    from mikrosim.units import Bools, Floats

Rows = list[dict[str, Any]]

FROM_SUMMARY = ("budget", "low_income", "inequality")
"""Tables whose numbers are all the summary's."""

OF_LAW = ("families", "family_instruments", "family_months", "law_changes", "take_up", "population_fit")
"""Tables that hold nothing of the population's households."""

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
        if name in (*FROM_SUMMARY, *OF_LAW):
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
        found = []
        for place, row in enumerate(rows):
            cells = {name: behind[name][place] for name in OUTCOMES}
            left_out = suppressed(cells, [Sum("one", OUTCOMES)], self.minimum, fixed=["one"])
            found.append(_without(row, [name for name in OUTCOMES if name in left_out]))
        return found

    def winners(self, rows: Rows) -> Rows:
        """Return winners and losers by group; the rows of everyone are the summary's."""
        everyone = self.detail.frame.everyone > 0
        hidden: dict[tuple[str, str], list[str]] = {}
        for groups in self.divisions.values():
            counted: dict[str, Any] = {name: groups.sample(those & everyone) for name, those in self.outcomes.items()}
            base, moved = groups.sample(everyone), groups.sample(everyone & (self.change != 0))
            labels = [(place, label) for place, label in enumerate(groups.labels) if base[place]]
            every = {name: int((those & everyone).sum()) for name, those in self.outcomes.items()}
            cells: dict[str, int] = {}
            sums: list[Sum] = []
            nowhere: list[str] = []
            for place, label in labels:
                small = is_small(int(base[place]), self.minimum)
                # Where nobody at all gains or loses, that is no secret of a small group either.
                cells |= {f"{name}|{label}": 1 if small and every[name] else int(counted[name][place])
                          for name in OUTCOMES}  # fmt: skip
                cells[f"mean|{label}"] = 1 if small and self.change.any() else int(moved[place])
                cells[f"base|{label}"] = int(base[place])
                sums.append(Sum(f"one|{label}", tuple(f"{name}|{label}" for name in OUTCOMES)))
            masks = {**self.outcomes, "mean": self.change != 0, "base": everyone}
            for name, those in masks.items():
                cells[name] = int((those & everyone).sum())
                sums.append(Sum(name, _parts(name, groups, those & everyone, cells, nowhere)))
            secret = [name for name in OUTCOMES if f"winners_losers.all.{name}" in self.gone]
            keep = [cell for cell in cells if "|" not in cell]
            fixed = [f"one|{label}" for _, label in labels]
            left_out = suppressed(cells, sums, self.minimum, hidden=nowhere, secret=secret, keep=keep, fixed=fixed)
            for _, label in labels:
                names = [name for name in OUTCOMES if f"{name}|{label}" in left_out]
                names += ["mean_change", "median_change"] if f"mean|{label}" in left_out else []
                names += ["persons", "households"] if f"base|{label}" in left_out else []
                hidden[groups.name, label] = names
        return [_without(row, hidden.get((row["division"], row["group"]), ())) for row in rows]

    def low_income(self, rows: Rows) -> Rows:
        """Return low income by group under both laws."""
        frame, hidden = self.detail.frame, dict[tuple[str, str, str], list[str]]()
        ages = person_groups(self.detail.population.persons, self.detail.population.year)["age"]
        for groups in (*self.divisions.values(), ages):
            weights = {"all": frame.persons, "children": frame.children}
            if groups.home is not None:
                del weights["children"]
            for label, who, names in self._low_income_of(groups, weights):
                hidden[groups.name, label, who] = names
        return [_without(row, hidden.get((row["division"], row["group"], row["who"]), ())) for row in rows]

    def _low_income_of(self, groups: Groups, weights: Mapping[str, Floats]) -> list[tuple[str, str, list[str]]]:
        masks = _masks(_equivalised(self.detail.before) < self.detail.before.lines["eu60"],
                       _equivalised(self.detail.after) < self.detail.after.lines["eu60"])  # fmt: skip
        cells: dict[str, int] = {}
        sums: list[Sum] = []
        hidden: list[str] = []
        secret: list[str] = []
        for who, weight in weights.items():
            there = weight > 0
            base = groups.sample(groups.rows(there))
            inside = {law: groups.sample(groups.rows(those & there)) for law, those in masks.items()}
            every = {law: int((those & there).sum()) for law, those in masks.items()}
            for place, label in enumerate(groups.labels):
                if not base[place]:
                    continue
                small = is_small(int(base[place]), self.minimum)
                cells |= {f"{law}|{who}|{label}": 1 if small and every[law] else int(inside[law][place])
                          for law in LAWS}  # fmt: skip
                cells[f"base|{who}|{label}"] = int(base[place])
                sums.append(Sum(f"reform|{who}|{label}", (f"baseline|{who}|{label}", f"change|{who}|{label}")))
                for law in LAWS[:2]:
                    outside = int(base[place] - inside[law][place])
                    if is_small(outside, self.minimum):
                        hidden.append(f"{law}|{who}|{label}|outside")
                        cells[hidden[-1]] = outside
                        sums.append(Sum(f"one|{who}|{label}", (f"{law}|{who}|{label}", hidden[-1])))
            for law, those in {**masks, "base": there}.items():
                total = f"{law}|{who}"
                cells[total] = int((those & there).sum())
                sums.append(Sum(total, _parts(f"{law}|{who}", groups, groups.rows(those & there), cells, hidden)))
                if f"{law}.low_income.eu60.{who}.share" in self.gone:
                    secret.append(total)
        keep = [cell for cell in cells if cell.count("|") == 1]
        fixed = [one.total for one in sums if one.total.startswith("one|")]
        left_out = suppressed(cells, sums, self.minimum, hidden=hidden, secret=secret, keep=keep, fixed=fixed)
        found = []
        for who in weights:
            for label in groups.labels:
                laws = [law for law in LAWS if f"{law}|{who}|{label}" in left_out]
                names = [f"{measure}_{law}" for law in laws for measure in ("share", "persons", "gap")]
                names += ["population", "households"] if f"base|{who}|{label}" in left_out else []
                found.append((label, who, names))
        return found

    def definitions(self, rows: Rows) -> Rows:
        """Return low income by every definition; those of the summary as it shows them."""
        people, laws = self.detail.population, (self.detail.before, self.detail.after)
        home = composition(people.persons, len(people.weights), people.year)
        counted = counts(self.detail.frame, home, people.weights)
        units = units_by_scale(laws[0].years[0], home)
        hidden: dict[tuple[str, str, str], list[str]] = {}
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
                    hidden[name, care, who] = sorted(left_out)
        return [
            _without(row, [column for column in row
                           if column.rpartition("_")[2] in hidden[row["definition"], row["child_care"], row["who"]]])
            for row in rows
        ]  # fmt: skip

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


def _parts(name: str, groups: Groups, those: Bools, cells: dict[str, int], hidden: list[str]) -> tuple[str, ...]:
    """Return the cells that a total over all groups is made of: the groups', and, hidden, those in no group."""
    outside = int((those & (groups.code < 0)).sum())
    parts = tuple(f"{name}|{label}" for label in groups.labels if f"{name}|{label}" in cells)
    if not outside:
        return parts
    cells[f"{name}|no group"] = outside
    hidden.append(f"{name}|no group")
    return (*parts, f"{name}|no group")


def _masks(before: Bools, after: Bools) -> dict[str, Bools]:
    return {"baseline": before, "reform": after, "change": before ^ after}


def _equivalised(law: LawIncomes) -> Floats:
    return law.years[0].after_tax / law.years[0].units_eu


def _without(row: dict[str, Any], names: Any) -> dict[str, Any]:
    return {column: None if column in names else value for column, value in row.items()}
