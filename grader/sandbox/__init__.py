"""Where student code runs: the parent's side, the child, and the wire between them."""

from .session import Found, Job, Opened, Process, Runner, Session, Unreadable

__all__ = ["Found", "Job", "Opened", "Process", "Runner", "Session", "Unreadable"]
