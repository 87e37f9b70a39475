"""What a newcomer waits for once: the law compiled, the population made. First of all, as all else uses both.

What the user's cache lacks is made there and timed, so that no work is done twice; what it has is made again in an
empty cache, which takes long and is left to the full benchmarks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from figures import Figure
from sizes import HOUSEHOLDS
from timing import in_fresh_process

from mikrosim.cache import cache_folder
from mikrosim.population.store import MANIFEST
from mikrosim.synthpop.default import default_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Note = Callable[[Figure], None]

SHORT = "not full"
"""The selection that `pytest.ini` makes."""

ALREADY = "in the cache already; the full benchmarks make it again"


@pytest.fixture
def may_repeat(request: pytest.FixtureRequest) -> bool:
    """Whether what is in the cache may be made again, for its time alone."""
    return bool(request.config.option.markexpr != SHORT)


def bench_compile(note: Note, may_repeat: bool, tmp_path: Path) -> None:
    """All rules compiled, up to a first result."""
    cold = in_fresh_process("first_run.py")
    if not cold["compiled"]:
        if not may_repeat:
            pytest.skip(f"the compiled law is {ALREADY}")
        cold = in_fresh_process("first_run.py", environment={"MIKROSIM_CACHE": str(tmp_path)})
    assert cold["compiled"]
    name = "compiling the law, empty cache, processor time of the one thread it uses"
    note(Figure(name, cold["processor_seconds"], "s", 60.0, detail=f"{cold['rules']} rules"))


def bench_population(note: Note, may_repeat: bool, tmp_path: Path) -> None:
    """The default population drawn, weighted and written, with the law compiled before."""
    environment = {}
    if (default_folder(HOUSEHOLDS) / MANIFEST).is_file():
        if not may_repeat:
            pytest.skip(f"the population is {ALREADY}")
        for name in ("kernels", "law"):
            (tmp_path / name).symlink_to(cache_folder(name))
        environment = {"MIKROSIM_CACHE": str(tmp_path)}
    built = in_fresh_process("build_population.py", HOUSEHOLDS, environment=environment)
    note(Figure(f"building the default population, {HOUSEHOLDS:,} households", built["seconds"], "s"))
