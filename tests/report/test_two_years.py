"""The laws of two years side by side: no word of a reform, which there is none of."""

import io
import re
from dataclasses import replace

import pytest
from detailed import SCENARIO, a_detailed_result
from test_page import Reader, run_of

from mikrosim.report.page.build import build_page
from mikrosim.report.summary import Summary
from mikrosim.report.terminal import print_report
from mikrosim.report.texts import OF_TWO_YEARS, WORDS, Words
from mikrosim.scenario import scenario_from_dict

FORBIDDEN = {
    "nb": re.compile(r"\breform|gjeldende lov|\bdagens\b|\bi dag\b", re.IGNORECASE),
    "en": re.compile(r"\breform|present law|\btoday", re.IGNORECASE),
}
ABOUT = {"baseline": {"law_of": 2021, "amounts_multiplied_by": 1.2234}, "limits": "Bare det som er lov."}


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    scenario = scenario_from_dict({**SCENARIO, "name": "To år", "description": "", "reform": {}})
    law = scenario_from_dict({"name": "x", "year": scenario.year, "baseline": {"law_of": 2021, "uprated_by": 1.2234}})
    result = a_detailed_result(tmp_path_factory.mktemp("years"), scenario="To år", law_changes=(), about=ABOUT)
    return replace(result, detail=replace(result.detail, baseline=law.baseline(), reform=scenario.policy()))


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_page_and_the_terminal_speak_of_two_years_and_of_no_reform(compared, language):
    texts = Reader(build_page(run_of(compared), Words(language)).html).texts
    file = io.StringIO()
    print_report(compared, language, file)

    for text in (*texts, *file.getvalue().splitlines()):
        assert not FORBIDDEN[language].search(text), text
    whole = " ".join(texts)
    for head in (WORDS[f"baseline{OF_TWO_YEARS}"], WORDS[f"reform{OF_TWO_YEARS}"]):
        assert head[language == "en"].format(earlier=2021, later=2025) in whole
    assert "1,2234" in whole or "1.2234" in whole


def test_a_reform_held_against_an_earlier_law_is_still_a_reform():
    changes = ["barnetrygd.utvidet: 1 -> 2 NOK per month (2025)"]
    assert Words().of(Summary({"about": ABOUT, "year": 2025, "law_changes": changes})) == Words()
    assert Words().of(Summary({"about": ABOUT, "year": 2025, "law_changes": []})) == Words(years=(2021, 2025))
    assert Words().of(Summary({"about": {}, "year": 2025, "law_changes": []})) == Words()


def test_every_key_of_two_years_takes_the_place_of_another():
    for key in WORDS:
        base, ending, _ = key.partition(OF_TWO_YEARS)
        assert not ending or base in WORDS


def test_amounts_of_an_uprated_law_are_told_without_a_tail_of_decimals(compared):
    rows = run_of(compared).table("law_changes")
    assert len(rows) > 0
    for row in rows:
        if row["unit"].startswith("NOK"):
            for amount in re.findall(r"\d\.(\d+)", f"{row['before']} {row['after']}"):
                assert len(amount) <= 2, row
