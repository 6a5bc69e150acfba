"""The file of extensions: whom its lines are about, and lines that are refused."""

from datetime import UTC, datetime

import pytest

from grader.assignment.declaration import Assignment
from grader.assignment.vocabulary import Deadline
from grader.course.deadlines import Extension, Scope
from grader.model import Grade, GraderError, Provenance, SubmissionStatus
from grader.runs.adjustments import Adjustments
from grader.runs.changes import reason
from grader.runs.extensions import holds, read

DEADLINE = Deadline("2026-05-11 12:00", "UTC", per_day=0.1, opens="2026-05-01 12:00")


def graded(student, at="2026-05-13T12:00:00+00:00", ids=(), **record):
    about = Provenance(handed_in=at, ids=tuple(ids), **record)
    return Grade(f"{student}.ipynb", student, "hw", SubmissionStatus.GRADED, 10.0, 10.0, record=about)


@pytest.fixture
def extensions(tmp_path):
    """Reads a file of these lines for the assignment hw."""

    def of(*lines, header="scope,who,assignment,until,share,reason", deadline=DEADLINE):
        (tmp_path / "extensions.csv").write_text("\n".join([header, *lines]), encoding="utf-8")
        declared = Assignment(title="HW", public_seed=1, deadline=deadline)
        object.__setattr__(declared, "name", "hw") if declared.name != "hw" else None
        return read(tmp_path / "extensions.csv", declared)

    return of


def test_lines_are_read(extensions):
    """Times are those of the deadline's zone, or have their own; a day ends in the evening; others' lines are left."""
    found = extensions(
        "student,ada,hw,2026-05-20,,ill",
        "student,bob,other,2026-06-01,,x",
        "section,A,hw,2026-05-20T10:00:00+02:00,,moved",
        "student,eve,,,0.25,standing",
    )
    assert [one.who for one in found] == ["ada", "A", "eve"]
    assert found[0].until == datetime(2026, 5, 20, 23, 59, tzinfo=UTC)
    assert found[1].until == datetime(2026, 5, 20, 8, tzinfo=UTC)
    assert (found[2].share, found[2].scope) == (0.25, Scope.STUDENT)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("friend,ada,,2026-05-20,,x", "scope is 'friend'"),
        ("student,,,2026-05-20,,x", "for whom"),
        ("student,ada,,2026-05-20,,", "reason"),
        ("student,ada,,tomorrow,,x", "until is 'tomorrow'"),
        ("student,ada,,,a lot,x", "share is 'a lot'"),
        ("student,ada,,,,x", "until .* or share"),
    ],
)
def test_a_line_that_cannot_be_used_is_refused(extensions, line, words):
    """With file and line."""
    with pytest.raises(GraderError, match=rf"extensions\.csv, line 2: .*{words}"):
        extensions(line)


def test_what_has_no_deadline_cannot_be_extended(extensions):
    """It is a slip of the pen."""
    with pytest.raises(GraderError, match="no deadline"):
        extensions("student,ada,,2026-05-20,,x", deadline=None)


@pytest.mark.parametrize("who", ["Ada Lovelace", "ada@x.edu", "1815", "lovelaceada"])
def test_a_student_is_called_by_name_or_id(who):
    """As everywhere."""
    grade = graded("Lovelace, Ada", ids=("ada@x.edu", "1815"))
    assert holds(Extension(Scope.STUDENT, who), grade)
    assert not holds(Extension(Scope.STUDENT, who), graded("Bob"))


def test_groups_and_sections_are_those_of_the_record():
    """As the roster or the groups name them."""
    grade = graded("Ada", group="Team Red", section="Tuesday, A")
    assert holds(Extension(Scope.GROUP, "team red"), grade) and holds(Extension(Scope.SECTION, "A"), grade)
    assert not holds(Extension(Scope.GROUP, ""), graded("Bob")) and not holds(Extension(Scope.SECTION, "B"), grade)


def test_an_extension_given_later_changes_the_score_and_says_why():
    """Nothing is graded for that; without the line it is as before."""
    late = Adjustments(DEADLINE).adjusted(graded("Ada"))
    line = Extension(Scope.STUDENT, "Ada", until=datetime(2026, 5, 14, tzinfo=UTC), reason="illness")
    extended = Adjustments(DEADLINE, extensions=(line,)).adjusted(late)
    assert (late.score, extended.score, extended.late) == (8.0, 10.0, None)
    assert "illness" in reason(late, extended) and "2026-05-14" in reason(late, extended)
    assert Adjustments(DEADLINE).adjusted(extended) == late
