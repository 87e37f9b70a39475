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
from norway import merged

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
    from collections.abc import Callable, Mapping

    from mikrosim.engine.dataset import Dataset

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
            {"id": "farfar", "born": f"{year - 74}-04", "pension": 90_000, "alderspensjon_uttaksgrad": 1,
             "trygdetid": 30, "partner": "farmor", "primary_home_value": 500_000},
            {"id": "mor", "born": f"{year - 40}-06", "partner": "far", "wage": 640_000, "union_fee": 7_000,
             "foreldrepenger_basis": 700_000, "dagpenger_basis": 400_000, "dagpenger_degree": 0.5,
             "net_wealth": 9_000_000},
            {"id": "far", "born": f"{year - 43}-01", "self_employment_income": 350_000, "dividends": 30_000,
             "parents": ["farmor"], "interest_paid": 90_000, "foreldrepenger_basis": 500_000, "aap_basis": 300_000,
             "sykepenger_basis": 350_000, "sykepenger_degree": 0.2, "foreldrepenger": 10_000},
            {"id": "ung", "born": f"{year - 20}-02", "parents": ["mor", "far"], "overgangsstonad_months": 12,
             "wage": 90_000, "kvalifiseringsstonad_degree": 0.5, "tiltakspenger_degree": 0.2,
             "in_arbeidsfradrag_trial": True},
            {"id": "pappa", "born": f"{year - 52}-02", "introduksjonsstonad_degree": 1, "uforetrygd_degree": 0.5,
             "partner": "kone"},
            {"id": "kone", "born": f"{year - 48}-02", "introduksjonsstonad_degree": 0.5, "young_disabled": True,
             "uforetrygd_basis": 200_000},
            {"id": "elev", "born": f"{year - 18}-05", "parents": ["pappa"], "student": True},
            {"id": "barn1", "born": f"{year - 7}-03", "parents": ["mor", "far"], "sfo": "half"},
            {"id": "barn2", "born": f"{year - 3}-11", "parents": ["mor", "far"], "kindergarten_hours": 45},
            {"id": "barn3", "born": f"{year}-12", "parents": ["mor"], "shared_residence": True},
            {"id": "barn4", "born": f"{year - 2}-07", "parents": ["ung"], "kindergarten_hours": 30},
            {"id": "barn5", "born": f"{year - 15}-05", "parents": ["pappa"], "other_parent_income": 600_000,
             "samvaersklasse": 2},
            {"id": "barn6", "born": f"{year - 1}-06", "parents": ["mor", "far"]},
        ],
    }  # fmt: skip


def mother_alone(year: int, municipality: str = "5601") -> dict:
    """Return a household that meets the rules of those who have little: a young mother alone, and a student."""
    return {
        "year": year,
        "household": {"municipality": municipality, "tenure": "renter", "housing_cost_month": 14_000},
        "persons": [
            {"id": "mor", "born": f"{year - 25}-06", "wage": 40_000, "residence_years": 6, "overgangsstonad_months": 3},
            {"id": "student", "born": f"{year - 24}-06", "student": True},
            {"id": "barn1", "born": f"{year}-01", "parents": ["mor"]},
            {"id": "barn2", "born": f"{year - 4}-11", "parents": ["mor"], "kindergarten_hours": 45},
            {
                "id": "barn3",
                "born": f"{year - 8}-11",
                "parents": ["mor"],
                "sfo": "full",
                "other_parent_income": 250_000,
            },
        ],
    }


def old_alone(year: int, municipality: str = "5601") -> dict:
    """Return a household that meets the rules of those who came late to Norway."""
    return {
        "year": year,
        "household": {"municipality": municipality, "tenure": "renter", "housing_cost_month": 9_000},
        "persons": [{"id": "gammel", "born": f"{year - 75}-11", "trygdetid": 10}],
    }


HOUSEHOLDS = (family, mother_alone, old_alone)
OF_REFORMS = {
    "barnetrygd_in_alminnelig_inntekt",
    "barnetrygd_in_minstefradrag",
    "barnetrygd_in_personinntekt",
    "skatt_paa_barnetrygd",
    "skolemat_child_month",
}
"""Rules that give nothing under any law in force."""


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
    in_force: dict[int, list[Dataset]] = {}
    of_reforms = []
    for case in (case for path in sorted(FOLDER.glob("*/*.yaml")) for case in read_yaml_file(path).data):
        year = case.get("year") or int(case["month"][:4])
        household = {"year": year, "household": case.get("household", {}), "persons": case["persons"]}
        spec = read_spec(household, case["name"])
        if "law" in case:
            of_reforms.append((spec, case["law"]))
        else:
            in_force.setdefault(year, []).append(dataset_of(spec))
    for year, cases in in_force.items():
        law = baseline(year).vector
        missing -= met(evaluate(full_graph(), FieldsOfLaw(load_law().layout), merged(cases, year), law, year))
    for spec, reform in of_reforms:
        if missing:
            policy = scenario_from_dict({"name": "x", "year": spec.year, "reform": reform}).policy()
            missing -= met(evaluate_household(spec, policy).values)
    assert not missing


def met(values: Mapping[str, list[list[float]]]) -> set[str]:
    """Return the names with a value other than zero."""
    return {name for name, of_months in values.items() if any(map(any, of_months))}


def of_a_father_alone(link: str) -> dict[str, list[list[float]]]:
    """Return all values of a man in Alta with four children, whose row the children's ``link`` holds."""
    births = ("2014-05", "2021-05", "2024-02", "2025-11")
    children = [{"id": f"barn{number}", "born": born, "parents": ["far"]} for number, born in enumerate(births)]
    children[0]["other_parent_income"] = 400_000
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
    for name in ("kontantstotte", "engangsstonad", "overgangsstonad", "bidragsforskudd", "barnebidrag"):
        assert as_father[name][0][0] > 0, name
    for name in (*BUDGET_SIGNS, "barnebidrag", "barnetrygd_month", "personinntekt", "skatt", "after_tax_income"):
        assert as_father[name] == as_mother[name]


def finite(values: object) -> bool:
    return all(math.isfinite(figure) for of_month in values for figure in of_month)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("municipality", ["0301", "5601", "2100"])
@pytest.mark.parametrize("of_year", HOUSEHOLDS)
def test_every_month_of_every_year_computes(year: int, municipality: str, of_year: Callable[[int, str], dict]) -> None:
    spec = read_spec(of_year(year, municipality), "household")
    computed = evaluate_household(spec, baseline(year))
    for node in full_graph().computed:
        assert len(computed.values[node.name]) == (12 if node.monthly else 1)
        assert finite(computed.values[node.name]), node.name
    months = [computed.result(0, month) for month in range(12)]
    assert [month["month"] for month in months] == [f"{year}-{number:02d}" for number in range(1, 13)]
    for name in months[0]["household"].keys() & BUDGET_SIGNS:
        whole = computed.result(0, None)["household"][name]
        assert whole == pytest.approx(sum(month["household"][name] for month in months))
    assert computed.result(0, None)["household"]["after_tax_income"] > 0


def test_nearly_every_rule_is_met_by_the_households_that_every_month_computes_for() -> None:
    met = set()
    for year in YEARS:
        for of_year in HOUSEHOLDS:
            computed = evaluate_household(read_spec(of_year(year), "household"), baseline(year))
            met |= {name for name in RULES if any(map(any, computed.values[name]))}
    assert set(RULES) - met == OF_REFORMS


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
