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
        ({}, {"primary_home_value": 2e6}, "primary_home_value of mor is taxed only as a part of net_wealth"),
        ({"municipality": "2100"}, {}, "Svalbard's own tax is not modelled"),
        ({"municipality": "4644"}, {}, "barnehage.max_price_centrality_5_6"),
    ],
)
def test_what_has_no_effect_is_said(household, parent, words):
    (note, *_) = [one for one in noted(household=household, **parent) if words in one]
    assert note


def test_housing_costs_have_an_effect():
    assert noted(household={"housing_cost_month": 9000, "tenure": "renter"}) == []


def unconfirmed(persons, year=2025, variants=({},), **household):
    """Return the unconfirmed parameters that are named."""
    found = notes(load_spec({"year": year, "household": household, "persons": persons}), variants)
    named = [note.partition(": ")[2] for note in found if note.startswith("values of the law")]
    return set(named[0].removesuffix(" (see mikrosim law)").split(", ")) if named else set()


def test_an_unconfirmed_value_is_named_only_where_it_matters():
    assert not any("tiltakssone" in note for note in noted(2026))
    assert any("max_price_tiltakssone" in note for note in noted(2026, {"municipality": "5601"}))
    pupil = {"id": "pupil", "born": "2017-03", "parents": ["mor"], "sfo": "full"}
    assert unconfirmed([PARENT, pupil]) == {"sfo.full_price", "sfo.part_price"}  # the free hours
    assert unconfirmed([PARENT, pupil | {"sfo_price_month": 1459}]) == set()


def test_the_rates_of_sosialhjelp_are_named_where_it_is_paid_or_nearly():
    rates = {"sosialhjelp.single", "sosialhjelp.electricity"}
    for wage, named in ((0, rates), (100_000, rates), (109_000, {"sosialhjelp.single"}), (200_000, set())):
        assert unconfirmed([{"id": "a", "born": "1980-01", "wage": wage}]) == named, wage
    couple = [{"id": "a", "born": "1980-01", "partner": "b"}, {"id": "b", "born": "1980-01"}]
    child = {"id": "barn", "born": "2017-01", "parents": ["a", "b"]}
    assert unconfirmed([*couple, child]) == {"sosialhjelp.couple", "sosialhjelp.child_6_10", "sosialhjelp.electricity"}


def test_what_nobody_applies_for_rests_on_nothing_and_a_draw_near_the_share_on_the_share():
    poor = [{"id": "a", "born": "1980-01", "wage": 150_000}]
    rented = {"tenure": "renter", "housing_cost_month": 9000}
    assert unconfirmed(poor, take_up=1, **rented) == set()
    assert "bostotte.take_up" not in unconfirmed(poor, **rented)
    assert "bostotte.take_up" in unconfirmed(poor, take_up=0.65, **rented)
    assert "bostotte.take_up" in unconfirmed(poor, take_up=0.75, **rented)


def test_the_own_share_of_bostotte_is_unconfirmed_in_the_first_half_of_2021():
    poor = [{"id": "a", "born": "1980-01", "wage": 150_000}]
    rented = {"tenure": "renter", "housing_cost_month": 9000}
    assert "bostotte.egenandel.lowest" in unconfirmed(poor, 2021, **rented)
    assert "bostotte.egenandel.lowest" not in unconfirmed(poor, 2022, **rented)
    assert "bostotte.egenandel.lowest" not in unconfirmed([PARENT], 2021, **rented)


def test_the_transition_of_kontantstotte_matters_to_children_of_its_age():
    for born, matters in (("2022-02", False), ("2023-02", True), ("2024-02", False)):
        child = CHILD | {"born": born}
        assert ("kontantstotte.overgangsordning" in unconfirmed([PARENT, child], 2024)) == matters, born


def test_with_a_range_the_notes_are_those_of_its_points():
    person = [{"id": "a", "born": "1980-01", "wage": 500_000}]
    assert unconfirmed(person) == set()
    assert "sosialhjelp.single" in unconfirmed(person, variants=[{"a": {"wage": wage}} for wage in (0.0, 5e5)])


def test_overgangsstonad_of_a_couple_has_no_effect():
    couple = [PARENT | {"partner": "far", "overgangsstonad_months": 12}, {"id": "far", "born": "1986-01"}, CHILD]
    (note,) = notes(load_spec({"year": 2025, "persons": couple}))
    assert note.startswith("overgangsstonad_months of mor has no effect")
