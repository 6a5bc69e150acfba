"""`grader check --watch`: the same check again after every save."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import typer

from ...model import GraderError

SECONDS = 0.25
CLEAR = "\033[2J\033[H"

Stamp = tuple[int, int] | None


def on_every_save(path: Path, act: Callable[[], None]) -> None:
    """Act at once and whenever the file has changed, until the user interrupts; a file that is being written waits."""
    try:
        for _ in saves(path):
            if sys.stdout.isatty():
                typer.echo(CLEAR, nl=False)
            _attempt(act)
            typer.echo(f"Watching {path}; ^C ends it.", err=True)
    except KeyboardInterrupt:
        typer.echo("", err=True)


def saves(path: Path, pause: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """One now, and then one for every change of the file's time or size."""
    seen = _stamp(path)
    yield
    while True:
        pause(SECONDS)
        stamp = _stamp(path)
        if stamp not in (None, seen):
            seen = stamp
            yield


def _attempt(act: Callable[[], None]) -> None:
    """What is wrong with the file now may be mended by the next save."""
    try:
        act()
    except GraderError as error:
        typer.echo(f"grader: {error}", err=True)


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
