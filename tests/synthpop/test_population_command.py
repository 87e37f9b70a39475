import json
from dataclasses import replace
from pathlib import Path

import pytest

from mikrosim.cli.app import main
from mikrosim.cli.population import _say_what_was_missed
from mikrosim.synthpop.default import save_built


def run(*words: str) -> int:
    try:
        main(["population", *words])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


@pytest.fixture(scope="module")
def folder(built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("populations") / "small"
    save_built(built, path)
    return path


def test_describe_prints_the_fit_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("describe", str(folder), "--language", "en") == 0
    printed = capsys.readouterr().out
    assert "Difference %" in printed
    assert "Children with step family" in printed
    calibrated, checks = printed.split("Checks: the weights were not found to meet these")
    assert "Persons with AAP in September" in calibrated
    assert "Housing allowance per household and month 2023" in checks


def test_describe_as_json_has_target_and_reached(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("describe", str(folder), "--format", "json") == 0
    content = json.loads(capsys.readouterr().out)
    assert content["population"]["seed"] == 3
    assert {"id", "target", "reached", "difference_percent"} <= set(content["fit"][0])


def test_describe_columns_needs_no_population(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("describe", "--columns") == 0
    assert "kommunenummer of 2024" in capsys.readouterr().out


def test_check_says_that_all_is_well(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", str(folder)) == 0
    assert "no problems" in capsys.readouterr().out


def test_a_missing_population_is_one_message_and_exit_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", str(tmp_path / "nowhere")) == 1
    assert "there is no such population folder" in capsys.readouterr().err


def test_build_does_not_replace_a_population_unasked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", "--out", str(folder)) == 1
    assert "add --force" in capsys.readouterr().err


def test_a_size_for_a_population_that_is_there_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", str(folder), "--seed", "3") == 1
    assert "go with the default population only" in capsys.readouterr().err


def test_a_page_with_a_missing_spread_is_one_message(folder: Path, tmp_path: Path, capsys) -> None:
    page, nowhere = tmp_path / "page.md", tmp_path / "nowhere.json"
    assert run("describe", str(folder), "--markdown", str(page), "--spread", str(nowhere)) == 1
    assert "`mikrosim population spread` writes it" in capsys.readouterr().err
    assert not page.exists()


def test_targets_that_were_left_out_or_missed_are_named_with_the_reason(built, capsys) -> None:
    manifest = {"left_out": {"median.all": "contradicts the others"}, "missed_targets": ["median.all", "aap.sum"]}
    _say_what_was_missed(replace(built.population, manifest=manifest))
    said = capsys.readouterr().err
    assert "targets left out, contradicts the others: median.all" in said
    assert "further off than their tolerance: aap.sum;" in said
