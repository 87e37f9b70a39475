"""Every name of the outer contract: each input is taken, each output is there."""

import pytest

from mikrosim import HouseholdError, household

AMOUNTS = (
    "wage", "self_employment_income", "pension", "capital_income", "interest_paid", "dividends", "dagpenger", "aap",
    "uforetrygd", "sykepenger", "foreldrepenger", "introduksjonsstonad", "kvalifiseringsstonad", "tiltakspenger",
    "child_support_received", "child_support_paid", "union_fee", "net_wealth", "primary_home_value",
    "income_previous_year",
)  # fmt: skip
OF_PERSONS = {
    **dict.fromkeys(AMOUNTS, 12_000), "overgangsstonad_months": 6, "residence_years": 10, "student": True,
    "upper_secondary_pupil": True, "kindergarten_hours": 40, "sfo": "half", "sfo_price_month": 1500,
    "shared_residence": True, "lives_alone_with_children": True,
}  # fmt: skip
OF_HOUSEHOLD = {
    "municipality": "5601", "tenure": "municipal_renter", "housing_cost_month": 9000, "centrality": 3,
    "tiltakssone": False,
}  # fmt: skip
OUTPUTS = (
    "barnetrygd", "ordinaer_barnetrygd", "utvidet_barnetrygd", "smaabarnstillegg", "finnmarkstillegg", "kontantstotte",
    "engangsstonad", "overgangsstonad", "stonad_til_barnetilsyn", "bidragsforskudd", "bostotte", "sosialhjelp",
    "foreldrebetaling_barnehage", "foreldrebetaling_sfo", "personinntekt", "alminnelig_inntekt", "minstefradrag",
    "personfradrag", "foreldrefradrag", "skatt_alminnelig_inntekt", "trinnskatt", "trygdeavgift",
    "skattefradrag_pensjon", "formuesskatt", "skatt", "after_tax_income", "child_care_costs",
    "after_tax_income_net_of_child_care", "consumption_units_eu", "equivalised_income",
)  # fmt: skip
RATES = ("marginal_tax_rate", "effective_marginal_tax_rate")


def family(person=None, keys=None):
    return {
        "year": 2025,
        "household": keys or {},
        "persons": [{"id": "mor", "born": "1990-05", **(person or {})},
                    {"id": "barn", "born": "2019-02", "parents": ["mor"]}],
    }  # fmt: skip


@pytest.mark.parametrize("name", OF_PERSONS)
def test_every_input_of_a_person_is_taken(name):
    assert household(family({name: OF_PERSONS[name]}))["persons"]["mor"]
    with pytest.raises(HouseholdError, match=f"persons.mor.{name}x   unknown key; did you mean {name}"):
        household(family({f"{name}x": OF_PERSONS[name]}))


@pytest.mark.parametrize("name", OF_HOUSEHOLD)
def test_every_input_of_a_household_is_taken(name):
    assert household(family(keys={name: OF_HOUSEHOLD[name]}))["household"]
    with pytest.raises(HouseholdError, match=f"household.{name}x"):
        household(family(keys={f"{name}x": OF_HOUSEHOLD[name]}))


@pytest.mark.parametrize(
    ("name", "values"), [("sfo", ("full", "half", "none")), ("tenure", ("owner", "cooperative", "renter"))]
)
def test_every_choice_is_taken(name, values):
    for value in values:
        of = {name: value}
        assert household(family(of if name == "sfo" else None, of if name == "tenure" else None))


def test_every_output_is_there():
    found = household(family(OF_PERSONS | {"student": False, "upper_secondary_pupil": False}, OF_HOUSEHOLD))
    everywhere = {*found["household"], *(name for person in found["persons"].values() for name in person)}

    assert not set(OUTPUTS) - set(found["household"])
    assert not set(RATES) - set(found["persons"]["mor"])
    assert not {*OUTPUTS, *RATES} - everywhere


def test_the_four_parts_are_barnetrygd():
    found = household(family())["household"]
    parts = ("ordinaer_barnetrygd", "utvidet_barnetrygd", "smaabarnstillegg", "finnmarkstillegg")

    assert found["barnetrygd"] == sum(found[part] for part in parts) > 0
