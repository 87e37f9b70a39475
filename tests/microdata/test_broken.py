"""Broken imports: each gives one message that names the file, the place and the remedy, and none a traceback."""

import made_up
import pyarrow as pa
import pytest

from mikrosim.errors import MikrosimError, PopulationError
from mikrosim.microdata import import_population
from mikrosim.microdata.mapping import load_mapping, shipped_text

D, R, H, P = (f"UDB_cNO24{name}.csv" for name in "DRHP")


def message(folder, mapping="eu_silc", **options):
    with pytest.raises(PopulationError) as caught:
        import_population(mapping, folder, **options)
    return str(caught.value)


def drop(files, name, column):
    for row in files[name]:
        del row[column]


def set_cell(files, name, row, column, value):
    files[name][row][column] = value


CASES = {
    "a missing column": (
        lambda files: drop(files, "R", "RB080"),
        [f"{R}: RB080", "missing", "persons.birth_year is read from it", "name the right column in the mapping"],
    ),
    "a column in lower case": (
        lambda files: [row.update(rb090=row.pop("RB090")) for row in files["R"]],
        [f"{R}: RB090", "missing", "did you mean rb090?"],
    ),
    "a missing key": (lambda files: drop(files, "P", "PB030"), [f"{P}: PB030", "missing", "under key in the mapping"]),
    "a missing household column": (
        lambda files: drop(files, "R", "RX030"),
        [f"{R}: RX030", "missing", "the person's household", "under household in the mapping"],
    ),
    "a missing country": (
        lambda files: drop(files, "H", "HB020"),
        [f"{H}: HB020", "missing", "under keep in the mapping"],
    ),
    "a missing year": (lambda files: drop(files, "D", "DB010"), [f"{D}: DB010", "missing", "--year"]),
    "a missing rate": (lambda files: drop(files, "H", "HX010"), [f"{H}: HX010", "missing", "--factor kroner=NUMBER"]),
    "a person given twice": (
        lambda files: files["R"].append(dict(files["R"][0])),
        [f"{R}: RB030, line", "10001 was given on line 2 before; each person has one row"],
    ),
    "a household given twice": (
        lambda files: files["D"].insert(5, dict(files["D"][0])),
        [f"{D}: DB030, line 7", "100 was given on line 2 before; each household has one row"],
    ),
    "incomes given twice": (
        lambda files: files["P"].append(dict(files["P"][1])),
        [f"{P}: PB030, line", "was given on line 3 before"],
    ),
    "a person without household": (
        lambda files: set_cell(files, "R", 4, "RX030", 999),
        [f"{R}: RX030, line 6", "999 is no household", "a person without household; add it, or drop the person"],
    ),
    "a person whose household is empty": (
        lambda files: set_cell(files, "R", 4, "RX030", ""),
        [f"{R}: RX030, line 6", "is empty: a person without household"],
    ),
    "a household without persons": (
        lambda files: files["R"].pop(4),
        [f"{D}: DB030, line 3", "101 has no person", "drop the household, or add its persons"],
    ),
    "a negative weight": (
        lambda files: set_cell(files, "D", 2, "DB090", -3.5),
        [f"{D}: DB090, line 4", "-3.5 must be above 0; drop households without weight"],
    ),
    "an empty weight": (
        lambda files: set_cell(files, "D", 2, "DB090", ""),
        [f"{D}: DB090, line 4", "an empty cell must be above 0"],
    ),
    "a word for a number": (
        lambda files: set_cell(files, "R", 3, "RB080", "nineteen"),
        [f"{R}: RB080, line 5", "'nineteen' is no number; correct the file"],
    ),
    "a decimal comma": (
        lambda files: set_cell(files, "P", 0, "PY010G", "1200,50"),
        [f"{P}: PY010G, line 2", "'1200,50' is no number", 'set decimal: ","'],
    ),
    "infinity": (
        lambda files: set_cell(files, "P", 0, "PY010G", "inf"),
        [f"{P}: PY010G, line 2", "'inf' is no number"],
    ),
    "an amount in the wrong unit": (
        lambda files: set_cell(files, "P", 0, "PY010G", 9e12),
        ["incomes_0: wage", "too large a number", "is the unit right?"],
    ),
    "an unknown code": (
        lambda files: set_cell(files, "H", 1, "HH021", 9),
        [f"{H}: HH021, line 3", "'9' is a code without a meaning in the mapping; add it under codes"],
    ),
    "a third sex": (
        lambda files: set_cell(files, "R", 1, "RB090", 3),
        [f"{R}: RB090, line 3", "3 must be 1 (man) or 2 (woman)"],
    ),
    "a partner in another household": (
        lambda files: (set_cell(files, "R", 0, "RB240", 10101), set_cell(files, "R", 4, "RB240", 10001)),
        [f"{R}: RB240, line 2 and 1 more", "partner 10101 lives in another household", "elsewhere: nobody"],
    ),
    "a partner who is not there": (
        lambda files: set_cell(files, "R", 4, "RB240", 77),
        [f"{R}: RB240, line 6", "partner 77 is no person of", "correct the file"],
    ),
    "a partner who does not point back": (
        lambda files: set_cell(files, "R", 1, "RB240", ""),
        [f"{R}: RB240, line 2", "partners must be mutual"],
    ),
    "a person as the own partner": (
        lambda files: set_cell(files, "R", 4, "RB240", 10101),
        [f"{R}: RB240, line 6", "is the person's own id"],
    ),
    "a mother younger than the child": (
        lambda files: set_cell(files, "R", 0, "RB080", 2014),
        [f"persons: mother, {R} line 4", "(id 10003)", "a child older than its mother?"],
    ),
    "no rows of the country": (
        lambda files: [row.update(DB020="DK") for row in files["D"]],
        [D, "none of its 13 rows is kept (DB020 is one of DK, kept: NO)", "change keep in the mapping"],
    ),
    "two survey years": (
        lambda files: set_cell(files, "D", 3, "DB010", 2023),
        [f"{D}: DB010", "has several years", "--year"],
    ),
    "a year without law": (
        lambda files: [row.update(DB010=2015) for row in files["D"]],
        ["income_year", "2014: there is law and growth for 2021 to 2026 only"],
    ),
    "ids that are written otherwise": (
        lambda files: [row.update(PB030=f"x{row['PB030']}") for row in files["P"]],
        [f"{P}: PB030", "none of its ids is in", "written alike?"],
    ),
    "more years here than lived": (
        lambda files: set_cell(files, "R", 2, "RB285", 60),
        [f"persons: residence_years, {R} line 4", "between 0 and the person's age"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_wrong_file_gives_one_message_with_file_place_and_remedy(case, tmp_path):
    change, words = CASES[case]
    files = made_up.eu_silc()
    change(files)

    text = message(made_up.write(files, tmp_path))

    for word in words:
        assert word in text
    assert len(text.splitlines()) == 2, text


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


BROKEN_MAPPINGS = {
    "not YAML": ("files: [", ["not valid YAML"]),
    "empty": ("", ["must hold name, files, households, persons and incomes"]),
    "an unknown key": ("{register}\nfiels: 3\n", ["fiels", "unknown key; did you mean files?"]),
    "an unknown column": (
        "{register}".replace("incomes:\n  same_names", "incomes:\n  same_names"),
        ["incomes.columns.wages", "no such column; did you mean wage?"],
    ),
    "a benefit without its ending": (None, ["incomes.columns.dagpenger", "did you mean dagpenger_given?"]),
    "an unknown file": (None, ["there is no file 'person' under files; did you mean persons?"]),
    "no column": (None, ["'wage' must be FILE.COLUMN"]),
    "two ways": (None, ["give one of from, first_of, constant and draw, not from and constant"]),
    "an unknown factor": (None, ["no factor 'krone'"]),
    "a household's column of persons": (None, ["a household's column needs a file of households"]),
    "a low minimum": (None, ["minimum_cell"]),
}
ADDED = {
    "an unknown column": ("incomes", "wages: incomes.wages"),
    "a benefit without its ending": ("incomes", "dagpenger: incomes.dagpenger"),
    "an unknown file": ("persons", "student: person.student"),
    "no column": ("incomes", "wage: wage"),
    "two ways": ("incomes", "wage: {from: incomes.wage, constant: 3}"),
    "an unknown factor": ("incomes", "wage: {from: incomes.wage, times: krone}"),
    "a household's column of persons": ("households", "tenure: persons.tenure"),
}


@pytest.mark.parametrize("case", BROKEN_MAPPINGS)
def test_a_wrong_mapping_is_named(case, tmp_path):
    text, words = BROKEN_MAPPINGS[case]
    register = shipped_text("register")
    if case in ADDED:
        table, line = ADDED[case]
        if table == "incomes":
            register = register.replace("same_names: incomes\n", f"same_names: incomes\n  columns:\n    {line}\n")
        else:
            first = "household_id: households" if table == "households" else "person_id: persons"
            register = register.replace(f"    {first}", f"    {line}\n    {first}")
        text = register
    elif case == "a low minimum":
        text = register.replace("minimum_cell: 5", "minimum_cell: 1")
    else:
        text = (text or "").replace("{register}", register)
    (tmp_path / "own.yaml").write_text(text, "utf-8")

    with pytest.raises(MikrosimError) as caught:
        load_mapping(tmp_path / "own.yaml")

    for word in words:
        assert word in str(caught.value)


def test_a_mapping_with_an_unknown_name_suggests_a_shipped_one():
    with pytest.raises(PopulationError, match=r"none of eu_silc, register; did you mean eu_silc\?"):
        load_mapping("eusilc")


def test_a_nested_type_in_parquet_is_no_crash(tmp_path):
    folder = made_up.write_register(made_up.register(), tmp_path)
    import pyarrow.parquet as pq

    table = pq.read_table(folder / "incomes.parquet")
    place = table.column_names.index("wage")
    nested = pa.array([[1]] * len(table))
    pq.write_table(table.set_column(place, "wage", nested), folder / "incomes.parquet")

    text = message(folder, "register", year=2023)

    assert "incomes.parquet" in text
