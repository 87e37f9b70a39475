"""Choices that several commands offer."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Language(StrEnum):
    """The language of what is printed."""

    NB = "nb"
    EN = "en"


class CsvStyle(StrEnum):
    """How CSV files divide columns and write decimals."""

    SEMICOLON = "semicolon"
    COMMA = "comma"


class TableFormat(StrEnum):
    """How a result is printed."""

    TABLE = "table"
    JSON = "json"


PopulationOption = Annotated[str, typer.Option("--population", help="A population folder, or `default`.")]
HouseholdsOption = Annotated[
    int | None,
    typer.Option("--households", min=1, help="Households in the default population.", show_default=False),
]
SeedOption = Annotated[
    int | None, typer.Option("--seed", min=0, help="Seed of the default population.", show_default=False)
]
ThreadsOption = Annotated[
    int | None, typer.Option("--threads", min=1, help="Threads; all processors without.", show_default=False)
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers", min=1, help="Threads that measure laws side by side; all processors without.", show_default=False
    ),
]
AllowCodeOption = Annotated[
    bool, typer.Option("--allow-code", help="Let the scenario run the Python file that it names with `code`.")
]
FormatOption = Annotated[TableFormat, typer.Option("--format", help="What to print on standard output.")]
ScenarioArgument = Annotated[
    Path, typer.Argument(help="The scenario file.", metavar="SCENARIO.yaml", show_default=False)
]
QuietOption = Annotated[bool, typer.Option("--quiet", help="No progress on standard error.")]
LanguageOption = Annotated[Language, typer.Option("--language", help="Language of what is printed.")]
