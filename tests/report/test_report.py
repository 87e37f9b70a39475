import io
import json
import re
from dataclasses import replace

import pytest
from results import a_result, law

from mikrosim.errors import MikrosimError
from mikrosim.files import write_together
from mikrosim.measures import BUDGET_SIGNS, difference
from mikrosim.report.files import check_folder, write_run
from mikrosim.report.headline import answer, headline
from mikrosim.report.measure_names import measure_name
from mikrosim.report.summary import Summary
from mikrosim.report.terminal import print_report
from mikrosim.report.texts import WORDS, Words
from mikrosim.simulation.decompose import COUNTRY, HOUSEHOLD
from mikrosim.simulation.remark import TEXTS
from mikrosim.simulation.result import Solved


def printed(result, language="nb"):
    file = io.StringIO()
    print_report(result, language, file)
    return file.getvalue().replace("\N{NO-BREAK SPACE}", " ")


def plain(sentences):
    return [sentence.replace("\N{NO-BREAK SPACE}", " ") for sentence in sentences]


def test_the_first_sentences_say_what_it_costs_and_how_many_children():
    assert plain(headline(Summary(a_result().to_dict()), Words("nb"))) == [
        "Løst: Ordinær barnetrygd (barnetrygd.ordinaer) = 1 234,50 kr i måneden",
        "Reformen koster 6,2 mrd. kr i året, netto.",
        "Barn i lavinntekt (EU60): fra 10,0 til 8,0 prosent, 20 000 færre barn.",
        "Barn i vedvarende lavinntekt (EU60 over tre år): fra 2,5 til 2,0 prosent.",
        "Av personer i barnefamilier får 50 prosent mer og 20 prosent mindre å rutte med.",
    ]


@pytest.mark.parametrize(
    ("cost", "words"),
    [(25000.4, "koster netto ingenting"), (24500.0, "sparer det offentlige for 500 mill. kr i året")],
)
def test_a_reform_may_cost_nothing_or_save_money(cost, words):
    result = a_result()
    change = difference(law(cost, 0.1, 0.25), result.baseline)

    sentences = headline(Summary(replace(result, change=change, solved=None).to_dict()), Words("nb"))

    assert words in plain(sentences)[0]
    assert sentences[1].endswith("10,0 prosent, uendret.") or "til" in sentences[1]


def told(baseline, reform, lasting=(0.077, 0.077), **winners):
    """Return the sentences of a run with these shares of children in low income."""
    shares = ({"share": baseline, "persons": 1e6 * baseline}, {"share": reform, "persons": 1e6 * reform})
    content = Summary(a_result(solved=None).to_dict()).content
    for side, low, long in zip(("baseline", "reform"), shares, lasting, strict=True):
        content[side]["low_income"]["eu60"]["children"] = low
        content[side]["persistent_low_income"]["eu60"]["children"]["share"] = long
    content["change"]["low_income"]["eu60"]["children"]["persons"] = shares[1]["persons"] - shares[0]["persons"]
    content["winners_losers"]["families_with_children"] |= winners
    return Summary(content)


def test_a_change_that_rounding_hides_is_about_none():
    summary = told(0.1130, 0.1133, (0.0770, 0.0771), gain=0.003, lose=0.0)

    assert plain(headline(summary, Words()))[1:] == [
        "Barn i lavinntekt (EU60): om lag uendret (11,3 prosent), 300 flere barn.",
        "Barn i vedvarende lavinntekt (EU60 over tre år): om lag uendret (7,7 prosent).",
        "Av personer i barnefamilier får under 0,5 prosent mer og 0 prosent mindre å rutte med.",
    ]
    assert plain(answer(summary, Words("en")))[1] == (
        "Children in low income (EU60) are about unchanged (11.3 percent), 300 more children; in persistent low income "
        "over three years about unchanged (7.7 percent)."
    )


def test_no_change_is_unchanged_and_a_seen_one_is_told():
    assert plain(headline(told(0.113, 0.113), Words()))[1:3] == [
        "Barn i lavinntekt (EU60): 11,3 prosent, uendret.",
        "Barn i vedvarende lavinntekt (EU60 over tre år): 7,7 prosent, uendret.",
    ]
    assert "fra 11,3 til 11,4 prosent" in headline(told(0.113, 0.114), Words())[1]


def test_a_solved_factor_is_told_by_the_parameter_s_name():
    summary = Summary(a_result(solved=Solved("barnetrygd.alle", 1.643, "multiply")).to_dict())
    assert headline(summary, Words())[0] == "Løst: All barnetrygd (barnetrygd.alle) × 1,643"


@pytest.mark.parametrize("words", [Words("nb"), Words("en")], ids=["nb", "en"])
def test_every_measure_that_is_divided_among_parts_or_compared_has_a_name(words):
    paths = [*COUNTRY, *HOUSEHOLD, "budget.by_instrument.aap", "winners_losers.all.lose", "deciles.1.mean_change",
             "low_income_fixed_line.eu60.all.persons", "persistent_low_income.eu60.children.share"]  # fmt: skip
    names = [measure_name(path, words) for path in paths]
    assert not any("_" in name or re.search(r"\w\.\w", name) for name in names), names
    assert len(set(names)) == len(names)
    assert measure_name("of.another.world", words) == "of.another.world"


def test_the_scenario_s_own_measures_stand_by_name_and_unbroken():
    gains = {"winners_losers.families_with_children": {"change": {"gain": 0.8, "lose": 0.1, "unchanged": 0.1}}}
    text = printed(a_result(compared={**a_result().compared, **gains}))
    assert re.search(r"Barnefamilier: får mindre \(%\) +10,00", text)
    table = text.partition(WORDS["compared"][0])[2].partition(WORDS["remarks"][0])[0]
    assert not re.search(r"\w+\.\w+\.\w+", table)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_report_has_every_table_and_no_colour_where_there_is_no_terminal(language):
    text, words = printed(a_result(), language), Words(language)

    for title in ("budget", "low_income", "deciles", "compared", "remarks"):
        assert words(title) in text
    assert "\x1b" not in text
    assert "barnetrygd.unknown: 1 -> 2 NOK per month (2025)" in text
    assert "skatt.p5" in text
    assert "skatt.p6" not in text
    assert words("and_more", count=3) in re.sub(r"\s+", " ", text)


def test_tables_show_norwegian_numbers():
    text = printed(a_result())

    assert re.search(r"Barnetrygd +25 000 +31 234 +\+6 234", text)
    assert re.search(r"Barn, EU60 +10,0 +8,0 +−2,0 +−20 000", text)
    assert re.search(r"Gini +0,2500 +0,2450 +−0,0050", text)


def test_a_changed_parameter_is_called_by_its_name():
    text = printed(a_result(law_changes=("skatt.personfradrag: 9 550 -> 9 600.5 NOK per year (2025-01 .. 2025-04)",)))

    expected = "Personfradrag (skatt.personfradrag): 9 550 → 9 600,5 kr i året (2025-01–2025-04)"
    assert expected in re.sub(r"\s+", " ", text)


def test_a_scenario_s_name_is_not_read_as_colours():
    assert "[red]Rød[/red]" in printed(a_result(scenario="[red]Rød[/red]"))


def test_numbers_that_do_not_exist_are_dashes_and_null():
    nobody = {"all": dict.fromkeys(("gain", "lose", "unchanged"), float("nan"))}
    result = a_result(winners_losers={**nobody, "families_with_children": nobody["all"]})

    assert re.search(r"Barnefamilier +– +– +–", printed(result))
    assert json.loads(result.to_json())["winners_losers"]["all"]["gain"] is None


def test_every_instrument_and_remark_has_words():
    assert all(f"instrument.{name}" in WORDS for name in BUDGET_SIGNS)
    assert all(f"remark.{key}" in WORDS for key in TEXTS)


def test_a_run_is_written_as_summary_and_manifest(tmp_path):
    folder = tmp_path / "new" / "folder"

    write_run(a_result(), folder, "mikrosim run x.yaml", Words())

    assert json.loads((folder / "summary.json").read_text())["scenario"] == "Høyere barnetrygd"
    assert json.loads((folder / "manifest.json").read_text())["command"] == "mikrosim run x.yaml"
    assert {path.name for path in folder.iterdir()} == {
        "charts", "manifest.json", "report.html", "summary.json", "tables",
    }  # fmt: skip


def test_nothing_is_replaced_if_one_file_cannot_be_written(tmp_path):
    (tmp_path / "one").write_text("old")
    (tmp_path / "two").write_text("in the way")

    with pytest.raises(MikrosimError, match="cannot be written"):
        write_together(tmp_path, {"one": b"new", "two/three": b"new"})

    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]
    assert (tmp_path / "one").read_text() == "old"


def test_a_file_where_the_folder_should_be_is_refused(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(MikrosimError, match="is a file"):
        check_folder(tmp_path / "file" / "inside")
