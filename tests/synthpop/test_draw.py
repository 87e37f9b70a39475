import numpy as np
import pytest

from mikrosim.population import HouseholdType, Population, check
from mikrosim.population.schema import TABLES
from mikrosim.population.store import content_hash
from mikrosim.synthpop.draw import draw_population
from mikrosim.synthpop.figures import draw_figures, read_yaml, residents


def test_the_same_seed_draws_the_same_population() -> None:
    assert content_hash(draw_population(500, 7)) == content_hash(draw_population(500, 7))


def test_another_seed_draws_another() -> None:
    assert content_hash(draw_population(500, 7)) != content_hash(draw_population(500, 8))


def test_the_drawn_population_passes_the_check(population: Population) -> None:
    check(population)


def test_columns_are_those_of_the_schema(population: Population) -> None:
    for name, columns in TABLES.items():
        table = population.table(name)
        assert list(table) == [column.name for column in columns]
        for column in columns:
            assert table[column.name].dtype == column.dtype, column.name


def test_mothers_are_women_and_at_least_seventeen_years_older(population: Population) -> None:
    persons = population.persons
    for link, sex in (("mother", 2), ("father", 1)):
        child = np.flatnonzero(persons[link] >= 0)
        parent = persons[link][child]
        assert (persons["sex"][parent] == sex).all()
        assert (persons["birth_year"][child].astype(int) - persons["birth_year"][parent] >= 17).all()


def test_all_children_live_with_a_parent(population: Population) -> None:
    persons = population.persons
    child = population.year - persons["birth_year"] < 18
    assert ((persons["mother"] >= 0) | (persons["father"] >= 0))[child].all()


def test_types_of_household_are_what_they_say(population: Population) -> None:
    persons, kind = population.persons, population.households["household_type"]
    home = persons["household"]
    size = np.bincount(home)
    children = np.bincount(home[population.year - persons["birth_year"] < 18], minlength=len(kind))
    couples = np.bincount(home[persons["partner"] >= 0], minlength=len(kind))
    assert (size[kind == HouseholdType.ALONE] == 1).all()
    assert (size[kind == HouseholdType.COUPLE] == 2).all()
    for one in HouseholdType:
        has = one in (HouseholdType.MARRIED_WITH_CHILDREN, HouseholdType.COHABITING_WITH_CHILDREN,
                      HouseholdType.SINGLE_PARENT, HouseholdType.MULTI_WITH_CHILDREN)  # fmt: skip
        assert ((children[kind == one] > 0) == has).all(), one
    assert (couples[kind == HouseholdType.SINGLE_PARENT] == 0).all()


def test_some_households_hold_three_generations(population: Population) -> None:
    mother = population.persons["mother"]
    with_mother = np.flatnonzero(mother >= 0)
    assert (mother[mother[with_mother]] >= 0).any()


def test_siblings_of_one_mother_lie_nine_months_apart_or_are_twins(population: Population) -> None:
    persons = population.persons
    born = persons["birth_year"].astype(int) * 12 + persons["birth_month"]
    child = np.flatnonzero(persons["mother"] >= 0)
    order = child[np.lexsort((born[child], persons["mother"][child]))]
    same = persons["mother"][order][1:] == persons["mother"][order][:-1]
    gaps = np.diff(born[order])[same]
    assert ((gaps == 0) | (gaps >= 9)).all()


def test_child_support_paid_is_what_is_received(population: Population) -> None:
    year = population.incomes[0]
    received = int(year["child_support_received"].sum())
    assert int(year["child_support_paid"].sum()) == pytest.approx(received, rel=0.001)


def test_the_three_years_are_alike_but_not_the_same(population: Population) -> None:
    wages = [year["wage"].astype(float) for year in population.incomes]
    assert 0.85 < np.corrcoef(wages[0], wages[1])[0, 1] < 0.999
    assert np.corrcoef(wages[0], wages[2])[0, 1] < np.corrcoef(wages[0], wages[1])[0, 1]
    before = population.incomes[0]["income_previous_year"]
    assert (before >= population.incomes[1]["wage"]).all()


def test_every_figure_says_where_it_comes_from() -> None:
    for name, entry in read_yaml("draw.yaml").items():
        assert len({"source", "assumption"} & set(entry)) == 1, name
    assert draw_figures()


def test_residents_add_up_to_the_published_total() -> None:
    assert residents().sum() == 5_550_203
