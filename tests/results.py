"""A result by hand for the tests of reports and of the command line."""

from mikrosim.measures import difference
from mikrosim.simulation.remark import Remark
from mikrosim.simulation.result import RunResult, Solved


def law(cost, children, gini):
    def group(share):
        return {
            "all": {"share": share / 2, "persons": 1e6 * share},
            "children": {"share": share, "persons": 1e6 * share},
        }

    return {
        "budget": {"net": cost - 900e3, "by_instrument": {"barnetrygd": cost, "trinnskatt": -900e3}},
        "low_income": {"eu60": group(children), "oecd50": group(children / 2)},
        "persistent_low_income": {"eu60": group(children / 4)},
        "inequality": {"gini": gini, "s80_s20": 3.6, "p90_p10": 2.8},
    }


def a_result(**changed):
    before, after = law(25000.0, 0.10, 0.25), law(31234.0, 0.08, 0.245)
    change = difference(after, before)
    shares = {"gain": 0.5, "lose": 0.2, "unchanged": 0.3}
    fields = {
        "scenario": "Høyere barnetrygd",
        "year": 2025,
        "population": {"persons": 215, "households": 100, "weighted_persons": 5.5e6, "hash": "abc"},
        "law_hash": "0123456789abcdef",
        "version": "0.1.0",
        "baseline": before,
        "reform": after,
        "change": {**change, "low_income_fixed_line": change["low_income"]},
        "winners_losers": {"all": shares, "families_with_children": shares},
        "deciles": [{"mean_change": 100.0 * n, "mean_change_percent": 0.1 * n} for n in range(10)],
        "law_changes": ("barnetrygd.unknown: 1 -> 2 NOK per month (2025)",),
        "compared": {"budget.net": {"baseline": 1.0, "reform": 2.0, "change": 1.0}},
        "solved": Solved("barnetrygd.ordinaer", 1234.5),
        "remarks": (Remark("unconfirmed", tuple(f"skatt.p{n}" for n in range(9))),),
        "manifest": {"seed": None},
    }
    return RunResult(**{**fields, **changed})
