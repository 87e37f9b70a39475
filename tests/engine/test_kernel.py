"""The compiled kernel against the plain rules, in a made-up country."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import shire

from mikrosim.engine.nodes import ColumnNode
from mikrosim.engine.plain import evaluate
from mikrosim.engine.program import Program, compile_program
from mikrosim.engine.run import run
from mikrosim.errors import MikrosimError

HOUSEHOLDS = 2_000
LAWS = 20


@pytest.fixture(scope="module")
def program() -> Program:
    return compile_program(shire.GRAPH, shire.LAYOUT, shire.OUTPUTS, shire.SUMS)


@pytest.fixture(scope="module")
def households() -> object:
    return shire.random_households(HOUSEHOLDS, seed=1)


def test_compiled_equals_plain_for_random_households_and_laws(program: Program, households: object) -> None:
    laws = shire.random_laws(LAWS, seed=2)
    result = run(program, households, laws, shire.YEAR)
    weight = households.columns["weight"]
    for number, law in enumerate(laws):
        plain = evaluate(shire.GRAPH, shire.LAYOUT, households, law, shire.YEAR)
        for name in shire.OUTPUTS:
            np.testing.assert_allclose(result.columns[name][number], plain[name][0], rtol=1e-9, atol=1e-9)
        for name in shire.SUMS:
            entity = shire.GRAPH.nodes[name].entity
            of_row = weight if entity == "household" else weight[households.links[f"{entity}_household"]]
            assert result.sums[name][number] == pytest.approx(np.dot(of_row, plain[name][0]), rel=1e-9)


def test_any_number_of_threads_gives_the_same_bits(program: Program, households: object) -> None:
    laws = shire.random_laws(3, seed=3)
    one, two, five = (run(program, households, laws, shire.YEAR, threads=threads) for threads in (1, 2, 5))
    for other in (two, five):
        assert all(np.array_equal(one.columns[name], other.columns[name]) for name in shire.OUTPUTS)
        assert all(np.array_equal(one.sums[name], other.sums[name]) for name in shire.SUMS)


def test_many_laws_in_one_pass_give_what_each_gives_alone(program: Program, households: object) -> None:
    laws = np.repeat(shire.random_laws(1, seed=4), 4, axis=0)
    start, _, _ = shire.LAYOUT.field("gift", "alone")
    laws[1, :, start] += 10
    start, _, _ = shire.LAYOUT.field("tithe", "rate")
    laws[2, :, start] *= 0.5
    together = run(program, households, laws, shire.YEAR)
    for number in range(len(laws)):
        alone = run(program, households, laws[number : number + 1], shire.YEAR)
        assert all(np.array_equal(together.columns[n][number], alone.columns[n][0]) for n in shire.OUTPUTS)
        assert all(together.sums[n][number] == alone.sums[n][0] for n in shire.SUMS)


def test_a_further_law_computes_only_what_its_changes_reach(program: Program) -> None:
    laws = np.repeat(shire.random_laws(1, seed=4), 2, axis=0)
    start, _, _ = shire.LAYOUT.field("tithe", "allowance")
    laws[1, :, start] += 1
    dirty = program.dirty(laws)
    names = {node.name for node, is_dirty in zip(program.graph.computed, dirty[1], strict=True) if is_dirty}
    assert dirty[0].all()
    assert names == {"tithe", "minus_tithe", "net", "household_net", "net_in_hand", "net_of_rent"}


def test_the_kernel_is_a_module_one_can_read(program: Program) -> None:
    text = (program.folder / "kernel.py").read_text()
    compile(text, "kernel.py", "exec")
    for node in shire.GRAPH.nodes.values():
        assert isinstance(node, ColumnNode) or f"# {node.name}\n" in text
    assert "for i_" in text


def test_monthly_outputs_are_refused_with_a_remedy() -> None:
    graph = shire.build_graph(shire.BOOK, shire.COLUMNS, ["gift_child_month"])
    with pytest.raises(MikrosimError, match="without _month"):
        compile_program(graph, shire.LAYOUT, ["gift_child_month"], [])


def test_no_households_give_no_rows(program: Program) -> None:
    result = run(program, shire.random_households(1, seed=1), shire.random_laws(1, 1), shire.YEAR)
    assert result.columns["net_of_rent"].shape == (1, 1)


EDITED = """
import sys
import numpy as np
from pathlib import Path
from edited.rate import rate
from mikrosim.engine.dataset import build
from mikrosim.engine.graph import build_graph, collect
from mikrosim.engine.nodes import Column
from mikrosim.engine.program import compile_program
from mikrosim.engine.run import run
import shire

graph = build_graph(collect([rate]), {"wage": Column("person", "float64")}, ["tax"])
program = compile_program(graph, shire.LAYOUT, ["tax"], ["tax"])
persons = {"household": [0], "partner": [-1], "mother": [-1], "father": [-1], "birth_year": [1970], "wage": [100.0]}
columns = {name: np.array(values) for name, values in persons.items()} | {"birth_month": np.array([1])}
data = build(columns, {"weight": np.ones(1)}, 2000)
print(run(program, data, np.zeros((1, 12, shire.LAYOUT.slots)), 2000).columns["tax"][0, 0], program.is_new)
"""
RULE = "from mikrosim.law.rule import rule\n\n@rule\ndef tax(wage: float) -> float:\n    return {} * wage\n"


def run_script(script: str, folder: Path, **environment: str) -> str:
    own = os.environ.get("PYTHONPATH", "")  # where this process may have the package from
    path = os.pathsep.join([str(folder), str(Path(__file__).parents[1]), *filter(None, [own])])
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": path, "MIKROSIM_CACHE": str(folder / "cache"), **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_an_edited_rule_shows_at_once_and_an_old_one_is_found_again(tmp_path: Path) -> None:
    rule = tmp_path / "edited" / "rate" / "rate.py"
    rule.parent.mkdir(parents=True)
    rule.write_text(RULE.format(0.25))
    assert run_script(EDITED, tmp_path) == "25.0 True"
    assert run_script(EDITED, tmp_path) == "25.0 False"
    rule.write_text(RULE.format(0.50))
    assert run_script(EDITED, tmp_path) == "50.0 True"
    rule.write_text(RULE.format(0.25))
    assert run_script(EDITED, tmp_path) == "25.0 False"


CALLING = """from mikrosim.law.rule import rule
from edited.other.other import half


@rule
def tax(wage: float) -> float:
    return half(wage)
"""
CALLED = RULE.replace("def tax", "def half")


def test_a_rule_may_call_a_rule_that_the_graph_does_not_compute(tmp_path: Path) -> None:
    for name, text in (("rate", CALLING), ("other", CALLED.format(0.5))):
        path = tmp_path / "edited" / name / f"{name}.py"
        path.parent.mkdir(parents=True)
        path.write_text(text)
    assert run_script(EDITED, tmp_path) == "50.0 True"
    (tmp_path / "edited" / "other" / "other.py").write_text(CALLED.format(0.25))
    assert run_script(EDITED, tmp_path) == "25.0 True"


def test_without_numbas_compiler_the_kernel_gives_the_same(tmp_path: Path) -> None:
    script = """
import numpy as np, shire
from mikrosim.engine.plain import evaluate
from mikrosim.engine.program import compile_program
from mikrosim.engine.run import run

program = compile_program(shire.GRAPH, shire.LAYOUT, shire.OUTPUTS, shire.SUMS)
households, laws = shire.random_households(30, 1), shire.random_laws(2, 2)
result = run(program, households, laws, shire.YEAR)
plain = evaluate(shire.GRAPH, shire.LAYOUT, households, laws[1], shire.YEAR)
print(all(np.allclose(result.columns[name][1], plain[name][0]) for name in shire.OUTPUTS))
"""
    assert run_script(script, tmp_path, NUMBA_DISABLE_JIT="1") == "True"
