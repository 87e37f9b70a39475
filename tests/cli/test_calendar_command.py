"""`mikrosim household FILE --calendar`: months as rows, in three formats, and under a scenario's law."""

import csv
import io
import json

import pytest

from mikrosim import payment_calendar

FAMILY = """
year: 2025
household: {tenure: renter, housing_cost_month: 12000}
persons:
  - {id: mor, born: 1990-05, wage: 120000, aap: 130000}
  - {id: barn1, born: 2017-03, parents: [mor]}
"""
SCENARIO = """
name: Felles utbetalingsdag
year: 2025
reform:
  utbetaling.common_day: 20
"""


@pytest.fixture
def call(household_command):
    return household_command


def test_json_is_what_python_returns(file, call):
    out, _ = call(file, "--calendar", "--format", "json")
    assert json.loads(out) == payment_calendar(file)


def test_csv_has_a_row_for_each_month_with_every_digit(file, call):
    out, _ = call(file, "--calendar", "--format", "csv")
    head, *rows = csv.reader(io.StringIO(out))
    months = payment_calendar(file)["months"]
    names = list(months[0]["payments"])
    assert names == ["wage", "barnetrygd", "bidragsforskudd", "aap", "bostotte"]
    assert head == ["month", *names, "other_income", "skatt", "child_support_paid", "after_tax_income",
                    "child_care_costs", "after_tax_income_net_of_child_care", "payment_days"]  # fmt: skip
    for row, month in zip(rows, months, strict=True):
        assert row[0] == month["month"]
        given = {**month, **month["payments"]}
        assert [float(cell) for cell in row[1:]] == [given[name] for name in head[1:]]


def test_the_table_has_months_as_rows_their_sum_and_the_measures(file, call):
    out, err = call(file, "--calendar")
    lines = out.replace("\u00a0", " ").splitlines()
    assert lines[0].split()[:3] == ["wage", "barnetrygd", "bidragsforskudd"]
    assert "other_income" not in lines[0]
    assert lines[1].startswith("2025-01")
    assert "10 000" in lines[1]
    assert lines[13].startswith("the year")
    assert "120 000" in lines[13]
    measures = dict(line.split(maxsplit=1) for line in lines[16:])
    assert list(measures) == [
        "coefficient_of_variation", "lowest_month_share", "payment_days_per_month", "longest_gap_days",
    ]  # fmt: skip
    assert measures["longest_gap_days"].strip().isdigit()
    assert "note: wages and tax are spread evenly" in err


def test_a_scenario_s_law_takes_the_place_of_the_year_s(file, call):
    scenario = file.with_name("felles.yaml")
    scenario.write_text(SCENARIO, "utf-8")
    out, _ = call(file, "--calendar", "--scenario", scenario, "--format", "json")
    calendar = json.loads(out)
    assert {month["payment_days"] for month in calendar["months"]} == {2}  # wages on a day of their own
    _, err = call(file, "--calendar", "--scenario", file.with_name("none.yaml"), code=1)
    assert "there is no such file" in err
    _, err = call(file, "--calendar", "--scenario", scenario, "--year", "2024", code=1)
    assert "the law of 2025, but the household's year is 2024" in err


def test_a_scenario_that_solves_is_refused(file, call):
    scenario = file.with_name("solve.yaml")
    scenario.write_text(
        SCENARIO + "solve: {parameter: barnetrygd.ordinaer, so_that: change.budget.net, equals: 0}\n",
        "utf-8",
    )
    _, err = call(file, "--calendar", "--scenario", scenario, code=1)
    assert "solves for a value, which `mikrosim run` finds" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--calendar", "--month", "2025-06"],
        ["--calendar", "--explain", "skatt"],
        ["--calendar", "--vary", "wage:0:1:1"],
        ["--scenario", "felles.yaml"],
    ],
)
def test_wrong_usage_exits_2(arguments, file, call):
    _, err = call(file, *arguments, code=2)
    assert "--calendar" in err
