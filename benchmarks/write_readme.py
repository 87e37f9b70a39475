"""Writes the last benchmarks' figures into the repository's README, between its two markers.

python benchmarks/write_readme.py [RESULTS.json]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from figures import figure_from_dict, markdown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[1]
START, END = "<!-- benchmarks:start -->", "<!-- benchmarks:end -->"


def main(arguments: Sequence[str]) -> int:
    """Rewrite README.md; return 1 if there are no results or no markers."""
    results = Path(arguments[0]) if arguments else ROOT / "results" / "benchmarks.json"
    readme = ROOT / "README.md"
    if not results.is_file():
        print(f"{results}: not there; run `make bench-full` first", file=sys.stderr)
        return 1
    try:
        text = rewritten(readme.read_text("utf-8"), section(json.loads(results.read_text("utf-8"))))
    except ValueError as error:
        print(f"{readme}: {error}", file=sys.stderr)
        return 1
    readme.write_text(text, "utf-8")
    return 0


def section(results: Mapping[str, Any]) -> str:
    """Return the Markdown for one JSON file of results.

    Raises:
        ValueError: The results are only some of the benchmarks.
    """
    if not results["whole"]:
        raise ValueError("the results are of some of the benchmarks only; run all of them")
    figures = [figure_from_dict(figure) for figure in results["figures"]]
    machine = results["machine_info"]
    processor = machine.get("cpu", {}).get("brand_raw") or machine.get("processor") or machine["machine"]
    where = f"{processor}, {results['processors']} processors, {machine['system']}, Python {machine['python_version']}"
    return f"{markdown(figures)}\n\nMeasured {results['datetime'][:10]} on {where}."


def rewritten(readme: str, content: str) -> str:
    r"""Return the text with other content between the markers.

    Raises:
        ValueError: The markers are not there, each once and in order.

    >>> rewritten(f"a {START} old {END} b", "new") == f"a {START}\nnew\n{END} b"
    True
    """
    before, start, rest = readme.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end or START in rest or END in after:
        raise ValueError(f"must have {START} and then {END}, each once")
    return f"{before}{START}\n{content}\n{END}{after}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
