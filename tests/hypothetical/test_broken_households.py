"""Each file in tests/broken/household is refused with the words in its first line."""

from pathlib import Path

import pytest

from mikrosim import HouseholdError, household

BROKEN = sorted((Path(__file__).parents[1] / "broken" / "household").glob("*.yaml"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_household_is_refused_in_words(path):
    with pytest.raises(HouseholdError) as caught:
        household(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    for words in path.read_text("utf-8").splitlines()[0].removeprefix("# expect: ").split(" | "):
        assert words in message


def test_every_message_has_its_file():
    assert len(BROKEN) > 60


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(HouseholdError, match=r"none\.yaml: there is no such file"):
        household(tmp_path / "none.yaml")


def test_a_folder_is_no_household(tmp_path):
    with pytest.raises(HouseholdError, match="cannot be read"):
        household(str(tmp_path))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bytes(range(256)), "not UTF-8 text"),
        ("year: 2025 # på".encode("latin-1"), "not UTF-8 text"),
        ("year: 2025".encode("utf-16"), "not UTF-8 text"),
        (b"year: 2025\x00", "not valid YAML"),
        (b"persons: " + b"[" * 10_000, "nested more than 50 deep"),
        (b"year: " + b"9" * 10_000, "not a number that can be read"),
    ],
)
def test_a_file_that_is_no_text_is_refused(content, words, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(HouseholdError, match=words):
        household(path)


@pytest.mark.parametrize("spec", [None, [], 5, b"x", [{"id": "mor"}], {"persons": "mor"}, {1: 2, None: 3, (1, 2): 4}])
def test_a_caller_s_mistake_is_told_in_the_same_way(spec):
    with pytest.raises(HouseholdError, match=r"^household: "):
        household(spec)
