"""Where student code runs: the parent's side, the child, and the wire between them.

Names are imported on their first use: a process can be started before NumPy is there.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .host.answers import Found, Opened
    from .host.session import Call, Job, Process, Runner, Session

__all__ = ["Call", "Found", "Job", "Opened", "Process", "Runner", "Session"]


def __getattr__(name: str) -> Any:
    """The parent's side."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .host import answers, session  # noqa: PLC0415 - see above

    return getattr(answers if name in ("Found", "Opened") else session, name)
