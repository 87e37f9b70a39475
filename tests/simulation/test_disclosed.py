"""Disclosure control of a run's numbers, on incomes made up here: no engine, no law."""

import json
import math
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from results import a_result

from mikrosim.engine.run import Result
from mikrosim.measures import BUDGET_SIGNS, Incomes, deciles, difference, frame_of, low_income, measure, winners_losers
from mikrosim.measures.disclosure import minimum_of
from mikrosim.report.headline import headline
from mikrosim.report.summary import Summary
from mikrosim.report.texts import Words
from mikrosim.simulation import disclosed as module
from mikrosim.simulation.detail import LawIncomes
from mikrosim.simulation.disclosed import contributors, disclosed
from mikrosim.simulation.reform import Outcome

HOUSEHOLDS = 120
YEAR = 2025


def frame(students=()):
    """Every household has an adult; every other one has a child too."""
    home = np.concatenate([np.arange(HOUSEHOLDS), np.arange(0, HOUSEHOLDS, 2)])
    order = np.argsort(home, kind="stable")
    born = np.concatenate([np.full(HOUSEHOLDS, 1980), np.full(HOUSEHOLDS // 2, 2015)])
    persons = {
        "household": home[order],
        "birth_year": born[order],
        "immigrant_background": np.zeros(len(home)),
        "residence_years": np.full(len(home), 40),
    }
    student = np.isin(np.arange(HOUSEHOLDS), students)
    return frame_of(persons, {"weight": np.full(HOUSEHOLDS, 10.0), "student_household": student}, YEAR)


def outcome(extra, chosen, base):
    """Return the outcome of giving some households more income."""
    counted = frame()
    income = np.asarray(base, np.float64)
    units = np.full(HOUSEHOLDS, 1.5)
    changed = income + extra * np.isin(np.arange(HOUSEHOLDS), chosen)
    years = [tuple(Incomes(one, one - 1000.0, units, units + 0.2) for _ in range(3)) for one in (income, changed)]
    totals = [dict.fromkeys(BUDGET_SIGNS, 1000000.0), dict.fromkeys(BUDGET_SIGNS, 2000000.0)]
    before, after = (measure(own, total, counted) for own, total in zip(years, totals, strict=True))
    fixed, same = (low_income(one.equivalised, counted, before.lines) for one in (after, before))
    old, new = (own[0].net_of_child_care for own in years)
    return Outcome(
        baseline=before.measured,
        reform=after.measured,
        change={**difference(after.measured, before.measured), "low_income_fixed_line": difference(fixed, same)},
        winners_losers=winners_losers(old, new, counted),
        deciles=deciles(before.equivalised["eu"], old / units, new / units, counted.persons),
        before=LawIncomes(years[0], before.lines),
        after=LawIncomes(years[1], after.lines),
    ), counted


def behind(**few):
    """Return the households behind each instrument: 40 under both laws and for the change, unless told otherwise."""
    return {name: few.get(name, (40, 40, 40)) for name in (*BUDGET_SIGNS, "net")}


SPREAD = np.linspace(100_000, 900_000, HOUSEHOLDS)
"""Incomes of which 30 households lie below 60 % and 23 below half of the median; the raise leaves the median alone."""


def test_a_reform_that_moves_many_households_is_shown_whole():
    found, counted = outcome(240_000.0, range(12), SPREAD)

    shown, gone = disclosed(found, counted, behind(), 5)

    assert not gone
    assert shown == found


def test_four_movers_hide_the_change_and_what_it_follows_from():
    found, counted = outcome(240_000.0, (0, 2, 4, 6), SPREAD)

    shown, gone = disclosed(found, counted, behind(), 5)

    for path in ("low_income.eu60.children", "low_income.eu60.all", "persistent_low_income.eu60.children"):
        assert f"change.{path}.share" in gone
        assert f"change.{path}.persons" in gone
        assert len([law for law in ("baseline", "reform") if f"{law}.{path}.persons" in gone]) >= 1
    assert math.isnan(shown.change["low_income"]["eu60"]["children"]["persons"])
    assert math.isnan(shown.winners_losers["all"]["gain"])
    assert math.isnan(shown.deciles[0]["mean_change"])
    assert shown.deciles[9]["mean_change"] == 0.0


@pytest.mark.parametrize("movers", range(1, 5))
def test_no_change_can_be_subtracted_from_what_is_shown(movers):
    found, counted = outcome(240_000.0, range(movers), SPREAD)

    shown, _ = disclosed(found, counted, behind(), 5)

    for line in ("eu60", "oecd50"):
        for who in ("all", "children"):
            cells = [law["low_income"][line][who]["persons"] for law in (shown.baseline, shown.reform, shown.change)]
            assert np.isnan(cells).sum() != 1


def test_an_instrument_of_three_households_takes_another_or_the_net_with_it():
    found, counted = outcome(240_000.0, range(12), SPREAD)

    shown, gone = disclosed(found, counted, behind(engangsstonad=(3, 3, 0)), 5)

    for law in (shown.baseline, shown.reform):
        hidden = [name for name, value in law["budget"]["by_instrument"].items() if math.isnan(value)]
        assert "engangsstonad" in hidden
        assert len(hidden) >= 2 or math.isnan(law["budget"]["net"])
    assert "change.budget.by_instrument.barnetrygd" not in gone


def test_few_poor_households_are_not_counted_out():
    income = np.full(HOUSEHOLDS, 500_000.0)
    income[:3] = 50_000.0
    found, counted = outcome(0.0, (), income)

    shown, gone = disclosed(found, counted, behind(), 5)

    assert "baseline.low_income.eu60.all.share" in gone
    assert shown.change["low_income"]["eu60"]["all"]["persons"] == 0.0


def test_a_measure_that_nobody_has_counted_for_stays_inside():
    found, counted = outcome(240_000.0, range(12), SPREAD)
    grown = replace(found, baseline={**found.baseline, "new_measure": {"of": 7.0}})

    shown, gone = disclosed(grown, counted, behind(), 5)

    assert math.isnan(shown.baseline["new_measure"]["of"])
    assert gone == ("baseline.new_measure.of",)


def test_an_interval_goes_with_its_number():
    found, counted = outcome(240_000.0, (0, 2), SPREAD)
    budget = {**found.change["budget"], "interval": {"net": [0.5, 1.5]}}
    grown = replace(found, change={**found.change, "budget": budget})

    shown, _ = disclosed(grown, counted, behind(net=(40, 40, 2)), 5)

    assert np.isnan(shown.change["budget"]["interval"]["net"]).all()


def test_json_has_null_and_the_list_of_what_is_left_out():
    found, counted = outcome(240_000.0, (0, 2, 4, 6), SPREAD)
    shown, gone = disclosed(found, counted, behind(), 5)
    result = a_result(
        baseline=shown.baseline, reform=shown.reform, change=shown.change, winners_losers=shown.winners_losers,
        deciles=shown.deciles, compared={}, disclosure={"minimum_households": 5, "left_out": list(gone)},
    )  # fmt: skip

    content = json.loads(result.to_json())

    assert content["change"]["low_income"]["eu60"]["children"]["persons"] is None
    assert content["disclosure"]["minimum_households"] == 5
    assert "change.low_income.eu60.children.persons" in content["disclosure"]["left_out"]
    for language in ("nb", "en"):
        words = Words(language)
        sentences = headline(Summary(result.to_dict()), words)
        assert any(words("children_not_shown", before="").strip()[-20:] in sentence for sentence in sentences)


def test_a_made_up_population_s_result_says_nothing_of_disclosure():
    assert "disclosure" not in json.loads(a_result().to_json())


class FakeEngine:
    """Adds up an instrument that two households have under the baseline, three under the reform, one changed."""

    rows = 2000

    def __init__(self):
        self.amount = np.zeros((2, self.rows))
        self.amount[0, [3, 1500]] = 100.0
        self.amount[1, [3, 4, 1500]] = (100.0, 50.0, 100.0)
        self.everyone = np.ones((2, self.rows))
        self.passes = []

    def run(self, program, dataset, laws, year, *, threads, first):
        self.passes.append(len(first))
        blocks = {name: np.add.reduceat(amount, first, axis=1).T
                  for name, amount in (("rare", self.amount), ("common", self.everyone))}  # fmt: skip
        return Result({}, {}, blocks)


def test_households_behind_an_instrument_are_counted_one_by_one_where_they_are_few(monkeypatch):
    engine = FakeEngine()
    monkeypatch.setattr(module, "run_engine", engine.run)

    class Law:
        vector = np.zeros((12, 3))

    class Computation:
        class dataset:  # noqa: N801
            rows = MappingProxyType({"household": FakeEngine.rows})

        program, year, threads = None, YEAR, 1

    found = contributors(Computation(), Law(), Law(), 5)

    assert found["rare"] == (2, 3, 1)
    assert found["common"][0] >= 5
    assert found["common"][2] == 0
    assert len(engine.passes) == 2
    assert engine.passes[1] < FakeEngine.rows + 4


def test_the_minimum_comes_from_the_manifest():
    class People:
        manifest, weights, path = {"real": True, "minimum_cell": 8}, np.ones(50), None

    assert minimum_of(People()) == 8


def test_a_run_on_real_microdata_is_protected_and_says_so(monkeypatch):
    from people import people

    from mikrosim.simulation import reform, run

    found, counted = outcome(240_000.0, (0, 2, 4, 6), SPREAD)

    class Compared:
        frame = counted

        class computation:  # noqa: N801
            parameters = ()

        def outcomes(self, law, reforms):
            return [found]

    monkeypatch.setattr(reform, "comparison", lambda *anything, **options: Compared())
    monkeypatch.setattr(module, "contributors", lambda *anything: behind(bostotte=(4, 4, 0)))
    manifest = {"real": True, "income_years_read": 1, "imputed": ["persons.birth_month"]}
    real = replace(people(), manifest=manifest)

    content = run.run({"name": "x", "year": YEAR}, real).to_dict()

    assert content["baseline"]["budget"]["by_instrument"]["bostotte"] is None
    assert content["change"]["low_income"]["eu60"]["all"]["persons"] is None
    assert content["disclosure"]["minimum_households"] == 5
    assert {"disclosure", "few_years", "imputed"} <= {remark["key"] for remark in content["remarks"]}
    made_up = run.run({"name": "x", "year": YEAR}, people()).to_dict()
    assert made_up["baseline"]["budget"]["by_instrument"]["bostotte"] is not None
    assert "disclosure" not in made_up


def test_fewer_than_three_income_years_tell_nothing_of_persistent_low_income():
    found, counted = outcome(240_000.0, range(12), SPREAD)

    shown, gone = disclosed(found, counted, behind(), 5, years=1)

    assert {path.split(".")[1] for path in gone} == {"persistent_low_income"}
    for law in (shown.baseline, shown.reform, shown.change):
        assert math.isnan(law["persistent_low_income"]["eu60"]["children"]["share"])
        assert not math.isnan(law["low_income"]["eu60"]["children"]["share"])


def test_no_more_instruments_are_left_out_than_are_needed():
    """Of two changes of few households one known instrument less is enough, and not the largest."""
    found, counted = outcome(240_000.0, range(12), SPREAD)
    few = behind(bostotte=(40, 40, 2), sosialhjelp=(40, 40, 2), dagpenger=(6, 6, 6), barnetrygd=(90, 90, 90))

    shown, gone = disclosed(found, counted, few, 5)

    assert sum(path.startswith("change.budget.by_instrument.") for path in gone) == 3
    assert "change.budget.by_instrument.barnetrygd" not in gone
    assert not math.isnan(shown.change["budget"]["net"])


def test_a_rate_is_not_solved_for_what_rests_on_too_few(monkeypatch):
    from people import people

    from mikrosim.errors import ScenarioError
    from mikrosim.simulation import run

    found, counted = outcome(240_000.0, (0, 2, 4, 6), SPREAD)

    class Compared:
        frame, computation = counted, None

        def outcomes(self, law, reforms):
            return [found]

    monkeypatch.setattr(run, "solve_policy", lambda chosen, baseline, compared: (baseline, None))
    monkeypatch.setattr("mikrosim.simulation.reform.comparison", lambda *anything, **options: Compared())
    monkeypatch.setattr(module, "contributors", lambda *anything: behind(bostotte=(4, 4, 0)))
    goal = {"parameter": "barnetrygd.ordinaer", "so_that": "reform.budget.by_instrument.bostotte", "equals": 1}

    with pytest.raises(ScenarioError, match="fewer than 5 households"):
        run.run({"name": "x", "year": YEAR, "solve": goal}, replace(people(), manifest={"real": True}))
