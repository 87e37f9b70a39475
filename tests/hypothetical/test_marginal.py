"""Marginal rates against rates added up by hand, and a range of wages against single computations."""

import pytest

from mikrosim import HouseholdError, household
from mikrosim.hypothetical.spec import read_spec
from mikrosim.hypothetical.vary import vary_input


def rates(year, *persons, who="a", **where):
    own = household({"year": year, "household": where, "persons": list(persons)})["persons"][who]
    return own["marginal_tax_rate"], own["effective_marginal_tax_rate"]


@pytest.mark.parametrize(
    ("year", "wage", "municipality", "rate"),
    [
        (2025, 0, "0301", 0),
        (2025, 50_000, "0301", 0),
        (2025, 110_000, "0301", 0.25),  # trygdeavgift is phased in
        (2025, 180_000, "0301", 0.077),  # below personfradrag
        (2025, 205_000, "0301", 0.22 + 0.077),
        (2025, 250_000, "0301", 0.22 + 0.077 + 0.017),
        (2025, 650_000, "0301", 0.22 + 0.077 + 0.04),
        (2025, 800_000, "0301", 0.22 + 0.077 + 0.137),
        (2025, 1_000_000, "0301", 0.22 + 0.077 + 0.167),
        (2025, 2_000_000, "0301", 0.22 + 0.077 + 0.177),
        (2025, 650_000, "5601", 0.185 + 0.077 + 0.04),
        (2026, 650_000, "0301", 0.22 + 0.076 + 0.04),
        (2021, 680_000, "0301", 0.22 + 0.082 + 0.132),
        (2021, 680_000, "5601", 0.185 + 0.082 + 0.112),
    ],
)
def test_a_single_person_s_rates_add_up(year, wage, municipality, rate):
    person = {"id": "a", "born": "1985-03", "wage": wage}
    assert rates(year, person, municipality=municipality, take_up=1) == pytest.approx((rate, rate))


def test_each_krone_after_tax_goes_off_sosialhjelp():
    assert rates(2025, {"id": "a", "born": "1985-03", "wage": 50_000}) == pytest.approx((0, 1))


def test_the_young_and_the_old_pay_the_low_rate_on_wages():
    for born in ("1950-01", "2008-05"):
        marginal, _ = rates(2025, {"id": "a", "born": born, "wage": 650_000})
        assert marginal == pytest.approx(0.22 + (0.077 if born == "2008-05" else 0.051) + 0.04)


def test_a_reduced_benefit_is_in_the_effective_rate_and_its_tax_in_both():
    mother = {"id": "a", "born": "1990-05", "wage": 200_000, "overgangsstonad_months": 12}
    marginal, effective = rates(2025, mother, {"id": "b", "born": "2022-03", "parents": ["a"]})
    # Of each krone 45 oere go off overgangsstonad, and the other 55 are taxed; rounding by the month adds little.
    assert effective == pytest.approx(0.45 + 0.55 * 0.337, abs=0.012)
    assert marginal == pytest.approx(0.55 * 0.337, abs=0.006)


def test_the_kindergarten_s_six_per_cent_and_the_deduction_for_it_are_in_the_rates():
    mother = {"id": "a", "born": "1990-05", "wage": 210_000}
    child = {"id": "b", "born": "2021-01", "parents": ["a"], "kindergarten_hours": 45}
    of_the_next_krone = 0.06 * 25 / 45
    marginal, effective = rates(2025, mother, child, take_up=1)
    assert marginal == pytest.approx(0.297 - 0.22 * of_the_next_krone)
    assert effective == pytest.approx(0.297 + 0.78 * of_the_next_krone)


def test_a_single_parent_pays_what_stonad_til_barnetilsyn_leaves_of_the_kindergarten():
    mother = {"id": "a", "born": "1990-05", "wage": 210_000}
    child = {"id": "b", "born": "2021-01", "parents": ["a"], "kindergarten_hours": 45}
    own_of_the_next_krone = 0.36 * 0.06 * 25 / 45
    marginal, effective = rates(2025, mother, child)
    # The benefit is rounded up to whole kroner each month.
    assert marginal == pytest.approx(0.297 - 0.22 * own_of_the_next_krone, abs=0.22 * 0.012)
    assert effective == pytest.approx(0.297 + 0.78 * own_of_the_next_krone, abs=0.012)


def test_rates_are_shown_from_the_year_of_17():
    result = household({"year": 2025, "persons": [{"id": "a", "born": "2008-12"}, {"id": "b", "born": "2009-01"}]})
    assert "marginal_tax_rate" in result["persons"]["a"]
    assert "marginal_tax_rate" not in result["persons"]["b"]


RATES = {"marginal_tax_rate", "effective_marginal_tax_rate"}
FAMILY = {
    "year": 2025,
    "persons": [
        {"id": "mor", "born": "1990-05", "partner": "far", "wage": 560000},
        {"id": "far", "born": "1988-02", "wage": 610000, "income_previous_year": 400000},
        {"id": "barn", "born": "2021-03", "parents": ["mor", "far"], "kindergarten_hours": 45},
    ],
}


@pytest.mark.parametrize("month", [None, "2025-06"])
@pytest.mark.parametrize(
    ("who", "name", "text", "values"),
    [
        ("mor", "wage", "wage:0:900000:150000", [150_000.0 * step for step in range(7)]),
        ("far", "wage", "wage:100:1000:300", [100, 400, 700, 1000]),
        ("far", "wage", "wage:1000:100:-300", [1000, 700, 400, 100]),
        ("mor", "dividends", "dividends:0:0.25:0.1", [0, 0.1, 0.2]),
        ("mor", "capital_income", "capital_income:-1e5:0:5e4", [-100_000, -50_000, 0]),
        ("far", "income_previous_year", "income_previous_year:0:300000:100000", [0, 1e5, 2e5, 3e5]),
        ("barn", "kindergarten_hours", "kindergarten_hours:0:45:9", [0, 9, 18, 27, 36, 45]),
        ("mor", "overgangsstonad_months", "overgangsstonad_months:0:12:4", [0, 4, 8, 12]),
        ("mor", "wage", "wage:5:5:1", [5]),
    ],
)
def test_a_range_gives_what_each_value_gives_alone(month, who, name, text, values):
    result = vary_input(read_spec(FAMILY, "test"), text, who, month)
    points = result.pop("points")
    assert result == {"year": 2025, "month": month, "vary": name, "person": who}
    assert [point["value"] for point in points] == pytest.approx(values)
    for point, value in zip(points, values, strict=True):
        given = int(value) if name == "overgangsstonad_months" else value
        persons = [{**person, name: given} if person["id"] == who else person for person in FAMILY["persons"]]
        single = household({**FAMILY, "persons": persons}, month)
        assert point["household"] == pytest.approx(single["household"])
        for other, own in point["persons"].items():
            alone = single["persons"][other]
            assert set(alone) - set(own) <= RATES
            for figure in set(own) & set(alone):
                assert own[figure] == pytest.approx(alone[figure]), figure
        assert (set(point["persons"][who]) >= RATES) == (month is None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("wag:0:1:1", "--vary: 'wag' is no input that can vary; did you mean wage"),
        ("born:0:1:1", "is no input that can vary"),
        ("", "is no input that can vary"),
        ("wage", "must read INPUT:FROM:TO:STEP, such as wage:0:1500000:5000"),
        ("wage:0:100", "must read"),
        ("wage:0:1:1:1", "must read"),
        ("wage:a:b:c", "must read"),
        ("wage:0:100:0", "must read"),
        ("wage:0:nan:1", "must read"),
        ("wage:nan:1:1", "must read"),
        ("wage:0:inf:1", "must read"),
        ("wage:0:10:inf", "must read"),
        ("wage:0:10:-1", "never reaches its end; turn the sign of the step"),
        ("wage:0:1e9:1", "makes 1000000001 points; choose at most 10,001"),
        ("wage:0:1:1e-300", "choose at most 10,001"),
        ("wage:-5:5:5", "wage -5: -5 is below the lowest allowed, 0"),
        ("wage:0:1e300:1e299", "above the highest allowed"),
        ("overgangsstonad_months:0:20:1", "13 is above the highest allowed, 12"),
        ("overgangsstonad_months:0:12:0.5", "must be a whole number"),
    ],
)
def test_a_range_that_cannot_be_read_is_refused(text, words):
    with pytest.raises(HouseholdError, match=words):
        vary_input(read_spec(FAMILY, "test"), text, "mor")


def test_whose_input_varies_must_be_said_and_known():
    spec = read_spec(FAMILY, "test")
    with pytest.raises(HouseholdError, match="say whose input varies: mor, far"):
        vary_input(spec, "wage:0:1:1", None)
    with pytest.raises(HouseholdError, match="no person has the id mro; did you mean mor"):
        vary_input(spec, "wage:0:1:1", "mro")
    single = read_spec({"year": 2025, "persons": [{"id": "a", "born": "1990-01"}]}, "test")
    assert vary_input(single, "wage:0:1:1", None)["person"] == "a"
