"""Every benchmark runs: each has a small mode, which says nothing about speed and ends with its last figure."""

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "benchmarks"
LAST = {
    "diagnosis_table": [["Correct variants: ", "accused: 0."]],
    "first_answer": [["ratio of medians "]],
    "install_size": [["packages, ", "the aim is "]],
    "reference_cost": [["gradient / bare matrix products, 4 x 64"]],
    "reports": [["3 submissions", "peak memory"]],
    "sandbox_cost": [["submission, strict", "throughput: strict keeps "]],
    "throughput": [
        ["floor", "with a process for each of "],
        ["engines", "Dask: "],
        ["growth", " bytes for each submission"],
        ["parent", " indexed"],
    ],
    "throughput_others": [["clean_solution: 100 %", "grader  "]],
}
RUNS = [(name, words) for name, runs in LAST.items() for words in runs]


@pytest.mark.skipif(sys.platform != "linux", reason="the benchmarks measure what Linux offers")
@pytest.mark.parametrize(("name", "words"), RUNS, ids=[f"{name}: {words[0].strip()}" for name, words in RUNS])
def test_a_benchmark_runs(name, words):
    """From its first line to its last."""
    what = words[:1] if name == "throughput" else []
    done = subprocess.run(
        [sys.executable, FOLDER / f"{name}.py", "--small", *what],
        cwd=FOLDER.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert all(word in done.stdout for word in words[len(what) :]), done.stdout


def test_every_benchmark_is_run():
    """A new one has its line above."""
    helpers = {"classes"}
    assert {path.stem for path in FOLDER.glob("*.py")} - helpers == set(LAST)
