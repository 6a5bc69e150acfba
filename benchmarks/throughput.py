"""How fast a class is graded: against the least that it could cost, with more processes, and as classes grow.

    python benchmarks/throughput.py floor            # against a fork that only runs the functions on the cases, and
                                                     # against one that does all of a session's work by itself
    python benchmarks/throughput.py engines          # one process, two, and a Dask cluster with two workers
    python benchmarks/throughput.py growth           # 100 and 1,000 submissions; --sizes 100 1000 10000 for more
    python benchmarks/throughput.py parent           # what one process could carry if grading itself cost nothing

Figures are of one steady run each, start-up and reports apart; ratios are taken within one call, from medians over
the time between one result and the next, so that other work on the machine shows as little as can be. --small takes
classes of a few, once, to see that it works.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import classes
import numpy as np

from grader.assignment.catalogue import load
from grader.assignment.sheet import Sheet, draw
from grader.model import SubmissionStatus
from grader.notebooks import extract, read_cells
from grader.runs.adjustments import Adjustments
from grader.runs.batch import Basis, Batch
from grader.runs.engines import engine as engine_of
from grader.runs.engines.worker import Setup, Task
from grader.runs.record.keys import sheet_digest
from grader.runs.record.results import Results
from grader.runs.record.serialization import Line, from_text
from grader.sandbox import Call, wire
from grader.sandbox.guest.serving import FileChannel, serve
from grader.sandbox.guest.submission import opening
from grader.sandbox.host.isolation import Level, runner
from grader.submissions.discovery import find

WARM = 12  # rounds, after which the interpreter has adapted its code to what it meets


def graded(folder: Path, sheet: Sheet, level: Level, engine: str = "local", jobs: int = 1) -> dict[str, Any]:
    """Grade a folder.

    times: of the results since the first, in s. memory: this process's after each tenth, in KiB. parent and workers:
    processor time in s, of this process and of all that it started.
    """
    basis = Basis(sheet_digest(sheet), sheet.seed)
    setup = Setup(str(sheet.assignment.folder), sheet.seed, basis.sheet, partial(runner, level))
    submissions = find([folder])
    times: list[float] = []
    memory: list[int] = []

    with tempfile.TemporaryDirectory() as out, Results(Path(out)) as results:
        parent, workers = time.process_time(), of_children()
        for _ in Batch(results, basis, Adjustments()).run(submissions, engine_of(engine, setup, jobs)):
            times.append(time.perf_counter())
            if len(times) % max(1, len(submissions) // 10) == 0:
                memory.append(resident())
        spent = {"parent": time.process_time() - parent, "workers": of_children() - workers}
    return {"times": [at - times[0] for at in times], "memory": memory, **spent}


def of_children() -> float:
    """Processor time in s of everything that was started here and has ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def resident() -> int:
    """This process's memory in KiB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


def gaps(times: list[float], jobs: int = 1) -> list[float]:
    """Seconds from one result to the next, without the first few, in which caches fill."""
    start = min(10 * jobs, len(times) // 3)
    return [(after - before) for before, after in zip(times[start:], times[start + 1 :], strict=False)]


def rate(times: list[float], jobs: int) -> float:
    """Results per second, without the first few."""
    start = min(10 * jobs, len(times) // 3)
    return (len(times) - 1 - start) / (times[-1] - times[start])


def floor(folder: Path, sheet: Sheet) -> Iterator[float]:
    """Seconds for each submission of a fork that defines its functions and calls them on every case."""
    names = [exercise.name for exercise in sheet.assignment.exercises]
    programs = [programs_of(path, names) for path in sorted(folder.glob("*.ipynb"))]
    return in_forks([partial(run, program, sheet) for program in programs])


def in_forks(works: Sequence[Callable[[], object]]) -> Iterator[float]:
    """Seconds for each piece of work in a fork of this process, in which the first has been done before."""
    for _ in range(WARM):
        works[0]()
    gc.collect()
    gc.freeze()
    for work in works:
        started = time.perf_counter()
        forked = os.fork()
        if forked == 0:
            work()
            os._exit(0)
        os.waitpid(forked, 0)
        yield time.perf_counter() - started
    gc.unfreeze()


def bare(folder: Path, sheet: Sheet) -> Iterator[float]:
    """Seconds for each submission of a fork that does what its process does, unconfined and with nobody to talk to.

    It reads the notebook, loads its functions, takes every call out of a frame, makes it, and puts the answer into one.
    """
    names = tuple(exercise.name for exercise in sheet.assignment.exercises)
    asked = b"".join(frame for name in names for frame in requests(name, sheet))
    works = [partial(session, path, names, asked) for path in sorted(folder.glob("*.ipynb"))]
    return in_forks(works)


def requests(name: str, sheet: Sheet) -> Iterator[bytes]:
    """What a session is asked of one function."""
    yield Call(name, ()).loading.frame
    yield from (Call(name, expected.case.args).frame for expected in sheet.cases[name])


def session(path: Path, names: tuple[str, ...], asked: bytes) -> None:
    """Be a submission's process, and leave this one as it was."""
    notebook = np.frombuffer(path.read_bytes(), "|u1")
    first = wire.frame({"do": "open", "notebook": notebook, "suffix": path.suffix, "names": names})
    finders = sys.meta_path[:]
    serve(FileChannel(io.BytesIO(first + asked), io.BytesIO()), opening)
    sys.meta_path[:] = finders


def programs_of(path: Path, names: list[str]) -> dict[str, list[Any]]:
    """The compiled definitions that each function needs."""
    extraction = extract(read_cells(path.read_bytes(), path.suffix))
    return {name: [unit.code for unit in extraction.program(name).units] for name in names}


def run(programs: dict[str, list[Any]], sheet: Sheet) -> None:
    """Define every function in a namespace of its own, and call it on its cases."""
    for name, codes in programs.items():
        namespace: dict[str, Any] = {"__name__": "__main__"}
        for code in codes:
            exec(code, namespace)
        for expected in sheet.cases[name]:
            namespace[name](*expected.case.args)


def against_floor(options: argparse.Namespace, folder: Path) -> None:
    """The whole pipeline's time for a correct submission, as a multiple of the floor's; also in processor time.

    And the same for a bare session: what of it is the work itself, and what comes of confining, judging and recording.
    """
    sheet, level = draw(load(options.assignment), seed=1), Level(options.isolation)
    few = classes.make(folder / "few", 5, options.assignment, tuple(options.samples))
    many = classes.make(folder / "many", options.size, options.assignment, tuple(options.samples))
    cores = len(os.sched_getaffinity(0))
    clocks, processors, sessions, shared = [], [], [], []
    for number in range(options.rounds):
        before = of_children()
        least = statistics.median(floor(many, sheet))
        least_spent = (of_children() - before) / options.size
        session = statistics.median(bare(many, sheet))
        start, whole = graded(few, sheet, level), graded(many, sheet, level)
        ours = statistics.median(gaps(whole["times"]))
        spent = sum(whole[part] - start[part] for part in ("parent", "workers")) / (options.size - 5)
        clocks.append(ours / least)
        processors.append(spent / least_spent)
        sessions.append(session / least)
        together = 1 / rate(graded(many, sheet, level, jobs=cores)["times"], cores)
        shared.append(together / least)
        print(
            f"round {number + 1}: floor {1e3 * least:.2f} ms ({1e3 * least_spent:.2f} of processor time), "
            f"bare session {1e3 * session:.2f}, grader {1e3 * ours:.2f} ({1e3 * spent:.2f}): "
            f"{clocks[-1]:.2f} × ({processors[-1]:.2f} ×); {1e3 * together:.2f} ms each on {cores} cores"
        )
    print(f"{options.assignment}, {options.isolation}: {statistics.median(clocks):.2f} × the floor on the clock")
    print(f"{statistics.median(processors):.2f} × its processor time")
    print(f"a bare session: {statistics.median(sessions):.2f} × the floor")
    print(f"with a process for each of {cores} cores: {statistics.median(shared):.2f} × the floor, which has one")


def engines(options: argparse.Namespace, folder: Path) -> None:
    """Two processes against one, and Dask's two workers against two processes: results per second."""
    sheet = draw(load(options.assignment), seed=1)
    classes.make(folder, options.size, options.assignment, tuple(options.samples))
    rates: dict[tuple[str, int], list[float]] = {("local", 1): [], ("local", 2): [], ("dask", 2): []}
    for _ in range(options.rounds):
        for (engine, jobs), measured in rates.items():
            measured.append(rate(graded(folder, sheet, Level(options.isolation), engine, jobs)["times"], jobs))
    medians = {way: statistics.median(measured) for way, measured in rates.items()}
    for (engine, jobs), median in medians.items():
        print(f"{engine} with {jobs}: {median:.1f} per second")
    print(f"two processes: {medians['local', 2] / medians['local', 1]:.2f} × one")
    print(f"Dask: {medians['dask', 2] / medians['local', 2]:.2f} × local")


def growth(options: argparse.Namespace, folder: Path) -> None:
    """Time for each submission and the parent's memory for classes of several sizes, each in a process of its own."""
    for size in options.sizes:
        classes.make(folder / str(size), size, options.assignment, tuple(options.samples))
        command = [sys.executable, __file__, "one", "--folder", str(folder / str(size)), "-a", options.assignment]
        done = subprocess.run([*command, "--isolation", options.isolation], check=True, capture_output=True, text=True)
        found = json.loads(done.stdout)
        times, memory = found["times"], found["memory"]
        each = 1e3 / rate(times, jobs=2)
        spent = 1e3 * found["parent"] / size
        per_row = 1024 * (memory[-1] - memory[0]) / (0.9 * size)
        print(
            f"{size:6d}: {each:.2f} ms each with 2 processes, {1e3 / each:.1f} per second; "
            f"parent {spent:.2f} ms of processor time each, {memory[0] // 1024} MiB after a tenth, "
            f"{memory[-1] // 1024} MiB at the end ({per_row:.0f} bytes for each submission)"
        )


class Echo:
    """An engine that has every answer at once: one line, under the names that are asked for."""

    def __init__(self, line: Line) -> None:
        """Take the line."""
        self.line = line

    def grade(self, tasks: Iterable[Task]) -> Iterator[Line]:
        """The line of each task."""
        name, key = json.dumps(self.line.submission), self.line.key
        for task in tasks:
            text = self.line.text.replace(name, json.dumps(task.submission.name), 1).replace(key, task.key, 1)
            yield replace(self.line, submission=task.submission.name, key=task.key, text=text)


def parent(options: argparse.Namespace, folder: Path) -> None:
    """Submissions per second, and bytes of memory for each, of the process that reads, hashes, indexes and writes."""
    sheet = draw(load(options.assignment), seed=1)
    basis = Basis(sheet_digest(sheet), sheet.seed)
    first = classes.make(folder / "first", 1, options.assignment, tuple(options.samples))
    with Results(folder / "out") as results:
        setup = Setup(str(sheet.assignment.folder), 1, basis.sheet, partial(runner, Level(options.isolation)))
        list(Batch(results, basis, Adjustments()).run(find([first]), engine_of("local", setup, 1)))
        name = next(iter(results.names()))
        text = results.line_of(name).decode()
    echo = Echo(Line(name, SubmissionStatus.GRADED, from_text(text).record.key, text))
    for size in options.sizes:
        given = classes.make(folder / str(size), size, options.assignment, tuple(options.samples))
        before, started = resident(), time.process_time()
        submissions = find([given])
        found = time.process_time()
        listed = resident()
        with Results(folder / f"out {size}") as results:
            for _ in Batch(results, basis, Adjustments()).run(submissions, echo):
                pass
            ended, indexed = time.process_time(), resident()
        find_each, rest_each = (1e6 * seconds / size for seconds in (found - started, ended - found))
        print(
            f"{size:6d}: {size / (ended - started):.0f} per second of processor time "
            f"({find_each:.0f} µs each to find, {rest_each:.0f} µs to read, hash and write); "
            f"{1024 * (listed - before) / size:.0f} bytes each listed, {1024 * (indexed - listed) / size:.0f} indexed"
        )


def one(options: argparse.Namespace, folder: Path) -> None:
    """One run over a folder, its figures as JSON."""
    sheet = draw(load(options.assignment), seed=1)
    print(json.dumps(graded(Path(options.folder), sheet, Level(options.isolation), jobs=2)))


def main() -> None:
    """Measure what is asked for."""
    what = {"floor": against_floor, "engines": engines, "growth": growth, "parent": parent, "one": one}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=what)
    parser.add_argument("-a", "--assignment", default="backprop_relu")
    parser.add_argument("--samples", nargs="+", default=["clean_solution"], help="the samples that a class is made of")
    parser.add_argument("--isolation", default="strict", choices=list(Level))
    parser.add_argument("--size", type=int, default=60)
    parser.add_argument("--rounds", type=int, help="of which the median counts; by default 9 for floor, 3 for engines")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    parser.add_argument("--small", action="store_true")
    options = parser.parse_args()
    options.rounds = options.rounds or (9 if options.what == "floor" else 3)
    if options.small:
        options.size, options.rounds, options.sizes = 6, 1, [6]
    with tempfile.TemporaryDirectory() as folder:
        what[options.what](options, Path(folder))


if __name__ == "__main__":
    main()
