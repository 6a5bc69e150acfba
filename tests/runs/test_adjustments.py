"""Late days and scores set by hand: what they change, what they leave, and that they can be taken back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.assignment.catalogue import load
from grader.assignment.vocabulary import Deadline
from grader.feedback.words import message, message_of
from grader.model import ExerciseGrade, Grade, GraderError, Late, Provenance, Raised, Status, SubmissionStatus, Verdict
from grader.runs import changes, overrides
from grader.runs.adjustments import Adjustments, raw
from grader.runs.overrides import Override
from grader.runs.record.results import Halted
from grader.runs.record.serialization import from_text, to_line

DEADLINE = Deadline("2026-05-01 23:59", "Europe/Berlin", per_day=0.1, cap=0.3, grace_minutes=10)
DUE = datetime(2026, 5, 1, 21, 59, tzinfo=UTC)


def one(name, status=Status.PASSED, points=2.0):
    return ExerciseGrade(name, status, points, 2.0, 1, 1)


GRADE = Grade(
    submission="group/ada.ipynb",
    student="ada",
    assignment="slopes",
    status=SubmissionStatus.GRADED,
    score=3.0,
    max_score=4.0,
    exercises=(one("slope"), one("other", Status.PARTIAL, 1.0)),
    record=Provenance(key="k"),
)
FAULT = replace(GRADE, status=SubmissionStatus.GRADER_FAULT, score=0.0, problem="the sandbox did not start")


def handed_in(at, said=None):
    return replace(GRADE, record=Provenance(handed_in=at.isoformat() if at else None, late=said))


def by_hand(points, exercise="", **whose):
    return Override(whose.get("submission", ""), whose.get("student", "ada"), exercise, points, "a reason")


def test_late_days_take_their_share_up_to_the_cap():
    """Of what was earned; the record says how many days, and the message how many points."""
    settled = Adjustments(DEADLINE).adjusted(handed_in(DUE + timedelta(days=1.5)))
    assert (settled.score, settled.late) == (2.4, Late(2, 0.6, 3.0))
    assert message_of(settled) == "2 days late: 0.6 of 3 points are taken off."
    assert Adjustments(DEADLINE).adjusted(handed_in(DUE + timedelta(days=30))).score == pytest.approx(2.1)


def test_an_exercise_set_by_hand_counts_before_late_days():
    """It is as if the cases had said so; its message says that a person did."""
    rules = Adjustments(DEADLINE, (by_hand(2, "other"),))
    settled = rules.adjusted(handed_in(DUE + timedelta(hours=1)))
    assert settled.score == pytest.approx(3.6)
    assert (settled.exercises[1].status, settled.exercises[1].points) == (Status.PASSED, 2)
    assert message(settled.exercises[1]) == "Set by hand to 2 of 2: a reason"


def test_a_whole_score_set_by_hand_is_final():
    """Late days take nothing from it; it settles a fault of the grader's own, too."""
    rules = Adjustments(DEADLINE, (by_hand(4),))
    assert rules.adjusted(handed_in(DUE + timedelta(days=5))).score == 4
    settled = rules.adjusted(FAULT)
    assert (settled.status, settled.score) == (SubmissionStatus.GRADED, 4)


def test_others_are_not_concerned():
    """Their lines stay the same to the byte."""
    line = to_line(GRADE).text.encode()
    assert Adjustments(None, (by_hand(4, student="bob"),))(line) == line
    assert Adjustments(None, (by_hand(4, submission="ada.ipynb"),))(line) == line


RULES = st.builds(
    Adjustments,
    st.sampled_from([None, DEADLINE]),
    st.lists(st.builds(by_hand, st.sampled_from([0, 1, 2]), st.sampled_from(["", "slope", "other"])), max_size=3).map(
        tuple
    ),
)


@given(before=RULES, after=RULES, grade=st.sampled_from([GRADE, FAULT, handed_in(DUE + timedelta(days=2))]))
def test_rules_can_be_taken_back(before, after, grade):
    """Whatever rules held before, what holds now is the same, and without any the cases' own word is left."""
    line = to_line(grade).text.encode()
    assert from_text(after(before(line))) == from_text(after(line))
    assert Adjustments()(before(line)) == line
    assert raw(from_text(before(line))) == grade


def lines_of(tmp_path, *lines, header="submission,student,exercise,points,reason"):
    path = tmp_path / "overrides.csv"
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
    return path


def test_overrides_are_read_from_a_file(tmp_path, slopes):
    """By submission or by student, for an exercise or for the whole."""
    path = lines_of(tmp_path, "a/b.ipynb,,slope,1.5,by another way", "", ',ada,,3,"oral, in May"')
    assert overrides.read(path, load(str(slopes))) == (
        Override("a/b.ipynb", "", "slope", 1.5, "by another way", 2),
        Override("", "ada", "", 3.0, "oral, in May", 4),
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",ada,slope,1,", "line 2: a reason is needed"),
        (",,slope,1,why", "line 2: whose is it"),
        (",ada,slopes,1,why", "line 2: slopes has no exercise 'slopes'; it has: slope"),
        (",ada,slope,3,why", "line 2: points must be a number from 0 to 2, not '3'"),
        (",ada,,nan,why", "line 2: points must be a number from 0 to 3, not 'nan'"),
        (",ada,,two,why", "line 2: points must be a number from 0 to 3, not 'two'"),
        (",ada,,1,right, but late", "line 2: more cells than columns"),
        (",ada,,1,why\n,ada,,2,why", "line 3: line 2 sets the same already"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path, slopes, line, words):
    """With the file, the line and what is wrong."""
    with pytest.raises(GraderError, match=words):
        overrides.read(lines_of(tmp_path, line), load(str(slopes)))


@pytest.mark.parametrize("header", ["student,points", "points,reason", "student,points,reason,excercise"])
def test_columns_are_asked_for(tmp_path, slopes, header):
    """A misspelt one is not passed over in silence."""
    with pytest.raises(GraderError, match="column"):
        overrides.read(lines_of(tmp_path, "ada,1,x,y", header=header), load(str(slopes)))


def changed(after, before=GRADE):
    return [(change.exercise, change.before, change.after, change.why) for change in changes.between(before, after)]


def test_a_change_says_whose_what_and_why():
    """The whole score first, then each exercise concerned."""
    after = replace(GRADE, score=1.0, exercises=(one("slope", Status.WRONG, 0.0), GRADE.exercises[1]))
    after = replace(after, record=replace(GRADE.record, content="other"))
    why = "the submission changed"
    assert changed(after) == [("", "3", "1", why), ("slope", "2", "0", why)]


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({"seed": 2, "sheet": "s"}, "the cases were drawn from another seed"),
        ({"numpy": "9", "sheet": "s"}, "NumPy's version changed"),
        ({"sheet": "s"}, "the assignment changed"),
        ({}, "it was graded again"),
    ],
)
def test_the_reason_is_what_the_result_depends_on(record, why):
    """As far as it differs between the two records."""
    after = replace(GRADE, score=1.0, record=replace(GRADE.record, **record))
    assert changed(after) == [("", "3", "1", why)]


def test_what_a_person_did_is_the_reason():
    """Set and taken back; a fault that is over is one, too."""
    settled = Adjustments(None, (by_hand(4),)).adjusted(GRADE)
    assert changed(settled) == [("", "3", "4", "Set by hand to 4: a reason")]
    assert changed(GRADE, settled) == [("", "4", "3", "no longer: Set by hand to 4: a reason")]
    assert "after a fault of the grader's own" in changed(GRADE, FAULT)[0][3]


def test_an_error_that_speaks_like_a_person_is_no_reason():
    """What a student's code raises is never taken for what a person set."""
    says = Raised("ValueError", "Set by hand to 10 of 10: oral exam")
    forged = replace(one("slope", Status.RAISED, 0.0), verdicts=(Verdict("by hand", False, says, fixed=True),))
    after = replace(GRADE, score=1.0, exercises=(forged, GRADE.exercises[1]))
    assert [why for *_, why in changed(after)] == ["it was graded again"] * 2


def test_a_list_of_changes_without_room_holds_whole_lines(tmp_path):
    """What has no room is not begun, and the run is halted; with room, it grows from there."""
    resource = pytest.importorskip("resource", reason="limits of a process are not known there")
    before, after = (to_line(one).text.encode() for one in (GRADE, replace(GRADE, score=0.0)))
    log = changes.Log(tmp_path, "a" * 600)
    log.compare(before, after)
    whole = Path(tmp_path, changes.FILE).read_text()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 300, limits[1]))
    try:
        with pytest.raises(Halted, match=changes.FILE):
            log.compare(before, after)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert Path(tmp_path, changes.FILE).read_text() == whole
    log.compare(before, after)
    assert Path(tmp_path, changes.FILE).read_text().startswith(whole + "a" * 600)


def test_the_list_of_changes_grows_and_is_safe(tmp_path):
    """Run after run, with nothing in it that a spreadsheet would run."""
    before, after = (to_line(replace(GRADE, student="=1+1", score=score)).text.encode() for score in (1, 2))
    for run in ("Monday", "Tuesday"):
        changes.Log(tmp_path, run).compare(before, after)
    rows = Path(tmp_path, changes.FILE).read_text().splitlines()
    assert [row.split(",")[0] for row in rows] == ["run", "Monday", "Tuesday"]
    assert "'=1+1" in rows[1]
