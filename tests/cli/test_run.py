"""`mikrosim run` around a result made by hand: what is printed where, and what is written."""

import json

import pytest
from results import a_result

from mikrosim.cli.app import main

SCENARIO = "name: Høyere barnetrygd\nyear: 2025\nreform: {}\n"


@pytest.fixture
def scenario(tmp_path, monkeypatch):
    """Return a scenario file; running it gives the result by hand, and a slow stage on the way."""

    def made_up(chosen, population, households, seed, *, progress, **options):
        progress("compiling")
        return a_result(scenario=chosen.name)

    monkeypatch.setattr("mikrosim.simulation.run.run", made_up)
    path = tmp_path / "scenario.yaml"
    path.write_text(SCENARIO)
    return path


def call(*arguments):
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in arguments])
    assert not ended.value.code


def test_json_alone_stands_on_standard_output(scenario, capsys):
    call("run", scenario, "--format", "json")

    out, err = capsys.readouterr()
    assert json.loads(out)["scenario"] == "Høyere barnetrygd"
    assert "Høyere" in out
    assert err == "Kompilerer reglene (bare første gang) …\n"


def test_the_table_is_norwegian_unless_asked(scenario, capsys):
    call("run", scenario)
    assert "Reformen koster" in capsys.readouterr().out

    call("run", scenario, "--language", "en", "--quiet")
    out, err = capsys.readouterr()
    assert "The reform costs" in out
    assert err == ""


def test_out_writes_the_printed_json_and_a_manifest(scenario, tmp_path, capsys):
    call("run", scenario, "--format", "json", "--out", tmp_path / "out", "--quiet")

    out, err = capsys.readouterr()
    assert (tmp_path / "out" / "summary.json").read_text() == out
    assert "command" in json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert err == ""
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "charts", "manifest.json", "report.html", "summary.json", "tables",
    }  # fmt: skip


def test_a_report_is_written_again_and_several_side_by_side(scenario, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        call("run", scenario, "--out", tmp_path / name, "--quiet", "--csv", "comma")
    (tmp_path / "one" / "report.html").unlink()
    capsys.readouterr()

    call("report", "one")
    assert capsys.readouterr().err == "Skrevet til one\n"
    assert (tmp_path / "one" / "report.html").is_file()

    call("report", "one", "two", "--language", "en", "--quiet")
    assert capsys.readouterr() == ("", "")
    assert "2 runs side by side" in (tmp_path / "comparison.html").read_text()

    call("report", "one", "--out", "deep/alone.html", "--quiet")
    assert "Svaret" in (tmp_path / "deep" / "alone.html").read_text()


def test_the_result_has_the_contract_s_fields(scenario, capsys):
    call("run", scenario, "--format", "json", "--quiet")

    found = json.loads(capsys.readouterr().out)
    assert {
        "scenario", "year", "population", "law_hash", "version",
        "baseline", "reform", "change", "winners_losers", "deciles",
    } <= set(found)  # fmt: skip
    assert set(found["population"]) == {"persons", "households", "weighted_persons", "hash"}
    for law in ("baseline", "reform", "change"):
        assert {"budget", "low_income", "persistent_low_income", "inequality"} <= set(found[law])
        assert set(found[law]["budget"]) == {"net", "by_instrument"}
        assert set(found[law]["low_income"]) == {"eu60", "oecd50"}
        assert set(found[law]["low_income"]["eu60"]) == {"all", "children"}
        assert set(found[law]["low_income"]["eu60"]["all"]) == {"share", "persons"}
        assert set(found[law]["persistent_low_income"]) == {"eu60"}
        assert set(found[law]["inequality"]) == {"gini", "s80_s20", "p90_p10"}
    assert set(found["change"]["low_income_fixed_line"]) == {"eu60", "oecd50"}
    assert set(found["winners_losers"]["families_with_children"]) == {"gain", "lose", "unchanged"}
    assert len(found["deciles"]) == 10
    assert set(found["deciles"][0]) == {"mean_change", "mean_change_percent"}
    assert found["solved"] == {"parameter": "barnetrygd.ordinaer", "value": 1234.5, "operation": "set"}
