"""Every case file of the law: one test per case, named by its paragraph and its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from mikrosim import household, scenario_from_dict
from mikrosim.files import read_yaml_file

FOLDER = Path(__file__).parent
KRONE = 0.5
KEYS = {"name", "year", "month", "source", "household", "persons", "law", "expect", "within"}


def cases() -> list[object]:
    found = []
    for path in sorted(FOLDER.glob("*/*.yaml")):
        document = read_yaml_file(path)
        assert not document.problems, document.problems
        for case in document.data:
            name = path.relative_to(FOLDER).with_suffix("").as_posix()
            found.append(pytest.param(case, id=f"{name}::{case['name']}"))
    return found


@pytest.mark.parametrize("case", cases())
def test_case(case: dict) -> None:
    assert not set(case) - KEYS, "a misspelt key tests nothing"
    assert case["source"], "every case says where its figure comes from"
    month = case.get("month")
    year = int(month[:4]) if month else case["year"]
    spec = {"year": year, "household": case.get("household", {}), "persons": case["persons"]}
    policy = None
    if "law" in case:
        policy = scenario_from_dict({"name": case["name"], "year": year, "reform": case["law"]}).policy()
    got = household(spec, month, policy=policy)
    wanted = {"household": case["expect"].get("household", {}), **case["expect"].get("persons", {})}
    assert any(wanted.values()), "a case that expects nothing tests nothing"
    reached = {
        (who, name): {"household": got["household"], **got["persons"]}[who][name]
        for who, names in wanted.items()
        for name in names
    }
    expected = {(who, name): value for who, names in wanted.items() for name, value in names.items()}
    assert reached == pytest.approx(expected, abs=case.get("within", KRONE))
