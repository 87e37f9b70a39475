"""What holds for the law as a whole: every rule is described and tested, every parameter used, every month computes."""

from __future__ import annotations

import ast
import inspect
import math
import textwrap
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mikrosim import HouseholdError, household, scenario_from_dict
from mikrosim.engine.dataset import build
from mikrosim.engine.plain import evaluate
from mikrosim.files import read_yaml_file
from mikrosim.hypothetical.columns import COLUMNS, dataset_of
from mikrosim.hypothetical.compute import evaluate_household, full_graph
from mikrosim.hypothetical.payouts import PARAMETERS
from mikrosim.hypothetical.spec import read_spec
from mikrosim.measures.budget import BUDGET_SIGNS
from mikrosim.parameters import FIRST_YEAR, LAST_YEAR, baseline, load_law
from mikrosim.simulation.rules import FieldsOfLaw, parameters_of, rule_book

if TYPE_CHECKING:
    from collections.abc import Mapping

RULES = rule_book().rules
FOLDER = Path(__file__).parent
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
SOURCED = {path: parameter for path, parameter in load_law().parameters.items() if not parameter.moves}


def family(year: int, municipality: str = "5601") -> dict:
    """Return a household that meets nearly every rule: three generations, two of them with small children."""
    return {
        "year": year,
        "household": {"municipality": municipality, "tenure": "renter", "housing_cost_month": 14_000},
        "persons": [
            {"id": "farmor", "born": f"{year - 72}-04", "pension": 310_000, "capital_income": 20_000},
            {"id": "mor", "born": f"{year - 40}-06", "partner": "far", "wage": 640_000, "union_fee": 7_000},
            {"id": "far", "born": f"{year - 43}-01", "self_employment_income": 350_000, "dividends": 30_000,
             "parents": ["farmor"], "interest_paid": 90_000},
            {"id": "ung", "born": f"{year - 20}-02", "parents": ["mor", "far"], "overgangsstonad_months": 9},
            {"id": "pappa", "born": f"{year - 52}-02", "introduksjonsstonad": 200_000},
            {"id": "barn1", "born": f"{year - 7}-03", "parents": ["mor", "far"], "sfo": "half"},
            {"id": "barn2", "born": f"{year - 3}-11", "parents": ["mor", "far"], "kindergarten_hours": 45},
            {"id": "barn3", "born": f"{year}-12", "parents": ["mor"], "shared_residence": True},
            {"id": "barn4", "born": f"{year - 2}-07", "parents": ["ung"], "kindergarten_hours": 30},
            {"id": "barn5", "born": f"{year - 17}-05", "parents": ["pappa"]},
        ],
    }  # fmt: skip


@pytest.mark.parametrize("name", RULES)
def test_a_rule_says_what_it_gives_by_which_statute_in_which_unit(name: str) -> None:
    text = inspect.getdoc(RULES[name]) or ""
    first, *rest = text.split("\n")
    assert first.startswith("Return "), first
    assert first.endswith("."), first
    for heading in ("Statute: ", "Units: "):
        (line,) = [line for line in rest if line.startswith(heading)]
        assert len(line) > len(heading)
        assert text.split(line)[1].strip().startswith("Units:") or heading == "Units: "
    assert text.rstrip().endswith((".", ")"))


@pytest.mark.parametrize("name", RULES)
def test_a_rule_uses_all_that_it_asks_for(name: str) -> None:
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(RULES[name]))).body
    read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    assert not set(inspect.signature(RULES[name]).parameters) - read


def test_every_parameter_is_read_by_a_rule_or_by_the_payment_calendar() -> None:
    assert not set(SOURCED) - set(parameters_of(full_graph())) - set(PARAMETERS)


def test_every_rule_is_met_by_a_case_with_a_value_other_than_zero() -> None:
    # A household file's single parent is a first parent ("mother"), man or woman; a population also has fathers.
    missing = {node.name for node in full_graph().computed} - met(of_a_father_alone("father"))
    for path in sorted(FOLDER.glob("*/*.yaml")):
        for case in read_yaml_file(path).data:
            if not missing:
                return
            year = case.get("year") or int(case["month"][:4])
            spec = {"year": year, "household": case.get("household", {}), "persons": case["persons"]}
            policy = baseline(year)
            if "law" in case:
                policy = scenario_from_dict({"name": "x", "year": year, "reform": case["law"]}).policy()
            missing -= met(evaluate_household(read_spec(spec, case["name"]), policy).values)
    assert not missing


def met(values: Mapping[str, list[list[float]]]) -> set[str]:
    """Return the names with a value other than zero."""
    return {name for name, of_months in values.items() if any(map(any, of_months))}


def of_a_father_alone(link: str) -> dict[str, list[list[float]]]:
    """Return all values of a man in Alta with four children, whose row the children's ``link`` holds."""
    births = ("2014-05", "2021-05", "2024-02", "2025-11")
    children = [{"id": f"barn{number}", "born": born, "parents": ["far"]} for number, born in enumerate(births)]
    persons = [{"id": "far", "born": "1985-01", "overgangsstonad_months": 12}, *children]
    spec = read_spec({"year": 2025, "household": {"municipality": "5601"}, "persons": persons}, "a father alone")
    columns = dict(dataset_of(spec).columns)
    other = "father" if link == "mother" else "mother"
    columns[link], columns[other] = columns["mother"], columns["father"]
    of_persons, of_households = (
        {name: columns[name] for name, column in COLUMNS.items() if column.entity == entity}
        for entity in ("person", "household")
    )
    reform = {"barnetrygd.taxable_as": "personinntekt"}
    policy = scenario_from_dict({"name": "x", "year": 2025, "reform": reform}).policy()
    dataset = build(of_persons, of_households, 2025)
    return evaluate(full_graph(), FieldsOfLaw(load_law().layout), dataset, policy.vector, 2025)


def test_a_father_alone_has_what_a_mother_alone_has() -> None:
    as_father, as_mother = of_a_father_alone("father"), of_a_father_alone("mother")
    ordinaer = 3 * (4 * 1766 + 8 * 1968) + 1968  # the youngest from December
    finnmark = 3 * 3 * 500 + 500
    assert as_father["smaabarnstillegg"] == [[12 * 696, 0, 0, 0, 0]]
    assert as_father["barnetrygd"] == [[ordinaer + finnmark + 12 * 2516 + 12 * 696, 0, 0, 0, 0]]
    for name in ("kontantstotte", "engangsstonad", "overgangsstonad", "bidragsforskudd"):
        assert as_father[name][0][0] > 0, name
    for name in (*BUDGET_SIGNS, "barnetrygd_month", "personinntekt", "skatt", "after_tax_income"):
        assert as_father[name] == as_mother[name]


def finite(values: object) -> bool:
    return all(math.isfinite(figure) for of_month in values for figure in of_month)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("municipality", ["0301", "5601", "2100"])
def test_every_month_of_every_year_computes(year: int, municipality: str) -> None:
    spec = read_spec(family(year, municipality), "family")
    computed = evaluate_household(spec, baseline(year))
    for node in full_graph().computed:
        assert len(computed.values[node.name]) == (12 if node.monthly else 1)
        assert finite(computed.values[node.name]), node.name
    months = [computed.result(0, month) for month in range(12)]
    assert [month["month"] for month in months] == [f"{year}-{number:02d}" for number in range(1, 13)]
    for name in ("barnetrygd", "kontantstotte", "child_care_costs", "overgangsstonad", "bostotte", "sosialhjelp"):
        whole = computed.result(0, None)["household"][name]
        assert whole == pytest.approx(sum(month["household"][name] for month in months))
    assert computed.result(0, None)["household"]["barnetrygd"] > 0


def test_outside_the_covered_years_nothing_computes() -> None:
    for year in (FIRST_YEAR - 1, LAST_YEAR + 1):
        with pytest.raises(HouseholdError, match=f"no law for {year}"):
            household(family(year))


@pytest.mark.parametrize("path", SOURCED)
def test_a_change_holds_from_its_day_and_not_the_day_before(path: str) -> None:
    parameter = SOURCED[path]
    slot = load_law().layout.slots[path]
    for before, dated in zip([None, *parameter.dated], parameter.dated, strict=False):
        assert parameter.at(dated.start) == dated
        if before is not None:
            assert parameter.at(dated.start - timedelta(days=1)) == before
        read = dated.start if dated.start.day == 1 else (dated.start.replace(day=1) + timedelta(days=32)).replace(day=1)
        if not FIRST_YEAR <= read.year <= LAST_YEAR:
            continue
        vector = load_law().vector(read.year)[:, slot.span]
        assert tuple(vector[read.month - 1]) == parameter.padded(parameter.at(read).numbers)
        if read.month > 1:
            last_day_before = read - timedelta(days=1)
            assert tuple(vector[read.month - 2]) == parameter.padded(
                parameter.at(last_day_before.replace(day=1)).numbers
            )


def test_every_parameter_is_in_force_from_the_first_day_to_the_last() -> None:
    gaps = [
        f"{path} {day}"
        for path, parameter in SOURCED.items()
        for day in (date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
        if (dated := parameter.at(day)) is None or dated.numbers is None
    ]
    assert not gaps


@pytest.mark.parametrize("path", SOURCED)
def test_a_parameter_computes_at_its_bounds(path: str) -> None:
    parameter = SOURCED[path]
    spec = family(2025)
    values = parameter.choices or (parameter.minimum, min(parameter.maximum, 1e9))
    if parameter.unit == "flag":
        values = (False, True)
    for value in values:
        given = [value] * parameter.length if parameter.is_list else value
        policy = scenario_from_dict({"name": "x", "year": 2025, "reform": {path: given}}).policy()
        computed = evaluate_household(read_spec(spec, "family"), policy)
        assert all(finite(computed.values[node.name]) for node in full_graph().rules)
