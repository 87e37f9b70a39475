"""mikrosim, the kernel: the full Norwegian law by the month, each household's income and the budget's sums."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # for norway.py

REFORM = {"skatt.rate_alminnelig_inntekt": {"add": 0.01}}
OUTPUT = "household_after_tax_income"


def load():
    """Load the law and its machine code."""
    from norway import YEAR, one_person

    import mikrosim
    from mikrosim.simulation.reform import comparison

    comparison(one_person(), YEAR)
    return mikrosim.baseline(YEAR)


def prepare(law, people: Path):
    from norway import YEAR, population_of

    from mikrosim.simulation.reform import comparison

    return comparison(population_of(people), YEAR).computation


def compute(law, computation):
    return computation.run([law])


def both(law, computation, people):
    from norway import YEAR

    import mikrosim

    reform = mikrosim.scenario_from_dict({"name": "reform", "year": YEAR, "reform": REFORM}).policy()
    return computation.run([law, reform])


def check(result):
    return float(result.columns[OUTPUT][-1].mean())


def rules(law, computation, result):
    graph = computation.program.graph
    return f"{len(graph.rules)} rules, {len(graph.nodes)} nodes"
