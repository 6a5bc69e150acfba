"""The systems whose downloads are known; a further one is a module here, and its name in the list."""

from . import blackboard, brightspace, canvas, github, gradescope, moodle, nbgrader
from .layout import Layout

__all__ = ["LAYOUTS", "Layout"]

LAYOUTS: tuple[Layout, ...] = (gradescope, moodle, blackboard, brightspace, canvas, github, nbgrader)
