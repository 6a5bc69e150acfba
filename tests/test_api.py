"""The library under every front end: values in, values out, and nothing printed."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from grader import api
from grader.model import SubmissionStatus

RIGHT = "def slope(x):\n    return 2 * x\ndef square_and_slope(x):\n    return x**2, [slope(x)]"
WRONG = "def slope(x):\n    return x"
PAGE = (Path(__file__).parent.parent / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.fixture
def run(slopes, tmp_path):
    """Grades the class of the small assignment in one process; returns the events."""

    def events(**options):
        chosen = api.RunOptions(seed=5, jobs=1, isolation=api.Level.BASIC, **options)
        return api.grade_class([tmp_path / "class"], slopes, tmp_path / "out", chosen)

    return events


def test_a_class_is_told_from_its_start_to_its_report(run, hand_in, tmp_path):
    """An event per submission between the two, and the grades are those of the record."""
    hand_in("ada.ipynb", RIGHT)
    hand_in("bob.ipynb", WRONG)
    started, *completed, finished = run()
    assert started == api.Started(total=2, jobs=1)
    assert completed == [api.Graded(f"{name}.ipynb", SubmissionStatus.GRADED) for name in ("ada", "bob")]
    assert [grade.score for grade in finished.report.grades] == [3.0, 0.0]
    assert list(finished.report.grades) == api.read_results(tmp_path / "out")


def test_what_is_known_is_told_apart(run, hand_in):
    """A submission that has not changed, and the same file as another one's."""
    hand_in("ada.ipynb", RIGHT)
    list(run())
    hand_in("twin.ipynb", RIGHT)
    *events, finished = run()
    graded = SubmissionStatus.GRADED
    assert events[1:] == [api.Reused("ada.ipynb", graded), api.Reused("twin.ipynb", graded, twin="ada.ipynb")]
    assert finished.report.twins == (("twin.ipynb", "ada.ipynb"),)


def test_a_wrong_argument_is_told_before_anything_happens(run, slopes, tmp_path):
    """By the call itself, not by the first event."""
    (tmp_path / "class").mkdir()
    with pytest.raises(api.GraderError, match="nothing to grade"):
        run()
    with pytest.raises(api.GraderError, match="no assignment is called 'nonsense'"):
        api.grade_class([slopes], "nonsense", tmp_path / "out")


def test_the_folder_is_held_while_the_last_event_is_looked_at(run, hand_in):
    """So that reports are written by one run at a time; a run that is closed lets the next one in."""
    hand_in("ada.ipynb", RIGHT)
    with closing(run()) as events:
        assert any(isinstance(event, api.Finished) for event in events)
    with closing(run()) as events:
        next(event for event in events if isinstance(event, api.Finished))
        with pytest.raises(api.GraderError, match="another run"):
            next(run())
    assert list(run())


def test_a_run_that_is_given_up_goes_on_with_the_next_call(run, hand_in):
    """Whatever had its event is on disk."""
    for name in ("ada", "bob", "cleo"):
        hand_in(f"{name}.ipynb", RIGHT, f"# {name}")
    with closing(run()) as events:
        next(event for event in events if isinstance(event, api.Graded))
    assert api.Reused("ada.ipynb", SubmissionStatus.GRADED) in list(run())


def test_one_notebook_is_graded_as_in_a_class(run, hand_in, slopes):
    """The same points under the same seed."""
    path = hand_in("bob.ipynb", WRONG)
    (*_, finished) = run()
    alone = api.grade(path, slopes, seed=5, isolation=api.Level.BASIC)
    (in_class,) = finished.report.grades
    assert [each.verdicts for each in alone.exercises] == [each.verdicts for each in in_class.exercises]


def test_a_check_says_whether_all_is_right(hand_in, slopes, capfd):
    """For one exercise or for all; nothing is printed."""
    path = hand_in("half.ipynb", RIGHT.replace("x**2", "x**3"))
    assert not api.check(path, str(slopes)).is_right
    assert api.check(path, str(slopes), exercise="slope").is_right
    assert capfd.readouterr() == ("", "")


def test_what_cannot_be_read_is_a_grade_in_a_class_and_an_error_alone(run, hand_in, slopes):
    """Whoever checks one file can mend it; a class goes on."""
    broken = hand_in("broken.ipynb")
    broken.write_text("<html>")
    (*_, finished) = run()
    assert finished.report.grades[0].status is SubmissionStatus.UNREADABLE
    with pytest.raises(api.GraderError, match="web page"):
        api.check(broken, str(slopes))


@pytest.mark.parametrize("name", api.__all__)
def test_every_name_is_on_the_page(name):
    """What is not documented is not promised."""
    assert re.search(rf"\b{name}\b", PAGE)


def test_an_exercise_is_named_as_python_reads_it(tmp_path, hand_in):
    """In declaration, notebook and question alike."""
    folder = tmp_path / "greek"
    folder.mkdir()
    (folder / "declaration.py").write_text(
        "from grader.assignment import Assignment, case\nassignment = Assignment(title='T', public_seed=1)\n"
        "@assignment.exercise(reference=lambda x: 2 * x, points=1)\ndef f_\N{MICRO SIGN}(rng):\n    '''Twice.'''\n"
        "    yield case('one', 1.0)\n    yield case('drawn', rng.normal())\n",
        encoding="utf-8",
    )
    path = hand_in("ada.ipynb", "def f_\N{GREEK SMALL LETTER MU}(x):\n    return 2 * x")
    assert api.check(path, str(folder), exercise="f_\N{MICRO SIGN}").is_right
