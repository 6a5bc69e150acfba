"""The layers one by one: the filter as a program, what may be seen of the file system, and hosts that refuse."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox.layers import LAYERS, PROMISES, broken_promises, landlock, seccomp
from grader.sandbox.layers.view import View, view_of_libraries
from tests.conftest import notebook

HOSTS_SCRIPT = Path(__file__).with_name("hosts.py")
REPOSITORY = Path(__file__).parents[2]
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
ME, SOMEBODY_ELSE = 1, 4711
PTRACE, SOCKET, CLONE, CLONE3, UNSHARE = 101, 41, 56, 435, 272


def verdict(machine, number, *arguments, architecture=None):
    """What the filter says to a call, by an interpreter of the few instructions that it uses."""
    arguments = (*arguments, 0, 0, 0, 0, 0, 0)
    memory = {0: number, 4: architecture or seccomp.ARCHITECTURES[machine]}
    memory |= {16 + 8 * i: argument & 0xFFFFFFFF for i, argument in enumerate(arguments)}
    program, at, accumulator = seccomp.program(machine, ME), 0, 0
    while True:
        code, if_true, if_false, operand = program[at]
        at += 1
        match code:
            case 0x20:
                accumulator = memory[operand]
            case 0x54:
                accumulator &= operand
            case 0x06:
                return operand
            case 0x15 | 0x35 | 0x45:
                holds = {0x15: accumulator == operand, 0x35: accumulator >= operand, 0x45: accumulator & operand}
                at += if_true if holds[code] else if_false


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_allows_the_calls_in_its_table_and_no_other(machine):
    """Every number there is: known ones pass, others are refused, newer ones are said not to exist."""
    column = 0 if machine == "x86_64" else 1
    allowed = {numbers[column] for numbers in seccomp.CALLS.values()}
    guarded = {each.numbers[column] for each in (*seccomp.guarded_calls(ME).values(), *seccomp.OPENING.values())}
    for number in set(range(600)) - guarded:
        unknown = seccomp.REFUSE if number < 424 else seccomp.UNKNOWN
        assert verdict(machine, number) == (seccomp.ALLOW if number in allowed else unknown), number


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_asks_what_a_signal_is_for(machine):
    """A process may signal itself; another one, its group or everybody it may not."""
    kill, prlimit = ((62, 302), (129, 261))[machine == "aarch64"]
    assert verdict(machine, kill, ME, 9) == seccomp.ALLOW
    for target in (SOMEBODY_ELSE, 0, -1, -SOMEBODY_ELSE):
        assert verdict(machine, kill, target, 9) == seccomp.REFUSE
    assert verdict(machine, prlimit, 0) == seccomp.ALLOW
    assert verdict(machine, prlimit, SOMEBODY_ELSE) == seccomp.REFUSE


@pytest.mark.parametrize(("command", "allowed"), [(0, True), (3, True), (1030, True), (8, False), (10, False)])
def test_the_filter_knows_dangerous_commands_of_harmless_calls(command, allowed):
    """Duplicating a descriptor is allowed; having its signals sent to somebody (F_SETOWN, F_SETSIG) is not."""
    assert (verdict("x86_64", 72, 5, command) == seccomp.ALLOW) is allowed


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_lets_no_file_be_emptied_that_is_opened_to_be_read(machine):
    """An older Landlock would; a file that may be written to may be emptied, too."""
    openat = {"x86_64": 257, "aarch64": 56}[machine]
    assert verdict(machine, openat, 0, 0, os.O_RDONLY | os.O_TRUNC) == seccomp.REFUSE
    for flags in (
        os.O_RDONLY,
        os.O_RDONLY | os.O_CLOEXEC,
        os.O_WRONLY | os.O_TRUNC,
        os.O_RDWR | os.O_TRUNC | os.O_CREAT,
    ):
        assert verdict(machine, openat, 0, 0, flags) == seccomp.ALLOW


@pytest.mark.parametrize("number", [PTRACE, SOCKET, CLONE, UNSHARE])
def test_the_filter_refuses_what_leads_out(number):
    """Some that matter most, by their numbers in the kernel's own table."""
    assert verdict("x86_64", number) == seccomp.REFUSE


def test_another_way_to_make_a_call_ends_the_process():
    """The numbers of another architecture mean other calls, and x32 has a bit of its own."""
    assert verdict("x86_64", 0, architecture=0x40000003) == seccomp.KILL_PROCESS
    assert verdict("x86_64", 0x40000000) == seccomp.KILL_PROCESS


def test_an_architecture_without_a_table_has_no_filter():
    """It is refused, as a layer that does not hold, rather than guessed."""
    with pytest.raises(OSError, match="no seccomp filter for riscv64"):
        seccomp.program("riscv64", ME)


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_table_has_the_kernels_numbers(machine):
    """As the kernel's headers have them, where they are installed."""
    if not HEADERS[machine].exists():
        pytest.skip(f"{HEADERS[machine]} is not installed")
    column = 0 if machine == "x86_64" else 1
    text = HEADERS[machine].read_text()
    numbers = {name: int(value) for name, value in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text)}
    numbers |= {"newfstatat": numbers.get("fstatat", numbers.get("newfstatat", 0))}
    table = {name: both[column] for name, both in seccomp.CALLS.items()}
    table |= {name: each.numbers[column] for name, each in (seccomp.guarded_calls(ME) | seccomp.OPENING).items()}
    assert {name: number for name, number in table.items() if number is not None and numbers[name] != number} == {}


@pytest.mark.parametrize(
    ("version", "files", "network", "scopes"), [(1, 13, 0, 0), (3, 15, 0, 0), (4, 15, 2, 0), (7, 16, 2, 2)]
)
def test_an_older_kernel_is_asked_for_what_it_knows(version, files, network, scopes):
    """How many rights each version of Landlock can forbid, as its documentation counts them."""
    assert [part.bit_count() for part in landlock.handled(version)] == [files, network, scopes]


def test_a_folder_is_shown_without_what_is_hidden_in_it(tmp_path):
    """Its other entries stand in its place, at whatever depth the hidden one is."""
    for name in ("lib/python/json", "lib/python/site-packages/reference", "lib/other", "bin"):
        (tmp_path / name).mkdir(parents=True)
    view = View((str(tmp_path / "lib"), str(tmp_path / "bin")), (str(tmp_path / "lib/python/site-packages"),))
    shown = {str(Path(path).relative_to(tmp_path)) for path in view.entries()}
    assert shown == {"lib/other", "lib/python/json", "bin"}


def test_the_view_has_packages_and_not_the_folder_that_they_lie_in(monkeypatch, tmp_path):
    """Neither where it is among Python's own nor where it is elsewhere."""
    within, elsewhere = tmp_path / "python" / "site-packages", tmp_path / "libraries"
    for folder in (within, elsewhere):
        for package in ("numpy", "reference"):
            (folder / package).mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(Path(os.__file__).parent), str(tmp_path / "python")])
    view = view_of_libraries([str(within / "numpy"), str(elsewhere / "numpy")])
    assert {str(within / "numpy"), str(elsewhere / "numpy")} <= set(view.readable)
    assert str(within) in view.hidden
    assert not any(Path(path) == elsewhere or path.endswith("reference") for path in view.entries())


def test_every_promise_can_be_broken():
    """Each needs some layer, and names layers that exist."""
    names = {layer.name for layer in LAYERS}
    assert broken_promises(()) == list(PROMISES) and broken_promises(names) == []
    assert all(way <= names for ways in PROMISES.values() for way in ways)


@pytest.mark.parametrize(
    ("refusals", "broken"),
    [
        (["namespaces", "landlock"], "no file beyond libraries and scratch"),
        (["seccomp"], "bounded use of the machine"),
    ],
)
def test_a_host_that_refuses_too_much_is_told_so(tmp_path, slopes, refusals, broken):
    """`grade` refuses to start and says what to do, with exit status 2; nothing is graded."""
    (tmp_path / "work.py").write_text("def slope(x):\n    return 2 * x\n")
    command = ["grade", str(tmp_path / "work.py"), "-a", str(slopes), "-o", str(tmp_path / "out"), "--jobs", "1"]
    ended = on_host(refusals, *command)
    assert ended.returncode == 2
    assert broken in ended.stderr and "docs/security.md" in ended.stderr and "Traceback" not in ended.stderr
    assert not (tmp_path / "out" / "grades.csv").exists()
    assert on_host(refusals, *command, "--isolation", "basic").returncode == 0


def test_the_record_says_what_a_poorer_host_refused(tmp_path, slopes):
    """Without namespaces strict isolation still holds, by fewer layers, and the record does not claim more."""
    (tmp_path / "work.py").write_text("def slope(x):\n    return 2 * x\n")
    grade = ["grade", str(tmp_path / "work.py"), "-a", str(slopes), "-o", str(tmp_path / "out"), "--jobs", "1"]
    assert on_host(["namespaces"], *grade).returncode == 0
    (record,) = (json.loads(line) for line in (tmp_path / "out" / "results.jsonl").read_text().splitlines())
    assert {"landlock", "seccomp"} <= set(record["record"]["isolation"])
    assert {"pid", "net", "mount", "user"}.isdisjoint(record["record"]["isolation"])


def test_modules_that_a_notebook_writes_are_there_where_no_file_can_be_made(tmp_path, slopes):
    """Without a mount there is no scratch directory to write to, and %%writefile still makes a module."""
    cells = notebook(
        "%%writefile mine.py\ndef double(x):\n    return 2 * x", "from mine import double", "slope = double"
    )
    (tmp_path / "work.ipynb").write_bytes(cells)
    command = ["grade", str(tmp_path / "work.ipynb"), "-a", str(slopes), "-o", str(tmp_path / "out"), "--jobs", "1"]
    for refusals in (["namespaces"], []):
        assert on_host(refusals, *command, "--force").returncode == 0
        assert ",2,3," in (tmp_path / "out" / "grades.csv").read_text()


def test_the_doctor_names_every_layer_and_why_one_is_refused():
    """The same layers as are put on, tried on this host; engines and optional parts beside them."""
    said = on_host(["namespaces"], "doctor").stdout
    lines = {line.split()[1]: line for line in said.splitlines()[1:] if len(line.split()) > 1}
    assert {layer.name for layer in LAYERS} <= set(lines)
    assert lines["pid"].startswith("-") and "refused" in lines["pid"]
    assert lines["seccomp"].startswith("✓")
    assert "local engine" in said and "dask" in said and "--isolation basic" in said


def on_host(refusals, *arguments):
    """The command line as on another host."""
    grader = [sys.executable, "-m", "grader", *arguments]
    command = [sys.executable, str(HOSTS_SCRIPT), *refusals, "--", *grader]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, env=os.environ)
