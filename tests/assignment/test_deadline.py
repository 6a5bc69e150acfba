"""Deadlines: what lateness costs, and declarations that are refused with their line."""

from datetime import datetime, timedelta

import pytest

from grader.assignment.catalogue import load
from grader.assignment.declaration import Assignment
from grader.assignment.vocabulary import Deadline, DeclarationError


def at(text):
    return datetime.fromisoformat(text)


def test_the_clock_is_that_of_the_zone():
    """23:59 in Berlin in winter is 22:59 UTC."""
    deadline = Deadline("2026-11-27 23:59", "Europe/Berlin", per_day=0.1)
    assert deadline.share_lost(at("2026-11-27T22:59:00+00:00")) == 0
    assert deadline.late_by(at("2026-11-27T23:00:00+00:00")) == timedelta(minutes=1)


def test_a_day_of_the_clock_change_is_counted_in_real_hours():
    """The night to the 25th of October 2026 has an hour more; lateness is elapsed time."""
    deadline = Deadline("2026-10-24 12:00", "Europe/Berlin", per_day=0.1)
    assert deadline.late_by(at("2026-10-25T12:00:00+01:00")) == timedelta(hours=25)


@pytest.mark.parametrize(("hours", "lost"), [(0.1, 0.0), (0.3, 0.1), (24, 0.1), (24.1, 0.2), (1000, 0.5)])
def test_each_day_begun_costs_a_share_up_to_the_cap(hours, lost):
    """Within the grace nothing; after it, days count from the deadline itself."""
    deadline = Deadline("2026-11-27 12:00", "UTC", per_day=0.1, cap=0.5, grace_minutes=15)
    assert deadline.share_lost(deadline.due + timedelta(hours=hours)) == pytest.approx(lost)


def test_without_a_rule_lateness_costs_nothing():
    """It is known, and that is all."""
    deadline = Deadline("2026-11-27 12:00", "UTC")
    assert deadline.share_lost(deadline.due + timedelta(days=9)) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": "27.11.2026"},
        {"at": "2026-11-27T12:00:00+01:00"},
        {"zone": "Europe/Atlantis"},
        {"zone": ""},
        {"per_day": 10},
        {"cap": -1},
        {"grace_minutes": -5},
    ],
)
def test_what_is_no_deadline_is_refused(wrong):
    """The message says which field."""
    with pytest.raises(DeclarationError, match=next(iter(wrong))):
        Deadline(**{"at": "2026-11-27 12:00", "zone": "UTC"} | wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"allowed_imports": "numpy"},
        {"allowed_imports": ("scipy.special",)},
        {"support": "data.csv"},
        {"group_size": 0},
        {"deadline": "2026-11-27"},
        {"public_seed": -1},
    ],
)
def test_what_an_assignment_cannot_mean_is_refused(wrong):
    """A text where names are expected would be taken letter by letter."""
    with pytest.raises(DeclarationError, match=next(iter(wrong))):
        Assignment(**{"title": "T", "public_seed": 1} | wrong)


def test_the_line_is_named(slopes):
    """An instructor finds the place at once."""
    declaration = slopes / "declaration.py"
    text = declaration.read_text(encoding="utf-8").replace("public_seed=7", "public_seed=7, group_size=0")
    declaration.write_text(text, encoding="utf-8")
    line = next(i for i, row in enumerate(text.splitlines(), 1) if "group_size" in row)
    with pytest.raises(DeclarationError, match=rf"declaration.py, line {line}: group_size is 0"):
        load(str(slopes))
