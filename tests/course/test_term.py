"""What a term comes to for one person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.term import Weight, Work, letter, term_row

TWO = [Weight("a", 1.0), Weight("b", 3.0)]


def test_assignments_count_by_their_weights():
    """In per cent."""
    assert term_row(TWO, {"a": Work(100.0), "b": Work(50.0)}).total == pytest.approx(62.5)


def test_what_was_not_handed_in_is_zero_and_named():
    """It counts."""
    row = term_row(TWO, {"a": Work(100.0)})
    assert (row.total, row.missing) == (25.0, ("b",))


def test_what_is_excused_counts_for_nothing():
    """Neither for nor against."""
    row = term_row(TWO, {"a": Work(100.0)}, excused=["b"])
    assert (row.total, row.missing) == (100.0, ())


def test_what_is_not_settled_leaves_the_total_open():
    """A fault of the grader's own is never a zero."""
    row = term_row(TWO, {"a": Work(100.0), "b": Work(None)})
    assert (row.total, row.open) == (None, ("b",))


def test_the_lowest_of_a_group_is_dropped():
    """One of those that count; somebody who is excused from one still has one dropped."""
    weights = [Weight(name, 1.0, "hw") for name in "abc"] + [Weight("exam", 2.0)]
    work = {"a": Work(40.0), "b": Work(80.0), "exam": Work(60.0)}
    row = term_row(weights, work)
    assert (row.dropped, row.total) == (("c",), pytest.approx((40 + 80 + 120) / 4))
    row = term_row(weights, work, excused=["c"])
    assert (row.dropped, row.total) == (("a",), pytest.approx((80 + 120) / 3))
    assert term_row(weights, work, excused=["b", "c"]).dropped == ()


def test_a_bonus_adds_and_never_lowers():
    """Its weight is not in the sum of the weights."""
    weights = [Weight("a", 1.0), Weight("extra", 0.1, bonus=True)]
    assert term_row(weights, {"a": Work(90.0)}).total == 90
    assert term_row(weights, {"a": Work(90.0), "extra": Work(100.0)}).total == pytest.approx(100)


def test_free_late_days_go_to_the_first_that_are_late():
    """As far as they last."""
    work = {name: Work(70.0, days=2, at=lambda free: 70.0 + 10 * free) for name in "ab"}
    row = term_row([Weight("a"), Weight("b")], work, free_days=3)
    assert (row.percents, row.free_days) == ({"a": 90.0, "b": 80.0}, {"a": 2, "b": 1})


def test_letters_are_by_the_step_that_is_reached():
    """A rounding error below it is on it."""
    table = [(90.0, "A"), (80.0, "B"), (0.0, "F")]
    assert [letter(total, table) for total in (90.0, 89.9999999, 89.99, 0.0)] == ["A", "A", "B", "F"]
    assert letter(50.0, [(90.0, "A")]) == ""


@given(st.lists(st.tuples(st.floats(0.1, 9), st.floats(0, 100)), min_size=1, max_size=6))
def test_a_total_lies_between_the_lowest_and_the_highest(pairs):
    """Whatever the weights."""
    weights = [Weight(str(i), weight) for i, (weight, _) in enumerate(pairs)]
    total = term_row(weights, {str(i): Work(percent) for i, (_, percent) in enumerate(pairs)}).total
    assert min(p for _, p in pairs) - 1e-9 <= total <= max(p for _, p in pairs) + 1e-9
