"""Text that students choose cannot act on a terminal."""

from hypothesis import given
from hypothesis import strategies as st

from grader.feedback.escaping import one_line, plain


def test_control_and_direction_characters_are_written_out():
    """Escape sequences and characters that turn text around are shown, not obeyed."""
    assert plain("a\x1b[2Jb\x07\u202ec") == "a\\x1b[2Jb\\x07\\u202ec"


def test_letters_of_every_script_stay():
    """Names are not garbled."""
    assert plain("Ægir 李 Ολγα عمر ½σ'") == "Ægir 李 Ολγα عمر ½σ'"


@given(st.text())
def test_whatever_it_is_it_is_printable_and_on_one_line(text):
    """No text that a student could choose has a line break or a control character left."""
    assert one_line(text, 80).isprintable()
    assert len(one_line(text, 80)) <= 80
