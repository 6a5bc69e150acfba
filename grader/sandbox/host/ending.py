"""How a process ended, in words that a student can read."""

from __future__ import annotations

import signal

REASONS = {
    "SIGSEGV": "memory that is not its own was touched, or the recursion was too deep",
    "SIGKILL": "the limit on processor time, or no memory left on the machine",
}


def in_words(code: int) -> str:
    """An exit code, or the negative number of a signal, as `subprocess` gives them."""
    if code >= 0:
        return f"the process ended itself (exit code {code})"
    name = _signal_name(-code)
    reason = f": {REASONS[name]}" if name in REASONS else ""
    return f"the process was ended by {name}{reason}"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
