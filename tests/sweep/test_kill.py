"""Killed at any moment and started again, a sweep gives the file of an undisturbed run."""

import os
import random
import re
import signal
import subprocess
import sys
import time

import pytest
import yaml
from swept import TWO_RATES

KILLS = 4
PATIENCE = 180.0


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "two_rates.yaml"
    path.write_text(yaml.safe_dump(TWO_RATES))
    return path


def start(file, population_folder, out):
    words = [sys.executable, "-m", "mikrosim.cli.app", "sweep", str(file), "--out", str(out), "--language", "en",
             "--population", str(population_folder), "--resume", "--workers", "2"]  # fmt: skip
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def parts(out):
    return {path.name for path in (out / "parts").glob("part-*.parquet")}


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_several_moments_it_ends_with_the_same_bytes(seed, file, population_folder, undisturbed, tmp_path):
    out, moments = tmp_path / "killed", random.Random(seed)
    kept = set()
    for _ in range(KILLS):
        process = start(file, population_folder, out)
        wanted = len(kept) + moments.randint(0, 5)
        give_up = time.monotonic() + PATIENCE
        while len(parts(out)) < wanted and process.poll() is None:
            assert time.monotonic() < give_up
            time.sleep(0.001)
        time.sleep(moments.uniform(0, 0.03))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        if process.returncode == 0:  # done before it could be killed
            break
        assert kept <= parts(out)
        kept = parts(out)

    process = start(file, population_folder, out)
    printed, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    assert (out / "sweep.parquet").read_bytes() == (undisturbed / "sweep.parquet").read_bytes()
    assert sorted(path.name for path in out.iterdir()) == sorted(path.name for path in undisturbed.iterdir())
    # What was kept is not computed again: seven laws to a batch here.
    new = int(re.search(r"100 scenarios, (\d+) of them now", printed)[1])
    assert new <= 100 - 7 * len(kept) + 7
