"""Each file in tests/broken/scenario is refused with the words in its first line."""

from pathlib import Path

import pytest

from mikrosim.errors import ScenarioError
from mikrosim.parameters import load_law
from mikrosim.scenario import load_scenario

BROKEN = sorted((Path(__file__).parents[1] / "broken" / "scenario").glob("*.yaml"))


@pytest.fixture(scope="module")
def law():
    return load_law(Path(__file__).parent / "law")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_scenario_is_refused_in_words(path, law):
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path, law)
    assert str(caught.value).startswith(f"{path}: ")
    expected = path.read_text().splitlines()[0].removeprefix("# expect: ").split(" | ")
    for words in expected:
        assert words in str(caught.value)


def test_a_missing_file_is_named(law, tmp_path):
    with pytest.raises(ScenarioError, match=r"none\.yaml: there is no such file"):
        load_scenario(tmp_path / "none.yaml", law)


def test_a_folder_is_no_scenario(law, tmp_path):
    with pytest.raises(ScenarioError, match="cannot be read"):
        load_scenario(tmp_path, law)


def test_a_file_that_is_not_text(law, tmp_path):
    (tmp_path / "x.yaml").write_bytes(b"name: x\nyear: \xff\n")
    with pytest.raises(ScenarioError, match=r"line 2 +not UTF-8 text"):
        load_scenario(tmp_path / "x.yaml", law)


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "{a: " * 5_000, "a: " + "[" * 60 + "]" * 60])
def test_a_file_nested_without_end_is_harmless(law, tmp_path, text):
    (tmp_path / "x.yaml").write_text(text)
    with pytest.raises(ScenarioError, match="nested more than 50 deep"):
        load_scenario(tmp_path / "x.yaml", law)
