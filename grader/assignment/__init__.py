"""The vocabulary of a declaration: what is asked, which reference answers it, and how inputs are drawn."""

from .declaration import Assignment, Deadline, DeclarationError, Exercise, Limits, Mistake, case
from .drawing import like

__all__ = ["Assignment", "Deadline", "DeclarationError", "Exercise", "Limits", "Mistake", "case", "like"]
