"""The command line: registers the verbs, and turns every error into one message and an exit status."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from . import __version__
from .commands import check, extract, grade
from .commands import list as list_command
from .commands.screen import stderr
from .model import GraderError
from .text import plain

WRONG_USAGE, OUR_FAULT, INTERRUPTED = 2, 3, 130

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
app.command("list")(list_command.list_assignments)
app.command()(check.check)
app.command()(grade.grade)
app.command()(extract.extract)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"grader {__version__}")
        raise typer.Exit


@app.callback()
def grader(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Say which version this is.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show where an error arose.")] = False,
) -> None:
    """Grade and check NumPy exercises on neural networks, straight from students' notebooks."""


def main() -> None:
    """Run the command line; a user never sees a traceback unless they ask for one."""
    try:
        app()
    except GraderError as error:
        _fail(str(error), WRONG_USAGE, error)
    except KeyboardInterrupt as error:
        _fail("interrupted; what was graded so far is kept, the same command goes on from there", INTERRUPTED, error)
    except Exception as error:
        message = f"the grader itself failed ({type(error).__name__}: {error}); --verbose shows where"
        _fail(message, OUR_FAULT, error)


def _fail(message: str, status: int, error: BaseException) -> None:
    if "--verbose" in sys.argv:
        raise error
    stderr().print(f"grader: {plain(message)}")
    raise SystemExit(status)
