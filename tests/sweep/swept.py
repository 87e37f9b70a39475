"""What the tests of many laws sweep and look for."""

from pathlib import Path

TWO_RATES = {
    "name": "Two rates of barnetrygd",
    "base": {"year": 2025, "reform": {"barnetrygd.taxable_as": "personinntekt"}},
    "parameters": {
        "barnetrygd.ordinaer": {"low": 1000, "high": 4000},
        "utvidet": {"parameter": ["barnetrygd.utvidet"], "operation": "multiply", "low": 0.5, "high": 2.0},
    },
    "design": "sobol",
    "samples": 100,
}
COST, POOR = "change.budget.net", "reform.low_income.eu60.children.share"
WANTED = {
    "name": "The cheapest mix",
    "base": {"year": 2025, "reform": {"barnetrygd.ordinaer": {"multiply": 1.1, "from": "2025-07"}}},
    "parameters": {
        "barnetrygd.ordinaer": {"low": 1000, "high": 6000},
        "barnetrygd.utvidet": {"low": 0, "high": 6000},
        "barnetrygd.smaabarnstillegg": {"low": 0, "high": 4000},
    },
    "minimise": COST,
    "subject_to": [f"{POOR} <= 0.15"],
    "evaluations": 3000,
}
OWN_RULES_FILE = str(Path(__file__).parents[2] / "scenarios" / "struktur_eksempel.yaml")
OWN_RULES = {
    "name": "With rules of its own",
    "base": {"year": 2025, "code": "struktur_eksempel.py"},
    "parameters": {"barnetrygd.ordinaer": [1500, 2500]},
    "persistent": False,
}
