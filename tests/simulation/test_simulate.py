import pytest
from people import YEAR, people

import mikrosim
from mikrosim.errors import MikrosimError


@pytest.fixture(scope="module")
def law():
    return mikrosim.baseline(YEAR)


def test_households_values_come_with_household_ids(law):
    population = people(8)

    table = mikrosim.simulate(law, population, ["consumption_units_eu", "weight"])

    assert table.column_names == ["household_id", "consumption_units_eu", "weight"]
    assert table["household_id"].to_pylist() == list(range(500, 508))
    # A single; a couple with a child; a single with two; a couple with three (0.3 each); and again.
    assert table["consumption_units_eu"].to_pylist()[:4] == pytest.approx([1.0, 1.8, 1.6, 2.4])
    assert table["weight"].to_pylist() == [10.0] * 8


def test_persons_values_come_with_both_ids_and_columns_keep_their_type(law):
    population = people(3)

    table = mikrosim.simulate(law, population, ["wage", "birth_year"])

    assert table.column_names == ["person_id", "household_id", "wage", "birth_year"]
    assert table["household_id"].to_pylist() == [500, 501, 501, 501, 502, 502, 502]
    assert str(table.schema.field("wage").type) == "int32"


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        (["barnetryg", "skat"], ["barnetryg ", "did you mean barnetrygd?", "skat ", "did you mean skatt?"]),
        (["barnetrygd", "child_care_costs"], ["a person's value", "a household's value", "one level"]),
        (["barnetrygd_month"], ["without _month"]),
        ([], ["give a list of names"]),
        ("barnetrygd", ["give a list of names"]),
    ],
)
def test_wrong_names_are_told_all_at_once(law, outputs, words):
    with pytest.raises(MikrosimError) as raised:
        mikrosim.simulate(law, people(3), outputs)

    for word in words:
        assert word in str(raised.value)
