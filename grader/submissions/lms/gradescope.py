"""Gradescope's export: folders `submission_<id>`, and who they are in `submission_metadata.yml`.

Of that file, which a Ruby program writes, only a few lines are needed, so no YAML reader is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from ...model import Receipt
from .. import times
from ..files import Entry
from .layout import Download, Owner, Owners, Person, Series, below, text_of

TITLE = "Gradescope"
METADATA = "submission_metadata.yml"
FOLDER = r"submission_(?P<number>\d{1,18})"
TOP = re.compile(FOLDER, re.ASCII)
SUBMISSION = re.compile(rf"['\"]?(?P<folder>{FOLDER})['\"]?: *", re.ASCII)
FIELD = re.compile(r"(?P<indent> *)(?P<item>- )?:?(?P<name>[a-z_]+):(?: +(?P<value>.*))?", re.ASCII)
_Field = tuple[int, bool, str, str]
PERSON = ("name", "sid", "email")


@dataclass
class Known:
    """What the file says of one submission: its people, field by field, and when it was made."""

    people: list[dict[str, str]] = field(default_factory=list)
    created_at: datetime | None = None


def written(download: Download) -> Collection[str]:
    """The list, and the folders that stand in it."""
    if METADATA not in download.files:
        return ()
    folders = [name for name in download.folders if TOP.fullmatch(name)]
    return [METADATA, *folders] if folders else ()


def owners(download: Download) -> Owners:
    """By the folder at the top, as the list beside it says; each member of a group has attempts of their own."""
    known = people(text_of(download.files[METADATA]))
    folders = [(name, match) for name in download.folders if (match := TOP.fullmatch(name))]
    series = Series(
        (_key(person, name), int(match["number"]), below(entry))
        for name, match in folders
        for person in _people(known.get(name))
        for entry in download.tops[name]
    )

    def owner_of(entry: Entry) -> Owner | None:
        folder = entry.parts[0]
        match = TOP.fullmatch(folder)
        if match is None:
            return None
        about = known.get(folder, Known())
        file = below(entry)
        handed_in = tuple(
            Person(
                person.get("name") or person.get("sid") or person.get("email") or folder,
                Receipt(
                    at=about.created_at,
                    ids=tuple(filter(None, (person.get("email"), person.get("sid"), folder))),
                    attempt_of=f"gradescope {series.work(_key(person, folder), file)}",
                    attempt=int(match["number"]),
                ),
            )
            for person in _people(about)
        )
        return Owner(handed_in, folder, file)

    return owner_of


def _people(about: Known | None) -> list[dict[str, str]]:
    """Those who handed a folder in; one of whom nothing is known if the list names nobody."""
    return (about.people if about else []) or [{}]


def _key(person: dict[str, str], folder: str) -> str:
    """What is one person's alone; a name is not."""
    return person.get("email") or person.get("sid") or person.get("name") or folder


def people(text: str) -> dict[str, Known]:
    """Each submission's people and time, from the lines of the file."""
    known: dict[str, Known] = {}
    for name, lines in _blocks(text):
        known[name] = Known()
        section = ""
        for indent, item, key, value in lines:
            section = key if indent == 2 and not item else section
            if section == "submitters" and key in PERSON:
                _add_to_person(known[name].people, key, value, is_new=item)
            elif section == "created_at" == key:
                known[name].created_at = times.in_utc(times.stamp(value))
    return known


def _blocks(text: str) -> Iterator[tuple[str, list[_Field]]]:
    """The name of each submission and its lines: how far indented, whether an item of a list, key and value.

    Lines end as they do in YAML. Students' output stands further in, in the same file, and may hold any other sign.
    """
    name = ""
    lines: list[_Field] = []
    for line in re.split(r"\r\n|\r|\n", text):
        start, match = SUBMISSION.fullmatch(line), FIELD.fullmatch(line)
        if start:
            if name:
                yield name, lines
            name, lines = start["folder"], []
        elif match:
            lines.append((len(match["indent"]), bool(match["item"]), match["name"], _scalar(match["value"] or "")))
    if name:
        yield name, lines


def _add_to_person(listed: list[dict[str, str]], key: str, value: str, is_new: bool) -> None:
    if is_new or not listed:
        listed.append({})
    listed[-1][key] = value


def _scalar(text: str) -> str:
    """A value without its quotes; those within it are doubled or escaped."""
    text = text.strip().removeprefix("! ")
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", _unescaped, text[1:-1])
    return "" if text in ("~", "null") else text


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    try:
        return chr(int(code, 16)) if code else {"n": " ", "t": " ", "r": " "}.get(match[4], match[4])
    except (ValueError, OverflowError):  # beyond Unicode
        return "\N{REPLACEMENT CHARACTER}"
