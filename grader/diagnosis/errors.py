"""What Python's and NumPy's errors say. Their texts are recognised here, and nowhere else in the project."""

from __future__ import annotations

from enum import StrEnum

# What code raises where shapes do not fit: it depends on its style which of them.
OF_SHAPES = frozenset({"ValueError", "IndexError", "TypeError"})
OF_ARITHMETIC = frozenset({"OverflowError", "ZeroDivisionError", "FloatingPointError"})


class ErrorKind(StrEnum):
    """Errors that say what is wrong, whoever raises them."""

    TRUTH_OF_AN_ARRAY = "truth value of an array"
    ONE_NUMBER_EXPECTED = "one number expected"


TEXTS = {
    ErrorKind.TRUTH_OF_AN_ARRAY: "truth value of an array",
    ErrorKind.ONE_NUMBER_EXPECTED: "can be converted to Python scalars",
}


def kind_of(message: str) -> ErrorKind | None:
    """Of which kind an error with this message is, None if it is of no known one."""
    return next((kind for kind, text in TEXTS.items() if text in message), None)
