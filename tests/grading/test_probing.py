"""What is called to explain an answer knows nothing of the cases that it was graded on."""

import numpy as np

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.feedback.words import example as sentence_of
from grader.grading import Grader
from grader.sandbox.host.basic import BasicRunner
from grader.submissions.discovery import find

HOARDS = """
import numpy as np
seen = []

def slope(x):
    seen.append(np.array(x))
    return np.resize(max(seen, key=np.size), np.shape(x))
"""


def test_an_example_cannot_hold_what_graded_calls_left_behind(slopes, hand_in):
    """A function that keeps its inputs and returns them later has none to return where an example is looked for."""
    sheet = draw(load(str(slopes)), seed=9)
    grade = Grader(sheet, BasicRunner()).grade(find([hand_in("eve.ipynb", HOARDS)])[0])
    example = grade.exercises[0].counterexample
    assert example is not None
    secret = [f"{number:.3g}" for case in sheet.cases["slope"] for number in np.ravel(case.case.args[0])]
    assert not [number for number in secret if len(number) > 3 and number in sentence_of(example)]


def test_probes_are_made_in_a_process_of_their_own(slopes, hand_in):
    """The processes of one submission: one for the cases, one for what explains them, and none for a right one."""

    class Counting(BasicRunner):
        started = 0

        def start(self, job):
            self.started += 1
            return super().start(job)

    right = "def slope(x):\n    return 2 * x\ndef square_and_slope(x):\n    return x**2, [2 * x]"
    for source, expected in ((right, 1), (HOARDS, 2)):
        runner = Counting()
        Grader(draw(load(str(slopes)), seed=9), runner).grade(find([hand_in("eve.ipynb", source)])[0])
        assert runner.started == expected
