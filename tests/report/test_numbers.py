import pytest

from mikrosim.report.numbers import number, percent


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.0, 0, "0"),
        (-0.4, 0, "0"),
        (0.5, 0, "1"),
        (-0.5, 0, "−1"),
        (0.15, 1, "0,2"),
        (1234.5, 1, "1\xa0234,5"),
        (float("nan"), 0, "–"),
    ],
)
def test_numbers_are_written_as_norwegians_do(value, decimals, text):
    assert number(value, decimals) == text


def test_changes_get_a_sign_and_zero_none():
    assert [number(value, sign=True) for value in (3.0, -3.0, 0.2)] == ["+3", "−3", "0"]


def test_english_numbers_have_points():
    assert number(-1234.5, 1, comma=False) == "−1,234.5"
    assert percent(0.0567, comma=False) == "5.7"
