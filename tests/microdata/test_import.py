import json

import made_up
import numpy as np
import pyarrow.parquet as pq
import pytest

from mikrosim.microdata import import_population
from mikrosim.microdata.build import extra_files
from mikrosim.microdata.fill import FILLERS, REQUIRED, draw, draw_municipality
from mikrosim.population import check, load, save
from mikrosim.population.municipalities import municipalities
from mikrosim.population.schema import HOUSEHOLDS, INCOMES, PERSONS, TABLES, HouseholdType


@pytest.fixture
def silc(tmp_path):
    return made_up.write(made_up.eu_silc(), tmp_path / "silc")


@pytest.fixture
def register(tmp_path):
    return made_up.write_register(made_up.register(), tmp_path / "register")


def column_of(imported, table, name):
    return next(one for one in imported.report.columns if (one.table, one.column) == (table, name))


def test_eu_silc_becomes_a_population_that_passes_every_check(silc, tmp_path):
    imported = import_population("eu_silc", silc)

    save(imported.population, tmp_path / "out", extra_files(imported))
    population = load(tmp_path / "out")
    check(population)
    assert population.year == 2023
    assert len(population.weights) == 12
    assert population.manifest["real"] is True
    assert population.manifest["minimum_cell"] == 5


def test_one_country_s_rows_are_kept(silc):
    imported = import_population("eu_silc", silc)

    assert imported.population.households["household_id"].tolist() == list(range(100, 112))
    assert "UDB_cNO24R.csv: 1-4 rows are not kept" in imported.report.notes


def test_links_by_id_become_rows(silc):
    persons = import_population("eu_silc", silc).population.persons

    assert persons["household"][:5].tolist() == [0, 0, 0, 0, 1]
    assert persons["partner"][:5].tolist() == [1, 0, -1, -1, -1]
    assert persons["mother"][:4].tolist() == [-1, -1, 0, 0]
    assert persons["father"][:4].tolist() == [-1, -1, 1, 1]


def test_persons_are_sorted_by_household_whatever_the_order_of_the_file(silc, tmp_path):
    files = made_up.eu_silc()
    files["R"].reverse()
    files["P"].reverse()
    mixed = import_population("eu_silc", made_up.write(files, tmp_path / "mixed")).population
    straight = import_population("eu_silc", silc).population

    home = mixed.persons["household"]
    assert (np.diff(home) >= 0).all()
    order, other = np.argsort(mixed.persons["person_id"]), np.argsort(straight.persons["person_id"])
    for table, name in (("persons", "birth_year"), ("incomes_0", "wage"), ("incomes_0", "capital_income")):
        assert (mixed.table(table)[name][order] == straight.table(table)[name][other]).all()


def test_amounts_are_brought_to_kroner_and_put_where_the_schema_has_them(silc):
    files = made_up.eu_silc()
    income = import_population("eu_silc", silc).population.incomes[0]

    first = files["P"][0]
    assert income["wage"][0] == pytest.approx(first["PY010G"] * made_up.RATE, abs=0.5)
    assert income["dagpenger_given"][0] == round(500 * made_up.RATE)
    assert income["self_employment_income"][1] == round(-100 * made_up.RATE)


def test_a_household_s_amount_is_shared_by_its_adults_and_no_krone_is_lost(silc):
    population = import_population("eu_silc", silc).population
    received, home = population.incomes[0]["capital_income"], population.persons["household"]

    assert received[:4].tolist() == [1150, 1150, 0, 0]
    assert np.bincount(home, weights=received).tolist() == [2300.0] * 12


def test_child_support_goes_to_the_parent(silc):
    population = import_population("eu_silc", silc).population
    support = population.incomes[0]["child_support_received"]

    assert population.persons["lives_alone_with_children"][np.flatnonzero(support)].all()
    assert (support > 0).sum() == 2


def test_one_year_of_incomes_fills_three_and_says_so(silc):
    imported = import_population("eu_silc", silc)

    years = imported.population.incomes
    assert all((years[0][name] == years[2][name]).all() for name in years[0])
    assert years[0]["income_as_year_before"].all()
    assert column_of(imported, "incomes_2", "*").how == "copied"
    assert any("copies of the year after: persistent low income" in note for note in imported.report.notes)
    assert imported.population.manifest["income_years_read"] == 1


def test_every_column_of_every_table_is_accounted_for(silc, register):
    for imported in (import_population("eu_silc", silc), import_population("register", register, year=2023)):
        told = {(one.table, one.column) for one in imported.report.columns}
        for table, columns in TABLES.items():
            if (table, "*") not in told:
                names = {column.name for column in columns if column.name != "household"}
                assert names <= {column for name, column in told if name == table}, table


def test_what_is_imputed_is_named_in_the_manifest(silc):
    manifest = import_population("eu_silc", silc).population.manifest

    assert "persons.birth_month" in manifest["imputed"]
    assert "households.municipality" in manifest["imputed"]
    assert "persons.sex" not in manifest["imputed"]


def test_empty_cells_are_counted_and_small_counts_are_not_told(tmp_path):
    files = made_up.eu_silc()
    for person in files["P"]:
        person["PY050G"] = ""
    files["H"][0]["HH070"] = ""
    imported = import_population("eu_silc", made_up.write(files, tmp_path))

    found = {one["column"]: one for one in imported.report.to_dict()["columns"] if one["table"] != "incomes_1"}
    assert found["housing_cost_month"]["empty"] == "1-4"
    assert found["self_employment_income"]["empty"] == "30"
    assert imported.population.households["housing_cost_month"][0] == 0


def test_sums_that_the_law_computes_are_told_for_comparison(silc):
    compared = {one["name"]: one for one in import_population("eu_silc", silc).report.compared}

    assert compared["income tax"]["million_nok"] > 100
    assert compared["housing allowances"]["million_nok"] == 0.0


def test_sums_of_few_households_are_not_told(tmp_path):
    files = made_up.eu_silc()
    for household in files["H"][:3]:
        household["HY070G"] = 1000
    imported = import_population("eu_silc", made_up.write(files, tmp_path))

    compared = {one["name"]: one for one in imported.report.compared}
    assert compared["housing allowances"]["million_nok"] is None


def test_children_born_after_the_income_year_are_left_out(tmp_path):
    files = made_up.eu_silc()
    files["R"][3]["RB080"] = made_up.SURVEY
    imported = import_population("eu_silc", made_up.write(files, tmp_path))

    assert 10004 not in imported.population.persons["person_id"]
    assert "1-4 persons born after 2023 are left out" in imported.report.notes


def test_household_types_follow_from_links(silc):
    kinds = import_population("eu_silc", silc).population.households["household_type"]

    assert kinds[:6].tolist() == [
        HouseholdType.MARRIED_WITH_CHILDREN, HouseholdType.ALONE, HouseholdType.SINGLE_PARENT, HouseholdType.COUPLE,
        HouseholdType.ALONE, HouseholdType.MARRIED_WITH_CHILDREN,
    ]  # fmt: skip


def test_a_student_alone_is_a_student_household(silc):
    households = import_population("eu_silc", silc).population.households

    assert np.flatnonzero(households["student_household"]).tolist() == [4, 10]


def test_the_same_files_give_the_same_population(silc, tmp_path):
    one, other = (save(import_population("eu_silc", silc).population, tmp_path / name) for name in "ab")

    assert one.hash == other.hash


def test_a_register_has_three_years_at_one_level(register):
    imported = import_population("register", register, year=2023)

    wages = [year["wage"][0] for year in imported.population.incomes]
    assert wages == [500_000, round(480_000 * 557_500 / 529_600), round(460_000 * 557_500 / 504_302)]
    assert imported.population.incomes[0]["income_previous_year"][0] == wages[1]
    assert not imported.population.incomes[1]["income_as_year_before"].any()
    assert imported.population.incomes[2]["income_as_year_before"].all()
    assert imported.population.manifest["income_years_read"] == 3


def test_a_register_with_two_years_copies_the_third(tmp_path):
    tables = made_up.register()
    del tables["incomes_2"]
    imported = import_population("register", made_up.write_register(tables, tmp_path), year=2023)

    years = imported.population.incomes
    assert (years[2]["wage"] == years[1]["wage"]).all()
    assert imported.population.manifest["income_years_read"] == 2


def test_years_before_the_published_growth_must_be_brought_to_the_income_year(register):
    with pytest.raises(Exception, match="growth from 2020 to 2022 is not published here"):
        import_population("register", register, year=2022)


def test_parents_elsewhere_are_left_out_where_the_mapping_allows_it(register):
    imported = import_population("register", register, year=2023)

    assert (imported.population.persons["father"] >= 0).sum() == 6
    assert "links to persons who are not in the file are left out" in column_of(imported, "persons", "father").note


def test_text_ids_are_numbered_and_kept_beside_the_population(tmp_path):
    tables = made_up.register(text_ids=True)
    imported = import_population("register", made_up.write_register(tables, tmp_path / "in"), year=2023)

    save(imported.population, tmp_path / "out", extra_files(imported))
    ids = pq.read_table(tmp_path / "out" / "ids.parquet")
    assert imported.population.persons["person_id"].tolist() == list(range(1, 25))
    assert ids["person_key"][:2].to_pylist() == ["p00001x", "p00002x"]
    assert json.loads((tmp_path / "out" / "import.json").read_text())["income_year"] == 2023


def test_dates_of_birth_are_read_as_year_and_month(register):
    persons = import_population("register", register, year=2023).population.persons

    assert persons["birth_year"][:3].tolist() == [1985, 1983, 2020]
    assert persons["birth_month"][:3].tolist() == [3, 11, 5]


def test_a_large_file_is_read_in_batches(tmp_path, monkeypatch):
    monkeypatch.setattr("mikrosim.microdata.sources.BLOCK_BYTES", 2000)
    whole = import_population("eu_silc", made_up.write(made_up.eu_silc(60), tmp_path / "a")).population

    monkeypatch.undo()
    again = import_population("eu_silc", made_up.write(made_up.eu_silc(60), tmp_path / "b")).population
    for table in TABLES:
        for name, values in whole.table(table).items():
            assert (values == again.table(table)[name]).all()


def test_files_may_be_in_another_encoding_and_with_other_delimiters(tmp_path, silc):
    folder = made_up.write(made_up.eu_silc(), tmp_path / "latin", encoding="latin-1", delimiter=";")
    from mikrosim.microdata.mapping import load_mapping, shipped_text

    text = shipped_text("eu_silc").replace("rows:", "encoding: latin-1, delimiter: ';', rows:")
    (tmp_path / "own.yaml").write_text(text, "utf-8")
    imported = import_population(load_mapping(tmp_path / "own.yaml"), folder)

    assert (imported.population.incomes[0]["wage"]
            == import_population("eu_silc", silc).population.incomes[0]["wage"]).all()  # fmt: skip


def test_every_column_is_required_or_filled_and_every_filler_has_a_column():
    columns = {column.name for column in (*HOUSEHOLDS, *PERSONS)}
    every = columns | {column.name for column in INCOMES}

    assert columns == {"household", *REQUIRED} | (set(FILLERS) & columns)
    assert set(FILLERS) <= every


def test_draws_are_uniform_and_of_the_id_only():
    ids = np.arange(20_000)

    assert abs(draw(ids, 1).mean() - 0.5) < 0.01
    assert (draw(ids, 1) == draw(ids[::-1], 1)[::-1]).all()
    assert abs(np.corrcoef(draw(ids, 1), draw(ids, 2))[0, 1]) < 0.02


def test_municipalities_are_drawn_by_residents_within_the_region_and_density():
    count = 20_000
    north, class_4 = frozenset({"Nordland", "Troms", "Finnmark"}), frozenset({4, 5, 6})
    drawn = draw_municipality(np.arange(count), [north] * count, [class_4] * count)
    known = municipalities()

    assert {known[int(one)].county for one in np.unique(drawn)} == set(north)
    assert {known[int(one)].centrality for one in np.unique(drawn)} <= class_4
    inside = [one for one in known.values() if one.county in north and one.centrality in class_4]
    zone = sum(one.population for one in inside if one.tiltakssone) / sum(one.population for one in inside)
    assert np.mean([known[int(one)].tiltakssone for one in drawn]) == pytest.approx(zone, abs=0.02)
