"""Disclosure control of the tables by group, on households made up here."""

from types import MappingProxyType

import numpy as np
import pytest
from results import a_result

from mikrosim.measures import Incomes, frame_of
from mikrosim.population import Population
from mikrosim.population.schema import HOUSEHOLDS, INCOMES, PERSONS
from mikrosim.report.disclosed import disclosed_tables
from mikrosim.report.tables_of_groups import group_tables, household_columns
from mikrosim.simulation.detail import Detail, LawIncomes

YEAR, COUNT = 2023, 240


def population(**manifest):
    """Return singles, and in every third household a parent with a child; the first three live far north."""
    rows = np.arange(COUNT)
    size = 1 + (rows % 3 == 0)
    home = np.repeat(rows, size).astype(np.int32)
    first = np.concatenate(([0], np.cumsum(size)[:-1]))
    child = np.arange(len(home)) != first[home]
    households = {column.name: np.zeros(COUNT, column.dtype) for column in HOUSEHOLDS}
    households["household_id"][:] = rows
    households["weight"][:] = 10.0
    households["municipality"][:] = np.where(rows < 3, 5601, np.where(rows % 2, 301, 4601))
    households["centrality"][:] = np.where(rows < 3, 5, 1)
    households["household_type"][:] = np.where(rows % 3 == 0, 5, 1)
    persons = {column.name: np.zeros(len(home), column.dtype) for column in PERSONS}
    persons["person_id"][:] = np.arange(len(home))
    persons["household"][:] = home
    persons["birth_year"][:] = np.where(child, 2015, 1980)
    persons["residence_years"][:] = np.where(child, 8, 40)
    persons["mother"][:] = np.where(child, first[home], -1)
    persons["father"][:] = persons["partner"][:] = -1
    incomes = {column.name: np.zeros(len(home), column.dtype) for column in INCOMES}
    return Population(households, persons, (incomes,) * 3, YEAR, manifest=MappingProxyType(manifest))


def detail(people, movers):
    income = np.random.default_rng(2).permutation(np.linspace(100_000.0, 900_000.0, COUNT))
    poor = np.argsort(income)[:movers]
    raised = income.copy()
    raised[poor] += 150_000.0
    units = np.ones(COUNT)
    laws = []
    for one in (income, raised):
        years = tuple(Incomes(one, one - 500.0, units, units) for _ in range(3))
        laws.append(LawIncomes(years, {"eu60": 300_000.0, "oecd50": 250_000.0}))
    return Detail(people, frame_of(people.persons, people.households, YEAR), None, None, *laws, ())


def of_few(found, minimum):
    """Return what a summary must leave out: shares of which one or its complement rests on few households."""
    frame, before, after = found.frame, found.before, found.after
    change = after.years[0].net_of_child_care - before.years[0].net_of_child_care
    outcomes = {"gain": change > 0, "lose": change < 0, "unchanged": change == 0}
    for group, there in (("all", frame.everyone > 0), ("families_with_children", frame.in_families > 0)):
        if any(0 < (those & there).sum() < minimum for those in outcomes.values()):
            yield from (f"winners_losers.{group}.{name}" for name in outcomes)
    low = [law.years[0].after_tax < law.lines["eu60"] for law in (before, after)]
    for who, there in (("all", frame.persons > 0), ("children", frame.children > 0)):
        counts = [(those & there).sum() for those in (*low, ~low[0], ~low[1], low[0] ^ low[1])]
        if any(0 < count < minimum for count in counts):
            yield from (f"{law}.low_income.eu60.{who}.share" for law in ("baseline", "reform", "change"))


def protected(movers=30, left_out=(), **manifest):
    found = detail(population(**{"real": True, **manifest}), movers)
    left_out = {*left_out, *of_few(found, manifest.get("minimum_cell", 5))}
    tables = group_tables(found, 12.0)
    result = a_result(detail=found, disclosure={"minimum_households": 5, "left_out": list(left_out)})
    return tables, disclosed_tables(tables, result)


def test_a_made_up_population_s_tables_pass_unchanged():
    found = detail(population(made_from="abc"), 30)
    tables = group_tables(found, 12.0)

    assert disclosed_tables(tables, a_result(detail=found)) == tables
    assert disclosed_tables(tables, a_result()) == tables


def test_a_group_of_three_households_is_empty_and_another_with_it():
    tables, shown = protected()

    for name, kept in (("winners_losers", "gain"), ("low_income_by_group", "share_baseline")):
        rows = [row for row in shown[name] if row["division"] == "centrality" and row.get("who", "all") == "all"]
        small = next(row for row in rows if row["group"] == "5")
        assert small[kept] is None
        assert small["households"] is None
        assert (
            next(row for row in tables[name] if row["group"] == "5" and row["division"] == "centrality")[kept]
            is not None
        )
    assert all(row.keys() == old.keys() for name in shown for row, old in zip(shown[name], tables[name], strict=True))


@pytest.mark.parametrize("movers", [1, 4, 12, 40])
def test_no_group_alone_is_missing_from_a_total_that_is_shown(movers):
    _, shown = protected(movers)
    gone = set(of_few(detail(population(real=True), movers), 5))

    for division in {row["division"] for row in shown["winners_losers"]} - {"everyone"}:
        rows = [row for row in shown["winners_losers"] if row["division"] == division]
        for name in ("gain", "unchanged"):  # nobody loses, which is no secret
            assert f"winners_losers.all.{name}" in gone or sum(row[name] is None for row in rows) != 1 or len(rows) == 1
        for row in rows:
            assert sum(row[name] is None for name in ("gain", "lose", "unchanged")) != 1
    for division in {row["division"] for row in shown["low_income_by_group"]}:
        for law in ("baseline", "reform", "change"):
            rows = [row for row in shown["low_income_by_group"] if row["division"] == division and row["who"] == "all"]
            alone = sum(row[f"persons_{law}"] is None for row in rows) == 1
            assert f"{law}.low_income.eu60.all.share" in gone or not alone or len(rows) == 1
    for row in shown["low_income_by_group"]:
        assert sum(row[f"persons_{law}"] is None for law in ("baseline", "reform", "change")) != 1


def test_what_the_summary_leaves_out_does_not_follow_from_groups():
    _, shown = protected(40, left_out=[f"{law}.low_income.eu60.all.share" for law in ("reform", "change")])

    for division in ("family_type", "county", "municipality", "centrality", "age"):
        rows = [row for row in shown["low_income_by_group"] if row["division"] == division and row["who"] == "all"]
        assert any(row["persons_change"] is None for row in rows)
    rows = [row for row in shown["low_income_definitions"] if row["definition"] == "eu60" and row["who"] == "all"]
    assert next(row for row in rows if row["child_care"] == "before")["share_change"] is None


def test_few_movers_hide_where_the_money_goes_and_every_definition_s_change():
    _, shown = protected(3)

    assert {row["value"] for row in shown["spending"] if row["measure"].startswith("share")} == {None}
    assert {row["gain"] for row in shown["deciles"][:1]} == {None}
    assert all(row["share_change"] is None for row in shown["low_income_definitions"]
               if row["definition"] == "eu50" and row["who"] == "all")  # fmt: skip


def test_single_households_and_unknown_tables_never_leave():
    found = detail(population(real=True), 30)
    result = a_result(detail=found, disclosure={"minimum_households": 5, "left_out": []})

    assert disclosed_tables({"something_new": [{"a": 1.0}]}, result) == {}
    assert "largest_losers" not in group_tables(found, 1.0)
    assert household_columns(found) == {}


def test_a_higher_minimum_hides_more():
    def hidden(minimum):
        _, shown = protected(30, minimum_cell=minimum)
        return sum(value is None for rows in shown.values() for row in rows for value in row.values())

    assert hidden(3) < hidden(40)


def test_a_number_without_interval_leaves_its_table_in_one_shape():
    found = detail(population(real=True), 30)
    rows = [{"instrument": "net", "change": 1.0, "change_low": 0.5, "change_high": 1.5},
            {"instrument": "bostotte", "change": None}]  # fmt: skip
    result = a_result(detail=found, disclosure={"minimum_households": 5, "left_out": []})

    shown = disclosed_tables({"budget": rows}, result)["budget"]
    assert shown[0] == rows[0]
    assert shown[1] == {"instrument": "bostotte", "change": None, "change_low": None, "change_high": None}
