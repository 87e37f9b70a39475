"""Rules of a scenario's own: refused unless allowed, and then in the place of the law's of the same name."""

from pathlib import Path

import pytest

import mikrosim
from mikrosim.errors import LawError, MikrosimError, ScenarioError
from mikrosim.scenario import load_scenario, scenario_from_dict
from mikrosim.simulation.own_rules import refuse_with_own_rules
from mikrosim.simulation.rules import rule_book

EXAMPLE = Path(__file__).parents[2] / "scenarios" / "struktur_eksempel.yaml"
RULE = "from mikrosim.law.rule import rule, sum_of\n\n\n@rule{of}\ndef {name}({inputs}):\n    return {value}\n"


@pytest.fixture
def made(tmp_path):
    """Return a scenario file that names a file of rules with the given text."""

    def write(text, name="own.py"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        scenario = tmp_path / "own.yaml"
        scenario.write_text(f"name: x\nyear: 2025\ncode: {name}\n", encoding="utf-8")
        return scenario

    return write


def a_rule(name, value="0.0", inputs="", of=""):
    return RULE.format(name=name, value=value, inputs=inputs, of=of)


def a_family(wage):
    return {
        "year": 2025,
        "household": {"municipality": "301", "tenure": "owner"},
        "persons": [
            {"id": "mor", "born": "1990-05", "wage": wage, "income_previous_year": wage},
            {"id": "barn", "born": "2017-03", "parents": ["mor"]},
        ],
    }


def test_a_scenario_with_rules_is_refused_unless_allowed(made):
    ran = made("raise SystemExit('this ran')")
    with pytest.raises(ScenarioError, match=r"could do anything on this computer.*--allow-code"):
        load_scenario(ran)
    with pytest.raises(ScenarioError, match="could do anything"):
        mikrosim.run(ran)
    with pytest.raises(ScenarioError, match="could do anything"):
        scenario_from_dict({"name": "x", "year": 2025, "code": "own.py"}, source=str(ran))


def test_loading_an_allowed_scenario_runs_nothing_yet(made):
    scenario = load_scenario(made("raise SystemExit('this ran')"), allow_code=True)
    assert scenario.policy().code.name == "own.py"
    assert scenario.baseline().code is None


@pytest.mark.parametrize("name", ["/tmp/own.py", "../own.py", "own.txt", "gone.py"])
def test_only_a_python_file_beside_the_scenario_can_be_named(tmp_path, name):
    spec = {"name": "x", "year": 2025, "code": name}
    with pytest.raises(ScenarioError, match=r"code .*beside the scenario"):
        scenario_from_dict(spec, source=str(tmp_path / "own.yaml"), allow_code=True)


def test_a_scenario_with_rules_cannot_be_extended(made):
    top = made(a_rule("x")).with_name("top.yaml")
    top.write_text("name: x\nyear: 2025\nextend: own.yaml\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"own.yaml: has rules of its own"):
        load_scenario(top, allow_code=True)


def test_rules_replace_those_of_the_same_name_and_join_the_others(made):
    book = rule_book(
        load_scenario(made(a_rule("trinnskatt") + "\n\nnew = sum_of('trinnskatt')\n"), allow_code=True).code
    )
    assert book.rules["trinnskatt"]() == 0.0
    assert "new" in book.groups
    assert rule_book().rules["trinnskatt"] is not book.rules["trinnskatt"]
    assert "new" not in rule_book().names
    assert set(rule_book().rules) == set(book.rules)


def test_a_rule_may_take_the_place_of_a_group_value(made):
    name = next(name for name, group in rule_book().groups.items() if group.of == "person")
    book = rule_book(load_scenario(made(a_rule(name)), allow_code=True).code)
    assert name in book.rules
    assert name not in book.groups


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = 1\n", "holds no rules; mark them with @rule"),
        ("def (", "cannot be run: SyntaxError"),
        ("import no_such_module_here\n", "cannot be run: ModuleNotFoundError"),
        (a_rule("trinnskatt", of="(of='child')"), r"is a child's value, the law's a person's; keep whose it is"),
        (a_rule("barnetrygd_share"), "the law has barnetrygd_share_month; give the rule that name"),
    ],
)
def test_what_is_wrong_with_a_file_of_rules_is_said(made, text, message):
    with pytest.raises(LawError, match=message):
        rule_book(load_scenario(made(text), allow_code=True).code)


def test_an_edited_file_is_read_again(made):
    assert rule_book(load_scenario(made(a_rule("trinnskatt", "1.0")), allow_code=True).code).rules["trinnskatt"]() == 1
    assert rule_book(load_scenario(made(a_rule("trinnskatt", "2.0")), allow_code=True).code).rules["trinnskatt"]() == 2


def test_the_worked_example_gives_a_supplement_to_low_incomes():
    policy = load_scenario(EXAMPLE, allow_code=True).policy()
    for wage, supplement in ((300_000, 700), (400_000, 700), (500_000, 350), (600_000, 0), (900_000, 0)):
        family = a_family(wage)
        before = mikrosim.household(family)["household"]["ordinaer_barnetrygd"]
        after = mikrosim.household(family, policy=policy)["household"]["ordinaer_barnetrygd"]
        assert after - before == pytest.approx(12 * supplement)


def test_what_cannot_be_done_with_rules_of_its_own_is_refused():
    refuse_with_own_rules(0, None)
    with pytest.raises(MikrosimError, match=r"replicates.*not yet with a scenario that has rules of its own"):
        refuse_with_own_rules(100, None)
    with pytest.raises(MikrosimError, match="real microdata: not yet"):
        refuse_with_own_rules(0, 5)
