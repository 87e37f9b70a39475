"""Scenarios that build on other files, and those held against another year's law."""

from pathlib import Path

import numpy as np
import pytest

from mikrosim import load_scenario
from mikrosim.errors import ScenarioError
from mikrosim.parameters import load_law
from mikrosim.scenario import scenario_from_dict

LAW = load_law()
UTVIDET = LAW.layout.slots["barnetrygd.utvidet"].start
FIRST = LAW.layout.slots["skatt.foreldrefradrag.first_child"].start


def write(path: Path, text: str) -> Path:
    path.write_text(f"name: {path.stem}\nyear: 2025\n{text}", encoding="utf-8")
    return path


def refused(path: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    return str(caught.value)


def test_the_files_named_come_first_in_their_order(tmp_path):
    write(tmp_path / "a.yaml", "reform:\n  barnetrygd.utvidet: 3000\n")
    write(tmp_path / "b.yaml", "reform:\n  barnetrygd.utvidet: {add: 100}\n  skatt.foreldrefradrag.first_child: 0\n")
    both = write(tmp_path / "both.yaml", "extend: [a.yaml, b.yaml]\nreform:\n  barnetrygd.utvidet: {multiply: 2}\n")
    vector = load_scenario(both).policy().vector
    assert vector[:, UTVIDET].tolist() == [6200] * 12
    assert vector[0, FIRST] == 0
    turned = write(tmp_path / "turned.yaml", "extend: [b.yaml, a.yaml]\n")
    assert load_scenario(turned).policy().vector[:, UTVIDET].tolist() == [3000] * 12


def test_a_file_that_extends_is_extended_with_all_of_it(tmp_path):
    (tmp_path / "parts").mkdir()
    write(tmp_path / "parts" / "low.yaml", "reform:\n  barnetrygd.utvidet: 1000\n")
    write(tmp_path / "parts" / "middle.yaml", "extend: low.yaml\nreform:\n  barnetrygd.utvidet: {add: 1}\n")
    top = write(tmp_path / "top.yaml", "extend: parts/middle.yaml\n")
    assert load_scenario(top).policy().vector[0, UTVIDET] == 1001


def test_what_is_wrong_in_a_named_file_is_told_with_its_name(tmp_path):
    write(tmp_path / "a.yaml", "reform:\n  barnetrygd.utvidt: 3000\nwhi: x\n")
    message = refused(write(tmp_path / "top.yaml", "extend: [a.yaml, gone.yaml]\n"))
    assert "a.yaml: whi: unknown key; did you mean why?" in message
    assert "did you mean barnetrygd.utvidet?" in message
    assert "gone.yaml" in message


@pytest.mark.parametrize("name", ["/etc/passwd", "../other.yaml", "parts/../../other.yaml", "..\\\\other.yaml"])
def test_a_scenario_reads_no_file_outside_its_folder(tmp_path, name):
    top = write(tmp_path / "top.yaml", f"extend: '{name}'\n")
    assert "name a file beside the scenario or in a folder below it" in refused(top)


def test_a_ring_of_files_is_refused(tmp_path):
    write(tmp_path / "a.yaml", "extend: b.yaml\n")
    assert "in a ring" in refused(write(tmp_path / "b.yaml", "extend: a.yaml\n"))


def test_the_law_of_another_year_may_be_the_baseline():
    scenario = scenario_from_dict({"name": "x", "year": 2025, "baseline": {"law_of": 2021, "uprated_by": 1.1}})
    then, before = scenario.baseline(), LAW.baseline(2021)
    assert then.year == 2025
    np.testing.assert_allclose(then.vector[:, UTVIDET], before.vector[:, UTVIDET] * 1.1)
    share = LAW.layout.slots["skatt.rate_alminnelig_inntekt"].start
    assert then.vector[0, share] == before.vector[0, share]
    np.testing.assert_array_equal(scenario.policy().vector, LAW.baseline(2025).vector)


def test_amounts_may_follow_the_grunnbelop():
    scenario = scenario_from_dict({"name": "x", "year": 2025, "baseline": {"law_of": 2021, "uprated_by": "grunnbelop"}})
    # (4 x 124028 + 8 x 130160) / (4 x 101351 + 8 x 106399)
    assert scenario.baseline().vector[0, UTVIDET] == pytest.approx(
        LAW.baseline(2021).vector[0, UTVIDET] * 1537392 / 1256596
    )


@pytest.mark.parametrize(
    ("baseline", "said"),
    [({"law_of": 1999}, "no law for 1999"), ({"law_of": 2021, "uprated_by": "prisvekst"}, "uprated_by"),
     ({"law_of": 2021, "uprated_by": -1}, "no factor"), ({"uprated_by": 1.0}, "law_of")],
)  # fmt: skip
def test_a_baseline_that_cannot_be_read_is_refused(baseline, said):
    with pytest.raises(ScenarioError, match=said):
        scenario_from_dict({"name": "x", "year": 2025, "baseline": baseline})
