"""A sweep's folder: whole or not there, refused where it cannot go on, clear where it cannot be written."""

import json
import os
import resource
import subprocess
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from swept import TWO_RATES

from mikrosim.errors import MikrosimError
from mikrosim.population import Population
from mikrosim.sweep import sweep_from_dict
from mikrosim.sweep.place import read_sweep
from mikrosim.sweep.run import sweep

FEW = {**TWO_RATES, "samples": 16, "persistent": False}


class Enough(Exception):  # noqa: N818
    """Ends a sweep in the middle."""


def run(out, population, spec=FEW, **options):
    return sweep(sweep_from_dict(spec), out, population, workers=1, **options)


def begin(out, population, spec=FEW):
    def stop(done, total, before):
        if done >= 8:
            raise Enough

    with pytest.raises(Enough):
        run(out, population, spec, on_rows=stop)


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_one_row_for_each_scenario_with_parameters_and_measures(population, tmp_path):
    done = run(tmp_path / "out", population)
    table, note = read_sweep(tmp_path / "out")
    assert (done.scenarios, done.before, table.num_rows) == (16, 0, 16)
    assert table["scenario"].to_pylist() == list(range(1, 17))
    assert table.column_names[1:3] == ["barnetrygd.ordinaer", "utvidet"]
    assert note["parameters"]["utvidet"]["unit"] == "factor"
    assert note["identity"] == json.loads((tmp_path / "out" / "manifest.json").read_text())["identity"]
    assert files(tmp_path / "out") == [".lock", "manifest.json", "sweep.parquet"]


def test_a_file_can_be_named_instead_of_a_folder(population, tmp_path):
    run(tmp_path / "rows.parquet", population)
    assert pq.ParquetFile(tmp_path / "rows.parquet").metadata.num_rows == 16
    assert read_sweep(tmp_path / "rows.parquet")[1]["scenarios"] == 16


def test_a_list_s_names_and_choices_are_columns(population, tmp_path):
    spec = {**FEW, "design": "list", "parameters": {}, "list": [
        {"name": "low", "barnetrygd.ordinaer": 1000}, {"name": "taxed", "barnetrygd.taxable_as": "personinntekt"},
    ]}  # fmt: skip
    del spec["samples"]
    run(tmp_path / "out", population, spec)
    rows = read_sweep(tmp_path / "out")[0].to_pylist()
    assert [row["name"] for row in rows] == ["low", "taxed"]
    assert [row["barnetrygd.ordinaer"] for row in rows] == [1000.0, None]
    assert [row["barnetrygd.taxable_as"] for row in rows] == [None, "personinntekt"]


def test_a_sweep_that_stops_goes_on_and_ends_the_same(population, tmp_path):
    run(tmp_path / "whole", population)
    begin(tmp_path / "out", population)
    assert len(list((tmp_path / "out" / "parts").iterdir())) == 2
    with pytest.raises(MikrosimError, match="not finished; go on with --resume"):
        read_sweep(tmp_path / "out")
    done = run(tmp_path / "out", population, resume=True)
    assert done.before == 8
    assert (tmp_path / "out/sweep.parquet").read_bytes() == (tmp_path / "whole/sweep.parquet").read_bytes()
    assert run(tmp_path / "out", population, resume=True).before == 16


def test_parts_that_are_not_whole_are_computed_again(population, tmp_path):
    begin(tmp_path / "out", population)
    first, _ = sorted((tmp_path / "out" / "parts").iterdir())
    first.write_bytes(first.read_bytes()[:-100])
    (tmp_path / "out" / "parts" / ".part-000003.1-ab").write_bytes(b"half")
    assert run(tmp_path / "out", population, resume=True).before == 4
    assert files(tmp_path / "out") == [".lock", "manifest.json", "sweep.parquet"]


def test_without_resume_nothing_is_overwritten(population, tmp_path):
    begin(tmp_path / "begun", population)
    with pytest.raises(MikrosimError, match="holds a sweep that was begun; go on with --resume, or choose"):
        run(tmp_path / "begun", population)
    run(tmp_path / "done", population)
    with pytest.raises(MikrosimError, match="holds a finished sweep"):
        run(tmp_path / "done", population)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.docx").write_text("x")
    with pytest.raises(MikrosimError, match="holds other files"):
        run(tmp_path / "other", population)
    (tmp_path / "rows.parquet").write_text("x")
    with pytest.raises(MikrosimError, match="is there already"):
        run(tmp_path / "rows.parquet", population)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"samples": 17}, "the design: parameters, values, samples or seed differs"),
        ({"seed": 2}, "the design"),
        ({"base": {"year": 2025}}, "the base scenario or its baseline differs"),
        ({"measures": ["change.budget"]}, "the measures asked for differs"),
        (
            {"base": {"year": 2024, "reform": {"barnetrygd.taxable_as": "personinntekt"}}},
            "the law's parameters|the base",
        ),
    ],
)
def test_another_sweep_does_not_go_on(changed, words, population, tmp_path):
    begin(tmp_path / "out", population)
    before = files(tmp_path / "out")
    with pytest.raises(MikrosimError, match=words) as caught:
        run(tmp_path / "out", population, {**FEW, **changed}, resume=True)
    assert "refused: rows of different sweeps would be mixed" in str(caught.value)
    assert files(tmp_path / "out") == before


def test_another_population_or_version_does_not_go_on(population, tmp_path, monkeypatch):
    begin(tmp_path / "out", population)
    other = Population(population.households, population.persons, population.incomes, population.year, "another")
    with pytest.raises(MikrosimError, match="the population differs"):
        run(tmp_path / "out", other, resume=True)
    monkeypatch.setattr("mikrosim.sweep.manifest.version", lambda: "99.0")
    with pytest.raises(MikrosimError, match=r"the version of mikrosim differs .*now 99\.0"):
        run(tmp_path / "out", population, resume=True)


def test_two_processes_do_not_write_one_folder(population, tmp_path):
    fcntl = pytest.importorskip("fcntl")
    begin(tmp_path / "out", population)
    with (tmp_path / "out" / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(MikrosimError, match="is being written by another mikrosim sweep"):
            run(tmp_path / "out", population, resume=True)


def test_real_microdata_are_refused(population, tmp_path):
    real = Population(population.households, population.persons, population.incomes, population.year, "real",
                      manifest={"real": True})  # fmt: skip
    with pytest.raises(MikrosimError, match="can reveal single households"):
        run(tmp_path / "out", real)
    assert not (tmp_path / "out").exists()


def test_a_file_where_the_folder_should_be(population, tmp_path):
    (tmp_path / "taken").write_text("x")
    with pytest.raises(MikrosimError, match="is a file; --out needs a folder"):
        run(tmp_path / "taken" / "out", population)


def test_a_folder_that_may_not_be_written_to(population, tmp_path, monkeypatch):
    monkeypatch.setattr("mikrosim.sweep.place.os.access", lambda path, mode: False)
    with pytest.raises(MikrosimError, match="may not be written to; choose another --out"):
        run(tmp_path / "out", population)
    assert not (tmp_path / "out").exists()


def test_a_read_only_file_system(population, tmp_path):
    read_only = mounted(tmp_path / "disk", "ro")
    try:
        with pytest.raises(MikrosimError, match=r"may not be written to|cannot be written: Read-only"):
            run(read_only / "out", population)
    finally:
        subprocess.run(["umount", str(read_only)], check=True)


def test_a_full_disk_loses_nothing_and_leaves_nothing_half_written(population, tmp_path):
    disk = mounted(tmp_path / "disk", "size=200k")
    try:
        with pytest.raises(MikrosimError, match="cannot be written: No space left on device") as caught:
            run(disk / "out", population)
        if "batches are kept" in str(caught.value):
            assert "make room and go on with --resume" in str(caught.value)
        assert not [name for name in files(disk / "out") if Path(name).name.startswith(".") and name != ".lock"]
        subprocess.run(["mount", "-o", "remount,size=20m", str(disk)], check=True)
        done = run(disk / "out", population, resume=True)
        assert done.before > 0
        run(tmp_path / "whole", population)
        assert done.path.read_bytes() == (tmp_path / "whole/sweep.parquet").read_bytes()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_file_that_may_not_grow_is_told_as_a_full_disk_is(population, tmp_path):
    begin(tmp_path / "out", population)
    before = files(tmp_path / "out")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(MikrosimError, match=r"cannot be written: File too large; 2 of 4 batches are kept"):
            run(tmp_path / "out", population, resume=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files(tmp_path / "out") == before
    assert run(tmp_path / "out", population, resume=True).before == 8


def mounted(folder, options):
    """Return a small file system of its own; tests without the right to mount one are skipped."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(words, capture_output=True, check=False).returncode != 0:
        pytest.skip("no right to mount a small file system here")
    return folder
