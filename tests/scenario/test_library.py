"""Every scenario of the library says what it is for, runs, and gives its golden result."""

import importlib.util
import math
import re
import sys
from pathlib import Path

import pytest
from jinja2.utils import urlize

from mikrosim.scenario import load_scenario

FOLDER = Path(__file__).parents[2] / "scenarios"
SPEC = importlib.util.spec_from_file_location("golden", FOLDER / "golden.py")
golden = importlib.util.module_from_spec(SPEC)
sys.modules["golden"] = golden
SPEC.loader.exec_module(golden)

FILES = golden.scenario_files()
WITHOUT_PROPOSAL = {"regler_2021_mot_2025"}
"""Held against an earlier law: it proposes nothing."""
RELATIVE, ABSOLUTE = 1e-6, 1e-6
MOVES_NO_AMOUNT = {"felles_utbetalingsdato"}


def differences(expected, found, path=""):
    """Return the paths at which two results differ, with both values."""
    if isinstance(expected, dict) and isinstance(found, dict):
        names = sorted({*expected, *found})
        return [line for name in names
                for line in differences(expected.get(name), found.get(name), f"{path}.{name}".lstrip("."))]  # fmt: skip
    same = expected == found
    if isinstance(expected, float) and isinstance(found, float):
        same = math.isclose(expected, found, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
    return [] if same else [f"{path}: {expected} in golden/, {found} now"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scenario_says_why_whence_and_what_it_leaves_out(path):
    scenario = load_scenario(path, allow_code=True)
    for text in (scenario.description, scenario.why, scenario.source, scenario.limits):
        assert len(text) > 40
    assert "https://" in scenario.source or "http://" in scenario.source or path.stem in WITHOUT_PROPOSAL
    assert scenario.policy().changes or scenario.solve or scenario.compared_with or scenario.code
    assert scenario.compare


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_addresses_of_a_source_become_links_that_lead_there(path):
    source = load_scenario(path, allow_code=True).source
    links = re.findall(r'href="([^"]+)"', urlize(source))
    assert len(links) == source.count("http")
    assert not [link for link in links if not link[-1].isalnum() and link[-1] != "/"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scenario_stands_with_its_question_in_the_readme(path):
    assert f"| `{path.stem}.yaml` | " in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_the_readme_shows_the_golden_results():
    text = golden.README.read_text(encoding="utf-8")
    assert golden.with_results(text) == text, "`make golden` renews scenarios/README.md"


def test_every_feature_of_scenarios_has_a_worked_example():
    scenarios = {path.stem: load_scenario(path, allow_code=True) for path in FILES}
    written = {path.stem: path.read_text(encoding="utf-8") for path in FILES}
    examples = {
        "barnetrygd_behovsprovd": "extend: barnetrygd_3000.yaml\n",
        "rege_pakken": "extend: [",
        "sfo_12_timer_1_4": "from: 2025-08}",
        "bostotte_alle_med_rett": "bostotte.take_up: 1",
        "regler_2021_mot_2025": "law_of: 2021",
        "skatt_barnetrygd_provenynoytral": "operation: multiply",
        "struktur_eksempel": "code: struktur_eksempel.py",
    }
    readme = golden.README.read_text(encoding="utf-8").split("**Worked examples**")[1].split("**Build on")[0]
    for name, line in examples.items():
        assert name in scenarios
        assert line in written[name]
        assert f"`{name}.yaml`" in readme


# One test, so that one process compiles the law and draws the population.
def test_golden_results():
    found = golden.golden_results(FILES)
    wrong = []
    for path in FILES:
        expected = golden.read_golden(path)
        for name in ("law_hash", "version"):  # what was run, told so that a difference can be traced; not what it gave
            expected.pop(name), found[path].pop(name)
        if expected["population"] != found[path]["population"]:
            pytest.fail("the default population of this size is another than before: `make golden`, then look at it")
        wrong += [f"{path.stem}: {line}" for line in differences(expected, found[path])]
    assert not wrong, "\n".join(["`make golden` if the change is meant:", *wrong])


def test_every_golden_result_is_of_a_scenario_here():
    assert sorted(path.stem for path in (FOLDER / "golden").glob("*.json")) == [path.stem for path in FILES]


def net(name):
    return golden.read_golden(FOLDER / f"{name}.yaml")["budget"]["net"]


def children(name):
    share = golden.read_golden(FOLDER / f"{name}.yaml")["low_income_eu60"]["children"]
    return share["after"] - share["before"]


def test_golden_results_make_sense():
    """Signs and orders of size; the amounts are those of published estimates, wide enough for a small population."""
    for name in ("skatt_barnetrygd_provenynoytral", "barnetrygd_behovsprovd", "like_satser"):
        assert abs(net(name)) < 1
    # 100 kroner more a month for every child costs about 1.3 billion; the mean rate of 2025 is 1,900.67 kroner.
    assert net("barnetrygd_3000") / (3000 - 1900.67) == pytest.approx(13, rel=0.05)
    assert 0 < net("barnehagerett_desember") < net("barnehagerett_lopende")
    assert net("kontantstotte_avviklet") < 0 > net("foreldrefradrag_avviklet")
    assert 1.5 < golden.read_golden(FOLDER / "skatt_barnetrygd_provenynoytral.yaml")["solved"]["value"] < 1.83
    assert net("skatt_barnetrygd") < net("rege_pakken")
    for name in ("skatt_barnetrygd", "barnetrygd_3000", "utvidet_barnetrygd", "sosialhjelp_sifo"):
        assert children(name) < 0
    # What bostotte gives to those who have sosialhjelp too is taken from that, and few others are near the line.
    assert children("bostotte_alle_med_rett") <= 0 < net("bostotte_alle_med_rett")
    for name in MOVES_NO_AMOUNT:
        assert golden.read_golden(FOLDER / f"{name}.yaml")["budget"] == {"net": 0.0, "changed": {}}
