"""Starts a part of the sandbox in a process that has nothing else of the grader: `python start.py PART ARGUMENT…`.

The parts are modules of this package and import each other as any modules do. But the code of `grader/__init__.py` and
what it brings along must not run where student code will, nor be found by it. So packages without code stand in for
`grader` and `grader.sandbox`, under a name of their own.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

SANDBOX = Path(__file__).resolve().parent
NAME = "_grader"
FOLDERS = {NAME: SANDBOX.parent, f"{NAME}.sandbox": SANDBOX}


def stand_in() -> None:
    """Let the parts be imported by their files alone."""
    for name, folder in FOLDERS.items():
        package = sys.modules[name] = ModuleType(name)
        package.__path__ = [str(folder)]


def main() -> None:
    """Run the part that the command line names; it says itself what it is given further."""
    stand_in()
    importlib.import_module(f"{NAME}.sandbox.{sys.argv[1]}").main()


if __name__ == "__main__":
    main()
