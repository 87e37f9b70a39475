"""How fast the kernel computes the full law: by size, threads, number of laws, and beside a plain copy."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from figures import Figure
from guards import COPY, TEN_OF_THREE, TEN_ORDINARY, TEN_UNLIKE, TWO_THREADS
from sizes import YEAR
from timing import fastest, settled, times_as_long

import mikrosim
from mikrosim.engine.run import processors
from mikrosim.engine.run import run as run_engine
from mikrosim.engine.source import LINKS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from guards import Guard
    from numpy.typing import NDArray

    from mikrosim.simulation.compute import Computation
    from mikrosim.simulation.reform import Comparison

    Computations = dict[str, Comparison]
    Note = Callable[[Figure], None]
    Hold = Callable[[Figure, Guard], None]

ROUNDS = {"100 k": 30, "1 M": 12}
ROUNDS_OF_RATIOS = 3
PASSES_AS_LONG, COPIES_AS_LONG = 5, 8
"""About how many passes over one law, and how many copies, take as long as what they are held against."""

PASSES_OF_HALF = 1200
"""How often plain arithmetic goes over its numbers while one thread computes half of 1 M persons."""

ORDINARY_REFORMS = (
    {"barnetrygd.ordinaer": {"add": 100}},
    {"barnetrygd.utvidet": {"multiply": 1.5}},
    {"barnetrygd.smaabarnstillegg": {"multiply": 2.0}},
    {"barnetrygd.taxable_as": "personinntekt"},
    {"skatt.personfradrag": {"multiply": 1.1}},
    {"skatt.foreldrefradrag.first_child": 0},
    {"trinnskatt.rate": {"multiply": 1.1}},
    {"trygdeavgift.rate_wage": {"add": 0.01}},
    {"barnehage.max_price": {"multiply": 0.5}},
)
"""With the law as it is, ten laws."""

THREE_PARAMETERS = ("barnetrygd.ordinaer", "skatt.personfradrag", "bostotte.boutgiftstak")
"""A benefit for all children, a tax for all, and a means-tested benefit: between them they reach most of the law."""


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("size", ["100 k", "1 M"])
def bench_persons_a_second(benchmark, one_thread: Computations, note: Note, size: str, threads: int) -> None:
    """Persons a second of wall-clock time, everything a run asks for: its outputs and its sums."""
    computation = _with_threads(one_thread[size], threads)
    law = mikrosim.baseline(YEAR)
    benchmark.pedantic(lambda: computation.run([law]), rounds=ROUNDS[size], warmup_rounds=2)
    persons = computation.dataset.rows["person"]
    speed = persons / benchmark.stats.stats.min / 1e6
    benchmark.extra_info.update(persons=persons, threads=threads, million_persons_a_second=speed)
    goal = 6.0 if (size, threads) == ("1 M", 2) else None
    name = f"kernel, full law, {size} persons, {threads} thread{'s' * (threads > 1)}"
    note(Figure(name, speed, "M persons/s", goal, "at least"))


def bench_two_threads_against_one(one_thread: Computations, note: Note, hold: Hold) -> None:
    """How much sooner two threads are done than one, and what part that is of what the machine can give.

    What else runs takes from both alike, so the part can be held to a bound where the speed cannot.
    """
    if processors() < 2:
        pytest.skip("there is only one processor")
    law = mikrosim.baseline(YEAR)
    runs = [_with_threads(one_thread["1 M"], threads) for threads in (1, 2)]
    speeds = []

    def part() -> float:
        with ThreadPoolExecutor(2) as pool:
            plain = [lambda: _plain_work(2), lambda: list(pool.map(_plain_work, (1, 1)))]
            works = [*(lambda run=run: run.run([law]) for run in runs), *plain]
            one, two, plain_one, plain_two = fastest(*works, rounds=ROUNDS["1 M"])
        speeds.append(one / two)
        return speeds[-1] / (plain_one / plain_two)

    held = settled(part, TWO_THREADS)
    note(Figure("two threads' speed against one thread's, 1 M persons", max(speeds), "times"))
    hold(Figure("two threads' gain as a part of their gain in plain arithmetic", held, "times"), TWO_THREADS)


def bench_ten_ordinary_laws_against_one(one_thread: Computations, hold: Hold) -> None:
    """Ten laws in one pass, where most figures can be taken over from the first law."""
    ratio = settled(lambda: _cost_against_one(one_thread["1 M"], laws_of(ORDINARY_REFORMS)), TEN_ORDINARY)
    hold(Figure("ten laws (nine ordinary reforms) against one, 1 M persons", ratio, "times", 8.0), TEN_ORDINARY)


def bench_ten_laws_of_three_parameters_against_one(one_thread: Computations, hold: Hold) -> None:
    """Ten laws in one pass that all change the same three parameters, as those of a sweep do."""
    reforms = [{path: {"multiply": 1.0 + step / 20} for path in THREE_PARAMETERS} for step in range(1, 10)]
    ratio = settled(lambda: _cost_against_one(one_thread["1 M"], laws_of(reforms)), TEN_OF_THREE)
    hold(Figure("ten laws that change three parameters against one, 1 M persons", ratio, "times", 5.0), TEN_OF_THREE)


def bench_ten_laws_that_share_nothing_against_one(one_thread: Computations, hold: Hold) -> None:
    """Ten laws in one pass, where every figure that depends on the law is computed for each."""
    computation = one_thread["1 M"].computation
    laws = laws_that_differ_everywhere(10)
    dirty = computation.program.dirty(laws)
    reads_law = [len(slots) > 0 for slots in computation.program.slots]
    assert dirty[:, reads_law].all(), "a rule that reads the law is not computed for every law"
    ratio = settled(lambda: _cost_against_one(one_thread["1 M"], laws), TEN_UNLIKE)
    hold(Figure("ten laws that differ in every parameter against one, 1 M persons", ratio, "times", 8.0), TEN_UNLIKE)


def bench_against_a_copy(one_thread: Computations, hold: Hold) -> None:
    """The kernel's time as a multiple of what it takes to move the same bytes once."""
    computation = one_thread["1 M"].computation
    law = mikrosim.baseline(YEAR)
    arrays = _inputs_and_outputs(computation)
    room = [np.zeros_like(array) for array in arrays]

    def copy() -> None:
        for target, array in zip(room, arrays, strict=True):
            np.copyto(target, array)

    def ratio() -> float:
        return times_as_long(lambda: computation.run([law]), copy, COPIES_AS_LONG, rounds=ROUNDS["1 M"])

    size = sum(array.nbytes for array in arrays) / computation.dataset.rows["person"]
    hold(Figure("kernel against a NumPy copy of what it reads and writes, 1 thread", settled(ratio, COPY), "times",
                detail=f"{size:.0f} bytes a person"), COPY)  # fmt: skip


def laws_of(reforms: Sequence[dict[str, Any]]) -> NDArray[np.float64]:
    """Return the law in force and that of each reform, shape (laws, 12, slots)."""
    policies = [
        mikrosim.scenario_from_dict({"name": "reform", "year": YEAR, "reform": reform}).policy() for reform in reforms
    ]
    return np.stack([mikrosim.baseline(YEAR).vector, *(policy.vector for policy in policies)])


def laws_that_differ_everywhere(count: int) -> NDArray[np.float64]:
    """Return the law in force and others of which no parameter equals its own, each by a millionth or less.

    Choices keep their sense: rules ask whether a code is the one or the other, and 0 becomes a trifle.
    """
    law = mikrosim.baseline(YEAR).vector
    shift = np.arange(count)[:, None, None] * 1e-7
    return np.where(law == 0.0, shift * 1e-6, law * (1.0 + shift))


def _cost_against_one(compared: Comparison, laws: NDArray[np.float64]) -> float:
    computation = compared.computation

    def over(chosen: NDArray[np.float64]) -> None:
        run_engine(computation.program, computation.dataset, chosen, YEAR, threads=1)

    return times_as_long(lambda: over(laws), lambda: over(laws[:1]), PASSES_AS_LONG, rounds=ROUNDS_OF_RATIOS)


def _plain_work(halves: int) -> None:
    """Compute for about half as long as one thread takes for 1 M persons, so many times, in NumPy without the GIL."""
    numbers = np.linspace(0.0, 1.0, 16_384)
    for _ in range(halves * PASSES_OF_HALF):
        np.sin(numbers, out=numbers)


def _with_threads(compared: Comparison, threads: int) -> Computation:
    return replace(compared.computation, threads=threads)


def _inputs_and_outputs(computation: Computation) -> list[NDArray[np.generic]]:
    """Return every array that the kernel walks, and every column it gives."""
    dataset = computation.dataset
    inputs = [dataset.columns[column.name] for column in computation.program.graph.columns]
    links = [dataset.links[name] for name in LINKS]
    outputs = [column[0] for column in computation.run([mikrosim.baseline(YEAR)]).columns.values()]
    return [*inputs, *links, dataset.columns["weight"], *outputs]
