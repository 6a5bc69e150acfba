"""The command line: a table of the verbs, and one place that turns every error into one message and an exit status."""

from __future__ import annotations

import importlib
import io
import signal
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ...feedback.escaping import plain
from ...model import VERSION, GraderError, install_line
from ...model.installing import EXTRAS

WRONG_USAGE, OUR_FAULT, INTERRUPTED = 2, 3, 130
KEPT = "; the grades so far are kept, and the same command goes on from there"

VERBS = {
    "list": "assignments:list_assignments",
    "check": "check:check",
    "grade": "grade:grade",
    "report": "report:report",
    "term": "term:term",
    "similar": "similar:similar",
    "new": "assignments:new",
    "release": "assignments:release",
    "validate": "validate:validate",
    "extract": "extract:extract",
    "doctor": "doctor:doctor",
}  # where each one's function is, in this package


ANY_ARGUMENTS = {"ignore_unknown_options": True, "allow_extra_args": True}


class Verbs(TyperGroup):
    """Imports the module of a verb when it is used, so that a check does not wait for what a report needs."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every verb, in the order of the table."""
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a verb, or None if there is no such verb."""
        if cmd_name not in VERBS:
            return None
        module, _, function = VERBS[cmd_name].partition(":")
        verb = typer.Typer(add_completion=False, rich_markup_mode=None)
        try:
            verb.command(cmd_name)(getattr(importlib.import_module(f"{__package__}.{module}"), function))
        except ModuleNotFoundError as error:
            if str(error.name).partition(".")[0] not in EXTRAS["grade"]:
                raise
            verb.command(cmd_name, context_settings=ANY_ARGUMENTS)(_needs_more)
        return typer.main.get_command(verb)


def _needs_more() -> None:
    """Needs the packages for grading a class, which are not installed here."""
    raise GraderError(f"this needs more than a check does: {install_line('grade')}")


app = typer.Typer(cls=Verbs, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"grader {VERSION}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def grader(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show where an error arose.")] = False,
) -> None:
    """Grade and check NumPy exercises on neural networks, straight from students' notebooks."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(WRONG_USAGE)


def main() -> None:
    """Run the command line; a user never sees a traceback unless they ask for one."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # ✓ is in no old code page of Windows
    try:
        if "" in sys.argv[1:]:
            raise GraderError("an argument is empty; perhaps a variable of the shell is not set")
        status = app(standalone_mode=False)
        if status == INTERRUPTED:
            raise KeyboardInterrupt
    except typer.TyperException as error:
        _fail(_usage(error), error.exit_code, error)
    except GraderError as error:
        _fail(str(error), WRONG_USAGE, error)
    except (KeyboardInterrupt, typer.Abort) as error:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever presses twice does not disturb the cleaning up
        _fail("interrupted" + (KEPT if "grade" in sys.argv[1:2] else ""), INTERRUPTED, error)
    except Exception as error:
        message = f"the grader itself failed ({type(error).__name__}: {error}); --verbose shows where"
        _fail(message, OUR_FAULT, error)
    raise SystemExit(status)


def _usage(error: typer.TyperException) -> str:
    """What is wrong with the arguments, and where to read about the right ones."""
    verb = next((argument for argument in sys.argv[1:] if not argument.startswith("-")), "")
    command = f"grader {verb}" if verb in VERBS else "grader"
    return f"{error.format_message().rstrip('.')} (see: {command} --help)"


def _fail(message: str, status: int, error: BaseException) -> None:
    if "--verbose" in sys.argv:
        raise error
    typer.echo(f"grader: {plain(message)}", err=True)
    raise SystemExit(status)
