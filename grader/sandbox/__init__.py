"""Where student code runs: the host's side, the guest's, and the wire between them.

Names are imported on their first use: a process can be started before NumPy is there.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .host.answers import Found, Opened
    from .host.process import Job, Process, Runner
    from .host.session import Call, Session

_HOMES = {
    "Call": "session",
    "Found": "answers",
    "Job": "process",
    "Opened": "answers",
    "Process": "process",
    "Runner": "process",
    "Session": "session",
}
__all__ = ["Call", "Found", "Job", "Opened", "Process", "Runner", "Session"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".host.{_HOMES[name]}", __name__), name)
