"""Whatever an archive or a list holds, reading it ends in rows or in a clear line, never in another exception."""

import random
import warnings

import pytest

from grader.model import GraderError, GraderFault
from grader.submissions import files, groups, roster
from grader.submissions.attempts import Attempts, chosen
from grader.submissions.discovery import survey
from tests.submissions.downloads import zipped

TIMES = (b"2026-01-02 03:04:05 UTC", b"2026-13-45 99:99:99 UTC", b"2026-01-02 03:04:05 Europe", b"\xff" * 30)
NAMES = (
    *("ada_1_2_hw.ipynb", "bob_LATE_3_4_hw-1.ipynb", "Ada L_7_assignsubmission_file/hw.ipynb", "x/hw.py", "é.ipynb"),
    *("HW_ada_attempt_2026-10-01-10-00-00_hw.ipynb", "HW_ada_attempt_2026-10-01-10-00-00.txt", "../../evil.ipynb"),
    *("12-34 - Ada L - Oct 4, 2025 926 PM/hw.ipynb", "submission_metadata.yml", "submission_1/hw.ipynb", "a.zip"),
    *("submitted/ada/hw/hw.ipynb", "submitted/ada/hw/timestamp.txt", "a" * 3000 + ".ipynb", "hw.ipynb.json"),
)
PIECES = (
    b'"',
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n",
    b";",
    b"\t",
    b",",
    b"9" * 5000,
    b"\xed\xa0\x80",
    b"=1",
)


def archive(rng: random.Random) -> bytearray:
    """A few files under names of several systems, one of them perhaps an archive itself."""
    inside = {name: b'{"cells":[]}' * rng.randint(0, 9) for name in rng.sample(NAMES, rng.randint(1, 6))}
    for name in inside:
        if name.endswith(("timestamp.txt", ".yml")):
            start = b"submission_1:\n  :submitters:\n  - :name: A\n  :created_at: " if name.endswith("yml") else b""
            inside[name] = start + rng.choice(TIMES)
        elif name == "a.zip":
            inside[name] = bytes(damaged(bytearray(zipped({"hw.ipynb": b"{}", "b.py": b"x"})), rng))
    return bytearray(zipped(inside))


def damaged(data: bytearray, rng: random.Random) -> bytearray:
    """Some bytes changed, taken out or put in, most of them where the archive describes itself."""
    for _ in range(rng.randint(0, 6)):
        marks = [at for mark in (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06") if (at := data.rfind(mark)) >= 0]
        at = rng.choice(marks) + rng.randrange(46) if marks and rng.random() < 0.7 else rng.randrange(len(data) + 1)
        way = rng.randrange(3)
        if way == 0 and at < len(data):
            data[at] = rng.choice((0, 1, 8, 255, rng.randrange(256)))
        elif way == 1:
            del data[at : at + rng.randrange(1, 20)]
        else:
            data[at:at] = rng.randbytes(rng.randrange(1, 20))
    return data


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_archive_is_rows_or_a_line(tmp_path, seed):
    """Each found submission can be read or says why not, and all that is said of it can be written."""
    rng = random.Random(seed)
    path = tmp_path / "class.zip"
    read = 0
    for _ in range(60):
        path.write_bytes(damaged(archive(rng), rng))
        files.opened.cache_clear()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                found = survey([path], "hw", ["f"])
            except GraderError:
                continue
            for one in found.submissions:
                "".join((one.name, one.student, *one.receipt.ids, *(left.name for left in found.left))).encode()
                files.held_helpers(one)
                try:
                    read += bool(one.read())
                except (GraderError, GraderFault):
                    continue
            chosen(found.submissions, Attempts.NEWEST)
    assert read


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_list_is_people_or_a_line(tmp_path, seed):
    """Rosters and groups in any encoding, with anything in between."""
    rng = random.Random(seed)
    path = tmp_path / "list.csv"
    people = 0
    for _ in range(150):
        text = 'group,student,id\nred,Ada,1\n"blue","Bob, B",2\n'
        data = bytearray(text.encode(rng.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])))
        for _ in range(rng.randint(0, 4)):
            at = rng.randrange(len(data) + 1)
            data[at : at + rng.randrange(3)] = rng.choice(PIECES)
        path.write_bytes(data)
        try:
            listed = roster.read(path)
            people += len(listed.people)
            groups.read(path, listed.people)
        except GraderError:
            continue
    assert people
