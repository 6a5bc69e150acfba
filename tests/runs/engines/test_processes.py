"""Workers that fill a machine each keep to a core of it; others may be moved."""

import json
import os
import subprocess
import sys

import pytest

from grader.runs.engines import processes

TELLS = """
import json, os, sys
from grader.runs.engines.processes import keep_to
keep_to(json.loads(sys.argv[1]))
reader, writer = os.pipe()
if os.fork() == 0:
    os.write(writer, json.dumps([sorted(os.sched_getaffinity(0)), os.sched_getscheduler(0)]).encode())
    os._exit(0)
print(os.read(reader, 10_000).decode())
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux is told")


@linux
@pytest.mark.parametrize(
    ("jobs", "expected"),
    [(2, [None, None]), (3, [4, 5, 7]), (4, [None] * 4), (6, [4, 5, 7, 4, 5, 7])],
    ids=["fewer than cores", "as many", "one more", "twice as many"],
)
def test_workers_take_the_cores_in_turn_where_all_get_as_many(monkeypatch, jobs, expected):
    """Only the cores that this process may use count."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {7, 5, 4})
    assert processes.cores_for(jobs) == expected


@linux
def test_what_a_worker_starts_stays_where_the_worker_is():
    """On its core, or anywhere where it has none; and it waits its turn in any case."""

    def told(core):
        command = [sys.executable, "-c", TELLS, json.dumps(core)]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    allowed = sorted(os.sched_getaffinity(0))
    assert told(allowed[-1]) == [allowed[-1:], os.SCHED_BATCH]
    assert told(None) == [allowed, os.SCHED_BATCH]


def test_elsewhere_nothing_happens(monkeypatch):
    """A system without such calls is not asked."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert processes.cores_for(2) == [None, None]
    processes.keep_to(None)
