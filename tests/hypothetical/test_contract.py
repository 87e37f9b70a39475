"""What `mikrosim.household` returns: the fields, the names, whose amounts, the year and the month."""

import math
from copy import deepcopy
from types import MappingProxyType

import numpy as np
import pytest

from mikrosim import HouseholdError, baseline, household, scenario_from_dict

FAMILY = {
    "year": 2025,
    "household": {"municipality": "5601", "tenure": "owner", "housing_cost_month": 11000},
    "persons": [
        {"id": "mor", "born": "1990-05", "partner": "far", "wage": 560000},
        {"id": "far", "born": "1988-02", "partner": "mor", "wage": 610000},
        {"id": "barn1", "born": "2017-03", "parents": ["mor", "far"], "sfo": "full", "sfo_price_month": 1459},
        {"id": "barn2", "born": "2021-02", "parents": ["mor", "far"], "kindergarten_hours": 45},
    ],
}
OF_PERSONS = [
    "barnetrygd", "ordinaer_barnetrygd", "utvidet_barnetrygd", "smaabarnstillegg", "finnmarkstillegg",
    "kontantstotte", "engangsstonad", "overgangsstonad", "stonad_til_barnetilsyn", "bidragsforskudd",
    "personinntekt", "alminnelig_inntekt", "minstefradrag", "personfradrag", "foreldrefradrag",
    "skatt_alminnelig_inntekt", "trinnskatt", "trygdeavgift", "skattefradrag_pensjon", "skatt", "after_tax_income",
]  # fmt: skip
OF_HOUSEHOLDS = [
    "bostotte", "sosialhjelp", "foreldrebetaling_barnehage", "foreldrebetaling_sfo", "child_care_costs",
    "after_tax_income_net_of_child_care", "consumption_units_eu", "equivalised_income",
]  # fmt: skip
OF_ADULTS = ["marginal_tax_rate", "effective_marginal_tax_rate"]


@pytest.fixture(scope="module")
def year():
    return household(FAMILY)


@pytest.fixture(scope="module")
def june():
    return household(FAMILY, "2025-06")


def test_the_fields_are_those_of_the_contract(year, june):
    for result in (year, june):
        assert list(result) == ["year", "month", "household", "persons"]
        assert list(result["persons"]) == ["mor", "far", "barn1", "barn2"]
    assert (year["year"], year["month"]) == (2025, None)
    assert (june["year"], june["month"]) == (2025, "2025-06")


def test_every_name_of_the_contract_is_there(year):
    for person in year["persons"].values():
        assert not set(OF_PERSONS) - set(person)
        assert not set(OF_HOUSEHOLDS) & set(person)
    assert not set(OF_PERSONS + OF_HOUSEHOLDS) - set(year["household"])
    for adult in ("mor", "far"):
        assert not set(OF_ADULTS) - set(year["persons"][adult])
    assert not set(OF_ADULTS) & set(year["persons"]["barn1"])
    assert not set(OF_ADULTS) & set(year["household"])


def test_every_value_is_a_plain_finite_number(year, june):
    for result in (year, june):
        for values in (result["household"], *result["persons"].values()):
            assert all(type(value) is float and math.isfinite(value) for value in values.values())


def test_amounts_stand_under_who_receives_or_pays_and_the_household_has_the_sum(year):
    persons = year["persons"]
    assert persons["mor"]["barnetrygd"] == 2 * (4 * 1766 + 8 * 1968 + 3 * 500)
    assert persons["far"]["barnetrygd"] == persons["barn1"]["barnetrygd"] == 0
    assert [persons[who]["personinntekt"] for who in persons] == [560000, 610000, 0, 0]
    for name in OF_PERSONS:
        assert year["household"][name] == pytest.approx(sum(person[name] for person in persons.values()))


def test_a_child_s_own_figures_stand_under_the_child(year):
    assert year["persons"]["barn1"]["foreldrebetaling_sfo_child"] == 11 * 1459
    assert year["household"]["foreldrebetaling_sfo"] == 11 * 1459
    assert "foreldrebetaling_sfo_child" not in year["persons"]["mor"]


def test_a_month_holds_that_month_of_all_that_is_paid_by_the_month_and_nothing_else(june):
    assert june["household"]["barnetrygd"] == june["persons"]["mor"]["barnetrygd"] == 2 * 1968
    assert june["household"]["child_care_costs"] == 1459
    assert june["persons"]["barn1"]["sfo_grade"] == 2
    for name in ("skatt", "after_tax_income", "consumption_units_eu", "marginal_tax_rate"):
        assert name not in june["household"]
        assert name not in june["persons"]["mor"]


def test_twelve_months_make_the_year(year):
    months = [household(FAMILY, f"2025-{month:02d}")["household"] for month in range(1, 13)]
    assert months[6]["child_care_costs"] == 0  # July
    for name in ("barnetrygd", "finnmarkstillegg", "child_care_costs"):
        assert sum(month[name] for month in months) == year["household"][name] > 0


@pytest.mark.parametrize(
    ("month", "words"),
    [
        ("2025-13", "'2025-13' is not a month; write it as YYYY-MM, such as 2025-05"),
        ("2025-00", "is not a month"),
        ("2025-5", "is not a month"),
        ("2025-05-01", "is not a month"),
        ("mai", "is not a month"),
        ("", "is not a month"),
        (5, "is not a month"),
        ("٢٠٢٥-٠٥", "is not a month"),
        ("2024-12", "2024-12 lies outside the household's year 2025"),
    ],
)
def test_a_wrong_month_is_refused(month, words):
    with pytest.raises(HouseholdError, match=words):
        household(FAMILY, month)


def test_a_caller_s_mapping_may_hold_tuples_and_numpy_numbers_and_is_left_as_it_was(year):
    persons = tuple({**person, "parents": tuple(person.get("parents", ()))} for person in FAMILY["persons"])
    persons[0]["wage"] = np.int64(560000)
    spec = MappingProxyType({**FAMILY, "year": np.int16(2025), "persons": persons})
    before = deepcopy(dict(spec))
    assert household(spec) == year
    assert dict(spec) == before


def test_a_file_gives_what_a_mapping_gives(year, tmp_path):
    path = tmp_path / "family.yaml"
    path.write_text(
        """
year: 2025
household: {municipality: 5601, tenure: owner, housing_cost_month: 11000}
persons:
  - {id: mor, born: 1990-05, partner: far, wage: 560000}
  - {id: far, born: 1988-02, partner: mor, wage: 610_000}
  - {id: barn1, born: 2017-03, parents: [mor, far], sfo: full, sfo_price_month: 1459}
  - {id: barn2, born: 2021-02, parents: [mor, far], kindergarten_hours: 45}
""",
        "utf-8-sig",
    )
    assert household(path) == household(str(path)) == year


def test_a_policy_takes_the_place_of_the_year_s_law():
    policy = scenario_from_dict({"name": "x", "year": 2025, "reform": {"barnetrygd.ordinaer": 1000}}).policy()
    assert household(FAMILY, policy=policy)["household"]["ordinaer_barnetrygd"] == 24 * 1000
    with pytest.raises(HouseholdError, match="the law of 2021, but the household's year is 2025"):
        household(FAMILY, policy=baseline(2021))


def test_the_same_family_in_another_year_has_that_year_s_law():
    assert household({**FAMILY, "year": 2021}, "2021-10")["household"]["ordinaer_barnetrygd"] == 2 * 1654
    with pytest.raises(HouseholdError, match="no law for 2020; choose a year from 2021 to 2026"):
        household({**FAMILY, "year": 2020})


def test_ids_may_be_numbers_names_in_any_script_or_the_word_household(year):
    for mor, far in ((1, 2), ("håkon", "母"), ("household", "[b]"), ("0301", "a b")):
        persons = deepcopy(FAMILY["persons"])
        names = {"mor": mor, "far": far}
        for person in persons:
            person["id"] = names.get(person["id"], person["id"])
            if "partner" in person:
                person["partner"] = names[person["partner"]]
            if "parents" in person:
                person["parents"] = [names[name] for name in person["parents"]]
        result = household({**FAMILY, "persons": persons})
        assert result["household"] == year["household"]
        assert list(result["persons"])[:2] == [str(mor), str(far)]
        assert result["persons"][str(mor)] == year["persons"]["mor"]
