from pathlib import Path

import pytest

from mikrosim.population import load
from mikrosim.synthpop.default import default_folder, default_population, save_built
from mikrosim.synthpop.fit import read_fit


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIKROSIM_CACHE", str(tmp_path))
    return tmp_path


def test_the_default_population_is_built_once(cache: Path, after_tax) -> None:
    told: list[str] = []
    first = default_population(after_tax, households=1000, seed=2, progress=told.append)
    assert told
    told.clear()
    again = default_population(after_tax, households=1000, seed=2, progress=told.append)
    assert not told
    assert again.hash == first.hash
    assert again.path == default_folder(1000, 2)
    assert cache in again.path.parents


def test_a_built_population_keeps_its_fit_table(built, tmp_path: Path) -> None:
    folder = tmp_path / "population"
    save_built(built, folder)
    rows = read_fit(folder)
    assert rows is not None
    assert len(rows) == len(built.fit)
    manifest = load(folder).manifest
    assert manifest["seed"] == 3
    assert manifest["reference_date"] == "2024-01-01"
    assert manifest["households"] == 4000
