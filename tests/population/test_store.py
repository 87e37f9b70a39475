import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from mikrosim.errors import PopulationError
from mikrosim.population import Population, load, save
from mikrosim.population.schema import TABLES
from mikrosim.population.store import content_hash


def test_what_is_saved_is_loaded(tiny: Population, saved: Path) -> None:
    loaded = load(saved)
    assert loaded.year == 2023
    assert loaded.path == saved
    for name in TABLES:
        for column, values in tiny.table(name).items():
            np.testing.assert_array_equal(loaded.table(name)[column], values)
            assert loaded.table(name)[column].dtype == values.dtype


def test_loaded_numbers_are_views_of_the_file(saved: Path) -> None:
    wage = load(saved).incomes[0]["wage"]
    assert not wage.flags.owndata
    assert not wage.flags.writeable


def test_the_hash_names_the_content(tiny: Population, with_values: Callable[..., Population]) -> None:
    assert content_hash(tiny) == content_hash(replace(tiny))
    assert content_hash(tiny) != content_hash(with_values(tiny, "incomes_2", wage={0: 1}))


def test_saving_again_replaces_the_population_and_leaves_nothing_else(tiny: Population, saved: Path) -> None:
    save(replace(tiny, year=2024), saved)
    assert load(saved).year == 2024
    assert [one.name for one in saved.parent.iterdir()] == [saved.name]


def test_a_folder_with_something_else_is_not_overwritten(tiny: Population, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(PopulationError, match="is no population"):
        save(tiny, tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "dear"


def test_a_missing_folder_says_what_a_population_is(tmp_path: Path) -> None:
    with pytest.raises(PopulationError, match="a population is a folder with"):
        load(tmp_path / "nowhere")


def change_columns(folder: Path, file: str, change: Callable[[pa.Table], pa.Table]) -> None:
    table = change(pa.ipc.open_file(folder / file).read_all())
    with pa.OSFile(str(folder / file), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def renamed(table: pa.Table) -> pa.Table:
    return table.rename_columns(["wages" if name == "wage" else name for name in table.column_names])


def extra(table: pa.Table) -> pa.Table:
    return table.append_column("shoe_size", pa.array([42] * len(table)))


def as_float(table: pa.Table) -> pa.Table:
    place = table.column_names.index("wage")
    return table.set_column(place, "wage", table["wage"].cast(pa.float64()))


def with_null(table: pa.Table) -> pa.Table:
    place = table.column_names.index("wage")
    return table.set_column(place, "wage", pa.array([None, 1, 2, 3], pa.int32()))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (renamed, ["incomes_0.arrow: wages", "did you mean wage?", "incomes_0.arrow: wage ", "missing"]),
        (extra, ["incomes_0.arrow: shoe_size", "no such column in the schema; remove it"]),
        (as_float, ["incomes_0.arrow: wage", "type double, must be int32"]),
        (with_null, ["incomes_0.arrow: wage", "1 empty values"]),
        (lambda table: table.slice(0, 3), ["incomes_0.arrow", "3 rows for 4 persons"]),
        (lambda table: table.select(table.column_names[1:]), ["wage", "missing; wages and salaries"]),
        (lambda table: table.append_column("wage", table["wage"]), ["given 2 times"]),
    ],
    ids=["renamed", "extra", "type", "null", "length", "missing", "twice"],
)
def test_a_wrong_column_is_named_with_the_remedy(
    saved: Path, change: Callable[[pa.Table], pa.Table], words: list[str]
) -> None:
    change_columns(saved, "incomes_0.arrow", change)
    with pytest.raises(PopulationError) as caught:
        load(saved)
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize("keep", [0, 7, 400])
def test_truncated_bytes_are_noticed(saved: Path, keep: int) -> None:
    file = saved / "persons.arrow"
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(PopulationError, match="not a whole Arrow IPC file: truncated"):
        load(saved)


def test_another_format_is_noticed(saved: Path) -> None:
    (saved / "households.arrow").write_text("household_id,weight\n1,2\n")
    with pytest.raises(PopulationError, match="not a whole Arrow IPC file"):
        load(saved)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "not readable as JSON"),
        ("[]", "not a JSON object"),
        (json.dumps({"income_year": "2023", "hash": "a"}), "income_year must be a year"),
        (json.dumps({"income_year": 2023, "hash": 4}), "hash must be a text"),
        (json.dumps({"income_year": 2023, "hash": "a", "schema": 99}), "schema version 99"),
    ],
)
def test_a_broken_manifest_is_noticed(saved: Path, content: str, words: str) -> None:
    (saved / "manifest.json").write_text(content)
    with pytest.raises(PopulationError, match=words):
        load(saved)


def test_all_problems_come_at_once(saved: Path) -> None:
    (saved / "manifest.json").unlink()
    (saved / "incomes_1.arrow").unlink()
    change_columns(saved, "incomes_0.arrow", renamed)
    with pytest.raises(PopulationError) as caught:
        load(saved)
    assert str(caught.value).splitlines()[0].endswith("4 problems")


def test_the_weights_of_each_year_are_saved_with_the_population(tiny: Population, tmp_path: Path) -> None:
    both = replace(tiny, weights_by_year={2023: tiny.weights, 2024: np.array([11.0, 19.0])})
    loaded = save(both, tmp_path / "both")
    np.testing.assert_array_equal(loaded.at_year(2024).weights, [11.0, 19.0])
    np.testing.assert_array_equal(loaded.part(1, 2).at_year(2024).weights, [19.0])
    assert loaded.hash != content_hash(tiny)
    assert not save(tiny, tmp_path / "one").weights_by_year


@pytest.mark.parametrize(
    ("names", "rows", "words"),
    [
        (["2024"], 3, "3 rows for 2 households"),
        (["next"], 2, "no income year; name each column by its year"),
    ],
)
def test_broken_weights_of_years_are_named(saved: Path, names: list[str], rows: int, words: str) -> None:
    file = saved / "weights_by_year.arrow"
    table = pa.table({name: pa.array([1.0] * rows) for name in names})
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    with pytest.raises(PopulationError, match=words):
        load(saved)


def test_weights_of_years_that_are_no_arrow_file_are_named(saved: Path) -> None:
    (saved / "weights_by_year.arrow").write_bytes(b"no arrow")
    with pytest.raises(PopulationError, match=r"weights_by_year.arrow.*not a whole Arrow IPC file"):
        load(saved)
