"""The formats that results are written in: a module per system or kind of file. A further one is one more file here.

Each module has a tuple `EXPORTERS`; the command line and its help take the names from `registry`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ..exporter import Exporter


@cache
def registry() -> dict[str, Exporter]:
    """Every format by its name, in the order of the names."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    found: list[Exporter] = [exporter for module in modules for exporter in module.EXPORTERS]
    return {exporter.name: exporter for exporter in sorted(found, key=lambda exporter: exporter.name)}
