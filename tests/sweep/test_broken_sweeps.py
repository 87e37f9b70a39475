"""Each file in tests/broken/sweep and tests/broken/optimise is refused with the words in its first line."""

from pathlib import Path

import pytest

from mikrosim.errors import ScenarioError
from mikrosim.sweep import load_sweep
from mikrosim.sweep.optimisation import load_optimisation

BROKEN = Path(__file__).parents[1] / "broken"


def squeezed(text):
    return " ".join(text.replace(": ", " ").split())


@pytest.mark.parametrize("path", sorted((BROKEN / "sweep").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_sweep_is_refused_in_words(path):
    refused(load_sweep, path)


@pytest.mark.parametrize("path", sorted((BROKEN / "optimise").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_optimisation_is_refused_in_words(path):
    refused(load_optimisation, path)


def refused(load, path):
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}: ")
    for words in path.read_text().splitlines()[0].removeprefix("# expect: ").split(" | "):
        assert squeezed(words) in squeezed(str(caught.value))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ScenarioError, match=r"none\.yaml: there is no such file"):
        load_sweep(tmp_path / "none.yaml")
