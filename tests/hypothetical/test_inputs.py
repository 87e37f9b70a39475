"""How the inputs of a household file are taken: defaults, places, people of all kinds."""

import pytest

from mikrosim import household
from mikrosim.hypothetical.columns import column_of, dataset_of
from mikrosim.hypothetical.spec import read_spec

OSLO_2025 = 4 * 1766 + 8 * 1968
"""One child's ordinary barnetrygd in all of 2025."""


def family(*persons, year=2025, **where):
    return household({"year": year, "household": where, "persons": list(persons)})


def columns(*persons, year=2025, **where):
    spec = read_spec({"year": year, "household": where, "persons": list(persons)}, "test")
    return {name: column.tolist() for name, column in dataset_of(spec).columns.items()}


def person(id, born="1985-03", **inputs):
    return {"id": id, "born": born, **inputs}


def test_one_person_and_a_year_is_enough():
    result = household({"year": 2025, "persons": [person("a")]})
    assert result["household"]["skatt"] == 0
    assert result["household"]["consumption_units_eu"] == 1


def test_last_year_s_income_is_this_year_s_where_it_is_not_given():
    given = family(person("a", wage=300000, pension=50000, capital_income=-2000, tiltakspenger=9, net_wealth=7))
    assert given["persons"]["a"]["last_years_income"] == 348000
    assert family(person("a", wage=300000, income_previous_year=1))["persons"]["a"]["last_years_income"] == 1
    child = {"parents": ["a"], "kindergarten_hours": 45}
    low, high = (
        family(person("a", wage=wage, **previous), person("b", "2021-02", **child))["household"]
        for wage, previous in ((200000, {}), (200000, {"income_previous_year": 900000}))
    )
    assert low["foreldrebetaling_barnehage"] == pytest.approx(0.06 * 200000 * 25 / 45)
    assert high["foreldrebetaling_barnehage"] > low["foreldrebetaling_barnehage"]


def test_all_incomes_reach_their_columns():
    inputs = {
        "wage": 1, "self_employment_income": -2, "pension": 3, "capital_income": -4, "interest_paid": 5, "dividends": 6,
        "dagpenger": 7, "aap": 8, "uforetrygd": 9, "sykepenger": 10, "foreldrepenger": 11, "introduksjonsstonad": 12,
        "kvalifiseringsstonad": 13, "tiltakspenger": 14, "overgangsstonad_months": 12, "child_support_received": 15,
        "child_support_paid": 16, "union_fee": 17, "net_wealth": -18, "primary_home_value": 19,
        "income_previous_year": 20, "residence_years": 21, "other_tax_free_transfers": 22,
    }  # fmt: skip
    found = columns(person("a", **inputs))
    assert {name: found[column_of(name)] for name in inputs} == {name: [value] for name, value in inputs.items()}
    flags = columns(
        person("a", student=True, upper_secondary_pupil=True, shared_residence=True, lives_alone_with_children=True)
    )
    assert all(flags[name] == [1] for name in ("student", "upper_secondary_pupil", "shared_residence"))
    assert flags["lives_alone_with_children"] == [1]


def test_a_benefit_with_a_basis_runs_in_full_all_year_unless_the_file_says_otherwise():
    whole = columns(person("a", aap_basis=400000))
    assert [whole[f"aap_{part}"][0] for part in ("degree", "from", "to", "basis", "given")] == [1, 1, 12, 400000, 0]
    half = columns(person("a", aap_degree=0.5, aap_from=3, introduksjonsstonad_degree=1, introduksjonsstonad_to=6))
    assert [half[f"aap_{part}"][0] for part in ("degree", "from", "to", "basis")] == [0.5, 3, 12, 0]
    assert [half[f"introduksjonsstonad_{part}"][0] for part in ("degree", "from", "to")] == [1, 1, 6]
    none = columns(person("a", dagpenger=100))
    assert [none[f"dagpenger_{part}"][0] for part in ("degree", "from", "to", "given")] == [0, 0, 0, 100]


def test_oere_are_kept():
    assert family(person("a", wage=560000.55))["persons"]["a"]["personinntekt"] == 560000.55
    tax = family(person("a", wage=560000.55))["persons"]["a"]["skatt"]
    assert tax == pytest.approx(family(person("a", wage=560000))["persons"]["a"]["skatt"] + 0.55 * 0.337)


@pytest.mark.parametrize("sides", [("mor",), ("far",), ("mor", "far")])
def test_a_partner_named_by_one_side_is_the_partner_of_both(sides):
    partner = {"mor": "far", "far": "mor"}
    adults = [person(who, **({"partner": partner[who]} if who in sides else {})) for who in ("mor", "far")]
    result = family(*adults, person("barn", "2015-05", parents=["mor", "far"]))
    assert result["persons"]["mor"]["barnetrygd"] == OSLO_2025
    assert result["household"]["utvidet_barnetrygd"] == 0


def test_two_parents_in_one_household_are_a_couple_though_neither_says_so():
    result = family(person("mor"), person("far"), person("barn", "2015-05", parents=["mor", "far"]))
    assert result["household"]["utvidet_barnetrygd"] == 0
    # The father's new partner lives there too: he and the mother are no couple, and she is alone.
    apart = family(
        person("mor"), person("far", partner="ny"), person("ny"), person("barn", "2015-05", parents=["mor", "far"])
    )
    assert apart["persons"]["mor"]["utvidet_barnetrygd"] == 12 * 2516


def test_a_step_family_shares_a_household_but_not_the_children():
    result = family(
        person("mor", partner="far", wage=400000),
        person("far", wage=500000),
        person("hennes", "2012-05", parents=["mor"]),
        person("hans", "2014-05", parents=["far"]),
        person("felles", "2020-05", parents=["mor", "far"], kindergarten_hours=45),
    )
    assert result["persons"]["mor"]["barnetrygd"] == 2 * OSLO_2025
    assert result["persons"]["far"]["barnetrygd"] == OSLO_2025
    assert result["household"]["utvidet_barnetrygd"] == 0
    assert result["household"]["consumption_units_eu"] == 1 + 0.5 + 3 * 0.3


def test_three_generations_are_two_families():
    result = family(
        person("mormor", "1960-01", wage=500000),
        person("mor", "1996-01", parents=["mormor"], wage=300000),
        person("onkel", "2010-01", parents=["mormor"]),
        person("barn", "2021-01", parents=["mor"], kindergarten_hours=45, sfo="none"),
    )
    assert result["persons"]["mormor"]["barnetrygd"] == OSLO_2025 + 12 * 2516
    assert result["persons"]["mor"]["barnetrygd"] == OSLO_2025 + 12 * 2516
    # Six per cent of the mother's income, not the grandmother's.
    assert result["household"]["foreldrebetaling_barnehage"] == pytest.approx(
        sum(min(0.06 * 300000 / 11, price) for price in [2000] * 6 + [1200] * 5) * 25 / 45
    )


def test_a_young_mother_is_a_child_and_a_mother():
    result = family(
        person("mormor", "1980-01"),
        person("mor", "2008-01", parents=["mormor"]),
        person("barn", "2024-06", parents=["mor"]),
    )
    assert result["persons"]["mormor"]["ordinaer_barnetrygd"] == OSLO_2025
    assert result["persons"]["mor"]["ordinaer_barnetrygd"] == OSLO_2025


def test_shared_residence_halves_the_child_s_benefit_and_the_single_parent_s():
    result = family(person("mor"), person("barn", "2015-05", parents=["mor"], shared_residence=True))
    assert result["persons"]["mor"]["ordinaer_barnetrygd"] == OSLO_2025 / 2
    assert result["persons"]["mor"]["utvidet_barnetrygd"] == 12 * 2516 / 2


def test_a_child_gives_barnetrygd_to_the_month_before_it_turns_18():
    result = family(person("mor"), person("barn", "2007-06", parents=["mor"]))
    assert result["persons"]["mor"]["ordinaer_barnetrygd"] == 4 * 1766 + 1968
    assert result["household"]["consumption_units_eu"] == 1.5


def test_an_infant_gives_barnetrygd_from_the_month_after_birth():
    def received(born):
        return family(person("mor"), person("barn", born, parents=["mor"]))["persons"]["mor"]["ordinaer_barnetrygd"]

    assert received("2025-12") == 0
    assert received("2025-11") == 1968
    assert received("2024-12") == OSLO_2025


def test_svalbard_has_the_supplement_and_is_no_municipality():
    for number in ("2100", 2100, "2111"):
        result = family(person("mor"), person("barn", "2015-05", parents=["mor"]), municipality=number)
        assert result["persons"]["mor"]["finnmarkstillegg"] == 3 * 500
        assert result["persons"]["mor"]["tiltakssonefradrag"] == 0


@pytest.mark.parametrize("number", ["0301", 301, "301"])
def test_a_municipality_may_lose_its_leading_zero(number):
    assert columns(person("a"), municipality=number)["municipality"] == [301]


def test_centrality_and_tiltakssone_can_be_set_apart_from_the_municipality():
    assert columns(person("a"), municipality="5601")["in_tiltakssone"] == [1]
    assert columns(person("a"), municipality="5601", tiltakssone=False)["in_tiltakssone"] == [0]
    assert columns(person("a"), tiltakssone=True)["in_tiltakssone"] == [1]
    assert columns(person("a"))["centrality"] == [1]
    assert columns(person("a"), centrality=6)["centrality"] == [6]
    child = person("barn", "2021-02", parents=["mor"], kindergarten_hours=45)
    mor = person("mor", wage=2000000)
    central, remote, zone = (
        family(mor, child, **where)["household"]["foreldrebetaling_barnehage"]
        for where in ({}, {"centrality": 6}, {"tiltakssone": True})
    )
    assert central == 6 * 2000 + 4 * 1200 + 1200
    assert central > remote > zone == 0


def test_a_price_for_sfo_is_enough_to_have_a_place():
    child = {"born": "2017-03", "parents": ["mor"], "sfo_price_month": 1459}
    mor = person("mor", wage=900000)
    for place, months in (({}, 11), ({"sfo": "full"}, 11), ({"sfo": "half"}, 11), ({"sfo": "none"}, 0)):
        assert family(mor, {"id": "barn", **child, **place})["household"]["foreldrebetaling_sfo"] == months * 1459


def test_tenure_and_housing_cost_reach_their_columns():
    found = columns(person("a"), tenure="municipal_renter", housing_cost_month=9000.5)
    assert found["tenure"] == [3]
    assert found["housing_cost_month"] == [9000.5]
