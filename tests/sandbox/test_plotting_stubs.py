"""Functions that draw while they compute are graded for what they compute, whatever is installed."""

from textwrap import dedent

import pytest

from grader.assignment.vocabulary import Limits
from grader.sandbox import Job, Session
from grader.sandbox.host.basic import BasicRunner
from tests.conftest import notebook

FUNCTIONS = {
    "pyplot": """
        import matplotlib.pyplot as plt
        def f(x):
            plt.figure(figsize=(4, 3))
            plt.plot(x, 'r-')
            plt.show()
            return x
    """,
    "axes": """
        from matplotlib import pyplot as plt
        def f(x):
            fig, ax = plt.subplots()
            ax.plot(x)
            ax.set_title('a')
            return x
    """,
    "row of axes": """
        import matplotlib.pyplot as plt
        def f(x):
            fig, (a, b) = plt.subplots(1, 2)
            a.plot(x)
            b.plot(x)
            return x
    """,
    "grid of axes": """
        import matplotlib.pyplot as plt
        def f(x):
            _, ax = plt.subplots(2, 3)
            ax[1, 2].plot(x)
            return x
    """,
    "a line": """
        import matplotlib.pyplot as plt
        def f(x):
            line, = plt.plot(x)
            line.set_data(x, x)
            return x
    """,
    "settings": """
        import matplotlib
        import seaborn as sns
        def f(x):
            matplotlib.rcParams['figure.dpi'] = 99
            sns.set()
            return x
    """,
    "star": """
        from matplotlib.pyplot import *
        def f(x):
            plot(x)
            show()
            return x
    """,
    "display": """
        from IPython.display import display, clear_output
        def f(x):
            clear_output(wait=True)
            display(x)
            return x
    """,
    "progress": """
        from tqdm import tqdm
        def f(x):
            return [y for y in tqdm(x, desc='epochs')]
    """,
    "named progress": """
        from tqdm.notebook import tqdm, trange
        def f(x):
            bar = tqdm(x)
            for _ in bar:
                bar.set_postfix(loss=1)
            return [x[i] for i in trange(len(x))]
    """,
    "3D": """
        from mpl_toolkits.mplot3d import Axes3D
        import matplotlib.pyplot as plt
        def f(x):
            with plt.style.context('ggplot'):
                plt.gca(projection='3d')
            return x
    """,
}


@pytest.mark.parametrize("source", FUNCTIONS.values(), ids=FUNCTIONS.keys())
def test_what_only_shows_takes_nothing_from_the_answer(source):
    """Plots, progress bars and displays are taken and forgotten."""
    job = Job(notebook(dedent(source)), ".ipynb", {}, Limits())
    with Session(BasicRunner().start(job), job) as session:
        assert session.call("f", ([1.0, 2.0],), 10.0).value == [1.0, 2.0]
        assert session.opened.missing_modules == ()


def test_a_figure_that_is_returned_is_no_answer():
    """Nothing of what shows could pass for a number."""
    source = "import matplotlib.pyplot as plt\ndef f(x):\n    return plt.plot(x)"
    job = Job(notebook(source), ".ipynb", {}, Limits())
    with Session(BasicRunner().start(job), job) as session:
        assert session.call("f", ([1.0],), 10.0).value.type_name == "Nothing"
