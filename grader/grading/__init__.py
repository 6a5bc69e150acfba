"""One submission → its grade."""

from .grader import Grader

__all__ = ["Grader"]
