"""What isolation costs: from a bare fork, layer by layer, to a whole submission under strict isolation.

    python benchmarks/sandbox_cost.py [--rounds 60] [--small]

Every round runs each rung once, so that whatever else the machine does falls on all of them alike; medians in
milliseconds. A submission here is a notebook of two cells that is opened, loaded and called five times. The rung
without any layer is the same code path with an empty list of layers, which is what `unconfined` means below. --small
goes through two rounds, to see that it works.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from grader.assignment.vocabulary import Limits
from grader.sandbox import Job, Runner, Session
from grader.sandbox.host.basic import BasicRunner
from grader.sandbox.host.strict import EVERY_LAYER, StrictRunner

CELLS = ["import numpy as np", "def relu(z):\n    return np.maximum(z, 0)\n\ndef f(W, x):\n    return relu(W @ x)"]
NOTEBOOK = json.dumps(
    {"cells": [{"cell_type": "code", "source": source, "metadata": {}} for source in CELLS], "nbformat": 4}
).encode()
CALLS = 5


def bare_fork() -> None:
    """Fork this process, which has NumPy loaded as a zygote has, and wait for its end."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def fork_only(runner: Runner) -> Callable[[], None]:
    """Fork and confine a process, and end it."""
    job = Job(NOTEBOOK, ".ipynb", {}, Limits())
    return lambda: runner.start(job).kill()


def submission(runner: Runner) -> Callable[[], None]:
    """Run the submission in a process of its own."""
    job = Job(NOTEBOOK, ".ipynb", {}, Limits())
    inputs = np.ones((4, 3)), np.ones(3)

    def run() -> None:
        with Session(runner.start(job), job) as session:
            for _ in range(CALLS):
                session.call("f", inputs, 10.0)

    return run


def ladder() -> dict[str, Callable[[], None]]:
    """Every rung by name: each layer on top of those before it, as far as this host has them."""
    bare, full = StrictRunner((), promised=False), StrictRunner()
    rungs = {"bare fork": bare_fork, "fork, no layer": fork_only(bare)}
    for count, name in enumerate(full.layers, start=1):
        rungs[f"+ {name}"] = fork_only(StrictRunner(full.layers[:count], promised=False))
    rungs["submission, unconfined"] = submission(bare)
    rungs["submission, strict"] = submission(full)
    return rungs


def measured(rungs: dict[str, Callable[[], None]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every rung in every round, after one round that does not count."""
    times: dict[str, list[float]] = {name: [] for name in rungs}
    for number in range(rounds + 1):
        for name, run in rungs.items():
            started = time.perf_counter()
            run()
            if number:
                times[name].append(1000 * (time.perf_counter() - started))
    return times


def main() -> None:
    """Measure and print the ladder, and what it comes to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--small", action="store_true")
    options = parser.parse_args()
    rounds = 2 if options.small else options.rounds
    rungs = ladder()
    gc.collect()
    gc.freeze()
    times = measured(rungs, rounds)
    times |= measured({"submission, basic": submission(BasicRunner())}, max(rounds // 10, 2))
    medians = {name: statistics.median(each) for name, each in times.items()}
    before = 0.0
    print(f"{'ms, median':26}{'all':>8}{'more':>8}{'p90':>8}")
    for name, median in medians.items():
        print(f"{name:26}{median:8.2f}{median - before:+8.2f}{statistics.quantiles(times[name], n=10)[-1]:8.2f}")
        before = median
    layers = medians[f"+ {EVERY_LAYER[-1]}"] - medians["fork, no layer"]
    pairs = zip(times["submission, unconfined"], times["submission, strict"], strict=True)
    ratio = statistics.median(free / confined for free, confined in pairs)
    print(f"\nall layers: {layers:.2f} ms over a fork without any")
    print(f"throughput: strict keeps {ratio:.0%} of the unconfined, median of the rounds' ratios")


if __name__ == "__main__":
    main()
