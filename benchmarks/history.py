"""Keeps the benchmarks' figures by commit, and draws them over commits.

    make bench-history                                  # keeps results/benchmarks.json, then draws
    python benchmarks/history.py keep [RESULTS.json]
    python benchmarks/history.py draw [PICTURE.svg]     # or .png

Only figures of one machine are drawn together: those of the machine that measured last.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from figures import figure_from_dict

from mikrosim.report.charts.style import AFTER, FONT, GRID, INK, LOSE_INK, MUTED, PAPER

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "results" / "benchmarks.json"
RECORDS = Path(__file__).parent / "history"
PICTURE = Path(__file__).parent / "history.svg"
Record = dict[str, Any]

PANEL, HEIGHT, COLUMNS, LETTERS = 330, 110, 3, 56
SUBTITLE = (
    "An orange line is a goal; a + behind a commit means that changes lay on top of it. More rules take more time."
)


def main(arguments: Sequence[str]) -> int:
    """Keep, draw, or without an argument both; return 1 if there is nothing to keep or draw."""
    command, given = (arguments[0] if arguments else "both"), [Path(one) for one in arguments[1:]]
    if command not in ("keep", "draw", "both"):
        print(__doc__, file=sys.stderr)
        return 1
    if command != "draw":
        results = given[0] if given else RESULTS
        if not results.is_file():
            print(f"{results}: not there; run `make bench-full` first", file=sys.stderr)
            return 1
        try:
            print(f"kept as {keep(json.loads(results.read_text('utf-8')), RECORDS)}")
        except ValueError as error:
            print(f"{results}: {error}", file=sys.stderr)
            return 1
    if command != "keep":
        records = read(RECORDS)
        if not records:
            print(f"{RECORDS}: no records; run `make bench-full` and `make bench-history`", file=sys.stderr)
            return 1
        picture = given[0] if command == "draw" and given else PICTURE
        write(chart(records), picture)
        others = sorted({described(record) for record in records} - {described(records[-1])})
        print(f"drawn in {picture}" + "".join(f"; not drawn, another machine: {one}" for one in others))
    return 0


def keep(results: Record, folder: Path) -> Path:
    """Write the figures of one file of results, named by date and commit; return the file.

    Raises:
        ValueError: The results are only some of the benchmarks.
    """
    if not results["whole"]:
        raise ValueError("holds some of the benchmarks only; run all of them")
    record = record_of(results)
    changed = "-changed" if record["changed"] else ""
    path = folder / f"{record['time'][:10]}-{record['commit'][:8]}{changed}.json"
    folder.mkdir(exist_ok=True)
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return path


def record_of(results: Record) -> Record:
    """Return what is kept of a file of results: commit, time, machine and figures."""
    machine, commit = results["machine_info"], results["commit_info"]
    return {
        "commit": commit["id"],
        "changed": commit["dirty"],
        "time": results["datetime"][:19],
        "processor": machine.get("cpu", {}).get("brand_raw") or machine.get("processor") or machine["machine"],
        "processors": results["processors"],
        "system": machine["system"],
        "python": machine["python_version"],
        "rules": results["rules"],
        "figures": results["figures"],
    }


def read(folder: Path) -> list[Record]:
    """Return all records, the oldest first."""
    records: list[Record] = [json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")]
    return sorted(records, key=lambda record: (record["time"], record["commit"]))


def described(record: Record) -> str:
    """Return what two records must share to be comparable."""
    return f"{record['processor']}, {record['processors']} processors, {record['system']}"


def rows(records: Sequence[Record]) -> list[dict[str, Any]]:
    """Return a row for each figure of each record of the last record's machine, in their order."""
    machine = described(records[-1])
    found = []
    for record in records:
        if described(record) != machine:
            continue
        # A figure that was measured on top of uncommitted changes is not the commit's own.
        commit = f"{record['commit'][:7]}{'+' if record['changed'] else ''}, {record['rules']} rules"
        for content in record["figures"]:
            figure = figure_from_dict(content)
            found.append({"figure": figure.name, "unit": figure.unit, "commit": commit, "time": record["time"],
                          "value": figure.value, "goal": figure.goal, "bound": figure.bound})  # fmt: skip
    return found


def chart(records: Sequence[Record]) -> alt.VConcatChart:
    """Return one small chart for each figure of the last record, over commits."""
    import altair as alt

    every = rows(records)
    commits = list(dict.fromkeys(row["commit"] for row in every))
    panels = [
        panel([row for row in every if row["figure"] == content["name"]], commits) for content in records[-1]["figures"]
    ]
    lines = [alt.hconcat(*panels[place : place + COLUMNS], spacing=40) for place in range(0, len(panels), COLUMNS)]
    title = f"Benchmarks by commit: {described(records[-1])}"
    axis = {"gridColor": GRID, "labelColor": MUTED, "titleColor": MUTED, "titleFontWeight": "normal", "domain": False}
    return alt.vconcat(
        *lines,
        spacing=30,
        title=alt.Title(title, anchor="start", fontSize=16, color=INK, subtitle=SUBTITLE, subtitleColor=MUTED),
    ).configure(font=FONT, background=PAPER, view={"stroke": None}, axis=axis)


def panel(of_one: Sequence[Record], commits: Sequence[str]) -> alt.LayerChart:
    """Return one figure over commits, as a line with its goal beside it."""
    import altair as alt

    last = of_one[-1]
    labels = alt.Axis(labelAngle=0, labelExpr="split(datum.label, ', ')", labelLineHeight=13, labelOverlap="greedy",
                      grid=False)  # fmt: skip
    base = alt.Chart(alt.Data(values=list(of_one))).encode(
        x=alt.X("commit:N", sort=list(commits), title=None, scale=alt.Scale(domain=list(commits)), axis=labels)
    )
    y = alt.Y("value:Q", title=last["unit"], scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=4))
    layers = [
        base.mark_line(color=AFTER, strokeWidth=2).encode(y=y),
        base.mark_point(color=AFTER, filled=True, size=45, opacity=1).encode(y=y),
    ]
    name = last["figure"]
    if last["goal"] is not None:
        name += f" (goal: {last['bound']} {last['goal']:g})"
        ticks = base.mark_tick(color=LOSE_INK, thickness=2, width=PANEL // len(commits))
        layers.append(ticks.encode(y=alt.Y("goal:Q", title=last["unit"])))
    title = alt.Title(wrap(name, LETTERS), anchor="start", fontSize=12, color=INK)
    return alt.layer(*layers).properties(width=PANEL, height=HEIGHT, title=title)


def write(drawn: alt.VConcatChart, path: Path) -> None:
    """Write the chart as SVG or PNG, by the ending of the name."""
    import vl_convert

    content = drawn.to_json()
    if path.suffix == ".png":
        path.write_bytes(vl_convert.vegalite_to_png(content, scale=1.5))
    else:
        path.write_text(vl_convert.vegalite_to_svg(content), "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
