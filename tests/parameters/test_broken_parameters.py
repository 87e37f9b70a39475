"""Each file in tests/broken/parameters is refused with the words in its first line."""

from pathlib import Path

import pytest

from mikrosim.errors import LawError
from mikrosim.parameters import load_law

BROKEN = sorted((Path(__file__).parents[1] / "broken" / "parameters").glob("*.yaml"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_parameter_file_is_refused_in_words(path, tmp_path):
    (tmp_path / "law" / "toy").mkdir(parents=True)
    content = path.read_text()
    (tmp_path / "law" / "toy" / "toy.yaml").write_text(content)
    with pytest.raises(LawError) as caught:
        load_law(tmp_path / "law")
    assert "law/toy/toy.yaml" in str(caught.value)
    for words in content.splitlines()[0].removeprefix("# expect: ").split(" | "):
        assert words in str(caught.value)


def test_problems_of_several_files_are_told_at_once(tmp_path):
    for name, path in (("toy", BROKEN[0]), ("other", BROKEN[1])):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.yaml").write_text(path.read_text())
    with pytest.raises(LawError, match=r"(?s)other/other\.yaml.*toy/toy\.yaml"):
        load_law(tmp_path)


def test_a_folder_without_parameters_is_no_law(tmp_path):
    with pytest.raises(LawError, match="holds no parameter files"):
        load_law(tmp_path)
