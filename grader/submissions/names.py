"""How names and numbers of people compare, however a list or a system spells them."""

from __future__ import annotations

import unicodedata


def key(name: str) -> str:
    """Letters and digits alone, so that `Lovelace, Ada`, `lovelaceada` and a name in another Unicode form meet."""
    normal = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in normal if unicodedata.category(char)[0] in "LMN")


def names_of(name: str) -> list[str]:
    """The ways in which a name may be written: as it is, first name first, and an address without its host."""
    last, comma, first = name.partition(",")
    written = [name, f"{first} {last}"] if comma else [name]
    local, at, _ = name.partition("@")
    return [key(each) for each in [*written, *([local] if at else [])] if key(each)]


def id_of(text: str) -> str:
    """A number or login as one thing: Brightspace writes `#` before it, and spreadsheets take zeros from its front."""
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("#").casefold()
    return plain.lstrip("0") or plain if plain.isdigit() else plain
