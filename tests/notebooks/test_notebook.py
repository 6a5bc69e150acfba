"""Bytes become code cells, or a sentence that says what they are instead."""

import json

import pytest

from grader.notebooks import Cell, Unreadable, extract, read_cells
from tests.notebooks.sample_notebooks import ipynb, notebook


def sources(data: bytes, suffix: str = ".ipynb") -> list[str]:
    """The code cells' sources."""
    return [cell.source for cell in read_cells(data, suffix).cells]


def why_unreadable(data: bytes) -> str:
    """The message of the error that the bytes of a notebook give."""
    with pytest.raises(Unreadable) as caught:
        read_cells(data, ".ipynb")
    return str(caught.value)


@pytest.mark.parametrize("minor", range(6))
def test_nbformat_4_at_every_minor_version(minor):
    """Cells stand at the top, their source as a list of lines or as one string."""
    cells = [
        {"cell_type": "markdown", "source": ["# Title"], "metadata": {}},
        {"cell_type": "code", "source": ["a = 1\n", "b = 2"], "outputs": [], "metadata": {}, "execution_count": 7},
        {"cell_type": "code", "source": "c = 3", "outputs": [], "metadata": {}, "id": "x1"},
    ]
    data = json.dumps({"nbformat": 4, "nbformat_minor": minor, "metadata": {}, "cells": cells}).encode()
    assert read_cells(data, ".ipynb").cells == (Cell(1, 1, "a = 1\nb = 2"), Cell(2, 2, "c = 3"))


@pytest.mark.parametrize("major", [2, 3])
def test_older_notebooks_with_worksheets(major):
    """Before nbformat 4 cells stand in worksheets and hold their source as input."""
    sheets = [
        {"cells": [{"cell_type": "heading", "source": "T", "level": 1}, {"cell_type": "code", "input": ["a = 1"]}]},
        {"cells": [{"cell_type": "code", "input": "b = 2", "language": "python"}]},
    ]
    data = json.dumps({"nbformat": major, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": sheets}).encode()
    assert read_cells(data, ".ipynb").cells == (Cell(1, 1, "a = 1"), Cell(2, 2, "b = 2"))


def test_blank_cells_get_no_number():
    """Numbers are those of Jupyter after all cells were run; it passes over a cell of space."""
    assert [(cell.number, cell.index) for cell in notebook("a = 1", " \n\t", "# note", "b = 2").cells] == [
        (1, 0),
        (2, 2),
        (3, 3),
    ]


def test_raw_and_unknown_cell_types_are_no_code():
    """Only cells of type code count."""
    cells = [{"cell_type": kind, "source": "a = 1"} for kind in ("raw", "widget", "code", None, 3)]
    assert len(sources(json.dumps({"cells": cells}).encode())) == 1


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_windows_and_old_mac_line_endings(ending):
    """Lines end in one way afterwards, so that line numbers hold."""
    assert sources(ipynb(f"a = 1{ending}b = 2")) == ["a = 1\nb = 2"]


def test_byte_order_mark():
    """A mark that an editor put in front does no harm."""
    assert sources(b"\xef\xbb\xbf" + ipynb("a = 1")) == ["a = 1"]


def test_utf_16():
    """JSON in another of its encodings is read."""
    assert sources(ipynb("a = 1").decode().encode("utf-16")) == ["a = 1"]


def test_bytes_that_are_not_utf_8():
    """One wrong byte, in a comment as a rule, does not cost the notebook."""
    data = ipynb("a = 1 # caf\x00").replace(b"\\u0000", b"\xe9")
    assert sources(data) == ["a = 1 # caf\N{REPLACEMENT CHARACTER}"]


def test_lone_surrogates_are_replaced():
    """Text that no encoding takes never leaves the reader."""
    assert sources(b'{"cells": [{"cell_type": "code", "source": "s = 1 # \\ud800"}]}') == ["s = 1 # ?"]


def test_long_cells():
    """A cell of 50,000 characters is a cell."""
    long = "values = [" + "1.25, " * 8_400 + "]\ndef f():\n    return len(values)"
    assert extract(notebook(long)).found["f"].line == 2


def test_megabytes_of_outputs():
    """Outputs are passed over, whatever their size."""
    output = {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo" * 300_000}, "metadata": {}}
    cell = {"cell_type": "code", "source": "a = 1", "outputs": [output], "metadata": {}}
    assert sources(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4}).encode()) == ["a = 1"]


@pytest.mark.parametrize("source", [None, 3, {"a": 1}, [1, None, ["x"]], True])
def test_sources_that_are_no_text(source):
    """A cell whose source is no text is as good as blank."""
    assert sources(json.dumps({"cells": [{"cell_type": "code", "source": source}]}).encode()) == []


@pytest.mark.parametrize("metadata", [None, 3, [], {"grader": 1, "language_info": [], "kernelspec": "x"}])
def test_metadata_of_wrong_types(metadata):
    """Metadata that makes no sense says nothing."""
    read = read_cells(json.dumps({"cells": [], "metadata": metadata}).encode(), ".ipynb")
    assert (read.language, read.assignment) == ("", "")


def test_language_and_assignment_come_from_the_metadata():
    """The recorded language with its version, and the assignment that a released notebook names."""
    metadata = {"language_info": {"name": "python", "version": "3.8.5"}, "grader": {"assignment": "delta_rule"}}
    read = notebook(metadata=metadata)
    assert (read.language, read.assignment) == ("python 3.8.5", "delta_rule")


def test_kernel_name_where_the_language_is_not_recorded():
    """Old notebooks name only their kernel."""
    assert notebook(metadata={"kernelspec": {"name": "python2", "display_name": "Python 2"}}).language == "python2"


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\n<!DOCTYPE html><html><body>Not found</body></html>", "web page"),
        (b"<html>\n<head>", "web page"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08", "zip archive"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a notebook"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "Git LFS"),
        (b"../week2/homework.ipynb", "link"),
        (b'{\n "cells": [\n<<<<<<< HEAD\n {', "merge conflict"),
        (b'{\n "cells": [\n  {"cell_type": "code"', "line 3"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
        (b'{"cells": [' + b"1" * 5000 + b"]}", "not a notebook"),
        (b"[]", "no cells"),
        (b"null", "no cells"),
        (b'{"nbformat": 4}', "no cells"),
        (b'{"cells": {"a": 1}}', "no cells"),
    ],
)
def test_what_is_no_notebook_is_named(data, part):
    """The message says in a sentence what the file is."""
    message = why_unreadable(data)
    assert part in message
    assert message.startswith("The file ")
    assert message.endswith(".")
    assert "\n" not in message


def test_a_notebook_without_code_is_readable():
    """No cells are no error: nothing is found in it."""
    assert extract(read_cells(b'{"cells": []}', ".ipynb")).found == {}


def test_plain_python_file_is_one_cell():
    """A .py file without cell markers is cell 1, with its own line numbers."""
    read = read_cells(b"import numpy as np\r\n\r\ndef f():\r\n    return 1\r\n", ".py")
    assert [(cell.number, extract(read).found["f"].line) for cell in read.cells] == [(1, 3)]


def test_percent_format():
    """Markers part a .py file into cells; markdown cells hold no code, text before the first marker does."""
    text = (
        "# header\nimport os\n# %% [markdown]\n# # Title\n# %% first\na = 1\n#%%\nb = 2\n"
        '# %% [md]\n"""\ntext\n"""\n# %%\nc = 3\n'
    )
    assert [(cell.index, cell.source) for cell in read_cells(text.encode(), ".py").cells] == [
        (0, "# header\nimport os\n"),
        (2, "a = 1\n"),
        (3, "b = 2\n"),
        (5, "c = 3\n"),
    ]


def test_commented_magics_in_percent_format():
    """Jupytext comments magics out; `# %%time` is such a one and no cell marker."""
    text = "# %%\n# %%time\n# %matplotlib inline\n# !ls\na = 1\n"
    assert sources(text.encode(), ".py") == ["# %%time\n# %matplotlib inline\n# !ls\na = 1\n"]


def test_encoding_declared_in_a_python_file():
    """A .py file says its encoding as Python's own files do."""
    assert sources("# -*- coding: latin-1 -*-\ns = 'é'\n".encode("latin-1"), ".py")[0].endswith("s = 'é'\n")


@pytest.mark.parametrize("encoding", ["martian", "rot13", "idna", "undefined"])
def test_unknown_encoding_in_a_python_file(encoding):
    """An encoding that does not exist, or is none for text, costs nothing where the bytes are plain."""
    text = f"# coding: {encoding}\na = 1\n"
    assert sources(text.encode(), ".py") == [text]


def test_python_file_in_utf_16():
    """What some editors of Windows save is read."""
    assert sources("a = 1\n".encode("utf-16"), ".py") == ["a = 1\n"]


@pytest.mark.parametrize(
    "metadata",
    [{"language_info": {"name": "R", "version": "4.3"}}, {"kernelspec": {"name": "julia-1.9", "language": "Julia"}}],
)
def test_a_notebook_in_another_language_is_said_to_be(metadata):
    """Its functions are not looked for among what is no Python."""
    with pytest.raises(Unreadable, match=r"is written in (R|Julia), not in Python"):
        read_cells(json.dumps({"metadata": metadata, "cells": []}).encode(), ".ipynb")


@pytest.mark.parametrize(
    "metadata",
    [{}, {"kernelspec": {"name": "conda-env-r-py"}}, {"language_info": {"name": "ipython"}}, {"language_info": "R"}],
)
def test_a_notebook_that_may_be_python_is_read(metadata):
    """What a kernel is called says nothing."""
    assert read_cells(json.dumps({"metadata": metadata, "cells": []}).encode(), ".ipynb").cells == ()
