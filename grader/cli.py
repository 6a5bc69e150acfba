"""The command line: registers the verbs, and turns every error into one message and an exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from . import __version__
from .commands import check, extract, grade
from .commands import list as list_command
from .commands.screen import stderr
from .model import GraderError
from .text import plain

WRONG_USAGE, OUR_FAULT, INTERRUPTED = 2, 3, 130

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
VERBS: dict[str, Callable[..., None]] = {
    "list": list_command.list_assignments,
    "check": check.check,
    "grade": grade.grade,
    "extract": extract.extract,
}
for verb, command in VERBS.items():
    app.command(verb)(command)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"grader {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def grader(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Say which version this is.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show where an error arose.")] = False,
) -> None:
    """Grade and check NumPy exercises on neural networks, straight from students' notebooks."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(WRONG_USAGE)


def main() -> None:
    """Run the command line; a user never sees a traceback unless they ask for one."""
    try:
        status = app(standalone_mode=False)
    except typer.TyperException as error:
        _fail(_usage(error), error.exit_code, error)
    except GraderError as error:
        _fail(str(error), WRONG_USAGE, error)
    except (KeyboardInterrupt, typer.Abort) as error:
        _fail("interrupted; what was graded so far is kept, the same command goes on from there", INTERRUPTED, error)
    except Exception as error:
        message = f"the grader itself failed ({type(error).__name__}: {error}); --verbose shows where"
        _fail(message, OUR_FAULT, error)
    raise SystemExit(status)


def _usage(error: typer.TyperException) -> str:
    """What is wrong with the arguments, and where the right ones stand."""
    verb = next((argument for argument in sys.argv[1:] if not argument.startswith("-")), "")
    command = f"grader {verb}" if verb in VERBS else "grader"
    return f"{error.format_message().rstrip('.')} (see: {command} --help)"


def _fail(message: str, status: int, error: BaseException) -> None:
    if "--verbose" in sys.argv:
        raise error
    stderr().print(f"grader: {plain(message)}")
    raise SystemExit(status)
