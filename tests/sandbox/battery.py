"""Grades every hostile submission the way `grader grade` does, and says in JSON what came of each.

Run as a program, so that it can be run as on another host: `python -m tests.sandbox.battery FOLDER [--without]`.
With `--without` each attack that names the layers that stop it is run without those; with `--allow PACKAGE` student
code may have a package besides NumPy.
"""

from __future__ import annotations

import ast
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from grader.assignment.catalogue import load
from grader.assignment.sheet import Sheet, draw
from grader.feedback.words import message, message_of
from grader.grading import Grader
from grader.sandbox import Job
from grader.sandbox.host.process import Reply
from grader.sandbox.host.strict import EVERY_LAYER, StrictProcess, StrictRunner
from grader.sandbox.layers import linux
from grader.submissions.discovery import find

ATTACKS = Path(__file__).parents[1] / "attacks"
SEED = 424242
PR_SET_CHILD_SUBREAPER = 36
DECLARATION = '''
"""Slopes of a parabola."""

import numpy as np

from grader.assignment import Assignment, Limits, case


def doubled(x):
    return 2 * x


def slope_of_square(x):
    return doubled(x)


def both(x):
    return x * x, [slope_of_square(x)]


limits = Limits(case_seconds=1.0, submission_seconds=30, memory_mb=1024)
assignment = Assignment(title="Slopes", public_seed=7, limits=limits)


@assignment.exercise(reference=slope_of_square, points=2, tolerance=1e-9)
def slope(rng):
    """The slope of x² at x."""
    yield case("drawn", rng.normal(size=3))
    yield case("by hand", np.array([1.0, 2.0]))
    yield case("drawn too", rng.normal(size=(2, 3)))


@assignment.exercise(reference=both, points=1, returns=("square", "slopes"), builds_on=("slope",))
def square_and_slope(rng):
    """The square and a list with its slope."""
    yield case("drawn", rng.normal(size=3))
'''


@dataclass(frozen=True)
class Attack:
    """A hostile submission and what it says of itself.

    stopped_by: layers without which it leaves its mark. status: how its exercise ends. earns: points that are its own.
    """

    name: str
    tries: str
    stopped_by: frozenset[str]
    status: str
    earns: float


def attacks() -> dict[str, Attack]:
    """Every attack by name."""
    return {path.stem: _attack(path) for path in sorted(ATTACKS.glob("*.py"))}


def _attack(path: Path) -> Attack:
    module = ast.parse(path.read_text(encoding="utf-8"))
    said = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in module.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id.isupper()
    }
    tries = ast.get_docstring(module) or ""
    stopped_by = frozenset(said.get("STOPPED_BY", ()))
    return Attack(path.stem, tries, stopped_by, said.get("STATUS", ""), said.get("EARNS", 0))


class Listening:
    """A runner that passes everything through and keeps what the processes say that they printed."""

    is_for_strangers = True

    def __init__(self, runner: StrictRunner) -> None:
        """Listen to this runner."""
        self.runner, self.layers, self.printed = runner, runner.layers, ""

    def start(self, job: Job) -> StrictProcess:
        """A process whose answers are listened to."""
        process = self.runner.start(job)
        receive = process.receive

        def listen(seconds: float, reply: Reply) -> Any:
            message = receive(seconds, reply)
            printed = message.get("printed") if isinstance(message, dict) else None
            self.printed += printed if isinstance(printed, str) else ""
            return message

        process.receive = listen  # type: ignore[method-assign]
        return process


def main() -> None:
    """Grade in a folder with somebody else's submission, an open socket and a process beside it."""
    folder = Path(sys.argv[1])
    os.environ["GRADER_SEED"] = str(SEED)
    linux.prctl("subreaper", PR_SET_CHILD_SUBREAPER, 1)
    sheet = draw(load(str(_assignment(folder))), SEED)
    with _neighbours(folder), _canary() as canary:
        report = without_layers(sheet, folder) if "--without" in sys.argv else with_all_layers(sheet, folder)
        report["canary"] = Path(f"/proc/{canary}/stat").read_text().rpartition(")")[2].split()[0]
    report["survivors"] = list(survivors())
    report["files"] = left_in(folder)
    print(json.dumps(report))


def with_all_layers(sheet: Sheet, folder: Path) -> dict[str, Any]:
    """Every attack under strict isolation, as far as this host has it."""
    runner = StrictRunner(allowed=sys.argv[sys.argv.index("--allow") + 1 :] if "--allow" in sys.argv else ())
    came_of = {name: graded(attack, sheet, runner, folder) for name, attack in attacks().items()}
    runner.close()
    return {"attacks": came_of, "layers": runner.layers}


def without_layers(sheet: Sheet, folder: Path) -> dict[str, Any]:
    """Each attack that names the layers that stop it, without them; one that leaves no mark also without any."""
    stoppable = sorted((a for a in attacks().values() if a.stopped_by), key=lambda a: sorted(a.stopped_by))
    came_of = {}
    for stopped_by, group in groupby(stoppable, key=lambda a: a.stopped_by):
        runner = StrictRunner([name for name in EVERY_LAYER if name not in stopped_by], promised=False)
        came_of |= {attack.name: graded(attack, sheet, runner, folder) for attack in group}
        runner.close()
    bare = StrictRunner((), promised=False)
    for attack in stoppable:
        if not came_of[attack.name]["marked"]:
            came_of[attack.name]["unconfined"] = graded(attack, sheet, bare, folder)["marked"]
    bare.close()
    return {"attacks": came_of}


def graded(attack: Attack, sheet: Sheet, runner: StrictRunner, folder: Path) -> dict[str, Any]:
    """What came of one attack: its points and statuses, what it printed, and what it left beside its directory."""
    listening = Listening(runner)
    (submission,) = find([ATTACKS / f"{attack.name}.py"])
    grade = Grader(sheet, listening).grade(submission)
    left = left_in(folder)
    for name in left:
        (folder / name).unlink()
    return {
        "points": grade.score,
        "status": grade.status,
        "exercises": {exercise.exercise: exercise.status for exercise in grade.exercises},
        "messages": [message_of(grade), *(message(exercise) for exercise in grade.exercises)],
        "tried": "tried" in listening.printed,
        "marked": "mark" in listening.printed.split() or bool(left),
        "printed": listening.printed[:2000],
        "characters": len(listening.printed),
        "left": left,
    }


def left_in(folder: Path) -> list[str]:
    """Names in the folder that neither the grader nor this program put there."""
    ours = ("assignment", "class")
    return [path.name for path in folder.iterdir() if path.name not in ours and not path.name.startswith("grader-")]


def survivors() -> Iterator[str]:
    """Command lines of processes that descend from this one and are still there."""
    for children in Path("/proc/self/task").glob("*/children"):
        for child in children.read_text().split():
            yield Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            os.kill(int(child), signal.SIGKILL)


def _assignment(folder: Path) -> Path:
    place = folder / "assignment"
    place.mkdir()
    (place / "declaration.py").write_text(DECLARATION, encoding="utf-8")
    return place


@contextmanager
def _canary() -> Iterator[int]:
    """A process that stands by, asleep."""
    process = subprocess.Popen(["sleep", "300"])
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


class _neighbours:  # noqa: N801 - reads as what it puts there
    """Somebody else's submission and sockets that listen."""

    def __init__(self, folder: Path) -> None:
        (folder / "class").mkdir()
        (folder / "class" / "somebody.py").write_text("def slope(x):\n    return 2 * x\n", encoding="utf-8")
        self.sockets = [socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)]
        self.sockets[0].bind(str(folder / "class" / "socket"))
        with suppress(OSError):  # another run of this program has it already
            self.sockets[1].bind("\0grader-attack-suite")
        (folder / "class" / "socket").chmod(0o666)
        for each in self.sockets:
            with suppress(OSError):
                each.listen()

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        for each in self.sockets:
            each.close()


if __name__ == "__main__":
    main()
