"""A parameter without a record, and a record without a parameter, are found."""

import pytest

from mikrosim.parameters.lint import check_law

YAML = """\
rate:
  name: {nb: Sats, en: Rate}
  statute: toyloven § 1
  unit: share
  changes: yearly
  values:
    2021-01-01: {value: 0.2, source: Toy act, href: https://example.org}
  checked: 2026-11-22
limits:
  name: {nb: Grenser, en: Limits}
  statute: toyloven § 2
  unit: NOK
  changes: yearly
  values:
    2021-01-01: {value: [1, 2], source: Toy act, href: https://example.org}
  checked: 2026-11-22
"""
RULES = '''\
from typing import NamedTuple
from mikrosim.law.rule import rule


class ToyLaw(NamedTuple):
    """The law."""

    rate: float
    limits: tuple[float, float]


@rule
def tax(wage: float, law: ToyLaw) -> float:
    """Return the tax.

    Statute: toyloven § 1.
    """
    return law.rate * wage
'''


@pytest.fixture
def check(tmp_path, monkeypatch):
    monkeypatch.setenv("MIKROSIM_CACHE", str(tmp_path / "cache"))

    def problems(rules: str | None = RULES, yaml: str = YAML) -> str:
        folder = tmp_path / "law" / "toy"
        folder.mkdir(parents=True)
        (folder / "toy.yaml").write_text(yaml)
        if rules is not None:
            (folder / "toy.py").write_text(rules)
        return "\n".join(f"{problem.place}: {problem.message}" for problem in check_law(tmp_path / "law"))

    return problems


def test_a_law_that_hangs_together_has_no_problems(check):
    assert check() == ""


def test_the_law_here_hangs_together():
    assert check_law() == []


def test_a_parameter_that_no_record_uses(check):
    assert "no law record has the field rate" in check(RULES.replace("    rate: float\n", ""))


def test_a_field_without_a_parameter(check):
    problems = check(RULES.replace("    rate: float\n", "    rate: float\n    rates: float\n"))
    assert "toy/toy.py ToyLaw.rates: has no parameter in toy; did you mean rate?" in problems


def test_a_list_whose_tuple_has_another_length(check):
    problems = check(RULES.replace("tuple[float, float]", "tuple[float, ...]"))
    assert "ToyLaw.limits: must be a tuple of 2 floats" in problems


def test_a_number_that_is_not_a_float(check):
    assert "ToyLaw.rate: must be float, as its parameter is, not int" in check(
        RULES.replace("rate: float", "rate: int")
    )


def test_a_rule_without_its_statute(check):
    assert "toy/toy.py tax: the rule's docstring has no Statute: line" in check(
        RULES.replace("    Statute: toyloven § 1.\n", "")
    )


def test_parameters_without_rules_beside_them(check):
    assert "toy/toy.yaml: has no rules beside it (toy.py)" in check(None)


def test_rules_that_cannot_be_imported(check):
    assert "toy/toy.py: cannot be imported: ZeroDivisionError" in check("1 / 0\n")


def test_a_file_with_problems_is_told_as_loading_tells_it(check):
    assert "law/toy/toy.yaml rate.unit: is missing" in check(yaml=YAML.replace("  unit: share\n", ""))
