"""mikrosim, a whole run: baseline and reform over three income years, with all measures of a run."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "mikrosim"))  # for norway.py

PATH = "skatt.rate_alminnelig_inntekt"


def load():
    """Load the law and its machine code."""
    from norway import YEAR, one_person

    import mikrosim
    from mikrosim.simulation.reform import comparison

    comparison(one_person(), YEAR)
    return mikrosim


def prepare(law, people: Path):
    from norway import population_of

    return population_of(people)


def compute(law, population):
    return law.run(_scenario(0.01), population)


def second(law, population, people):
    return law.run(_scenario(0.02), population)


def check(result):
    return result.change["budget"]["net"]


def rules(law, population, result):
    from norway import YEAR

    from mikrosim.simulation.reform import comparison

    graph = comparison(population, YEAR).computation.program.graph
    return f"{len(graph.rules)} rules, {len(graph.nodes)} nodes"


def _scenario(higher: float):
    from norway import YEAR

    return {"name": "reform", "year": YEAR, "reform": {PATH: {"add": higher}}}
