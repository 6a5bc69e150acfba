"""`grader doctor`: which isolation, engines and optional parts this machine offers."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
import sys
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.table import Table

from ...model import VERSION, GraderError, GraderFault, install_line
from ...sandbox.host import isolation
from .console import stdout

OPTIONAL = {
    "grading a class, reports": ("pandas", "grade"),
    "dask engine": ("distributed", "dask"),
    "pictures in report.html": ("matplotlib", "plots"),
}
MARKS = {True: "✓", False: "-"}

Finding = tuple[bool, str, str]


def doctor(
    best: Annotated[
        bool, typer.Option("--best", help="Say only the strongest isolation that holds here, for scripts.")
    ] = False,
) -> None:
    """Say what this machine offers: layers of isolation that hold when tried, engines, optional parts.

    Example: grader doctor
    """
    if best:
        typer.echo(_best())
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    for column in ("", "what", "why"):
        table.add_column(column, overflow="fold")
    for there, what, why in (*_isolation(), *_parts()):
        table.add_row(MARKS[there], what, why)
    on = stdout()
    python = platform.python_version()
    on.print(f"grader {VERSION}, Python {python} on {platform.system()} {platform.release()}")
    on.print(table)


def _best() -> isolation.Level:
    """A step down is never silent: the reason goes to stderr."""
    try:
        isolation.runner(isolation.Level.STRICT).close()
    except (GraderError, GraderFault) as error:
        typer.echo(f"grader: {error}", err=True)
        return isolation.Level.BASIC
    return isolation.Level.STRICT


def _isolation() -> Iterator[Finding]:
    yield from (
        _strict() if sys.platform == "linux" else [(False, "--isolation strict", "needs Linux, or the container")]
    )
    yield True, "--isolation basic", "a plain process with limits, for code that you trust"


def _strict() -> Iterator[Finding]:
    """Every layer, put on for a trial, and what they come to."""
    from ...sandbox.host.strict import StrictRunner  # noqa: PLC0415
    from ...sandbox.layers import LAYERS, broken_promises  # noqa: PLC0415 - exists on Linux alone

    try:
        runner = StrictRunner(promised=False)
    except GraderFault as error:
        yield False, "--isolation strict", str(error)
        return
    runner.close()
    broken = broken_promises(runner.layers)
    summary = f"cannot promise {', '.join(broken)}; see docs/security.md" if broken else "keeps all that it promises"
    yield not broken, "--isolation strict", summary
    for layer in LAYERS:
        refused = runner.refused.get(layer.name)
        yield refused is None, f"  {layer.name}", f"refused: {refused}" if refused else f"student code {layer.promise}"


def _parts() -> Iterator[Finding]:
    yield True, "local engine", "processes, each with a warm one of its own to fork from"
    for part, (module, extra) in OPTIONAL.items():
        there = importlib.util.find_spec(module) is not None
        why = f"{module} {importlib.metadata.version(module)}" if there else install_line(extra)
        yield there, part, why
