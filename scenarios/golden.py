"""The golden results of the scenarios here: headline numbers on a small population, one file each in `golden/`.

    make golden                                       # rewrite all
    .venv/bin/python scenarios/golden.py NAME ...     # rewrite some

Scenarios of one year that are held against the same law run in one pass over the population. The numbers are those of
a population of 10 000 households: they tell whether something changed, not what a reform costs. The README's table of
results is made from them.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mikrosim.measures import number_at
from mikrosim.scenario import load_scenario
from mikrosim.simulation.manifest import version
from mikrosim.simulation.reform import comparison
from mikrosim.simulation.result import as_json
from mikrosim.simulation.run import as_population, solve_policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mikrosim.measures import Measured
    from mikrosim.scenario import Scenario
    from mikrosim.simulation.result import Solved

HERE = Path(__file__).parent
README = HERE / "README.md"
START, END = "<!-- results:start -->", "<!-- results:end -->"
HOUSEHOLDS, SEED = 10_000, 1
SHOWN_WHOLE = 100.0
"""From here a solved value is an amount and is shown without decimals."""

SMALLEST = 1e-4
"""Million NOK; an instrument that changes by less has not changed."""


def scenario_files() -> list[Path]:
    """Return the scenario files beside this one."""
    return sorted(HERE.glob("*.yaml"))


def golden_file(scenario: Path) -> Path:
    """Return where a scenario's golden result lies."""
    return HERE / "golden" / f"{scenario.stem}.json"


def golden_results(files: Iterable[Path], progress: Callable[[str], None] | None = None) -> dict[Path, dict[str, Any]]:
    """Return the golden results of scenario files, in their order."""
    scenarios = {path: load_scenario(path, allow_code=True) for path in files}
    together: dict[object, list[Path]] = {}
    for path, scenario in scenarios.items():
        together.setdefault((scenario.year, scenario.compared_with, scenario.code), []).append(path)
    population = as_population("default", HOUSEHOLDS, SEED, progress)
    found: dict[Path, dict[str, Any]] = {}
    for paths in together.values():
        first = scenarios[paths[0]]
        people = population.at_year(first.year)
        compared = comparison(people, first.year, code=first.code, progress=progress)
        law = first.baseline()
        reforms = [
            solve_policy(scenarios[path], law, compared) if scenarios[path].solve else (scenarios[path].policy(), None)
            for path in paths
        ]
        outcomes = compared.outcomes(law, [policy for policy, _ in reforms])
        for path, (_, solved), outcome in zip(paths, reforms, outcomes, strict=True):
            about = {
                "population": {"households": HOUSEHOLDS, "seed": SEED, "hash": people.hash},
                "law_hash": law.law_hash,
                "version": version(),
            }
            found[path] = _headline(scenarios[path], solved, outcome.tree()) | about
    return {path: found[path] for path in scenarios}


def _headline(scenario: Scenario, solved: Solved | None, tree: Measured) -> dict[str, Any]:
    def shares(*measure: str) -> dict[str, dict[str, float]]:
        return {
            who: {
                when: number_at(tree, ".".join((law, *measure, who, "share")))
                for when, law in (("before", "baseline"), ("after", "reform"))
            }
            for who in ("children", "all")
        }

    change: Any = tree["change"]
    budget = change["budget"]
    return {
        "scenario": scenario.name,
        "year": scenario.year,
        **({} if solved is None else {"solved": asdict(solved)}),
        "budget": {
            "net": budget["net"],
            "changed": {name: cost for name, cost in budget["by_instrument"].items() if abs(cost) > SMALLEST},
        },
        "low_income_eu60": shares("low_income", "eu60"),
        "persistent_low_income_eu60": shares("persistent_low_income", "eu60"),
        "winners_losers": {who: dict(change["winners_losers"][who]) for who in ("all", "families_with_children")},
    }


def results_table() -> str:
    """Return the golden results as the README's table: what each scenario costs and does to children's low income."""
    rows = [
        "| scenario | year | net cost, NOK million | solved for | children in low income | lasting three years |",
        "|---|---:|---:|---|---:|---:|",
    ]
    for path in scenario_files():
        golden = read_golden(path)
        lasting, now = (_moved(golden[name]["children"]) for name in ("persistent_low_income_eu60", "low_income_eu60"))
        cost = round(golden["budget"]["net"]) + 0  # no -0
        rows.append(f"| `{path.stem}` | {golden['year']} | {cost:,} | {_solved(golden)} | {now} | {lasting} |")
    return "\n".join(rows)


def _moved(share: dict[str, float]) -> str:
    """Return two shares as percentages; one where they are the same."""
    before, after = (f"{100.0 * share[when]:.1f}" for when in ("before", "after"))
    return f"{before} %" if before == after else f"{before} → {after} %"


def _solved(golden: dict[str, Any]) -> str:
    """Return the value that was solved for, as one writes it in a reform; nothing without."""
    solved = golden.get("solved")
    if solved is None:
        return ""
    value = f"{solved['value']:,.0f}" if solved["value"] >= SHOWN_WHOLE else f"{solved['value']:.3f}"
    sign = {"set": "=", "multiply": "×", "add": "+"}[solved["operation"]]
    return f"`{solved['parameter']}` {sign} {value}"


def with_results(readme: str) -> str:
    """Return the README's text with the table of the golden results between its markers."""
    before, rest = readme.split(START)
    _, after = rest.split(END)
    return f"{before}{START}\n{results_table()}\n{END}{after}"


def main(names: list[str]) -> None:
    """Rewrite the golden results of the named scenarios, of all without names, and the README's table of them."""
    wanted = [path for path in scenario_files() if not names or path.stem in names]
    results = golden_results(wanted, lambda stage: print(stage, file=sys.stderr))
    for path, result in results.items():
        golden_file(path).parent.mkdir(exist_ok=True)
        golden_file(path).write_text(as_json(result), encoding="utf-8")
        children = result["low_income_eu60"]["children"]
        print(f"{path.stem:34} {result['budget']['net']:10.1f}  {children['before']:.4f} -> {children['after']:.4f}")
    if not names:
        for old in set((HERE / "golden").glob("*.json")) - {golden_file(path) for path in wanted}:
            old.unlink()
    README.write_text(with_results(README.read_text(encoding="utf-8")), encoding="utf-8")


def read_golden(scenario: Path) -> dict[str, Any]:
    """Return a scenario's golden result.

    Raises:
        FileNotFoundError: There is none; `make golden` writes it.
    """
    found: dict[str, Any] = json.loads(golden_file(scenario).read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
