"""The results as Markdown: one table, and what it says of mikrosim's place in it."""

from __future__ import annotations

from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Peer = Mapping[str, Any]
    Size = Mapping[str, Any]

GIB = 1024**3
OURS = "mikrosim"
AHEAD = 2.0
"""How many times as fast as the fastest of the others mikrosim is meant to be."""

NOTHING = "–"
COLUMNS = (
    "Model",
    "Law",
    "Evaluated",
    "Persons a second, warm",
    "Cores busy",
    "Fresh process to first result, s",
    "Peak memory, GiB",
    "Second law, s (of the first)",
    "Start-up, s",
    "First run ever, s",
)


def markdown(results: Mapping[str, Any]) -> str:
    """Return everything: the table, the verdict, date and machine, and what each model computes."""
    return f"{section(results)}\n\n{computed(results)}"


def section(results: Mapping[str, Any]) -> str:
    """Return the table, how it is read, the verdict, and date and machine."""
    sizes = " / ".join(f"{size:,}" for size in results["sizes"])
    machine = results["machine"]
    where = (
        f"{machine['processor']}, {machine['processors']} processors, {machine['system']}, Python {machine['python']}"
    )
    lines = [f"| {' | '.join(COLUMNS)} |", f"|---|---|---|{'---:|' * (len(COLUMNS) - 3)}"]
    lines += [f"| {' | '.join(row(peer, results['sizes']))} |" for peer in results["peers"]]
    failed = "".join(f"\n- {line}" for peer in results["peers"] for line in failures(peer))
    return (
        "\n".join(lines)
        + f"\n\nFor {sizes} persons. *Warm* is computing alone, law and input loaded, the median of the rounds; *cores"
        " busy* is processor time in it over its time; the *second law* is a reform's cost when the first result is"
        " there, also as a share of laying the input out and computing; *start-up* is import and law; the *first run"
        " ever* is 1,000 persons with empty caches."
        + (f"\n{failed}" if failed else "")
        + f"\n\n{verdict(results)}\n\nMeasured {datetime.fromisoformat(results['datetime']):%Y-%m-%d} on {where}."
    )


def computed(results: Mapping[str, Any]) -> str:
    """Return what each model computes and leaves out, as a list."""
    return "\n".join(
        f"- **{peer['name']}**, {peer['country']}, {peer['period']}: {peer['computes']}. Left out: "
        f"{peer['leaves_out']}. Second law: {peer['second_law']}."
        for peer in results["peers"]
    )


def row(peer: Peer, sizes: Sequence[int]) -> tuple[str, ...]:
    """Return a model's cells, as many as `COLUMNS`."""
    name = f"{peer['name']} {peer.get('version', '')}".strip()
    law = f"{peer['country']} {peer['law']}, {peer['period'].partition(',')[0]}"
    if "failed" in peer:
        return (name, law, peer["failed"], *[NOTHING] * (len(COLUMNS) - 3))
    found = [peer["sizes"].get(str(size), {}) for size in sizes]

    def cell(show: Callable[[Size], str]) -> str:
        return " / ".join(show(size) for size in found)

    starts = [start for size in found for start in size.get("start_up", ())]
    rules = next((size["rules"] for size in found if "rules" in size), NOTHING)
    cold = peer["cold"]["seconds"]
    return (
        name,
        law,
        rules,
        cell(lambda size: _fits(size, _people(speed(size)))),
        cell(lambda size: _number(_of(size, "warm", _cores))),
        cell(lambda size: _number(_middle(size.get("fresh")))),
        cell(lambda size: _number(_of(size, "memory", lambda memory: median(memory) / GIB))),
        cell(_second),
        _number(_middle(starts)),
        _number(cold),
    )


def speed(size: Size) -> float | None:
    """Return persons a second of computing alone, or nothing if it came to none."""
    return size["persons"] / median(size["warm"]["compute"]) if "warm" in size else None


def failures(peer: Peer) -> list[str]:
    """Return what went wrong with a model, size by size."""
    return [f"{peer['name']}, {int(size):,}: {one['failed']}" for size, one in peer.get("sizes", {}).items()
            if one.get("failed")]  # fmt: skip


def projected(sizes: Mapping[str, Size], persons: int, limit: int) -> str:
    """Return why so many persons will not fit, judged by the largest size measured; empty if they may."""
    for size in reversed(list(sizes.values())):
        if size.get("memory"):
            begin, peak = median(size["start_up_memory"]), median(size["memory"])
            needed = begin + (peak - begin) / size["persons"] * persons
            if needed > limit:
                return (
                    f"does not fit: {peak / GIB:.1f} GiB for {size['persons']:,} persons, so about {needed / GIB:.0f} "
                    f"GiB, and {limit / GIB:.0f} GiB may be used"
                )
            return ""
    return ""


def verdict(results: Mapping[str, Any]) -> str:
    """Return how far mikrosim's kernel is ahead of the fastest of the others at each size, and whether by enough."""
    said = []
    for size in results["sizes"]:
        found = {peer["id"]: (one, peer["name"]) for peer in results["peers"]
                 if speed(one := peer.get("sizes", {}).get(str(size), {}))}  # fmt: skip
        others = [found[key] for key in found if not key.startswith(OURS)]
        if OURS not in found or not others:
            continue
        kernel = found[OURS][0]
        (fastest, name) = max(others, key=lambda other: speed(other[0]) or 0.0)
        ours, theirs = speed(kernel) or 0.0, speed(fastest) or 0.0
        per_core, their_per_core = ours / _cores(kernel["warm"]), theirs / _cores(fastest["warm"])
        goal = "is met"
        if ours < AHEAD * theirs:
            goal = f"is missed by {_people(AHEAD * theirs - ours)} persons a second"
        said.append(
            f"For {size:,} persons mikrosim's kernel computes {_people(ours)} persons a second, "
            f"{ours / theirs:.2f} times the fastest of the others ({name}, {_people(theirs)}); the goal of "
            f"{AHEAD:g} times {goal}. In a second of processor time it is {_people(per_core)}, "
            f"{per_core / their_per_core:.2f} times {_people(their_per_core)}."
        )
    return " ".join(said) or "mikrosim's kernel and another model are not both measured here."


def _second(size: Size) -> str:
    """Return seconds of a second law, and their share of laying the people out and computing the first."""
    if "second" not in size:
        return NOTHING
    prepare, compute = median(size["warm"]["prepare"]), median(size["warm"]["compute"])
    extra = median(size["second"]["seconds"])
    return f"{_number(extra)} ({extra / (prepare + compute):.0%})"


def _cores(warm: Mapping[str, Sequence[float]]) -> float:
    return sum(warm["processor"]) / sum(warm["compute"])


def _fits(size: Size, shown: str) -> str:
    return "does not fit" if size.get("failed", "").startswith("does not fit") and "warm" not in size else shown


def _of(size: Size, name: str, take: Callable[[Any], float]) -> float | None:
    return take(size[name]) if size.get(name) else None


def _middle(times: Sequence[float] | None) -> float | None:
    return median(times) if times else None


def _people(number: float | None) -> str:
    """Return a number of persons in thousands or millions.

    >>> [_people(number) for number in (2_240_000.0, 23_530.0, 970.0, None)]
    ['2.24 M', '23.5 k', '970', '–']
    """
    if number is None:
        return NOTHING
    for divisor, letter in ((1e6, " M"), (1e3, " k")):
        if number >= divisor:
            return f"{number / divisor:.3g}{letter}"
    return f"{number:.0f}"


def _number(value: float | None) -> str:
    """Return two or three digits, never with an exponent.

    >>> [_number(value) for value in (0.0612, 7.251, 16.41, 1234.2, None)]
    ['0.061', '7.25', '16.4', '1234', '–']
    """
    if value is None:
        return NOTHING
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:.{digits}f}"
