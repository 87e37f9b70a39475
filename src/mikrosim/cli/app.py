"""The `mikrosim` command: which commands there are, and how errors end."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from mikrosim.cli.startup import collect_garbage_rarely
from mikrosim.errors import MikrosimError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = ("run", "sweep", "optimise", "report", "household", "decompose", "law", "population")
"""Each is `mikrosim.cli.NAME`: a function of that name, or a Typer `app` with commands of its own."""


def plain_typer(**options: Any) -> typer.Typer:
    """Return a Typer app with plain help and errors: rich is loaded only by commands that draw tables."""
    return typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, **options)


class LazyCommands(TyperGroup):
    """The commands by name; a command's module is imported when it is called or listed."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of that name, or None."""
        return load_command(cmd_name) if cmd_name in COMMANDS else None


def load_command(name: str) -> Any:
    """Import a command's module and return the command."""
    module = import_module(f"mikrosim.cli.{name}")
    command = getattr(module, "app", None)
    if command is None:
        command = plain_typer()
        command.command(name)(getattr(module, name))
    loaded = typer.main.get_command(command)
    loaded.name = name
    return loaded


def show_version(wanted: bool) -> None:
    """Print the version and end, if it was asked for."""
    if wanted:
        from mikrosim import __version__

        typer.echo(f"mikrosim {__version__}")
        raise typer.Exit


app = plain_typer(cls=LazyCommands, no_args_is_help=True)


@app.callback()
def mikrosim(
    version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """Compute what a change of Norwegian tax and benefit law costs, and who gains and loses."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; a user's error is one message and exit 1, wrong usage is exit 2.

    Args:
        arguments: The words after `mikrosim`; those of the process by default.
    """
    collect_garbage_rarely()
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        typer.main.get_command(app)(None if arguments is None else list(arguments), prog_name="mikrosim")
    except MikrosimError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except OSError as error:  # a full disk, a folder that may not be read: the machine's, not a bug
        print(f"mikrosim: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
