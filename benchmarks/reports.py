"""What each report takes, in processor time, and how large it is, for classes of 30 and of 10,000.

A class is made from graded submissions, repeated under other names:

    python benchmarks/reports.py [FOLDER] [--sizes 30 10000] [--small]

FOLDER is what `grader grade` wrote; without one the samples of backprop_relu are graded. --small takes two samples and
a class of three, to see that it works.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import classes

from grader import api
from grader.model import Grade, GraderError
from grader.reports.exporter import ClassResults, ReportOptions
from grader.reports.exporters import registry
from grader.reports.gradebook import FilledGradebook

SIZES = (30, 10_000)


def a_class(sample: list[Grade], size: int) -> Iterator[Grade]:
    """That many submissions, each a sample's under a name of its own."""
    for number, grade in enumerate(itertools.islice(itertools.cycle(sample), size)):
        yield replace(grade, submission=f"{number:05d}/{grade.submission}", student=f"Student {number:05d}")


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files in a folder."""
    return sum(each.stat().st_size for each in [path, *path.rglob("*")] if each.is_file())


def memory(results: ClassResults) -> int:
    """Bytes of all tables."""
    return sum(int(table.memory_usage(deep=True).sum()) for table in results.tables.all)


def measure(sample: list[Grade], size: int) -> None:
    """Print a line per format."""
    results = ClassResults.of(a_class(sample, size))
    started = time.process_time()
    results.tables  # noqa: B018 - made when they are first asked for
    print(f"\n{size:,} submissions")
    print(f"{'tables':20} {time.process_time() - started:8.2f} s {memory(results) / size / 1e3:10.1f} kB a submission")
    for name, one in registry().items():
        if not isinstance(one, FilledGradebook):
            report(name, results, size)
    print(f"{'peak memory':20} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:21.0f} MB")


def report(name: str, results: ClassResults, size: int) -> None:
    """Write one format to a temporary place and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "report")
        started = time.process_time()
        try:
            registry()[name].write(results, target, ReportOptions())
        except GraderError as error:
            print(f"{name:20} {error}")
            return
        seconds = time.process_time() - started
        print(f"{name:20} {seconds:8.2f} s {size_of(target) / size / 1e3:10.1f} kB a submission")


def main() -> None:
    """Measure every format at every size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="what `grader grade` wrote")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--small", action="store_true")
    options = parser.parse_args()
    sample = api.read_results(options.folder) if options.folder else graded(2 if options.small else None)
    for size in [3] if options.small else options.sizes:
        measure(sample, size)


def graded(count: int | None) -> list[Grade]:
    """So many of the samples, graded; all if there is no count. They are ours, so that basic isolation will do."""
    samples = sorted((classes.SAMPLES / "backprop_relu" / "samples").glob("*.ipynb"))[:count]
    with tempfile.TemporaryDirectory() as folder:
        list(api.grade_class(samples, "backprop_relu", folder, api.RunOptions(isolation=api.Level.BASIC)))
        return api.read_results(folder)


if __name__ == "__main__":
    main()
