"""How a named step of the reference is replaced for one test."""

import sys
from types import FunctionType

import reference


def modules():
    """All modules of the reference, the package itself left out."""
    assert reference
    return [module for name, module in sorted(sys.modules.items()) if name.startswith("reference.")]


def functions():
    """Every function of the reference, once."""
    found = {id(f): f for module in modules() for f in vars(module).values() if isinstance(f, FunctionType)}
    return [f for f in found.values() if f.__module__.startswith("reference.")]


def swap(monkeypatch, step, slip):
    """Put `slip` wherever a module of the reference refers to the function `step`."""
    for module in modules():
        for name, value in vars(module).copy().items():
            if value is step:
                monkeypatch.setattr(module, name, slip)
