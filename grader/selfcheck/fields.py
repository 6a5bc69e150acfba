"""JSON from somebody else, taken apart field by field: whatever is not as expected is named by its place."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from ..assignment.vocabulary import DeclarationError
from ..model import GraderError
from .plainjson import NotPlain, from_json

T = TypeVar("T")


class PublicDataError(GraderError):
    """A file that is no public data of an assignment; the message names the place in it."""


class Fields:
    """An object of the file, whose fields are taken by name and kind.

    Everything that takes one raises PublicDataError where the field is missing or of another kind.
    """

    def __init__(self, tree: object, where: str) -> None:
        """Take what JSON gave, and the way to it, for people."""
        if not isinstance(tree, dict):
            raise PublicDataError(f"{where}: expected an object")
        self._tree, self._where = tree, where

    def text(self, name: str) -> str:
        """A text."""
        return self._of(name, str)

    def truth(self, name: str) -> bool:
        """True or false."""
        return self._of(name, bool)

    def whole(self, name: str) -> int:
        """A whole number."""
        return self._of(name, int)

    def number(self, name: str) -> float:
        """A finite number."""
        found = float(self._of(name, float if isinstance(self._tree.get(name), float) else int))
        if not math.isfinite(found):
            raise PublicDataError(f"{self._where}, {name}: expected a finite number")
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        found = self._of(name, list)
        if not all(isinstance(text, str) for text in found):
            raise PublicDataError(f"{self._where}, {name}: expected a list of texts")
        return tuple(found)

    def value(self, name: str) -> Any:
        """A value of any kind. Raises NotPlain where it is none."""
        return from_json(self._tree.get(name))

    def values(self, name: str) -> tuple[Any, ...]:
        """A list of values. Raises NotPlain where one is none."""
        return tuple(map(from_json, self._of(name, list)))

    def object(self, name: str) -> Fields:
        """An object within this one."""
        return Fields(self._tree.get(name), f"{self._where}, {name}")

    def each(self, name: str) -> Iterator[Fields]:
        """The objects of a list."""
        for i, tree in enumerate(self._of(name, list), start=1):
            yield Fields(tree, f"{self._where}, {name} {i}")

    def has(self, name: str) -> bool:
        """Whether there is a field of this name."""
        return name in self._tree

    def made(self, make: Callable[[Fields], T]) -> T:
        """What is made of it. Raises PublicDataError where it holds something that cannot be used."""
        try:
            return make(self)
        except (DeclarationError, NotPlain, RecursionError) as error:
            raise PublicDataError(f"{self._where}: {error}") from error

    def _of(self, name: str, kind: type[T]) -> T:
        found = self._tree.get(name)
        if not isinstance(found, kind) or (isinstance(found, bool) and kind is not bool):
            raise PublicDataError(f"{self._where}, {name}: expected {kind.__name__}, found {str(found)[:60]!r}")
        return found
