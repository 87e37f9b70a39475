"""How a value comes about: statute, law and inputs, down to what the file says."""

import pytest

from mikrosim import HouseholdError
from mikrosim.hypothetical.explain import explanation, explanation_text
from mikrosim.hypothetical.spec import read_spec

SPEC = read_spec(
    {
        "year": 2025,
        "persons": [
            {"id": "mor", "born": "1990-05", "wage": 650000},
            {"id": "barn", "born": "2017-03", "parents": ["mor"]},
        ],
    },
    "test",
)


def every_step(step):
    yield step
    for inner in step.get("inputs", ()):
        yield from every_step(inner)


def explained(step):
    """Return each step by name where it is explained."""
    return {one["name"]: one for one in every_step(step) if "see_above" not in one}


def test_a_rule_is_shown_with_its_statute_its_law_and_its_inputs():
    step = explanation(SPEC, "trinnskatt")
    assert step["kind"] == "rule (person)"
    assert step["statute"] == "Stortingets skattevedtak § 3-1."
    assert step["sentence"].startswith("Return one person's trinnskatt")
    by_hand = 0.017 * (306_050 - 217_400) + 0.04 * (650_000 - 306_050)
    assert step["values"] == pytest.approx({"mor": by_hand, "barn": 0})
    assert step["law"]["trinnskatt.rate"] == ["[0.017, 0.04, 0.137, 0.167, 0.177]"]
    assert [inner["name"] for inner in step["inputs"]] == ["personinntekt", "in_tiltakssone"]


def test_the_explanation_goes_down_to_what_the_file_says():
    steps = list(every_step(explanation(SPEC, "skatt")))
    leaves = {step["name"]: step for step in steps if "inputs" not in step and "see_above" not in step}
    assert leaves["wage"]["values"] == {"mor": 650000, "barn": 0}
    assert leaves["wage"]["kind"] == "input (person)"
    once = [step["name"] for step in steps if "inputs" in step]
    assert len(once) == len(set(once)), "nothing is explained twice"
    assert {step["name"] for step in steps if step.get("see_above")} <= set(once)


def test_a_year_s_sum_shows_its_twelve_months_and_how_the_law_moved():
    months = explained(explanation(SPEC, "barnetrygd"))["ordinaer_barnetrygd_child_month"]
    assert months["values"] == {"barn": [1766] * 4 + [1968] * 8}
    assert months["law"]["barnetrygd.ordinaer_over_6"] == ["1 766", "1 968"]
    assert "barnetrygd.ordinaer_over_6: 1 766 -> 1 968" in explanation_text(explanation(SPEC, "barnetrygd"))


def test_a_month_shows_that_month_only():
    step = explanation(SPEC, "barnetrygd", "2025-06")
    assert step["name"] == "barnetrygd_month"
    assert step["values"] == {"mor": 1968 + 2516, "barn": 0}
    law = explained(step)["ordinaer_barnetrygd_child_month"]["law"]
    assert law["barnetrygd.ordinaer_over_6"] == ["1 968"]
    assert explanation(SPEC, "skatt", "2025-06") == explanation(SPEC, "skatt", "2025-07")


def test_every_rule_of_the_explanation_has_a_statute():
    for step in every_step(explanation(SPEC, "equivalised_income")):
        if step["kind"].startswith("rule") and "see_above" not in step:
            assert step["statute"]
            assert step["sentence"].startswith("Return")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("skat", "no rule computes 'skat'; did you mean skatt"),
        ("barntrygd", "did you mean barnetrygd"),
        ("skatt@child", "no rule computes"),
        ("", "no rule computes ''; all names are in the output of --format csv"),
        ("marginal_tax_rate", "measured with 1000 NOK of further wage; explain skatt instead"),
    ],
)
def test_a_name_that_nothing_computes_is_refused(name, words):
    for month in (None, "2025-06"):
        with pytest.raises(HouseholdError, match=words):
            explanation(SPEC, name, month)
