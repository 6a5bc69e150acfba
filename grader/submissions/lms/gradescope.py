"""Gradescope's export: folders `submission_<id>`, and who they are in `submission_metadata.yml`.

Of that file, which a Ruby program writes, only a few lines are needed, so no YAML reader is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from ...model import Receipt, Unreadable
from ..files import Entry
from .layout import Claim, Owner

METADATA = "submission_metadata.yml"
SUBMISSION = re.compile(r"(submission_\d+):\s*")
FIELD = re.compile(r"(?P<indent> *)(?P<item>- )?:?(?P<name>[a-z_]+):(?: +(?P<value>.*))?")
_Field = tuple[int, bool, str, str]
PERSON = ("name", "sid", "email")


@dataclass
class _Known:
    """What the file says of one submission: its people, field by field, and when it was made."""

    people: list[dict[str, str]] = field(default_factory=list)
    created_at: datetime | None = None


def claim(path: Path, found: Sequence[Entry]) -> Claim | None:
    """Knows whose a file is by the folder's number and the export's own list."""
    listed = next((entry for entry in found if entry.parts[-1] == METADATA), None)
    if listed is None:
        return None
    try:
        known = people(listed.content.read().decode("utf-8", "replace"))
    except Unreadable:
        return None

    def owner(entry: Entry) -> Owner | None:
        folder = next((part for part in entry.parts[:-1] if part in known), None)
        return None if folder is None else _owner(folder, entry, known[folder])

    return owner


def people(text: str) -> dict[str, _Known]:
    """Each submission's people and time, from the lines of the file."""
    known: dict[str, _Known] = {}
    for name, lines in _blocks(text):
        known[name] = _Known()
        section = ""
        for indent, item, key, value in lines:
            section = key if indent == 2 and not item else section
            if section == "submitters" and key in PERSON:
                _add_to_person(known[name].people, key, value, is_new=item)
            elif section == "created_at" == key:
                known[name].created_at = _time(value)
    return known


def _blocks(text: str) -> Iterator[tuple[str, list[_Field]]]:
    """The name of each submission and its lines: how far indented, whether an item of a list, key and value."""
    name = ""
    lines: list[_Field] = []
    for line in text.splitlines():
        start, match = SUBMISSION.fullmatch(line), FIELD.fullmatch(line)
        if start:
            if name:
                yield name, lines
            name, lines = start[1], []
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
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|(.))", _unescaped, text[1:-1])
    return text


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else str(match[3])


def _time(text: str) -> datetime | None:
    """`2020-09-03 01:23:45.678 Z`; without a zone it is in UTC."""
    match = re.match(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)? ?(Z|[+-]\d\d:?\d\d)?", text)
    if match is None:
        return None
    at = datetime.fromisoformat(f"{match[1]}T{match[2]}{(match[3] or 'Z').replace('Z', '+00:00')}")
    return at.astimezone(UTC)


def _owner(folder: str, entry: Entry, known: _Known) -> Owner:
    person = known.people[0] if known.people else {}
    ids = tuple(value for each in known.people for value in each.values() if value)
    student = person.get("name") or person.get("sid") or person.get("email") or folder
    return Owner(
        student,
        Receipt(
            at=known.created_at or entry.modified,
            ids=(*ids, folder.removeprefix("submission_")),
            attempt_of=f"gradescope {person.get('email') or student} {entry.parts[-1]}",
            attempt=int(folder.removeprefix("submission_")),
        ),
        hand_in=folder,
        also=tuple(each.get("name") or each.get("sid") or each.get("email") or "" for each in known.people[1:]),
    )
