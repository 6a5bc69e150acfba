"""How long a student waits for a first answer, against the time that Python needs for `import numpy, nbformat`.

    python benchmarks/first_answer.py [--runs 9] [--notebook FILE] [--imports] [--small]

Both are timed in turn, each in a new process, so that what else the machine does hits them alike. The aim is a ratio
below 2 for one exercise of a shipped assignment. The project's modules are compiled first, as pip leaves them.
--imports lists what a check loads, slowest first. --small runs each once, to see that it works.
"""

from __future__ import annotations

import argparse
import compileall
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "assignments" / "backprop_relu" / "samples"
BASELINE = ["-c", "import numpy, nbformat"]
AIM = 2.0


def main() -> None:
    """Print medians, fastest runs and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--notebook", type=Path, default=SAMPLES / "clean_solution.ipynb")
    parser.add_argument("--exercise", default="evaluate")
    parser.add_argument("--imports", action="store_true")
    parser.add_argument("--small", action="store_true")
    options = parser.parse_args()
    for package in ("grader", "reference", "assignments"):
        compileall.compile_dir(ROOT / package, quiet=2)
    one = ["-m", "grader", "check", str(options.notebook), "--exercise", options.exercise]
    if options.imports:
        print("\n".join(slowest_imports(one)))
        return
    baseline, check, whole = timed([BASELINE, one, one[:-2]], 1 if options.small else options.runs)
    for name, times in (("import numpy, nbformat", baseline), ("check of one exercise", check), ("of all", whole)):
        print(f"{name:24} median {1000 * statistics.median(times):5.0f} ms, fastest {1000 * min(times):5.0f} ms")
    ratio = statistics.median(check) / statistics.median(baseline)
    print(f"ratio of medians {ratio:.2f}, of the fastest {min(check) / min(baseline):.2f}; the aim is below {AIM:g}")


def timed(programs: list[list[str]], runs: int) -> list[list[float]]:
    """Seconds of wall clock of each program, in turn; the first round warms the disk's cache and is not counted."""
    rounds = [[seconds(program) for program in programs] for _ in range(runs + 1)]
    return [list(times) for times in zip(*rounds[1:], strict=True)]


def seconds(arguments: list[str]) -> float:
    """How long Python takes with these arguments."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def slowest_imports(arguments: list[str], most: int = 40) -> list[str]:
    """What `-X importtime` says of the modules that take longest, with all that they import, in ms."""
    done = subprocess.run([sys.executable, "-X", "importtime", *arguments], capture_output=True, text=True, check=True)
    found = re.findall(r"import time:\s+\d+ \|\s+(\d+) \|(\s+\S+)", done.stderr)
    ordered = sorted(found, key=lambda line: -int(line[0]))
    return [f"{int(micro) / 1000:8.1f} ms {name}" for micro, name in ordered[:most]]


if __name__ == "__main__":
    main()
