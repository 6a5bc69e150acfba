"""Times as systems write them; what cannot be read is not known, and never ends a run."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions import times


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-05-01 12:00:00 UTC", 12),
        ("2026-05-01 12:00:00.123456789 Z", 12),
        ("2026-05-01T12:00:00+02:00", 10),
        ("2026-05-01 12:00:00 -0330", 15),
        ("2026-05-01 12:00:00.5 Asia/Tokyo", 3),
        ("2026-05-01 12:00:00 CEST", 10),
        ("2026-05-01 12:00:00 PDT", 19),
    ],
)
def test_a_time_with_a_zone_is_a_moment(text, hour):
    """By offset, by name, or by what the clocks of that zone are called."""
    at = times.stamp(text)
    assert at is not None and at.tzinfo is UTC and at.hour == hour


@pytest.mark.parametrize("text", ["2026-05-01 12:00:00", "2026-05-01-12-00-00"])
def test_a_time_without_a_zone_has_none(text):
    """What it means is up to the system, or to the deadline."""
    assert times.stamp(text) == datetime(2026, 5, 1, 12)
    assert times.in_utc(times.stamp(text)) == datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "2026-13-45 10:00:00 Z", "0000-00-00 00:00:00", "2026-05-01 99:99:99 UTC"),
        *("2026-05-01 12:00:00 Mars/Phobos", "2026-05-01 12:00:00 America", "2026-05-01 12:00:00 ../x"),
        *("2026-05-01 12:00:00 +99:99", "0001-01-01 00:00:00 +23:59", "9999-12-31 23:59:59 -23:00"),
        *("٢٠٢٦-٠١-٠١ ٠٠:٠٠:٠٠ Z", "2026-05-01 12:00:00 " + "A" * 300, "2026-05-01 12:00:00 A\ud800"),
    ],
)
def test_a_time_that_is_none_is_not_known(text):
    """No day of the calendar, no zone of the world."""
    assert times.stamp(text) is None


@pytest.mark.parametrize("text", ["Oct 4, 2025 926 PM", "4 October, 2025 926 PM", "Oct. 4, 2025 2126"])
def test_a_time_in_words_has_day_or_month_first(text):
    """As Brightspace writes it in one country or another."""
    assert times.words(text) == datetime(2025, 10, 4, 21, 26)


@pytest.mark.parametrize(
    "text", ["Zzz 99, 0000 9999 PM", "24 février, 2025 926 PM", "Oct 4, 0001 926 PM", "Oct Oct, 2025 926"]
)
def test_words_that_are_no_time_are_not_known(text):
    """In another language, or not in the calendar."""
    assert times.words(text) is None


@given(st.text("0123456789-: TZ+./CESTUTCOct,PMAmericéa\n\x00", max_size=60))
def test_whatever_stands_there_is_a_time_or_none(text):
    """No text raises."""
    for read in (times.stamp, times.words):
        at = read(text)
        assert at is None or at.isoformat()
