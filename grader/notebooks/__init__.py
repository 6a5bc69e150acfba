"""A notebook's bytes → the definitions that it makes, without running any of them.

Pure, and nothing but the standard library: this package is loaded by its path into a confined process that knows
nothing else of the project, and there it reads bytes that nobody has looked at before. Hence relative imports only.
"""

from .clues import Clue, ClueKind
from .extraction import Binding, Extraction, ImportedModule, extract
from .notebook import Cell, LeftOutKind, Notebook, Skipped, Unreadable, read_cells
from .scripts import line_in_script
from .units import Program, Unit

__all__ = [
    "Binding",
    "Cell",
    "Clue",
    "ClueKind",
    "Extraction",
    "ImportedModule",
    "LeftOutKind",
    "Notebook",
    "Program",
    "Skipped",
    "Unit",
    "Unreadable",
    "extract",
    "line_in_script",
    "read_cells",
]
