"""What the kernel computes instead of the graph as it reads: the same figures with fewer rows to walk."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mikrosim.engine.nodes import BroadcastNode, ColumnNode, FusedSumNode, Graph, GroupNode, Node, PartnerNode

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

WEIGHT = "weight"
BRING = frozenset({"as_mother", "as_father", "to_receiver", "to_first_parent", "to_person"})
"""Group values that few rows bring to many persons: cheap to add to a sum, dear to lay out by themselves."""


def for_kernel(graph: Graph, sums: Sequence[str]) -> Graph:
    """Return the graph with each row's weight laid out for the sums, and sums of brought values fused.

    Its outputs are all values that are read when everything is computed: those of the graph, the sums and the weights.
    """
    nodes: dict[str, Node] = {}
    if sums:
        nodes[WEIGHT] = ColumnNode(WEIGHT, "household", monthly=False, dtype="float64")
    for name in sums:
        entity = graph.nodes[name].entity
        if entity != "household":
            laid_out = f"{WEIGHT}@{entity}"
            nodes[laid_out] = BroadcastNode(laid_out, entity, monthly=False, inputs=(WEIGHT,))
    wanted = dict.fromkeys([*graph.outputs, *sums, *nodes])
    return Graph({**nodes, **_fused(_partners_of_few(graph, wanted), wanted)}, tuple(wanted))


def _partners_of_few(graph: Graph, wanted: Collection[str]) -> Graph:
    """Return the graph with partners' values that only recipients read found for them, not for all persons."""
    readers: dict[str, list[Node]] = {}
    for node in graph.nodes.values():
        for name in node.inputs:
            readers.setdefault(name, []).append(node)
    nodes = dict(graph.nodes)
    for name, node in graph.nodes.items():
        if not (isinstance(node, GroupNode) and node.group.kind == "partner") or name in wanted:
            continue
        reading = readers.get(name, [])
        if not all(isinstance(one, BroadcastNode) and one.entity == "recipient" for one in reading):
            continue
        del nodes[name]
        for one in reading:
            nodes[one.name] = PartnerNode(one.name, one.entity, one.monthly, node.inputs)
    return Graph(nodes, graph.outputs)


def _fused(graph: Graph, wanted: Collection[str]) -> dict[str, Node]:
    readers = Counter(name for node in graph.nodes.values() for name in node.inputs)
    nodes = dict(graph.nodes)
    for name, node in graph.nodes.items():
        if not isinstance(node, GroupNode) or node.group.kind != "sum" or node.entity != "person":
            continue
        parts = [graph.nodes[one] for one in node.inputs]
        parts = [part for part in parts if _brings(part, graph) and readers[part.name] == 1 and part.name not in wanted]
        if parts:
            own = tuple(one for one in node.inputs if one not in {part.name for part in parts})
            inputs = (*own, *(part.inputs[0] for part in parts))
            nodes[name] = FusedSumNode(name, node.entity, node.monthly, inputs, parts=tuple(parts))
            for part in parts:
                del nodes[part.name]
    return nodes


def _brings(node: Node, graph: Graph) -> bool:
    if isinstance(node, GroupNode):
        return node.group.kind in BRING
    return isinstance(node, BroadcastNode) and graph.nodes[node.inputs[0]].entity == "family"
