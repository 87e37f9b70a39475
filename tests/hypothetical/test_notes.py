"""What the figures leave out is said: inputs without effect, and law that nobody has confirmed."""

import pytest

from mikrosim.hypothetical.compute import load_spec
from mikrosim.hypothetical.notes import notes

PARENT = {"id": "mor", "born": "1988-03", "wage": 500_000}
CHILD = {"id": "barn", "born": "2021-02", "parents": ["mor"]}


def noted(year=2025, household=None, **parent):
    spec = {
        "year": year,
        "household": household or {},
        "persons": [PARENT | parent, CHILD | {"kindergarten_hours": 45}],
    }
    return notes(load_spec(spec))


def test_nothing_to_note():
    assert noted() == []


@pytest.mark.parametrize(
    ("household", "parent", "words"),
    [
        ({}, {"net_wealth": 2e6}, "net_wealth of mor has no effect: formuesskatt is not modelled"),
        ({"housing_cost_month": 9000}, {}, "bostotte and sosialhjelp are not modelled"),
        ({"municipality": "2100"}, {}, "Svalbard's own tax is not modelled"),
        ({"municipality": "4644"}, {}, "barnehage.max_price_centrality_5_6"),
    ],
)
def test_what_has_no_effect_is_said(household, parent, words):
    (note, *_) = [one for one in noted(household=household, **parent) if words in one]
    assert note


def test_an_unconfirmed_value_is_named_only_where_it_matters():
    assert not any("tiltakssone" in note for note in noted(2026))
    assert any("max_price_tiltakssone" in note for note in noted(2026, {"municipality": "5601"}))


def test_overgangsstonad_of_a_couple_has_no_effect():
    couple = [PARENT | {"partner": "far", "overgangsstonad_months": 12}, {"id": "far", "born": "1986-01"}, CHILD]
    (note,) = notes(load_spec({"year": 2025, "persons": couple}))
    assert note.startswith("overgangsstonad_months of mor has no effect")
