"""Parameters become a vector by month; the cache between processes is never stale."""

import math
import shutil
from datetime import date
from pathlib import Path

import pytest

from mikrosim.errors import LawError
from mikrosim.parameters import load as load_module
from mikrosim.parameters import load_law, path_prefix, require

TOY = Path(__file__).parents[1] / "scenario" / "law"


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("MIKROSIM_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "law"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(TOY, tmp_path / "law"))


def column(law, path, year):
    return law.vector(year)[:, law.layout.slots[path].span].tolist()


def edit(folder, old, new):
    path = folder / "toy" / "toy.yaml"
    content = path.read_text()
    assert old in content
    path.write_text(content.replace(old, new))


def test_a_monthly_parameter_changes_in_its_month(folder):
    assert column(load_law(folder), "toy.benefit_young", 2025) == [[1000]] * 4 + [[1500]] * 8


def test_a_yearly_parameter_is_the_same_in_all_months(folder):
    law = load_law(folder)
    assert column(law, "toy.rate", 2025) == [[0.2]] * 12
    assert column(law, "toy.rate", 2026) == [[0.25]] * 12


def test_a_monthly_value_dated_inside_a_month_holds_from_the_next(folder):
    edit(folder, "2025-05-01: {value: 1500", "2025-05-02: {value: 1500")
    assert column(load_law(folder), "toy.benefit_young", 2025) == [[1000]] * 5 + [[1500]] * 7


def test_a_short_list_is_padded(folder):
    law = load_law(folder)
    assert column(law, "toy.threshold", 2021)[0] == [100000, 200000, math.inf]
    assert column(law, "toy.step_rate", 2021)[0] == [0.1, 0.2, 0]


def test_choices_and_flags_are_numbers(folder):
    edit(folder, "value: none", "value: wages")
    edit(folder, "value: false", "value: true")
    law = load_law(folder)
    assert column(law, "toy.taxed_as", 2025) == [[1]] * 12
    assert column(law, "toy.taxable", 2025) == [[1]] * 12


def test_a_mover_has_no_slot_and_names_what_it_moves(folder):
    law = load_law(folder)
    assert "toy.benefit" not in law.layout.slots
    assert law.parameters["toy.benefit"].moves == ("toy.benefit_young", "toy.benefit_old")
    assert law.layout.size == 13


@pytest.mark.parametrize("year", [2020, 2027])
def test_a_year_without_law_names_the_covered_years(folder, year):
    with pytest.raises(LawError, match=f"no law for {year}; the law here covers the income years 2021 to 2026"):
        load_law(folder).vector(year)


def test_a_repealed_parameter_cannot_be_run_but_the_rest_can(folder):
    policy = load_law(folder).baseline(2024)
    assert policy.missing == ("toy.ended",)
    require(policy, ["toy.rate"])
    with pytest.raises(LawError, match=r"toy\.ended +no law in 2024"):
        require(policy, ["toy.rate", "toy.ended"])
    assert load_law(folder).baseline(2023).missing == ()


def test_unconfirmed_values_are_named_only_where_they_are_read(folder):
    law = load_law(folder)
    assert law.baseline(2025).unconfirmed == ()
    assert law.baseline(2026).unconfirmed == ("toy.rate",)


def test_an_unknown_path_has_a_suggestion(folder):
    with pytest.raises(LawError, match=r"toy\.rat +unknown parameter; did you mean toy\.rate\?"):
        load_law(folder).parameter("toy.rat")


def test_the_second_process_reads_the_cache_and_gets_the_same(folder, cache, monkeypatch):
    first = load_law(folder)
    assert len(list(cache.iterdir())) == 1
    monkeypatch.setattr(load_module, "_checked", lambda files: pytest.fail("the cache was not read"))
    assert load_law(folder).parameters == first.parameters


def test_an_edited_value_is_seen_though_size_and_time_are_the_same(folder):
    import os

    path = folder / "toy" / "toy.yaml"
    before = path.stat()
    assert column(load_law(folder), "toy.rate", 2025)[0] == [0.2]
    edit(folder, "value: 0.2,", "value: 0.3,")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert column(load_law(folder), "toy.rate", 2025)[0] == [0.3]


def test_a_damaged_cache_is_made_again(folder, cache):
    first = load_law(folder)
    (entry,) = cache.iterdir()
    for damage in (b"", b"{}", b"[[1]]", entry.read_bytes()[:-40]):
        entry.write_bytes(damage)
        assert load_law(folder).parameters == first.parameters


def test_a_cache_that_cannot_be_written_is_no_error(folder, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("MIKROSIM_CACHE", str(tmp_path / "file"))
    assert load_law(folder).parameters


def test_the_cache_keeps_a_few_entries_only(folder, cache):
    for value in range(12):
        edit(folder, "href: https://example.org/1", f"href: https://example.org/1{value}")
        load_law(folder)
    assert len(list(cache.iterdir())) == load_module._KEPT


def test_the_hash_moves_with_a_number_and_stays_with_a_comment(folder):
    before = load_law(folder).hash
    edit(folder, "source: Toy act", "source: The toy act")
    assert load_law(folder).hash == before
    edit(folder, "value: 0.25", "value: 0.26")
    assert load_law(folder).hash != before


def test_numbers_are_printed_as_people_write_them(folder):
    parameters = load_law(folder).parameters
    assert parameters["toy.benefit_young"].readable((3601.444,)) == "3 601.44"
    assert parameters["toy.rate"].readable((0.0175,)) == "0.0175"
    assert parameters["toy.threshold"].readable((1e6, math.inf)) == "[1 000 000, no limit]"
    assert parameters["toy.taxed_as"].readable((1.0,)) == "wages"
    assert parameters["toy.taxable"].readable((1.0,)) == "yes"
    assert parameters["toy.ended"].readable(None) == "no law"


def test_the_prefix_is_the_folder_and_the_module_unless_they_are_one():
    assert path_prefix("mikrosim.law.skatt.skatt") == "skatt"
    assert path_prefix("mikrosim.law.skatt.foreldrefradrag") == "skatt.foreldrefradrag"


def test_the_law_itself_loads_for_every_year_and_knows_its_contract_names():
    law = load_law()
    for year in range(2021, 2027):
        assert law.baseline(year).vector.shape == (12, law.layout.size)
    barnetrygd = (
        "ordinaer",
        "ordinaer_under_6",
        "ordinaer_over_6",
        "utvidet",
        "smaabarnstillegg",
        "taxable_as",
    )
    assert {f"barnetrygd.{leaf}" for leaf in barnetrygd} <= set(law.parameters)
    assert {"skatt.personfradrag", "skatt.foreldrefradrag.first_child"} <= set(law.parameters)
    assert {"trinnskatt.rate", "trygdeavgift.rate_wage", "barnehage.max_price"} <= set(law.parameters)


def test_every_parameter_was_compared_with_its_source_on_a_real_day():
    for parameter in load_law().parameters.values():
        assert parameter.moves or date(2026, 1, 1) <= date.fromisoformat(parameter.checked) <= date(2100, 1, 1)
