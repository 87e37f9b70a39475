"""The terminal's tables of what is computed on request."""

import io
from types import SimpleNamespace

import pytest
from rich.console import Console

from mikrosim.report.tables_on_request import PARENTS, part_name, tables_on_request
from mikrosim.report.texts import Words


def drawn(section):
    console = Console(file=io.StringIO(), width=200)
    console.print(section.table)
    return console.file.getvalue()


def rates(shift):
    group = {"median": 0.4 + shift, "above_60": 0.05 + shift}
    return {kind: {"after_child_care": dict.fromkeys(PARENTS, group)} for kind in ("marginal", "participation")}


def test_nothing_is_shown_that_was_not_asked_for():
    assert list(tables_on_request(SimpleNamespace(work_incentives=None, decomposition=None), Words())) == []


def test_rates_are_shown_before_and_after_for_all_parents():
    incentives = {"baseline": rates(0.0), "reform": rates(0.01), "change": rates(-0.04)}
    (section,) = tables_on_request(SimpleNamespace(work_incentives=incentives, decomposition=None), Words("en"))
    text = drawn(section)
    assert "Participation, single" in text
    row = next(line for line in text.splitlines() if "Marginal, mothers" in line)
    assert row.split()[2:] == ["40.0", "41.0", "5.0", "6.0", "+1.0"]


def test_contributions_stand_above_their_sum():
    measures = ("budget.net", "low_income.eu60.children.persons", "low_income.eu60.all.persons")
    parts = {"barnetrygd": (4_288.4, -9_100.0, -14_000.0), "other": (-1_001.1, 540.0, 100.0)}
    decomposition = {
        "contributions": {name: dict(zip(measures, values, strict=True)) for name, values in parts.items()},
        "total": dict(zip(measures, (3_287.3, -8_560.0, -13_900.0), strict=True)),
    }
    (section,) = tables_on_request(SimpleNamespace(work_incentives=None, decomposition=decomposition), Words("nb"))
    lines = [line for line in drawn(section).splitlines() if line.strip()]
    assert lines[-1].strip().startswith("I alt")
    assert "Alt annet" in lines[-2]


@pytest.mark.parametrize(
    ("part", "name"), [("skatt", "The tax rules"), ("unheard_of", "unheard_of"), ("other", "Everything else")]
)
def test_parts_have_names(part, name):
    assert part_name(part, Words("en")) == name


def test_a_parameter_has_its_own_name_and_path():
    assert part_name("skatt.foreldrefradrag.first_child", Words("nb")).endswith("(skatt.foreldrefradrag.first_child)")
