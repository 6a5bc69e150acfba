"""Figures about a class, against formulas worked out another way."""

from __future__ import annotations

import numpy as np
import pytest

from grader.model import Status, SubmissionStatus
from grader.reports import statistics
from grader.reports.frames import Frames, frames
from tests.reports import classes

RIGHT = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0], [1, 1, 1]])


@pytest.fixture
def known() -> Frames:
    """Six people and three exercises of 3 points each, right or wrong as in the matrix."""
    names = ("square", "slope", "pack")
    return frames(
        [
            classes.graded(
                f"{i}.ipynb",
                f"s{i}",
                *(
                    classes.exercise(name, Status.PASSED if right else Status.WRONG, seconds=float(i))
                    for name, right in zip(names, row, strict=True)
                ),
            )
            for i, row in enumerate(RIGHT)
        ]
    )


def test_the_distribution_counts_tenths_and_full_marks_in_the_last(known: Frames) -> None:
    """0, 33, 33, 67, 100 and 100 percent."""
    counts = statistics.distribution(known)
    assert {label: count for label, count in counts.items() if count} == {
        "0–10": 1,
        "30–40": 2,
        "60–70": 1,
        "90–100": 2,
    }


def test_success_and_time_of_each_exercise(known: Frames) -> None:
    """Shares of those who passed, medians of seconds."""
    table = statistics.by_exercise(known)
    assert table["passed"].tolist() == pytest.approx(RIGHT.mean(axis=0))
    assert table["seconds"].tolist() == [2.5, 2.5, 2.5]


def test_discrimination_is_the_point_biserial_correlation_with_the_other_exercises(known: Frames) -> None:
    """By the textbook: difference of means over the deviation, times the root of p q."""
    for i, name in enumerate(known.names):
        passed, others = RIGHT[:, i] == 1, 3.0 * np.delete(RIGHT, i, axis=1).sum(axis=1)
        share = passed.mean()
        means = others[passed].mean() - others[~passed].mean()
        expected = means / others.std() * np.sqrt(share * (1 - share))
        assert statistics.discrimination(known, name) == pytest.approx(expected)


def test_reliability_is_kuder_richardson_20_for_right_or_wrong(known: Frames) -> None:
    """Cronbach's alpha is that formula where every exercise is all or nothing."""
    share, total = RIGHT.mean(axis=0), RIGHT.sum(axis=1)
    expected = 3 / 2 * (1 - (share * (1 - share)).sum() / total.var())
    assert statistics.alpha(known) == pytest.approx(expected)


def test_where_everybody_is_alike_there_is_no_correlation() -> None:
    """Missing, not zero, and no warning about a division."""
    same = frames([classes.graded(f"{i}.ipynb", "s", classes.exercise("square")) for i in range(4)])
    assert np.isnan(statistics.discrimination(same, "square"))
    assert np.isnan(statistics.alpha(same))


def test_a_fault_of_the_grader_counts_in_no_figure(tables: Frames) -> None:
    """It says nothing about the exercise; an unreadable file does count."""
    assert len(statistics.points(tables)) == len(classes.ordinary()) - 1
    assert statistics.by_exercise(tables).loc["square", "passed"] == pytest.approx(7 / 9)


def test_mistakes_come_most_frequent_first_with_who_and_the_shortest_example() -> None:
    """What an instructor shows in the next lecture."""
    long, short = classes.mistaken("slope", source="x" * 90), classes.mistaken("slope", source="x = 1")
    other = classes.mistaken("slope", mistake="no-2")
    found = statistics.mistakes(
        frames([classes.graded(f"{i}.ipynb", "s", each) for i, each in enumerate((other, long, short))])
    )
    assert [(one.mistake, one.submissions) for one in found] == [
        ("sign", ("1.ipynb", "2.ipynb")),
        ("no-2", ("0.ipynb",)),
    ]
    assert found[0].example == "x = 1"


def test_faults_unreadable_files_and_written_down_answers_need_a_person(tables: Frames) -> None:
    """In this order, each submission once."""
    found = {one.submission: one.why for one in statistics.attention(tables)}
    assert list(found) == ["ours.ipynb", "web page.ipynb", f"{classes.NAMES[7]}/hw.ipynb"]
    assert "no process could be started" in found["ours.ipynb"]


def test_a_crash_needs_a_person() -> None:
    """It may have been meant."""
    crash = classes.exercise("square", Status.CRASHED)
    found = statistics.attention(frames([classes.graded("a.ipynb", "a", crash)]))
    assert [one.why for one in found] == ["square ended its process."]


def test_an_empty_class_has_no_figures() -> None:
    """Nothing is divided by nothing."""
    empty = frames([])
    assert statistics.summary(empty) == {}
    assert statistics.mistakes(empty) == []
    assert statistics.attention(empty) == []
    assert np.isnan(statistics.alpha(empty))


def test_a_class_of_faults_has_no_figures() -> None:
    """Everybody is listed apart."""
    fault = classes.ungraded("a.ipynb", "a", SubmissionStatus.GRADER_FAULT, "no memory")
    assert statistics.summary(frames([fault])) == {}
