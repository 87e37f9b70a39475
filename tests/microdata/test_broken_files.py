"""Files that are torn, packed, in another form or missing: one message, and none a traceback."""

import contextlib
import gzip
import random
import shutil

import made_up
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from refusals import D, H, P, R, drop, message, set_cell

from mikrosim.errors import PopulationError
from mikrosim.microdata import import_population


def test_a_swapped_delimiter_is_named(tmp_path):
    folder = made_up.write(made_up.eu_silc(), tmp_path, delimiter=";")

    text = message(folder)

    assert f"{R}: line 1" in text
    assert 'has one column only, and ";" between names; set delimiter: ";" for the file in the mapping' in text


def test_latin_1_bytes_are_named_with_their_line(tmp_path):
    folder = made_up.write(made_up.eu_silc(), tmp_path)
    lines = (folder / R).read_text().splitlines()
    lines[0] += ",NAME"
    lines[1:] = [f"{line},Østfold" if number == 5 else f"{line},x" for number, line in enumerate(lines[1:], start=2)]
    (folder / R).write_bytes("\n".join(lines).encode("latin-1"))

    text = message(folder)

    assert f"{R}: line 5" in text
    assert "not UTF-8 text; save the file as UTF-8, or set encoding: latin-1 for it in the mapping" in text


def test_a_heading_in_latin_1_is_named_too(tmp_path):
    folder = made_up.write(made_up.eu_silc(), tmp_path)
    content = (folder / D).read_bytes()
    (folder / D).write_bytes(content.replace(b"DB100", "GRÅ".encode("latin-1")))

    assert f"{D}: line 1" in message(folder)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", [D, "is empty; put the file with its heading and rows in its place"]),
        (b"\n\n", [D, "is empty"]),
        (b"DB010,DB020,DB030,DB040,DB090,DB100\n", [D, "has a heading but no rows"]),
        (b"\xef\xbb\xbf", [D, "is empty"]),
        (
            b"DB010,DB020,DB030,DB040,DB090,DB100\n2024,NO,100\n",
            [f"{D}: line 2", "has 3 cells where the heading has 6"],
        ),
        (b"DB010,DB020\n2024,N\0O\n", [f"{D}: line 2", "has a byte of value 0", "write it again"]),
        ("DB010,DB020\n2024,NO\n".encode("utf-16"), [f"{D}: line 1", "is text in UTF-16", "set encoding: utf-16"]),
        (b"2024,NO,100,NO08,500,1\n", [f"{D}: line 1", "numbers where the names of the columns must stand"]),
        (b"EU-SILC 2024\nDB010,DB020\n", [f"{D}: line 1", "has one column only, 'EU-SILC 2024'", "a title above?"]),
        (b"PK\x03\x04 and so on", [D, "is a ZIP archive or an Excel workbook", "save it as CSV in UTF-8"]),
        (b"PAR1 and so on", [D, "is a Parquet file; let its name end in .parquet"]),
        (gzip.compress(b"DB010,DB020\n"), [D, "is packed with gzip; unpack it, or let its name end in .gz"]),
        (b"DB030, DB030\n1,2\n", [f"{D}: DB030", "given more than once in the heading; keep one"]),
        (b"DB030,DB030\n1,2\n", [f"{D}: DB030", "given more than once in the heading; keep one"]),
    ],
)
def test_an_empty_or_torn_file_is_named(content, words, tmp_path):
    folder = made_up.write(made_up.eu_silc(), tmp_path)
    (folder / D).write_bytes(content)

    text = message(folder)

    for word in words:
        assert word in text


def test_a_byte_order_mark_does_no_harm(tmp_path):
    folder = made_up.write(made_up.eu_silc(), tmp_path)
    for name in (D, R, H, P):
        (folder / name).write_bytes(b"\xef\xbb\xbf" + (folder / name).read_bytes())

    assert len(import_population("eu_silc", folder).population.weights) == 12


def test_a_file_that_is_missing_or_there_twice_is_named(tmp_path):
    folder = made_up.write(made_up.eu_silc(), tmp_path)
    (folder / P).rename(folder / "persons.txt")
    (folder / "UDB_cNO23D.csv").write_text("x")

    text = message(folder)

    assert "files.P" in text
    assert "name it with --file P=PATH" in text
    assert "several files are called UDB_c*D.csv: UDB_cNO23D.csv, UDB_cNO24D.csv; choose one with --file D=PATH" in text
    assert import_population("eu_silc", folder, files={"P": folder / "persons.txt", "D": folder / D}).population


def test_a_folder_that_is_missing_is_named(tmp_path):
    assert "there is no such folder" in message(tmp_path / "nowhere")


def test_a_file_in_the_place_of_a_folder_and_a_folder_in_the_place_of_a_file_are_named(tmp_path):
    folder = made_up.write(made_up.eu_silc(), tmp_path)

    assert "is a file; name the folder with the files" in message(folder / D)
    assert "is a folder; name a file" in message(folder, files={"D": folder})
    assert "none.csv   there is no such file" in message(folder, files={"D": folder / "none.csv"})
    (folder / P).unlink()
    (folder / P).mkdir()
    assert f"{P} is a folder; put one file of that name in its place" in message(folder)


def test_packed_files_are_read_and_a_torn_one_is_named(tmp_path):
    folder = made_up.write(made_up.eu_silc(), tmp_path)
    packed = gzip.compress((folder / P).read_bytes())
    (folder / P).unlink()
    (folder / f"{P}.gz").write_bytes(packed)
    assert import_population("eu_silc", folder).population
    (folder / f"{P}.gz").write_bytes(packed[: len(packed) // 2])
    assert f"{P}.gz   cannot be unpacked: truncated, or not gzip; pack it again" in message(folder)


def test_a_register_without_incomes_is_refused_and_a_misspelt_column_is_named(tmp_path):
    tables = made_up.register()
    tables["incomes"]["wages"] = tables["incomes"].pop("wage")
    imported = import_population("register", made_up.write_register(tables, tmp_path), year=2023)
    assert "incomes.parquet: not used: wages (did you mean wage?)" in imported.report.notes

    tables["incomes"] = {"person_id": tables["incomes"]["person_id"]}
    made_up.write_register(tables, tmp_path)
    assert "no column of incomes is read" in message(tmp_path, "register", year=2023)


def test_what_follows_from_one_mistake_is_not_told_again(tmp_path):
    tables = made_up.register()
    tables["households"]["municipality"] = ["1201"] * 12
    tables["persons"]["born"][0] = "31/12/1985"

    text = message(made_up.write_register(tables, tmp_path), "register", year=2023)
    assert text.count("31/12/1985") == 1
    tables["persons"]["born"][0] = "1985-12-31"
    text = message(made_up.write_register(tables, tmp_path), "register", year=2023)
    assert "1201 is no kommunenummer of 2024" in text
    assert "centrality" not in text


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return made_up.write(made_up.eu_silc(6), tmp_path_factory.mktemp("whole"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from((D, R, H, P)), seed=st.integers(0, 2**32), junk=st.binary(max_size=12),
       manner=st.sampled_from(("insert", "replace", "cut", "swap")))  # fmt: skip
def test_whatever_is_in_a_file_it_is_read_or_refused_in_words(whole, tmp_path, file, seed, junk, manner):
    """Bytes put in, taken out or in the place of others; lines in another order."""
    folder, rng = shutil.copytree(whole, tmp_path / "in", dirs_exist_ok=True), random.Random(seed)
    content = (folder / file).read_bytes()
    at, until = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    if manner == "swap":
        lines = content.splitlines(keepends=True)
        rng.shuffle(lines)
        content = b"".join(lines)
    else:
        content = {"insert": content[:at] + junk + content[at:], "replace": content[:at] + junk + content[until:],
                   "cut": content[:at]}[manner]  # fmt: skip
    (folder / file).write_bytes(content)

    with contextlib.suppress(PopulationError):
        assert len(import_population("eu_silc", folder).population.weights)


def test_unknown_names_of_files_and_factors_are_named(tmp_path):
    folder = made_up.write(made_up.eu_silc(), tmp_path)

    assert "--file X" in message(folder, files={"X": folder / D})
    assert "the mapping has no such factor (kroner)" in message(folder, factors={"euro": 2.0})


def test_all_problems_come_at_once(tmp_path):
    files = made_up.eu_silc()
    set_cell(files, "D", 2, "DB090", -3.5)
    set_cell(files, "R", 3, "RB080", "nineteen")
    set_cell(files, "R", 4, "RB240", 10001)
    set_cell(files, "P", 0, "PY010G", "much")
    drop(files, "H", "HY090G")

    text = message(made_up.write(files, tmp_path))

    for word in ("DB090, line 4", "'nineteen'", "RB240, line 6", "'much'", "HY090G"):
        assert word in text
    assert text.splitlines()[0].endswith("5 problems")


def test_persons_without_household_and_doubled_ids_come_together(tmp_path):
    files = made_up.eu_silc()
    files["R"].append(dict(files["R"][0]))
    set_cell(files, "R", 4, "RX030", 999)

    text = message(made_up.write(files, tmp_path))

    assert "was given on line 2 before" in text
    assert "999 is no household" in text


def test_a_torn_parquet_file_is_named(tmp_path):
    folder = made_up.write_register(made_up.register(), tmp_path)
    content = (folder / "persons.parquet").read_bytes()
    (folder / "persons.parquet").write_bytes(content[: len(content) // 2])

    text = message(folder, "register", year=2023)

    assert "persons.parquet" in text
    assert "not a whole file of its kind" in text


def test_a_wrong_type_in_parquet_is_named_with_its_row(tmp_path):
    tables = made_up.register()
    tables["incomes"]["wage"] = [str(one) for one in tables["incomes"]["wage"]]
    tables["incomes"]["wage"][2] = "secret"

    text = message(made_up.write_register(tables, tmp_path), "register", year=2023)

    assert "incomes.parquet: wage, row 3" in text
    assert "'secret' is no number" in text


def test_the_year_must_come_from_somewhere(tmp_path):
    folder = made_up.write_register(made_up.register(), tmp_path)

    assert "income_year" in message(folder, "register")


def test_missing_weights_are_not_made_up(tmp_path):
    tables = made_up.register()
    del tables["households"]["weight"]

    text = message(made_up.write_register(tables, tmp_path), "register", year=2023)

    assert "households.parquet: weight" in text
    assert "missing" in text


def test_a_nested_type_in_parquet_is_no_crash(tmp_path):
    folder = made_up.write_register(made_up.register(), tmp_path)
    table = pq.read_table(folder / "incomes.parquet")
    place = table.column_names.index("wage")
    nested = pa.array([[1]] * len(table))
    pq.write_table(table.set_column(place, "wage", nested), folder / "incomes.parquet")

    text = message(folder, "register", year=2023)

    assert "incomes.parquet" in text
