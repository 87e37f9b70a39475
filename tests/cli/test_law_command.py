"""`mikrosim law` shows values, sources and rules; a wrong name or date is one readable sentence."""

import json

import pytest

from mikrosim.cli.app import main


@pytest.fixture
def show(capsys):
    def called(*arguments, code=0):
        with pytest.raises(SystemExit) as ended:
            main(["law", *arguments])
        assert (ended.value.code or 0) == code
        out, err = capsys.readouterr()
        return out if code == 0 else err

    return called


def test_without_a_name_all_parameters_are_listed(show):
    listed = show("--date", "2025-06")
    assert "The law on 2025-06-01" in listed
    assert any(line.split() == ["barnetrygd.ordinaer_over_6", "1", "968", "NOK", "per", "month"]
               for line in listed.splitlines())  # fmt: skip


def test_a_folder_is_shown_with_statutes_sources_and_rules(show):
    shown = show("barnetrygd")
    assert "Statute: barnetrygdloven" in shown
    assert "https://" in shown
    assert "2025-05-01  1 968" in shown
    assert "Rules" in shown


def test_a_mover_is_shown_with_what_it_moves(show):
    shown = show("barnetrygd.ordinaer")
    assert "Moves: barnetrygd.ordinaer_under_6, barnetrygd.ordinaer_over_6" in shown
    assert "barnetrygd.ordinaer_over_6  (NOK per month" in shown


def test_json_holds_the_same(show):
    content = json.loads(show("barnetrygd.ordinaer_over_6", "--date", "2025-05-31", "--format", "json"))
    (parameter,) = content["parameters"]
    assert parameter["values"][0]["value"] == 1968
    assert parameter["values"][0]["href"].startswith("https://")
    assert any("barnetrygdloven" in rule["statute"] for rule in content["rules"])


def test_json_of_the_whole_law_is_plain_json(show):
    content = json.loads(show("--format", "json"), parse_constant=pytest.fail)
    assert len(content["parameters"]) > 50


def test_the_law_is_checked(show):
    assert "no problems" in show("--check")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["barntrygd"], "unknown name barntrygd; did you mean barnetrygd?"),
        (["barnetrygd.ordinar"], "did you mean barnetrygd.ordinaer?"),
        (["--date", "2025-13"], "'2025-13' is not a date; write YYYY-MM-DD or YYYY-MM"),
        (["--date", "2031-01-01"], "no law for 2031; the law here covers the income years 2021 to 2026"),
    ],
)
def test_a_wrong_name_or_date_is_one_sentence(show, arguments, words):
    assert words in show(*arguments, code=1)
