"""`mikrosim sweep` and `mikrosim optimise` from outside: files, words, exit codes."""

import json
import sys
from pathlib import Path

import pytest

from mikrosim.cli.app import main
from mikrosim.population.store import save

sys.path.insert(0, str(Path(__file__).parents[1] / "simulation"))

from people import people

SWEEP = """
name: Rates
base: {year: 2025}
parameters:
  barnetrygd.ordinaer: {from: 1000, to: 3000, step: 500}
measures: [change.budget.net, reform.low_income.eu60.children.share]
persistent: false
"""
OPTIMISE = """
name: Cheapest
base: {year: 2025}
parameters:
  barnetrygd.ordinaer: {low: 1000, high: 4000}
minimise: change.budget.net
subject_to: [reform.low_income.eu60.children.share <= 0.3]
evaluations: 100
"""


def call(*arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in arguments])
    out, err = capsys.readouterr()
    return ended.value.code or 0, out, err


@pytest.fixture
def folder(tmp_path, monkeypatch):
    save(people(60), tmp_path / "population")
    (tmp_path / "rates.yaml").write_text(SWEEP)
    (tmp_path / "cheapest.yaml").write_text(OPTIMISE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_sweep_writes_a_folder_named_like_its_file_and_is_quiet_in_a_pipe(folder, capsys):
    import pyarrow.parquet as pq

    code, out, err = call("sweep", "rates.yaml", "--population", "population", "--language", "en", capsys=capsys)
    assert (code, out) == (0, "5 scenarios, 5 of them now: rates-sweep/sweep.parquet\n")
    assert "Compiling" in err or not err  # the first run of a law says that it is compiled
    rows = pq.ParquetFile(folder / "rates-sweep" / "sweep.parquet").read()
    assert rows.column_names == [
        "scenario", "barnetrygd.ordinaer", "reform.low_income.eu60.children.share", "change.budget.net",
    ]  # fmt: skip
    costs = rows["change.budget.net"].to_pylist()
    assert costs == sorted(costs)
    assert costs[0] < 0 < costs[-1]

    code, out, err = call("sweep", "rates.yaml", "--population", "population", capsys=capsys)
    assert code == 1
    assert "holds a finished sweep; go on with --resume" in err


def test_optimise_prints_a_table_or_json_and_writes_its_files(folder, capsys):
    words = ("optimise", "cheapest.yaml", "--population", "population")
    code, out, _ = call(*words, "--language", "en", capsys=capsys)
    assert code == 0
    assert "best value" in out
    assert "The frontier" in out

    code, out, _ = call(*words, "--format", "json", "--out", "best", "--quiet", capsys=capsys)
    assert code == 0
    found = json.loads(out)
    assert found["parameters"]["barnetrygd.ordinaer"] >= 1000
    assert json.loads((folder / "best" / "optimum.json").read_text()) == found
    assert (folder / "best" / "scenario.yaml").exists()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["sweep", "none.yaml"], 1, "there is no such file"),
        (["sweep", "rates.yaml", "--workers", "0"], 2, "workers"),
        (["sweep", "rates.yaml", "--workers", "2", "--scheduler", "tcp://x:1"], 2, "goes without --scheduler"),
        (["optimise", "rates.yaml"], 1, "did you mean"),
        (["sweep", "cheapest.yaml"], 1, "minimise"),
    ],
)
def test_wrong_words_are_answered(words, code, told, folder, capsys):
    ended, out, err = call(*words, capsys=capsys)
    assert ended == code
    assert told in err
    assert out == ""
    assert sorted(path.name for path in folder.iterdir()) == ["cheapest.yaml", "population", "rates.yaml"]


def test_the_bar_tells_rate_and_time_left_on_a_terminal(monkeypatch, capsys):
    import time

    from mikrosim.cli.progress import LawsDone
    from mikrosim.cli.status import Status
    from mikrosim.report.texts import Words

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    with LawsDone(Words("en")) as laws, Status(Words("en")) as status:
        laws.after(status, 20, 100, 20)
        time.sleep(0.01)
        laws.after(status, 60, 100, 20)
    shown = capsys.readouterr().err
    assert "60/100" in shown
    assert "a second" in shown
    assert "left" in shown
