"""Writes the last benchmarks' figures into the repository's README, between its two markers.

python benchmarks/write_readme.py [RESULTS.json]

Of `results/peers.json` it writes the table into the README, and what each model computes into the benchmarks' README.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from figures import figure_from_dict, markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ROOT = Path(__file__).parents[1]
README, HOW = ROOT / "README.md", ROOT / "benchmarks" / "README.md"


def main(arguments: Sequence[str]) -> int:
    """Rewrite the pages; return 1 if there are no results or no markers, and leave all pages as they are."""
    results = Path(arguments[0]) if arguments else ROOT / "results" / "benchmarks.json"
    if not results.is_file():
        print(f"{results}: not there; run `make bench-full` or `make bench-peers` first", file=sys.stderr)
        return 1
    texts = {}
    for page, name, content in pages(json.loads(results.read_text("utf-8"))):
        try:
            texts[page] = rewritten(page.read_text("utf-8"), content(), name)
        except ValueError as error:
            print(f"{page}: {error}", file=sys.stderr)
            return 1
    for page, text in texts.items():
        page.write_text(text, "utf-8")
    return 0


def pages(results: Mapping[str, Any]) -> list[tuple[Path, str, Callable[[], str]]]:
    """Return which pages get something of the results, between which markers, and what makes it."""
    if "peers" not in results:
        return [(README, "benchmarks", lambda: section(results))]
    sys.path.insert(0, str(ROOT / "benchmarks" / "peers"))
    import table as peers

    return [
        (README, "peers", lambda: peers.section(_whole(results))),
        (HOW, "peers", lambda: peers.computed(_whole(results))),
    ]


def _whole(results: Mapping[str, Any]) -> Mapping[str, Any]:
    if not results["whole"]:
        raise ValueError("the results are of some of the benchmarks only; run all of them")
    return results


def section(results: Mapping[str, Any]) -> str:
    """Return the Markdown for one JSON file of results.

    Raises:
        ValueError: The results are only some of the benchmarks.
    """
    figures = [figure_from_dict(figure) for figure in _whole(results)["figures"]]
    machine = results["machine_info"]
    processor = machine.get("cpu", {}).get("brand_raw") or machine.get("processor") or machine["machine"]
    where = f"{processor}, {results['processors']} processors, {machine['system']}, Python {machine['python_version']}"
    return f"{markdown(figures)}\n\nMeasured {results['datetime'][:10]} on {where}."


def rewritten(page: str, content: str, name: str = "benchmarks") -> str:
    r"""Return the text with other content between the markers of that name.

    Raises:
        ValueError: The markers are not there, each once and in order.

    >>> rewritten("a <!-- peers:start --> old <!-- peers:end --> b", "new", "peers")
    'a <!-- peers:start -->\nnew\n<!-- peers:end --> b'
    """
    opening, closing = f"<!-- {name}:start -->", f"<!-- {name}:end -->"
    before, start, rest = page.partition(opening)
    _, end, after = rest.partition(closing)
    if not start or not end or opening in rest or closing in after:
        raise ValueError(f"must have {opening} and then {closing}, each once")
    return f"{before}{opening}\n{content}\n{closing}{after}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
