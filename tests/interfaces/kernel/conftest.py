"""Limits strike anywhere, and what they raise within a callback of the garbage collector is lost, loudly, for once.

Hypothesis has such a callback, which no student's kernel has; so nothing is collected while these tests run.
"""

import gc

import pytest


@pytest.fixture(autouse=True)
def no_collection():
    """Hold the garbage collector back."""
    gc.disable()
    yield
    gc.enable()
