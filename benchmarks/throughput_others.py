"""How fast nbgrader and otter grade the same submissions with the same checks, beside this grader, in one run.

    python -m venv others && others/bin/pip install nbgrader otter-grader numpy
    python benchmarks/throughput_others.py --venv others
    python benchmarks/throughput_others.py --small      # this grader alone on a few, to see that it works

Each submission is graded by every system on the cases that are drawn from one seed, within one time limit (2 s for a
cell or a call). nbgrader runs `autograde` over the class; otter runs in its own process, without a container, one
submission after another through its Python interface. Start-up is taken out by the difference between a small and a
larger class. Broken submissions, of four kinds in turn, are measured alike; one with an endless loop by itself.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import classes
import nbformat
from throughput import graded

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.sandbox.host.isolation import Level

SEED, LIMIT, GIVEN_UP = 1, 2, 120
BROKEN = ("raises_an_error", "syntax_error_in_one_cell", "missing_function", "sum_instead_of_mean")
ENDLESS = "endless_loop"

CHECKS = '''
"""The checks that all systems share: a function's answers on its cases, within a relative tolerance."""
import pickle
import numpy as np
CASES = pickle.loads(open({cases!r}, "rb").read())


def same(expected, got, tolerance):
    if isinstance(expected, (list, tuple)):
        return len(expected) == len(got) and all(same(one, other, tolerance) for one, other in zip(expected, got))
    expected, got = np.asarray(expected, float), np.asarray(got, float)
    scale = np.abs(expected).max(initial=0.0) or 1.0
    return expected.shape == got.shape and bool(np.all(np.abs(expected - got) <= tolerance * scale))


def check(name, function):
    tolerance, cases = CASES[name]
    for args, expected in cases:
        assert same(expected, function(*args), tolerance), name
'''


@dataclass(frozen=True)
class Cost:
    """What a run took, in seconds: on the clock and of all processors, and the scores by submission."""

    clock: float
    processor: float
    scores: dict[str, str]


class Others:
    """The workplace of one comparison: a folder, the assignment with its checks, and the others' environment."""

    def __init__(self, folder: Path, assignment: str, venv: Path | None) -> None:
        """Draw the cases that all systems check on. venv: None for a comparison without the others."""
        self.folder, self.assignment, self.are_there = folder, assignment, venv is not None
        self.bin = (venv or Path(sys.prefix)).absolute() / "bin"
        sheet = draw(load(assignment), SEED)
        self.names = [exercise.name for exercise in sheet.assignment.exercises]
        cases = {
            exercise.name: (
                exercise.tolerance,
                [(one.case.args, one.expected) for one in sheet.cases[exercise.name]],
            )
            for exercise in sheet.assignment.exercises
        }
        (folder / "cases.pickle").write_bytes(pickle.dumps(cases))
        (folder / "shared_checks.py").write_text(CHECKS.format(cases=str(folder / "cases.pickle")))

    def run(self, command: list[str], cwd: Path, limit: float | None = None) -> tuple[float, float]:
        """Seconds on the clock and of processors that a command takes; one that exceeds the limit is ended."""
        env = os.environ | {"PYTHONPATH": str(self.folder), "PATH": f"{self.bin}:{os.environ['PATH']}"}
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(command, cwd=cwd, env=env, timeout=limit, capture_output=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return time.perf_counter() - started, spent

    def grading(self, submissions: Path) -> Cost:
        """This grader, strict, one process, up to the record: the others write no pages either."""
        found = graded(submissions, draw(load(self.assignment), SEED), Level.STRICT)
        return Cost(found["times"][-1], found["parent"] + found["workers"], {})

    def all_cores(self, submissions: Path) -> Cost:
        """The same with a process for every core, as it is without --jobs; the others have no such thing."""
        found = graded(submissions, draw(load(self.assignment), SEED), Level.STRICT, jobs=os.cpu_count() or 1)
        return Cost(found["times"][-1], found["parent"] + found["workers"], {})

    def grader(self, submissions: Path) -> Cost:
        """This grader's whole command, with its tables, its report and a page for every student."""
        out = Path(tempfile.mkdtemp(dir=self.folder))
        command = [sys.executable, "-m", "grader", "grade", str(submissions), "-a", self.assignment, "-o", str(out)]
        clock, spent = self.run([*command, "--seed", str(SEED), "--jobs", "1"], Path.cwd())
        with (out / "grades.csv").open(encoding="utf-8", newline="") as rows:
            return Cost(clock, spent, {row["student"]: f"{row['percent']} %" for row in csv.DictReader(rows)})

    def nbgrader(self, submissions: Path) -> Cost:
        """nbgrader's autograde, over a course that is made for it; each exercise has a test cell of one point."""
        course = Path(tempfile.mkdtemp(dir=self.folder))
        nbformat.write(self._with_tests([]), _made(course / "source" / "ps1") / "hw.ipynb")
        options = [f"--ExecutePreprocessor.timeout={LIMIT}", "--ClearSolutions.enforce_metadata=False"]
        self.run([str(self.bin / "nbgrader"), "generate_assignment", "ps1", "--create", *options], course)
        for path in sorted(submissions.glob("*.ipynb")):
            cells = nbformat.read(path, 4).cells
            nbformat.write(self._with_tests(cells), _made(course / "submitted" / path.stem / "ps1") / "hw.ipynb")
        clock, spent = self.run([str(self.bin / "nbgrader"), "autograde", "ps1", *options], course)
        self.run([str(self.bin / "nbgrader"), "export", "--to", "grades.csv"], course)
        with (course / "grades.csv").open(encoding="utf-8", newline="") as rows:
            scores = {row["student_id"]: _percent(row["raw_score"], row["max_score"]) for row in csv.DictReader(rows)}
        return Cost(clock, spent, scores)

    def _with_tests(self, cells: list[Any]) -> Any:
        tests = [nbformat.v4.new_code_cell("from shared_checks import check")]
        for name in self.names:
            cell = nbformat.v4.new_code_cell(f'check("{name}", {name})')
            cell.metadata["nbgrader"] = {
                "schema_version": 3, "grade": True, "locked": True, "solution": False, "task": False,
                "grade_id": name, "points": 1, "cell_type": "code",
            }  # fmt: skip
            tests.append(cell)
        metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        return nbformat.v4.new_notebook(cells=[*cells, *tests], metadata=metadata)

    def otter(self, submissions: Path, limit: float | None = None) -> Cost:
        """otter's own grading of one submission after another, in one Python without a container."""
        archive = self._otter_archive()
        out = Path(tempfile.mkdtemp(dir=self.folder))
        script = out / "grade_all.py"
        script.write_text(OTTER_SCRIPT.format(archive=str(archive), submissions=str(submissions), out=str(out)))
        clock, spent = self.run([str(self.bin / "python"), str(script)], out, limit)
        found = out / "scores.json"
        return Cost(clock, spent, json.loads(found.read_text()) if found.exists() else {})

    def _otter_archive(self) -> Path:
        tests = _made(self.folder / "otter" / "tests")
        for name in self.names:
            (tests / f"{name}.py").write_text(OTTER_TEST.format(name=name))
        archive = self.folder / "otter" / "autograder.zip"
        if not archive.exists():
            command = [str(self.bin / "otter"), "generate", "-t", "tests", "-o", archive.name, "--no-environment"]
            self.run(command, tests.parent)
        return archive


OTTER_TEST = """OK_FORMAT = False
from otter.test_files import test_case
name = "{name}"
points = 1

@test_case()
def test_answers(env):
    from shared_checks import check
    check("{name}", env["{name}"])
"""

OTTER_SCRIPT = """
import json, pathlib
from otter.api import grade_submission
scores = {{}}
for path in sorted(pathlib.Path({submissions!r}).glob("*.ipynb")):
    try:
        results = grade_submission(str(path), {archive!r}, quiet=True)
        scores[path.stem] = f"{{100 * results.total / results.possible:.4g}} %"
    except Exception as error:
        scores[path.stem] = type(error).__name__
    pathlib.Path({out!r}, "scores.json").write_text(json.dumps(scores))
"""


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _percent(score: str, most: str) -> str:
    return f"{100 * float(score or 0) / float(most):.4g} %" if most else "no score"


def steady(others: Others, names: tuple[str, ...], few: int, more: int, ours: int) -> None:
    """Seconds for each submission made after these samples, start-up apart, and how many times as long as ours."""
    systems = {"grading": (others.grading, few, ours), "all cores": (others.all_cores, few, ours)}
    systems |= {"grader": (others.grader, few, ours)}
    if others.are_there:
        systems |= {"nbgrader": (others.nbgrader, few, more), "otter": (others.otter, few, more)}
    each: dict[str, tuple[float, float]] = {}
    for system, (grade, small, large) in systems.items():
        folders = [others.folder / f"{names[0]}-{system}-{size}" for size in (small, large)]
        one, other = (
            grade(classes.make(folder, size, others.assignment, names))
            for folder, size in zip(folders, (small, large), strict=True)
        )
        count = large - small
        each[system] = ((other.clock - one.clock) / count, (other.processor - one.processor) / count)
        print(f"{system}: {large} submissions score {scores_of(other.scores)}")
    for system, (clock, spent) in each.items():
        times, work = clock / each["grading"][0], spent / each["grading"][1]
        print(
            f"{system:9s} {1e3 * clock:8.1f} ms each ({times:6.1f} ×), "
            f"{1e3 * spent:8.1f} ms of processor time ({work:6.1f} ×)"
        )


def scores_of(scores: dict[str, str]) -> str:
    """What a system gave the submissions of each sample, which their names end in."""
    by_sample: dict[str, set[str]] = {}
    for name, score in scores.items():
        by_sample.setdefault(name.partition("-")[2], set()).add(score)
    return ", ".join(f"{sample}: {' or '.join(sorted(found))}" for sample, found in by_sample.items())


def endless(others: Others) -> None:
    """Seconds for a submission with an endless loop, start-up included."""
    folder = classes.make(others.folder / ENDLESS, 1, others.assignment, (ENDLESS,))
    costs = {"grader": others.grader(folder), "nbgrader": others.nbgrader(folder)}
    costs["otter"] = others.otter(folder, GIVEN_UP)
    for system, cost in costs.items():
        print(f"{system}: {cost.clock:.1f} s, {scores_of(cost.scores) or f'nothing in {GIVEN_UP} s'}")


def main() -> None:
    """Compare on correct submissions, on broken ones, and on one that never ends."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--venv", type=Path, help="an environment with nbgrader and otter-grader")
    parser.add_argument("-a", "--assignment", default="backprop_relu")
    parser.add_argument("--sizes", type=int, nargs=3, default=[2, 8, 202], help="few, more, and more for this grader")
    parser.add_argument("--broken-sizes", type=int, nargs=3, default=[4, 12, 84], help="the same of broken ones")
    parser.add_argument("--without-broken", action="store_true")
    parser.add_argument("--small", action="store_true")
    options = parser.parse_args()
    if not options.venv and not options.small:
        parser.error("--venv is needed for the others")
    if options.small:
        options.sizes, options.without_broken = [2, 3, 4], True
    with tempfile.TemporaryDirectory() as folder:
        others = Others(Path(folder), options.assignment, options.venv)
        steady(others, ("clean_solution",), *options.sizes)
        if not options.without_broken:
            steady(others, BROKEN, *options.broken_sizes)
            endless(others)


if __name__ == "__main__":
    main()
