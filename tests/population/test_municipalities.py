import pytest

from mikrosim.errors import PopulationError
from mikrosim.population import municipality
from mikrosim.population.municipalities import municipalities


def test_all_municipalities_of_2024_are_there() -> None:
    table = municipalities()
    assert len(table) == 357
    assert sum(one.population for one in table.values()) == 5_550_203
    assert sum(one.children_0_17 for one in table.values()) == 1_112_853


def test_the_zone_is_finnmark_and_seven_municipalities_of_nord_troms() -> None:
    zone = [one for one in municipalities().values() if one.tiltakssone]
    assert len(zone) == 25
    assert sum(one.population for one in zone) == 92_577


@pytest.mark.parametrize("number", ["0301", "301", 301, " 0301 "])
def test_a_number_may_be_written_in_several_ways(number: str | int) -> None:
    assert municipality(number).name == "Oslo-Oslove"


@pytest.mark.parametrize(
    ("number", "hint"),
    [("0302", "did you mean 0301 (Oslo-Oslove)?"), ("Alta", "Alta has number 5601"), ("bergn", "did you mean bergen?")],
)
def test_an_unknown_municipality_brings_a_suggestion(number: str, hint: str) -> None:
    with pytest.raises(PopulationError, match="not a municipality number") as caught:
        municipality(number)
    assert hint in str(caught.value)
