"""When something is due for one person, and how late it was."""

from datetime import UTC, datetime, timedelta

import pytest

from grader.assignment.vocabulary import Deadline
from grader.course.deadlines import Due, Extension, Scope, days_late, due

DEADLINE = Deadline("2026-05-11 12:00", "UTC", per_day=0.1, grace_minutes=15, opens="2026-05-01 12:00")
DUE = DEADLINE.due


def until(scope, days, reason="", **more):
    return Extension(scope, "x", until=DUE + timedelta(days=days), reason=reason, **more)


def test_without_an_extension_it_is_due_when_it_is_due_for_all():
    """And that is nobody's own."""
    assert due(DEADLINE, []) == Due(DUE)


@pytest.mark.parametrize("days", [-1, 2])
def test_a_sections_time_replaces_that_of_all(days):
    """Earlier or later."""
    assert due(DEADLINE, [until(Scope.SECTION, days)]).at == DUE + timedelta(days=days)


def test_a_group_wins_over_its_section_and_a_person_over_both():
    """Whoever is nearer."""
    section, group, person = until(Scope.SECTION, 9), until(Scope.GROUP, 3), until(Scope.STUDENT, 5, "illness")
    assert due(DEADLINE, [section, group]).at == DUE + timedelta(days=3)
    assert due(DEADLINE, [section, person, group]) == Due(DUE + timedelta(days=5), True, "illness")


def test_the_latest_of_several_extensions_counts():
    """Whatever the order of the lines."""
    assert due(DEADLINE, [until(Scope.STUDENT, 5), until(Scope.STUDENT, 2)]).at == DUE + timedelta(days=5)


def test_a_share_lengthens_the_time_from_opening():
    """A quarter of ten days are two and a half; also of what holds for the section."""
    quarter = Extension(Scope.STUDENT, "x", share=0.25, reason="standing")
    assert due(DEADLINE, [quarter]) == Due(DUE + timedelta(days=2.5), True, "standing")
    assert due(DEADLINE, [quarter, until(Scope.SECTION, 10)]).at == DUE + timedelta(days=15)


def test_whoever_has_a_share_and_an_extension_has_the_later_of_both():
    """They do not add up."""
    quarter = Extension(Scope.STUDENT, "x", share=0.25)
    assert due(DEADLINE, [quarter, until(Scope.STUDENT, 1)]).at == DUE + timedelta(days=2.5)
    assert due(DEADLINE, [quarter, until(Scope.STUDENT, 7)]).at == DUE + timedelta(days=7)


def test_a_share_needs_to_know_when_it_opened():
    """Of what it is a share."""
    with pytest.raises(ValueError, match="opens"):
        due(Deadline("2026-05-11 12:00", "UTC"), [Extension(Scope.STUDENT, "x", share=0.5)])


@pytest.mark.parametrize(("late_by", "days"), [(-1, 0), (14, 0), (16, 1), (24 * 60, 1), (24 * 60 + 1, 2)])
@pytest.mark.parametrize("said", [None, True])
def test_days_begun_after_the_due_time_count_but_for_the_grace(late_by, days, said):
    """Also if the system calls it late, as long as it says when it came."""
    own = Due(DUE + timedelta(days=3), True)
    assert days_late(DEADLINE, own, own.at + timedelta(minutes=late_by), said) == days


def test_a_time_without_a_zone_is_in_the_deadlines():
    """As archives and some systems name it."""
    berlin = Deadline("2026-05-01 00:00", "Europe/Berlin")
    assert days_late(berlin, Due(berlin.due), datetime(2026, 5, 1, 0, 30), None) == 1
    assert days_late(berlin, Due(berlin.due), datetime(2026, 4, 30, 23, 30), None) == 0


def test_what_the_system_does_not_call_late_is_not_late():
    """It may know of an extension that nobody told us of."""
    assert days_late(DEADLINE, Due(DUE), DUE + timedelta(days=9), said=False) == 0


def test_without_a_time_what_is_called_late_is_late_by_a_day():
    """But not for those who were given more time than the system knows of."""
    assert days_late(DEADLINE, Due(DUE), None, said=True) == 1
    assert days_late(DEADLINE, Due(DUE + timedelta(days=1), True), None, said=True) == 0
    assert days_late(DEADLINE, Due(DUE), None, said=None) == 0


def test_moments_are_compared_whatever_their_zones():
    """The due time is a moment."""
    assert days_late(DEADLINE, Due(DUE), datetime(2026, 5, 11, 12, tzinfo=UTC), None) == 0
