"""The law's values in words: nothing of it is left untranslated."""

import re
from typing import get_args

import pytest

from mikrosim.parameters import load_law
from mikrosim.parameters.parameter import Unit
from mikrosim.population.municipalities import municipalities
from mikrosim.population.uprating import uprating
from mikrosim.report.law_values import (
    UNIT_FREE,
    figure_name,
    named_changes,
    place_name,
    remark_name,
    unit_name,
    value_and_unit,
)
from mikrosim.report.page.law import statute_in_words
from mikrosim.report.texts import WORDS, Words

NB, EN = Words("nb"), Words("en")
ENGLISH = re.compile(r"\b(the|of|and|none|by|between|a reform|paragraph|law|yes|no|limit|months?|days|hours|years?)\b")
SEVERAL_NAMES = {301, 1841, 1870, 5041, 5043, 5518, 5538, 5540, 5610, 5612, 5622, 5628, 5636}


def told(path, text, words=NB):
    value, unit = value_and_unit(path, load_law().parameters[path].unit, text, words)
    return f"{value} {unit}".strip().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("words", [NB, EN], ids=["nb", "en"])
def test_every_unit_of_the_law_has_words(words):
    for unit in get_args(Unit):
        assert unit in UNIT_FREE or unit_name(unit, words)
        if unit not in UNIT_FREE and words is NB:
            assert not ENGLISH.search(unit_name(unit, words)), unit
            assert not ENGLISH.search(unit_name(unit, words, one=True)), unit


def test_every_choice_of_the_law_has_words():
    choices = [(path, choice) for path, one in load_law().parameters.items() for choice in one.choices]
    told = {key for key in WORDS if key.startswith("choice.")}
    assert {f"choice.{path}.{choice}" for path, choice in choices} == told


def test_every_value_that_the_law_has_ever_had_is_told_in_norwegian():
    for path, parameter in load_law().parameters.items():
        for dated in parameter.dated:
            assert not ENGLISH.search(told(path, parameter.readable(dated.numbers))), (path, dated.start)


def test_every_statute_is_told_in_norwegian():
    for parameter in load_law().parameters.values():
        assert not ENGLISH.search(statute_in_words(parameter.statute, NB)), parameter.statute
    assert statute_in_words("none; a reform", NB) == "ingen; en reform"
    assert statute_in_words("none; a reform", EN) == "none; a reform"


@pytest.mark.parametrize(
    ("path", "text", "norwegian", "english"),
    [
        ("barnetrygd.taxable_as", "none", "ikke skattlagt", "not taxed"),
        ("skatt.personfradrag", "no law", "ingen regel", "no law"),
        ("skatt.personfradrag", "1 000 000 000", "ingen grense", "no limit"),
        ("skatt.personfradrag", "106 903.752345", "106 904 kr i året", "106,904 NOK per year"),
        ("barnetrygd.utvidet", "4 130.53", "4 130,53 kr i måneden", "4,130.53 NOK per month"),
        ("barnehagerett.last_birth_month", "8", "aug", "Aug"),
        ("sfo.income_rule_last_grade", "4", "4. trinn", "grade 4"),
        ("sfo.free_hours", "[12, 12.5, 0]", "[12; 12,5; 0] timer i uka", "[12, 12.5, 0] hours per week"),
        ("bostotte.kommunegruppe_1", "[301]", "[Oslo]", "[Oslo]"),
    ],
)
def test_values_read_as_people_write_them(path, text, norwegian, english):
    assert told(path, text) == norwegian
    assert told(path, text, EN) == english


def test_one_of_something_is_singular_and_a_shared_unit_stands_once():
    changes = [
        "kontantstotte.first_age_months: 1 -> 0 months (2025)",
        "barnehage.free_core_from_age: 1 -> 2 age (2025)",
    ]
    parameters = load_law().parameters
    assert {parameters[change.partition(":")[0]].unit for change in changes} == {"months", "age"}
    first, second = named_changes(changes, NB)
    assert first.endswith(": 1 → 0 måneder (2025)")
    assert named_changes([changes[0].replace("1 -> 0", "0 -> 1")], NB)[0].endswith(": 0 måneder → 1 måned (2025)")
    assert second.endswith(": 1 → 2 år (2025)")


def test_every_figure_of_growth_that_is_not_final_has_words():
    table = uprating()
    for names in table.unconfirmed.values():
        for name in names:
            assert figure_name(name, NB) != name
    assert {f"index.{name}" for name in table.series} <= set(WORDS)
    assert figure_name("wage 2025 (projection)", NB) == "lønn 2025 (framskrevet)"
    assert remark_name("barnetrygd.utvidet", NB) == "Utvidet barnetrygd (barnetrygd.utvidet)"
    assert remark_name("2023", NB) == "2023"


def test_rules_of_a_reform_s_own_are_told_in_norwegian():
    assert named_changes(["rules of its own: struktur.py"], NB) == ["Egne regler: struktur.py"]


def test_municipalities_with_several_official_names_are_shown_by_them_and_no_others():
    for code, one in municipalities().items():
        shown = place_name(code, NB)
        if code not in SEVERAL_NAMES:
            assert shown == one.name
            assert f"place.{code:04d}" not in WORDS
        elif one.name == "Oslo-Oslove":
            assert shown == "Oslo"
        else:
            assert shown.replace(" – ", "-") == one.name
    assert place_name(3414, NB) == "Nord-Odal"
