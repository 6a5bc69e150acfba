"""The vocabulary of a declaration: what is asked, which reference answers it, and how inputs are drawn."""

from .declaration import Assignment, Exercise
from .vocabulary import Deadline, DeclarationError, Limits, Mistake, case, like

__all__ = ["Assignment", "Deadline", "DeclarationError", "Exercise", "Limits", "Mistake", "case", "like"]
