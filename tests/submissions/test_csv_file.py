"""CSV files of every origin are read, and come back byte for byte but for the cells that were replaced."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model import GraderError
from grader.submissions.csv_file import CsvFile

CLASS = 'Name;Points\r\n"Żółć; Łukasz";3\r\nŠárka "die" Ž;\r\n'
PIECES = [
    b'"',
    b'""',
    b",",
    b";",
    b"\t",
    b"\r\n",
    b"\n",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xc3",
    b"a",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1250"])
def test_cells_are_read_whatever_the_encoding_and_the_separator(encoding):
    """With quotes around a separator, and quotes within a cell; an old code page is at least kept."""
    file = CsvFile(CLASS.encode(encoding))
    assert (len(file), file.header) == (3, ["Name", "Points"])
    if encoding != "cp1250":
        assert file.rows[1:] == [["Żółć; Łukasz", "3"], ['Šárka "die" Ž', ""]]
    assert file.with_cells({}) == CLASS.encode(encoding)


def test_a_western_code_page_is_read_as_what_it_is():
    """As Excel writes it in half of Europe."""
    assert CsvFile("Name;Note\nŠárka €;1\n".encode("cp1252")).cell(1, 0) == "Šárka €"


def test_a_cell_is_replaced_in_the_quotes_that_it_had():
    """And nothing else changes."""
    file = CsvFile(b'a,b\n"x, y","1"\nz,2')
    assert file.with_cells({(1, 1): "7", (2, 1): ""}) == b'a,b\n"x, y","7"\nz,'


def test_a_short_row_becomes_longer():
    """A platform leaves out what is empty at the end."""
    file = CsvFile(b"a,b,c\nx\n\ny,1,2\n")
    assert file.cell(1, 2) == "" and file.cell(2, 0) == ""
    assert file.with_cells({(1, 2): "7"}) == b"a,b,c\nx,,7\n\ny,1,2\n"


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\xff\xfea", b"\xff\xfe\0\0\xff\xff\xff\xff"])
def test_what_is_empty_or_damaged_is_refused_in_a_sentence(content):
    """No half of a character is guessed at."""
    with pytest.raises(GraderError, match=r"empty|damaged"):
        CsvFile(content)


@given(st.binary(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=20).map(b"".join))
def test_whatever_the_bytes_they_come_back(content):
    """Or the file is refused; never an exception of another kind."""
    try:
        file = CsvFile(content)
    except GraderError:
        return
    assert file.with_cells({}) == content
    last = len(file) - 1
    assert CsvFile(file.with_cells({(last, 9): "5"})).cell(last, 9) == "5"


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=4), max_size=4))
def test_it_reads_what_pythons_own_writer_writes(table):
    """Every cell, whatever stands in it."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([["a", "b"], *table])
    assert CsvFile(written.getvalue().encode()).rows == [["a", "b"], *table]
