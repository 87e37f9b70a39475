"""Mappings that lead nowhere are refused with what was perhaps meant."""

import pytest

from mikrosim.errors import MikrosimError, PopulationError
from mikrosim.microdata.mapping import load_mapping, shipped_text

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
