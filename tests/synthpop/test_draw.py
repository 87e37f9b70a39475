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


def test_single_parents_of_many_are_drawn_more_often_and_weigh_less() -> None:
    drawn = draw_population(4000, 7)
    weights, alone = drawn.weights, drawn.households["household_type"] == HouseholdType.SINGLE_PARENT
    size = np.bincount(drawn.persons["household"])
    assert len(np.unique(weights[alone])) == 2
    assert weights[alone & (size > 4)].mean() < weights[alone & (size == 2)].mean()
    assert weights[alone].mean() == pytest.approx(weights.mean())
    assert len(np.unique(weights[~alone])) == 1


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


def test_men_without_children_at_home_pay_for_the_children_of_others(population: Population) -> None:
    persons, year = population.persons, population.incomes[0]
    payers = np.flatnonzero(year["child_support_paid"])
    assert len(payers)
    assert (persons["sex"][payers] == 1).all()
    parents = np.concatenate([persons["mother"], persons["father"]])
    children = np.tile(population.year - persons["birth_year"] < 18, 2)
    assert not np.isin(payers, parents[children]).any()
    assert not year["child_support_received"].any()


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


def test_only_students_have_other_tax_free_transfers(population: Population) -> None:
    for year in population.incomes:
        assert not year["other_tax_free_transfers"][~population.persons["student"]].any()
    assert population.incomes[0]["other_tax_free_transfers"].any()


def test_places_begin_when_there_is_a_right_or_in_a_month_after_the_first_birthday(population: Population) -> None:
    persons = population.persons
    age, start = population.year - persons["birth_year"], persons["kindergarten_start_month"]
    place = persons["kindergarten_hours"] > 0
    ones = place & (age == 1)
    assert not start[~place].any()
    assert not start[place & (age > 2)].any()
    given = ones & (start > 0) & (persons["birth_month"] < 12)
    assert given.any()
    assert (start[given] == persons["birth_month"][given] + 1).all()
    assert 0.5 < (start[ones] == -1).mean() < 0.85
    assert set(np.unique(start[place & (age == 2)])) <= {-1, 0, 1, 8}


def test_few_one_year_olds_born_in_december_have_a_place(population: Population) -> None:
    persons = population.persons
    one = population.year - persons["birth_year"] == 1
    december = persons["birth_month"] == 12
    place = persons["kindergarten_hours"] > 0
    assert place[one & december].mean() < 0.4 < place[one & ~december].mean()


def test_children_with_a_parent_elsewhere_know_that_parents_income(population: Population) -> None:
    persons, income = population.persons, population.incomes[0]["other_parent_income"]
    child = population.year - persons["birth_year"] < 18
    one = child & ((persons["mother"] >= 0) != (persons["father"] >= 0))
    assert (income[~one] == -1).all()
    assert not persons["samvaersklasse"][~one].any()
    assert 0.6 < (income[one] >= 0).mean() < 0.95
    parent = np.maximum(persons["mother"], persons["father"])[one & (income >= 0)]
    assert (persons["partner"][parent] >= 0).any()
    assert (persons["partner"][parent] < 0).any()


def test_renters_are_poorer_than_owners_and_pay_less_the_poorer_they_are(population: Population) -> None:
    households = population.households
    income = np.bincount(population.persons["household"], weights=population.incomes[0]["wage"])
    rents = households["tenure"] >= 2
    assert income[rents].mean() < income[~rents].mean()
    costs = households["housing_cost_month"][rents]
    poor = income[rents] <= np.median(income[rents])
    assert costs[poor].mean() < costs[~poor].mean()
