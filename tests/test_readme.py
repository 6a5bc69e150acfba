"""What the README shows is what happens."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np

from grader.assignment.catalogue import load, shipped
from grader.assignment.steps import with_steps
from reference import delta_rule

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_transcript_is_what_the_command_prints():
    """But for where lines are broken."""
    (command, shown) = re.search(r"```console\n\$ grader (.*)\n((?:.|\n)*?)```", README).groups()
    done = subprocess.run(
        [sys.executable, "-m", "grader", *command.split()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert shown.split() == done.stdout.split()


def test_the_published_figure_is_two_slips():
    """0.6981 is right; the two slips of the transcript give 0.7043 together, and neither gives it alone."""
    (exercise,) = [exercise for exercise in load("delta_rule").exercises if exercise.name == "worked_example"]
    one, other = exercise.mistakes[:2]
    steps = [{}, one.steps, other.steps, {**one.steps, **other.steps}]
    outputs = [with_steps(exercise.reference, replaced)()[2] for replaced in steps]
    assert np.allclose(outputs, [0.6980763, 0.7037187, 0.6987679, 0.7043157], rtol=0, atol=5e-8)
    assert f"{delta_rule.worked_example()[2]:.4f}" == "0.6981"


def test_the_class_is_as_large_as_it_says():
    """`make grade` grades as many notebooks as the README counts."""
    (count,) = re.search(r"a sample class of (\d+) notebooks", README).groups()
    assert int(count) == len(list((ROOT / "assignments" / "backprop_relu" / "samples").glob("*.ipynb")))
    assert len(shipped()) == 7
