"""The two streams of a command: results on stdout, progress and notices on stderr. Nothing in them is markup."""

from __future__ import annotations

from rich.console import Console


def stdout() -> Console:
    """Where results go; as wide as they need if nobody watches."""
    console = Console(highlight=False, markup=False, emoji=False)
    return console if console.is_terminal else Console(highlight=False, markup=False, emoji=False, width=120)


def stderr() -> Console:
    """Where progress, notices and errors go."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
