"""Sweeps of a scenario with rules of its own: refused unless allowed, then the same numbers as one run has."""

from pathlib import Path

import pytest
from swept import COST, OWN_RULES, OWN_RULES_FILE

import mikrosim
from mikrosim.errors import ScenarioError
from mikrosim.measures import number_at
from mikrosim.scenario import load_scenario
from mikrosim.sweep import load_sweep, sweep_from_dict
from mikrosim.sweep.optimisation import optimisation_from_dict
from mikrosim.sweep.optimise import optimise
from mikrosim.sweep.optimum_files import write_optimum
from mikrosim.sweep.place import read_sweep
from mikrosim.sweep.run import sweep
from mikrosim.sweep.task import Code

EXAMPLE = Path(OWN_RULES_FILE).with_suffix(".py")


def test_they_are_refused_unless_allowed(tmp_path):
    (tmp_path / "own.py").write_text("raise SystemExit('this ran')")
    (tmp_path / "sweep.yaml").write_text(
        "name: x\nbase: {year: 2025, code: own.py}\nparameters: {barnetrygd.ordinaer: [1]}\n"
    )
    with pytest.raises(ScenarioError, match=r"base\.code .*could do anything on this computer.*--allow-code"):
        load_sweep(tmp_path / "sweep.yaml")
    assert load_sweep(tmp_path / "sweep.yaml", allow_code=True).scenario.code == tmp_path / "own.py"


def test_a_row_has_the_numbers_of_one_run_and_the_baseline_is_the_law(population, tmp_path):
    sweep(sweep_from_dict(OWN_RULES, OWN_RULES_FILE, allow_code=True), tmp_path / "out", population)
    table, note = read_sweep(tmp_path / "out")
    assert note["base"] == ["rules of its own: struktur_eksempel.py"]
    for row in table.to_pylist():
        reform = {"barnetrygd.ordinaer": row["barnetrygd.ordinaer"]}
        one = {"name": "x", "year": 2025, "code": EXAMPLE.name, "reform": reform}
        run = mikrosim.run(mikrosim.scenario_from_dict(one, OWN_RULES_FILE, allow_code=True), population).to_dict()
        assert row[COST] == pytest.approx(run["change"]["budget"]["net"], rel=1e-9)
        path = "low_income.eu60.children.share"
        assert row[f"reform.{path}"] == pytest.approx(number_at(run["reform"], path), rel=1e-9)
        assert number_at(note["baseline"], path) == pytest.approx(number_at(run["baseline"], path), rel=1e-9)
    with_law = sweep_from_dict({**OWN_RULES, "base": {"year": 2025}})
    sweep(with_law, tmp_path / "law", population)
    law = read_sweep(tmp_path / "law")[0][COST].to_pylist()
    assert all(own > of_law for own, of_law in zip(table[COST].to_pylist(), law, strict=True))


def test_a_machine_without_the_file_gets_a_copy(tmp_path, monkeypatch):
    monkeypatch.setenv("MIKROSIM_CACHE", str(tmp_path / "cache"))
    (tmp_path / "own.py").write_text("rules = 1")
    code = Code.of(tmp_path / "own.py")
    assert code.path() == tmp_path / "own.py"
    (tmp_path / "own.py").write_text("rules = 2")
    assert code.path().read_text() == "rules = 1"
    assert code.path().is_relative_to(tmp_path / "cache")
    assert code.path().stem.startswith("own-")


def test_the_best_law_takes_its_rules_along(population, tmp_path):
    spec = {"name": "Cheapest", "base": OWN_RULES["base"], "minimise": COST, "evaluations": 100,
            "parameters": {"barnetrygd.ordinaer": {"low": 1500, "high": 2500}}}  # fmt: skip
    chosen = optimisation_from_dict(spec, OWN_RULES_FILE, allow_code=True)
    write_optimum(optimise(chosen, population), chosen, tmp_path)
    written = load_scenario(tmp_path / "scenario.yaml", allow_code=True)
    assert written.code.read_bytes() == EXAMPLE.read_bytes()
    assert written.policy().changes
