"""`mikrosim report`: the report of a run's folder again, or several runs side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mikrosim.cli.options import (
    Language,
    LanguageOption,
)

COMPARISON = Path("comparison.html")


def report(
    folders: Annotated[
        list[Path],
        typer.Argument(
            help="Folders that mikrosim run --out, sweep or optimise has written.", metavar="DIR...", show_default=False
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            help="The HTML file to write; without, report.html in the folder, or comparison.html here for several.",
            show_default=False,
        ),
    ] = None,
    language: LanguageOption = Language.NB,
    quiet: Annotated[bool, typer.Option("--quiet", help="Do not say what was written.")] = False,
) -> None:
    """Write the report of a run again, of a sweep or an optimum, or compare several runs in one report."""
    from mikrosim.files import write_together
    from mikrosim.report.files import rebuild
    from mikrosim.report.page.build import build_page
    from mikrosim.report.run_data import read_run
    from mikrosim.report.sweep.study import is_study
    from mikrosim.report.texts import Words

    words = Words(language.value)
    if len(folders) == 1 and is_study(folders[0]):
        from mikrosim.report.sweep.page import write_study

        written = write_study(folders[0], words, out)
    elif len(folders) == 1 and out is None:
        rebuild(folders[0], words)
        written = folders[0]
    else:
        runs = [read_run(folder) for folder in folders]
        written = out or COMPARISON
        if len(runs) == 1:
            page = build_page(runs[0], words)
        else:
            from mikrosim.report.page.compare import build_comparison

            page = build_comparison(runs, words)
        write_together(written.parent, {written.name: page.html.encode()})
    if not quiet:
        typer.echo(words("written", folder=written), err=True)
