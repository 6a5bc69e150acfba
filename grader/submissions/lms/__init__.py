"""The systems whose downloads are known; a further one is a module here, and its name in the list."""

from . import blackboard, brightspace, canvas, classroom, gradescope, moodle, nbgrader
from .layout import Layout

LAYOUTS: tuple[Layout, ...] = (gradescope, nbgrader, moodle, blackboard, brightspace, canvas, classroom)
