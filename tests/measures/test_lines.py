import pytest

from mikrosim.errors import MikrosimError
from mikrosim.measures import anchored_line, anchored_on


def test_a_line_of_2022_is_carried_by_the_consumer_price_index():
    # The index is 94.79 in 2022 and 106.3 in 2025.
    assert anchored_line(200_000, 2022, 2025) == pytest.approx(200_000 * 106.3 / 94.79)


def test_a_line_of_its_own_year_stays():
    assert anchored_line(123_456.0, 2024, 2024) == 123_456.0


def test_a_projected_index_is_named():
    assert anchored_on(2022, 2026) == ("prices 2026 (projection)",)
    assert anchored_on(2022, 2024) == ()


def test_a_year_without_an_index_is_an_error():
    with pytest.raises(MikrosimError, match="no consumer price index for 1990; it is known for 2021 to 2026"):
        anchored_line(1.0, 1990, 2024)
