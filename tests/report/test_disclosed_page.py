"""The page of real microdata: numbers that are left out are dashes, and nothing fails for want of them."""

import re
from dataclasses import replace

import pytest
from results import a_result
from test_disclosed_tables import YEAR, detail, population

from mikrosim.report.files import write_run
from mikrosim.report.run_data import read_run
from mikrosim.report.texts import Words
from mikrosim.scenario import scenario_from_dict
from mikrosim.simulation.reform import outcome_of

SCENARIO = {"name": "Høyere barnetrygd", "year": YEAR, "reform": {"barnetrygd.ordinaer": {"add": 100}}}
PARAMETERS = ("barnetrygd.ordinaer_under_6", "bostotte.take_up", "sosialhjelp.take_up")


def left_out(tree, gone=lambda path: True, path=""):
    """Return nested numbers with NaN in the place of those left out."""
    if isinstance(tree, float):
        return float("nan") if gone(path) else tree
    return {name: left_out(inner, gone, f"{path}.{name}") for name, inner in tree.items()}


def a_real_run(movers, gone):
    scenario = scenario_from_dict(SCENARIO)
    found = replace(detail(population(real=True), movers), baseline=scenario.baseline(), reform=scenario.policy(),
                    parameters=PARAMETERS)  # fmt: skip
    laws = (found.before.years, found.after.years)
    totals = ({"barnetrygd": 1e9, "trinnskatt": 5e8}, {"barnetrygd": 1.2e9, "trinnskatt": 5e8})
    outcome = outcome_of(laws, totals, found.frame)
    shown = {name: left_out(getattr(outcome, name), gone, name) for name in ("change", "winners_losers")}
    deciles = [left_out(one, gone, f"deciles.{place}") for place, one in enumerate(outcome.deciles)]
    return a_result(
        baseline=outcome.baseline, reform=outcome.reform, **shown, deciles=deciles, detail=found, solved=None,
        compared={}, disclosure={"minimum_households": 5, "left_out": ["change.low_income.eu60.children.share"]},
    )  # fmt: skip


@pytest.mark.parametrize("movers", [3, 40])
@pytest.mark.parametrize("gone", [lambda path: False, lambda path: "low_income" in path, lambda path: True],
                         ids=["none", "low income", "all"])  # fmt: skip
def test_the_folder_is_written_whatever_is_left_out(tmp_path, movers, gone):
    result = a_real_run(movers, gone)

    write_run(result, tmp_path, "mikrosim run x.yaml", Words())

    page = (tmp_path / "report.html").read_text("utf-8")
    assert "–" in page
    assert not re.search(r"\bnan\b", page, flags=re.IGNORECASE)
    tables = set(read_run(tmp_path).tables)
    assert {"winners_losers", "low_income_by_group"} <= tables
    # Nobody has counted the households behind these.
    assert not tables & {"measures_by_group", "losers", "largest_losers", "targeting", "inequality_measures"}


def test_three_movers_are_not_told_of(tmp_path):
    write_run(a_real_run(3, lambda path: True), tmp_path, "x", Words())

    rows = read_run(tmp_path).table("winners_losers", division="family_type")
    assert all(row["gain"] is None for row in rows)
