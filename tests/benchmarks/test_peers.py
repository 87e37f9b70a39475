import ast
import doctest
import json
import re
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyarrow.parquet as pq
import pytest
import yaml

PEERS = Path(__file__).parents[2] / "benchmarks" / "peers"
MODELS = sorted(place.parent.name for place in PEERS.glob("*/peer.yaml"))
LOCKED = [name for name in MODELS if not name.startswith("mikrosim")]
PLENTY = 8 * 1024**3

TOY = """
from pathlib import Path


def load():
    print("a banner that is no stage")
    return 1.0


def prepare(law, people: Path):
    import numpy as np

    return np.load(people / "people.npz")["wage"]


def compute(law, wages):
    return law * wages


def second(law, wages, people):
    return compute(2 * law, wages)


def check(result):
    return float(result.sum())


def rules(law, wages, result):
    return "1 rule"
"""


@pytest.fixture
def module(monkeypatch):
    """The scripts import each other by name."""
    monkeypatch.syspath_prepend(PEERS)
    return import_module


@pytest.fixture
def toy(module, monkeypatch, tmp_path):
    """A folder of models with one that runs in this environment, and a way to measure it."""
    run, people = module("run"), module("synthetic")
    model = tmp_path / "toy"
    model.mkdir()
    (model / "peer.yaml").write_text((PEERS / "mikrosim" / "peer.yaml").read_text("utf-8"), "utf-8")
    monkeypatch.setattr(run, "HERE", tmp_path)
    monkeypatch.setenv("MIKROSIM_CACHE", str(tmp_path))
    places = {persons: people.write(persons, tmp_path) for persons in (50, 200)}

    def measured(adapter, memory=PLENTY):
        (model / "adapter.py").write_text(adapter, "utf-8")
        return run.measured("toy", places, memory, 60.0, 2)

    return measured


def test_the_same_number_and_seed_give_the_same_people(module):
    people = module("synthetic")
    one, same, other = people.draw(2000, 1), people.draw(2000, 1), people.draw(2000, 2)
    assert list(one) == list(people.COLUMNS)
    assert all(np.array_equal(one[name], same[name]) for name in one)
    assert not np.array_equal(one["wage"][:1900], other["wage"][:1900])


@pytest.mark.parametrize("persons", [1000, 5000])
def test_people_are_whole_households_of_at_most_the_number_asked_for(module, persons):
    drawn = module("synthetic").draw(persons)
    largest = 5
    assert persons - largest < len(drawn["age"]) <= persons
    assert np.array_equal(np.bincount(drawn["household"])[drawn["household"]], drawn["size"])
    assert np.array_equal(drawn["place"], np.arange(len(drawn["age"])) - drawn["first"])


def test_children_are_minors_with_older_parents_and_no_income(module):
    drawn = module("synthetic").draw(5000)
    child = drawn["place"] >= drawn["adults"]
    assert drawn["age"][child].max() == 17
    assert drawn["age"][~child].min() >= 19
    assert (drawn["age"][drawn["first"]] - drawn["age"])[child].min() >= 19
    for name in ("wage", "pension", "interest", "rent", "unemployed_months", "disabled"):
        assert not drawn[name][child].any()
        assert drawn[name][~child].any()


def test_people_are_written_once_in_two_forms(module, tmp_path):
    people = module("synthetic")
    place = people.write(500, tmp_path)
    before = (place / "people.npz").stat().st_mtime_ns
    assert people.write(500, tmp_path) == place
    assert (place / "people.npz").stat().st_mtime_ns == before
    table = pq.read_table(place / "people.parquet")
    assert people.rows(place) == table.num_rows
    with np.load(place / "people.npz") as arrays:
        assert all(np.array_equal(table[name].to_numpy(), arrays[name]) for name in people.COLUMNS)


@pytest.mark.parametrize("name", MODELS)
def test_every_model_has_its_parts(name):
    about = yaml.safe_load((PEERS / name / "peer.yaml").read_text("utf-8"))
    wanted = {"name", "package", "country", "period", "law", "computes", "leaves_out", "second_law"}
    assert wanted <= set(about) <= wanted | {"cache"}
    tree = ast.parse((PEERS / name / "adapter.py").read_text("utf-8"))
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert {"load", "prepare", "compute", "rules", "check"} <= functions
    assert len(functions & {"second", "both"}) == (name != "taxsim_py")
    assert ast.get_docstring(tree)


@pytest.mark.parametrize("name", LOCKED)
def test_every_lock_pins_with_hashes_and_names_no_registry(name):
    package = yaml.safe_load((PEERS / name / "peer.yaml").read_text("utf-8"))["package"]
    pinned = (PEERS / name / "requirements.in").read_text("utf-8").strip()
    lock = (PEERS / name / "requirements.lock").read_text("utf-8")
    assert re.fullmatch(rf"{package}==[0-9.]+", pinned)
    assert f"\n{pinned} \\\n" in f"\n{lock}"
    assert "://" not in lock
    entries = [entry for entry in re.split(r"\n(?=\S)", lock.strip()) if not entry.startswith("#")]
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


def test_a_model_is_measured_through_all_its_stages(toy):
    found = toy(TOY)
    size = found["sizes"]["200"]
    assert size["rules"] == "1 rule"
    assert size["failed"] == ""
    assert len(size["warm"]["compute"]) == len(size["second"]["seconds"]) == 2
    assert len(size["fresh"]) == 3
    once, twice = size["second"]["check"]
    assert twice == pytest.approx(2 * once)
    assert found["cold"]["seconds"] > 0
    assert min(size["memory"]) > 0


@pytest.mark.parametrize(("name", "beyond"), [("both", 2.0), ("second", 5.0)])
def test_a_second_law_is_charged_what_it_takes_beyond_the_first(module, monkeypatch, name, beyond):
    measure = module("measure")
    now = [0.0]

    def takes(seconds):
        def work(*given):
            now[0] += seconds
            return given

        return work

    monkeypatch.setattr(measure.time, "perf_counter", lambda: now[0])
    adapter = SimpleNamespace(compute=takes(3.0), **{name: takes(5.0)})
    times, done = measure._second(adapter, ("law", "prepared"), "people", 3, 1000.0)
    assert times == [beyond] * 3
    assert done == ("law", "prepared", "people")


def test_a_model_that_fails_says_so_in_its_own_words(toy, module):
    found = toy(TOY.replace("return law * wages", "raise ValueError('no such law')"))
    assert found["failed"] == "ValueError: no such law"
    assert "ValueError: no such law" in module("table").row(found, [200])


def test_a_reform_that_fails_leaves_the_first_laws_figures(toy):
    size = toy(TOY.replace("compute(2 * law, wages)", "None / 2"))["sizes"]["200"]
    assert size["warm"]["compute"]
    assert "second" not in size
    assert size["failed"].startswith("its second law: TypeError")


def test_a_reform_that_changes_nothing_is_told(toy, module):
    found = toy(TOY.replace("compute(2 * law, wages)", "compute(law, wages)"))
    assert "changed nothing" in found["sizes"]["200"]["failed"]
    assert module("table").failures(found)


def test_a_process_that_takes_too_much_memory_is_stopped(module):
    takes = "import time; held = bytearray(300_000_000); held[::4096] = b'x' * len(held[::4096]); time.sleep(60)"
    found = module("watched").watch([sys.executable, "-c", takes], memory=100_000_000, seconds=50.0)
    assert re.fullmatch(r"does not fit: stopped at 0\.\d GiB after \d+ s", found.failed)


def test_a_process_that_takes_too_long_is_stopped(module):
    takes = 'import time; print(\'{"stage": "loaded"}\', flush=True); time.sleep(60)'
    found = module("watched").watch([sys.executable, "-c", takes], memory=PLENTY, seconds=0.5)
    assert found.failed.startswith("stopped after")
    assert "loaded" in found.stages


def test_a_lock_that_cannot_be_installed_names_the_reason_and_leaves_no_environment_to_use(module, tmp_path):
    environments = module("environments")
    peer = tmp_path / "broken"
    peer.mkdir()
    (peer / "requirements.lock").write_text("this is no requirement\n", "utf-8")
    with pytest.raises(environments.CannotInstallError, match="this is no requirement"):
        environments.python_of(peer, tmp_path / "environments")
    assert not (tmp_path / "environments" / "broken" / "ready").exists()


def size_of(persons, compute, **further):
    return {
        "persons": persons,
        "start_up": [0.5],
        "start_up_memory": [100 * 1024**2],
        "fresh": [1.0, 3.0, 2.0],
        "memory": [2 * 1024**3],
        "rules": "12 rules",
        "warm": {"prepare": [1.0], "compute": [compute], "processor": [2 * compute]},
        "failed": "",
        **further,
    }


def results(ours, theirs):
    def peer(key, name, compute, **further):
        return {
            "id": key, "name": name, "version": "1.0", "country": "Norway", "period": "months, summed", "law": "2025",
            "computes": "taxes", "leaves_out": "nothing", "second_law": "a reform",
            "cold": {"persons": 1000, "seconds": 60.0}, "sizes": {"1000": size_of(1000, compute, **further)},
        }  # fmt: skip

    machine = {"processor": "A chip", "processors": 2, "system": "Linux", "python": "3.11.7", "memory_limit": 8}
    return {
        "datetime": "2026-11-22T20:00:00+00:00",
        "whole": True,
        "machine": machine,
        "sizes": [1000],
        "peers": [
            peer("mikrosim", "mikrosim, kernel", ours, second={"seconds": [0.5]}),
            peer("mikrosim_run", "mikrosim, whole run", 0.0001),
            peer("other", "Other", theirs, second={"seconds": [4.0]}),
            {**peer("broken", "Broken", 1.0), "sizes": {}} | {"failed": "cannot be installed: no wheel"},
        ],
    }


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        (0.5, 2.0, "4.00 times the fastest of the others (Other, 500); the goal of 2 times is met."),
        (1.0, 1.6, "1.60 times the fastest of the others (Other, 625); the goal of 2 times is missed by 250 persons"),
        (2.0, 1.0, "0.50 times the fastest"),
    ],
)
def test_the_table_says_by_how_much_mikrosims_kernel_is_ahead(module, ours, theirs, said):
    assert said in module("table").section(results(ours, theirs))


def test_a_row_has_what_was_measured(module):
    table = module("table")
    _, _, other, _ = results(0.5, 2.0)["peers"]
    cells = dict(zip(table.COLUMNS, table.row(other, [1000, 5000]), strict=True))
    assert cells["Model"] == "Other 1.0"
    assert cells["Persons a second, warm"] == "500 / –"
    assert cells["Cores busy"] == "2.00 / –"
    assert cells["Fresh process to first result, s"] == "2.00 / –"
    assert cells["Peak memory, GiB"] == "2.00 / –"
    assert cells["Second law, s (of the first)"] == "4.00 (133%) / –"
    assert cells["First run ever, s"] == "60.0"


def test_a_size_that_will_not_fit_is_told_with_the_figures_behind_it(module):
    table = module("table")
    small = size_of(1000, 1.0)
    said = table.projected({"1000": small}, 10_000, 8 * 1024**3)
    assert said == "does not fit: 2.0 GiB for 1,000 persons, so about 19 GiB, and 8 GiB may be used"
    assert table.projected({"1000": small}, 3000, 8 * 1024**3) == ""
    assert table.projected({}, 10_000, 1) == ""
    other = results(1.0, 1.0)["peers"][2]
    other["sizes"]["10000"] = {"persons": 10_000, "failed": said}
    assert "does not fit" in table.row(other, [1000, 10_000])[3]
    assert any(said in line for line in table.failures(other))


def test_pages_get_the_table_and_the_list(module, monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(PEERS.parent)
    write_readme = module("write_readme")
    markers = "text <!-- peers:start --><!-- peers:end --> text"
    for page in ("README", "HOW"):
        (tmp_path / page).write_text(markers, "utf-8")
        monkeypatch.setattr(write_readme, page, tmp_path / page)
    found = tmp_path / "peers.json"
    found.write_text(json.dumps(results(0.5, 2.0)), "utf-8")
    assert write_readme.main([str(found)]) == 0
    assert "Measured 2026-11-22 on A chip, 2 processors" in (tmp_path / "README").read_text("utf-8")
    assert "| cannot be installed: no wheel |" in (tmp_path / "README").read_text("utf-8")
    assert "- **Other**, Norway, months, summed: taxes. Left out: nothing." in (tmp_path / "HOW").read_text("utf-8")


def test_pages_are_left_alone_by_results_of_some_models(module, monkeypatch, tmp_path, capsys):
    monkeypatch.syspath_prepend(PEERS.parent)
    found = tmp_path / "peers.json"
    found.write_text(json.dumps(results(0.5, 2.0) | {"whole": False}), "utf-8")
    before = (PEERS.parents[1] / "README.md").read_bytes()
    assert module("write_readme").main([str(found)]) == 1
    assert (PEERS.parents[1] / "README.md").read_bytes() == before
    assert "of some of the benchmarks only" in capsys.readouterr().err


def test_examples_in_docstrings_hold(module):
    assert doctest.testmod(module("table")).failed == 0
