"""When something was handed in, from what the systems write; a time that cannot be read is not known.

Never from a file's own time: whoever owns a file can set it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

# Names that no database of zones has, and what the clocks of those who write them mean by them.
ABBREVIATED = {"EDT": -4, "CST": -6, "CDT": -5, "MDT": -6, "PST": -8, "PDT": -7, "WEST": 1, "CEST": 2, "EEST": 3}
STAMP = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)[ T-](?P<clock>\d\d[:-]\d\d[:-]\d\d)(?:\.\d{1,12})?"
    r" {0,3}(?P<zone>[A-Za-z][\w/+-]{0,63}|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
PLAUSIBLE = range(1990, 2200)  # years; anything else was written by a clock that was never set
WORDS = re.compile(
    r"(?P<one>\w{1,12})\.? (?P<two>\w{1,12})\.?, (?P<year>\d{4}) (?P<clock>\d{3,4})(?: (?P<half>[AaPp][Mm]))?"
)


def stamp(text: str) -> datetime | None:
    """`2026-11-27 23:59:00.5 Europe/Berlin`, with `T` or `-` between the parts, too; no zone is named if there is none.

    A zone is Z, an offset or a name. None for a day that is not in the calendar, a zone that does not exist, and
    everything else.
    """
    match = STAMP.fullmatch(text.strip())
    if match is None:
        return None
    try:
        at = datetime.fromisoformat(f"{match['date']}T{match['clock'].replace('-', ':')}")
        return _plausible(_in_zone(at, match["zone"]))
    except (ValueError, OverflowError, OSError, KeyError):  # the last is ZoneInfoNotFoundError
        return None


def in_utc(at: datetime | None) -> datetime | None:
    """A time of a system that means UTC if it names no zone."""
    return at.replace(tzinfo=at.tzinfo or UTC) if at else None


def words(text: str) -> datetime | None:
    """`Oct 4, 2025 926 PM`, day or month first; no zone is named. None if the month is not English."""
    match = WORDS.fullmatch(text)
    if match is None:
        return None
    day, month = sorted((match["one"], match["two"]), key=lambda word: not word.isdigit())
    half = f" {match['half']}" if match["half"] else ""
    try:
        written = f"{day} {month[:3]} {match['year']} {match['clock']:0>4}{half}"
        return _plausible(datetime.strptime(written, "%d %b %Y %I%M %p" if half else "%d %b %Y %H%M"))
    except ValueError:
        return None


def _plausible(at: datetime) -> datetime | None:
    return at if at.year in PLAUSIBLE else None


def _in_zone(at: datetime, zone: str | None) -> datetime:
    """The time in UTC if a zone is named. Raises ValueError, OverflowError, OSError or KeyError if there is no such."""
    if zone is None:
        return at
    return at.replace(tzinfo=_zone(zone)).astimezone(UTC)


def _zone(name: str) -> tzinfo:
    if name in ("Z", "z", "UTC", "GMT"):
        return UTC
    if name in ABBREVIATED:
        return timezone(timedelta(hours=ABBREVIATED[name]))
    if name[0] in "+-":
        offset = timedelta(hours=int(name[1:3]), minutes=int(name[-2:]))
        return timezone(-offset if name[0] == "-" else offset)
    return ZoneInfo(name)
