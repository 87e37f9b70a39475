"""Broken imports: each gives one message that names the file, the place and the remedy, and none a traceback."""

import made_up
import pytest
from refusals import D, H, P, R, drop, message, set_cell

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
        [f"persons: mother, {R} line 4", "(id 10003) mother 10001 is not", "a child older than its mother?"],
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
        lambda files: [row.update({f"{name}B010": 2015}) for name in "DRHP" for row in files[name]],
        ["income_year", "2014: there is law and growth for 2021 to 2026 only"],
    ),
    "files of two years": (
        lambda files: [row.update(PB010=2023) for row in files["P"]],
        ["income_year", "different years", "D.DB010 has 2024, P.PB010 has 2023", "put those of one year together"],
    ),
    "persons of two years": (
        lambda files: [row.update(RB010=2023) for row in files["R"][:5]],
        [f"{R}: RB010", "has several years"],
    ),
    "a rate of nothing": (
        lambda files: set_cell(files, "H", 3, "HX010", 0),
        [f"{H}: HX010, line 5", "0 is no unit factor: it must be above 0"],
    ),
    "an empty rate": (
        lambda files: set_cell(files, "H", 3, "HX010", ""),
        [f"{H}: HX010, line 5", "an empty cell is no unit factor"],
    ),
    "thousands with spaces": (
        lambda files: set_cell(files, "P", 0, "PY010G", "12 500"),
        [f"{P}: PY010G, line 2", "'12 500' is no number; write numbers without signs or spaces between the thousands"],
    ),
    "thousands with commas": (
        lambda files: set_cell(files, "P", 0, "PY010G", "12,500.00"),
        [f"{P}: PY010G, line 2", "without signs or spaces between the thousands"],
    ),
    "thousands with points": (
        lambda files: set_cell(files, "P", 0, "PY010G", "12.500.000"),
        [f"{P}: PY010G, line 2", "without signs or spaces between the thousands"],
    ),
    "a word for a sex": (
        lambda files: set_cell(files, "R", 0, "RB090", "male"),
        [f"{R}: RB090, line 2", "'male' is no number"],
    ),
    "a weight for a whole world": (
        lambda files: set_cell(files, "D", 0, "DB090", 1e9),
        [f"households: weight, {D} line 2", "1000000000.0 stands for more households than Norway has"],
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
