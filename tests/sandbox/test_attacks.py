"""Hostile submissions, each graded under strict isolation on hosts that allow much, little and next to nothing.

What an attack tries is said in its own file, in `tests/attacks`. So that none fails by accident, each that a layer
stops is also run without that layer, and then leaves its mark.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.sandbox.battery import attacks

HOSTS_SCRIPT = Path(__file__).with_name("hosts.py")
REPOSITORY = Path(__file__).parents[2]
EVERY = attacks()
EVERY_HOST = {
    "this host": [],
    "no namespaces, as in a container": ["namespaces"],
    "no user namespaces": ["user"],
    "an ordinary user": ["home", "root"],
    "an ordinary user without user namespaces": ["home", "root", "user"],
    "an ordinary user without namespaces": ["home", "root", "namespaces"],
}


def can_be(refusals):
    """Whether this host can be made into one with these refusals: most take root's rights."""
    ended = subprocess.run([sys.executable, HOSTS_SCRIPT, *refusals, "--", "true"], check=False, capture_output=True)
    return ended.returncode == 0


HOSTS = {name: refusals for name, refusals in EVERY_HOST.items() if can_be(refusals)}
OUTER_SANDBOX = ["host"] if can_be(["host"]) else []


@pytest.fixture(scope="module")
def came_of():
    """What came of every attack, by host; all hosts are run at once, since most attacks wait for a limit."""
    with tempfile.TemporaryDirectory() as place:  # not pytest's own, which keeps other users out
        Path(place).chmod(0o777)
        # With a package that an assignment allows, too: more files are shown then, and more code is there.
        running = {
            host: battery(Path(place, str(i)), HOSTS[host], *(["--allow", "pandas"] if i % 2 else []))
            for i, host in enumerate(HOSTS)
        }
        running["without"] = battery(Path(place, "without"), OUTER_SANDBOX, "--without")
        said = {host: process.communicate(timeout=200) for host, process in running.items()}
    assert {host: errors for host, (_, errors) in said.items() if running[host].returncode} == {}
    return {host: json.loads(report) for host, (report, _) in said.items()}


def battery(folder, refusals, *options):
    """The battery as a process, on a host with these refusals, in a folder that everybody may write to."""
    folder.mkdir()
    folder.chmod(0o777)
    command = [sys.executable, "-m", "tests.sandbox.battery", str(folder), *options]
    return subprocess.Popen(
        [sys.executable, str(HOSTS_SCRIPT), *refusals, "--", *command],
        cwd=REPOSITORY,
        env=os.environ | {"TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("host", HOSTS)
def test_an_attack_earns_nothing_and_leaves_no_mark(came_of, host, name):
    """It gets the points of what it honestly solved, if anything, and its own mark is not seen."""
    attack, result = EVERY[name], came_of[host]["attacks"][name]
    assert result["points"] == attack.earns, result
    assert not result["marked"], result
    assert result["status"] == "graded", result


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("host", HOSTS)
def test_an_attack_was_really_tried(came_of, host, name):
    """It said so, or the exercise ended in the way that the attack brings about."""
    attack, result = EVERY[name], came_of[host]["attacks"][name]
    assert result["tried"] or result["exercises"]["slope"] in attack.status.split(" or "), result


@pytest.mark.parametrize("name", [name for name, attack in EVERY.items() if attack.stopped_by])
def test_without_the_layer_an_attack_leaves_its_mark(came_of, name):
    """What stops it is the layer that is said to, not chance."""
    result = came_of["without"]["attacks"][name]
    if not result.get("unconfined", True):
        pytest.skip("this host itself refuses it")
    assert result["marked"], result


@pytest.mark.parametrize("host", HOSTS)
def test_nothing_outlives_the_attacks(came_of, host):
    """No process, no file; and a process that stood by is neither ended nor stopped."""
    report = came_of[host]
    assert report["survivors"] == [] and report["files"] == []
    assert report["canary"] == "S"


@pytest.mark.parametrize("host", HOSTS)
def test_a_flood_of_output_is_cut(came_of, host):
    """What is kept of fifty megabytes fits on a page."""
    assert came_of[host]["attacks"]["prints_a_flood"]["characters"] < 100_000


def test_the_suite_is_not_small():
    """At least forty attacks, each of which says what it tries."""
    assert len(EVERY) >= 40
    assert all(attack.tries.endswith(".") for attack in EVERY.values())
