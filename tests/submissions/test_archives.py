"""Archives from anywhere: nothing is unpacked, nothing leads out, and one bad member costs only itself."""

import stat
import struct
import zipfile
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model import GraderError, Unreadable
from grader.submissions import files
from grader.submissions.discovery import find


@pytest.fixture
def archive(tmp_path):
    """Writes an archive of these members, each a name or ZipInfo with its bytes, and returns its path."""

    def write(*members, name="class.zip"):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as file:
            for member, data in members:
                file.writestr(member, data)
        return tmp_path / name

    return write


def test_members_are_read_where_they_are(archive, tmp_path):
    """Nothing appears beside the archive."""
    path = archive(("ada/hw.ipynb", b"one"), ("bob/hw.ipynb", b"two"))
    assert [submission.read() for submission in find([path])] == [b"one", b"two"]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@given(names=st.lists(st.text(st.sampled_from("a./\\:C~é\n\x00"), min_size=1, max_size=12), max_size=6))
def test_no_name_leads_out_of_the_archive(tmp_path_factory, names):
    """Whatever members are called: names are relative, unique, and each is read as what it is."""
    path = tmp_path_factory.mktemp("zip") / "class.zip"
    with zipfile.ZipFile(path, "w") as file:
        for i, name in enumerate(names):
            file.writestr(zipfile.ZipInfo(f"{name}{i}.ipynb"), str(i))
    found = find([path])
    parts = [PurePosixPath(submission.name) for submission in found]
    assert not any(part.is_absolute() or ".." in part.parts for part in parts)
    assert len(set(parts)) == len(found)
    assert len({submission.read() for submission in found}) == len(found)


@pytest.mark.parametrize("name", ["../../up.ipynb", "/etc/up.ipynb", "C:\\windows\\up.ipynb", "a/../../up.ipynb"])
def test_a_name_that_would_slip_out_is_read_all_the_same(archive, name):
    """It is a name for people, never a path to write to."""
    (submission,) = find([archive((name, b"x"))])
    assert not submission.name.startswith(("/", ".", "C:")) and submission.student == "up"


def test_a_member_that_is_a_bomb_is_refused(archive):
    """By the size that it says it has, and by the size that it turns out to have."""
    data = bytes(files.MAX_NOTEBOOK + 1)
    path = archive(("bomb.ipynb", data), ("ok.ipynb", b"{}"))
    bomb, ok = find([path])
    assert ok.read() == b"{}"
    with pytest.raises(Unreadable, match="clear its outputs"):
        bomb.read()
    raw = bytearray(path.read_bytes())
    at = raw.index(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(raw)
    files.opened.cache_clear()
    with pytest.raises(Unreadable):
        find([path])[0].read()


def test_a_link_is_not_followed(archive):
    """A member can say that it is a symbolic link."""
    link = zipfile.ZipInfo("hw.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(Unreadable, match="symbolic link"):
        find([archive((link, b"/etc/passwd"))])[0].read()


@pytest.mark.parametrize("damage", ["data", "encrypted"])
def test_a_damaged_member_costs_only_itself(archive, damage):
    """Its row says why; the others are read."""
    path = archive(("a.ipynb", b"a" * 1000), ("b.ipynb", b"b"))
    raw = bytearray(path.read_bytes())
    if damage == "data":
        raw[raw.index(b"a.ipynb") + 9] ^= 0xFF
    else:
        for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            raw[raw.index(mark) + flags] |= 1
    path.write_bytes(raw)
    damaged, other = find([path])
    with pytest.raises(Unreadable, match="cannot be read from the archive"):
        damaged.read()
    assert other.read() == b"b"


def test_names_in_every_script_are_kept(archive):
    """With the flag for UTF-8, and without it, as many tools write them."""
    names = ["Ёлка.ipynb", "سارة.ipynb", "李明.ipynb", "Zoë.ipynb", "नेहा.ipynb"]
    path = archive(*[(name, b"x") for name in names])
    raw = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + flags] &= ~0x08
            at = raw.find(mark, at + 1)
    for data in (path.read_bytes(), bytes(raw)):
        path.write_bytes(data)
        files.opened.cache_clear()
        assert {submission.name for submission in find([path])} == set(names)


def test_names_that_differ_only_in_case_are_two(archive):
    """Also where the file system that they came from holds them for one."""
    assert len(find([archive(("HW.ipynb", b"1"), ("hw.ipynb", b"2"))])) == 2


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_two(archive):
    """The second is numbered, and each is read as itself."""
    found = find([archive(("hw.ipynb", b"1"), ("hw.ipynb", b"2"))])
    assert {submission.name: submission.read() for submission in found} == {"hw.ipynb": b"1", "hw (2).ipynb": b"2"}


def test_what_archives_leave_beside_is_passed_over(archive):
    """Resource forks, checkpoints and hidden files were handed in by nobody."""
    members = ("__MACOSX/._hw.ipynb", "a/.ipynb_checkpoints/hw.ipynb", ".x.ipynb", "a/", "a/hw.ipynb")
    assert [one.name for one in find([archive(*[(name, b"") for name in members])])] == ["a/hw.ipynb"]


def test_a_file_that_is_no_archive_is_the_callers_to_mend(tmp_path):
    """With its name."""
    (tmp_path / "class.zip").write_text("<html>")
    with pytest.raises(GraderError, match=r"class\.zip: this is not a zip archive"):
        find([tmp_path / "class.zip"])
