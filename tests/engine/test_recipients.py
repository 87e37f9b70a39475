"""Whose months are unlike: those for whom monthly rules are computed."""

import numpy as np
import pytest

from mikrosim.engine.dataset import Dataset, build


def village(**columns: list[float]) -> Dataset:
    """Return two households of two, of whom only the columns given are known."""
    nobody = np.full(4, -1)
    persons = {
        "household": np.array([0, 0, 1, 1]),
        "birth_year": np.full(4, 1360),
        "birth_month": np.full(4, 1),
        **dict.fromkeys(("partner", "mother", "father"), nobody),
        **{name: np.array(values) for name, values in columns.items()},
    }
    return build(persons, {"weight": np.ones(2)}, 1400)


@pytest.mark.parametrize(
    ("columns", "recipients"),
    [
        ({"harvest": [1, 2, 3, 4]}, []),
        ({"alms_given": [0, 5, 0, 0]}, [1]),
        ({"alms_degree": [0, 0, 0.5, 0]}, [2]),
        ({"harvest_from": [1, 1, 0, 1], "harvest_to": [12, 12, 0, 12]}, []),
        ({"harvest_from": [1, 4, 1, 11], "harvest_to": [12, 12, 9, 2]}, [1, 2, 3]),
        ({"harvest_from": [1, 4, 1, 1], "harvest_to": [12, 12, 12, 12], "alms_given": [7, 1, 0, 0]}, [0, 1]),
    ],
    ids=["no such column", "given", "degree", "the whole year or none", "months", "both"],
)
def test_recipients_are_those_with_a_benefit_or_with_months_of_their_own(columns, recipients):
    assert village(**columns).links["recipient_person"].tolist() == recipients


def test_other_months_in_another_year_make_other_recipients():
    dataset = village(harvest_from=[1, 4, 1, 1], harvest_to=[12, 12, 12, 12])
    other = dataset.with_columns({"harvest_from": np.array([1, 1, 1, 2])})
    assert other.links["recipient_person"].tolist() == [3]
    assert other.links["recipient_household"].tolist() == [1]
    assert other.rows["recipient"] == 1
