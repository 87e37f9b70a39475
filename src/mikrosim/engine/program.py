"""A compiled program: one graph's kernel, kept in the user's cache under a hash of all that shaped it.

numba's own disk cache does not notice an edited rule in another file. So the generated module lives in a
folder named by a hash of the rules' source, the engine's source, the parameters' layout and the versions
of numba and Python; an edit to any of them leads to a new folder.
"""

from __future__ import annotations

import hashlib
import inspect
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from mikrosim.cache import cache_folder
from mikrosim.engine.callees import marked_functions
from mikrosim.engine.fuse import for_kernel
from mikrosim.engine.nodes import Graph, RuleNode
from mikrosim.engine.source import kernel_source
from mikrosim.errors import MikrosimError
from mikrosim.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from mikrosim.engine.layout import FieldLayout


@dataclass(frozen=True)
class Program:
    """A graph with its kernel.

    Attributes:
        graph: What the kernel computes, in order (see ``for_kernel``).
        outputs: Names whose rows come out, yearly.
        sums: Names whose weighted totals come out, yearly.
        kernel: The compiled function.
        slots: For each computed node the law vector's slots that it reads itself.
        folder: Where the generated module lies.
        is_new: Whether it had to be compiled, because no earlier process had done so.
    """

    graph: Graph
    outputs: tuple[str, ...]
    sums: tuple[str, ...]
    kernel: Callable[..., None]
    slots: tuple[NDArray[np.int64], ...]
    folder: Path
    is_new: bool

    def dirty(self, laws: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return, per law and computed node, whether its figures must be computed.

        The first law needs all; a further one only what the slots in which it differs can reach.

        Args:
            laws: Law vectors, shape (laws, 12, slots).
        """
        computed = self.graph.computed
        position = {node.name: index for index, node in enumerate(computed)}
        differs = (laws != laws[:1]).any(axis=1)
        dirty = np.zeros((len(laws), len(computed)), dtype=np.bool_)
        dirty[0] = True
        for index, (node, slots) in enumerate(zip(computed, self.slots, strict=True)):
            dirty[1:, index] = differs[1:, slots].any(axis=1)
            for name in node.inputs:
                if name in position:
                    dirty[1:, index] |= dirty[1:, position[name]]
        return dirty


def compile_program(
    graph: Graph,
    layout: FieldLayout,
    outputs: Sequence[str],
    sums: Sequence[str],
    *,
    folder: Path | None = None,
    on_compile: Callable[[], None] | None = None,
) -> Program:
    """Return the program for a graph, from the cache where the same one was compiled before.

    Args:
        graph: Holds all outputs and sums.
        layout: Where parameters lie in the law vector.
        outputs: Yearly names whose rows are wanted.
        sums: Yearly names whose weighted totals are wanted.
        folder: Where generated modules are kept; the user's cache by default.
        on_compile: Called before compiling, which takes a while; not called when the cache has it.
    """
    monthly = [name for name in (*outputs, *sums) if graph.nodes[name].monthly]
    if monthly:
        raise MikrosimError("outputs", f"{', '.join(monthly)}: ask for the year's sum, without _month")
    graph = for_kernel(graph, sums)
    digest = _digest(graph, layout, outputs, sums)
    folder = (folder or cache_folder("kernels")) / digest[:20]
    path = folder / "kernel.py"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(path, kernel_source(graph, layout, outputs, sums).encode())
    from mikrosim.engine.compiled import compile_kernel, load_kernel  # numba takes long to import

    module = load_kernel(path)
    is_new = not any((folder / "__pycache__").glob("kernel.kernel-*.nbc"))
    if is_new:
        if on_compile is not None:
            on_compile()
        compile_kernel(module)
    slots = tuple(np.array(_slots(node, layout), dtype=np.int64) for node in graph.computed)
    return Program(graph, tuple(outputs), tuple(sums), module.kernel, slots, folder, is_new)


def _slots(node: object, layout: FieldLayout) -> list[int]:
    if not isinstance(node, RuleNode):
        return []
    slots: list[int] = []
    for record in node.records:
        for name in record.fields:
            start, length, _ = layout.field(record.source, name)
            slots += range(start, start + length)
    return slots


def _digest(graph: Graph, layout: FieldLayout, outputs: Sequence[str], sums: Sequence[str]) -> str:
    """Return the hash of all that shapes the machine code; numba itself keeps processors apart."""
    import numba

    modules = {rule.function.__module__ for rule in graph.rules}
    modules |= {record.type.__module__ for rule in graph.rules for record in rule.records}
    fields = [
        (record.source, name, layout.field(record.source, name))
        for rule in graph.rules
        for record in rule.records
        for name in record.type.__annotations__
    ]
    nodes = [(node.name, node.entity, node.inputs, getattr(node, "dtype", "")) for node in graph.nodes.values()]
    parts = [repr((nodes, fields, tuple(outputs), tuple(sums))), numba.__version__, sys.version, platform.machine()]
    parts += [_source(name) for name in sorted(marked_functions(modules))]
    parts += [path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("*.py"))]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()


def _source(name: str) -> str:
    module = sys.modules[name]
    return inspect.getsource(module) if module.__file__ is None else Path(module.__file__).read_text("utf-8")
