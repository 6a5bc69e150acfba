"""Packages are shown by their own record of files: those that are allowed, what they need, and nothing beside them."""

import sys
from pathlib import Path

import pytest

from grader.assignment.vocabulary import Limits
from grader.model import Raised, Returned
from grader.sandbox import Job, Session, packages
from grader.sandbox.host.basic import BasicRunner
from tests.conftest import notebook

SECONDS = 20.0


@pytest.fixture
def install(tmp_path):
    """Installs a distribution of these files into a folder, as pip leaves it."""

    def install(name, *files, requires=(), folder="site-packages", unlisted=(), editable=False):
        place = tmp_path / folder
        record = place / f"{name.replace('-', '_')}-1.0.dist-info"
        record.mkdir(parents=True)
        for file in (*files, *unlisted):
            (place / file).parent.mkdir(parents=True, exist_ok=True)
            (place / file).write_text("")
        fields = [f"Name: {name}", *(f"Requires-Dist: {needed}" for needed in requires)]
        (record / "METADATA").write_text("\n".join(fields) + "\n\nRequires-Dist: said in its description\n")
        own = [f"{record.name}/METADATA", f"{record.name}/RECORD"]
        if editable:
            (record / "direct_url.json").write_text('{"dir_info": {"editable": true}, "url": "file:///work"}')
            own.append(f"{record.name}/direct_url.json")
        rows = [f"{file},sha256=x,0" for file in (*files, *own, "../../bin/tool")]
        (record / "RECORD").write_text("\n".join(rows))
        return str(place)

    return install


def readable(found, folder):
    """What is shown, by its path below the folder."""
    return sorted(str(Path(path).relative_to(folder)) for path in found.readable())


def test_a_distribution_is_shown_with_its_metadata(install):
    """Its folder as one, where all in it is listed; programs that came with it are no files of its folder."""
    folder = install("lib", "lib/__init__.py", "lib/data/table.txt", "lib.libs/blas.so")
    found = packages.found(["lib"], [folder])
    assert found.modules == {"lib": f"{folder}/lib"}
    assert readable(found, folder) == ["lib", "lib-1.0.dist-info", "lib.libs"]


def test_a_file_that_is_not_recorded_is_not_shown(install):
    """Whoever puts the answers into somebody else's folder does not hand them out."""
    folder = install("lib", "lib/__init__.py", "lib/a/one.py", "lib/b/two.py", unlisted=["lib/a/answers.py"])
    found = packages.found(["lib"], [folder])
    assert readable(found, folder) == ["lib-1.0.dist-info", "lib/__init__.py", "lib/a/one.py", "lib/b"]


def test_compiled_files_are_shown_where_their_sources_are(install):
    """And none that was compiled from something else."""
    cached = [f"lib/{part}__pycache__/one.cpython-311.pyc" for part in ("", "a/")]
    odd = "lib/a/__pycache__/answers.cpython-311.pyc"
    folder = install("lib", "lib/__init__.py", "lib/one.py", "lib/a/one.py", unlisted=[*cached, odd])
    found = packages.found(["lib"], [folder])
    assert readable(found, folder) == [
        *("lib-1.0.dist-info", "lib/__init__.py", "lib/__pycache__", "lib/a/one.py", "lib/one.py")
    ]


def test_a_link_is_shown_if_it_is_recorded(install, tmp_path):
    """One that leads out of the folder is no way around the record."""
    (tmp_path / "secret").mkdir()
    folder = install("lib", "lib/__init__.py", "lib/a.py")
    Path(folder, "lib/link").symlink_to(tmp_path / "secret")
    assert readable(packages.found(["lib"], [folder]), folder) == ["lib-1.0.dist-info", "lib/__init__.py", "lib/a.py"]


def test_what_a_package_needs_is_shown_too(install):
    """At any depth, under whatever spelling; but for what only an extra needs, or what is not there."""
    folder = install("lib", "lib/__init__.py", requires=["Py_Part>=1", 'extra; extra == "all"', "not-there", "lib"])
    install("py-part", "part.py", requires=['deep (>=2); python_version > "3"'])
    install("deep", "deep.cpython-311-x86_64-linux-gnu.so")
    install("extra", "extra.py")
    found = packages.found(["lib"], [folder])
    assert found.modules == {
        "lib": f"{folder}/lib",
        "part": f"{folder}/part.py",
        "deep": f"{folder}/deep.cpython-311-x86_64-linux-gnu.so",
    }


def test_a_package_is_found_in_whatever_distribution_it_is(install):
    """`sklearn` is installed as scikit-learn."""
    folder = install("scikit-learn", "sklearn/__init__.py")
    assert packages.found(["sklearn"], [folder]).modules == {"sklearn": f"{folder}/sklearn"}


def test_packages_may_lie_in_several_folders(install):
    """Of two the earlier counts, as for Python."""
    first = install("lib", "lib/__init__.py", requires=["part"], folder="first")
    second = install("part", "part.py", folder="second")
    install("lib", "lib/__init__.py", folder="second")
    found = packages.found(["lib"], [first, second, "/nowhere"])
    assert found.modules == {"lib": f"{first}/lib", "part": f"{second}/part.py"}


def test_what_is_not_installed_is_absent(install):
    """A folder of that name without a record is no package."""
    folder = install("lib", "lib/__init__.py", unlisted=["other/__init__.py"])
    found = packages.found(["lib", "other", "unheard"], [folder])
    assert found.absent == ("other", "unheard")


@pytest.mark.parametrize("name", ["grader", "reference", "assignments"])
def test_the_graders_own_is_refused(install, name):
    """Asked for by name, and as what another one needs."""
    folder = install("backprop-grader", "grader/__init__.py", "reference/__init__.py", "assignments/a/declaration.py")
    install("innocent", "innocent.py", requires=["backprop-grader"])
    found = packages.found([name, "innocent"], [folder])
    assert found.refused == {name: "it is the grader's own"}
    assert set(found.modules) == {"innocent"}


def test_what_is_installed_as_editable_is_refused(install):
    """Its record has none of its files, and they may lie beside the answers."""
    folder = install("lib", "__editable__.lib.pth", editable=True)
    install("innocent", "innocent.py", requires=["lib"])
    found = packages.found(["lib", "innocent"], [folder])
    assert "editable" in found.refused["lib"] and set(found.modules) == {"innocent"}


def test_a_systems_package_has_its_folder(tmp_path):
    """Where dpkg keeps the record, the folder of the package's name is all its own."""
    folder = tmp_path / "dist-packages"
    for name in ("lib", "lib-1.0.egg-info", "reference"):
        (folder / name).mkdir(parents=True)
    (folder / "lib-1.0.egg-info" / "top_level.txt").write_text("lib\nreference\n")
    found = packages.found(["lib", "reference"], [str(folder)])
    assert readable(found, folder) == ["lib", "lib-1.0.egg-info"]


def test_a_working_copy_is_no_systems_package(tmp_path):
    """What lies beside the metadata there is whatever somebody works on."""
    for name in ("lib", "lib.egg-info"):
        (tmp_path / name).mkdir()
    (tmp_path / "lib.egg-info" / "top_level.txt").write_text("lib\n")
    found = packages.found(["lib"], [str(tmp_path)])
    assert list(found.readable()) == [] and found.modules == {}


def test_only_what_is_to_be_installed_is_looked_for():
    """NumPy in any case; neither Python's own modules nor those that only show things."""
    assert packages.wanted(()) == ("numpy", "scipy")
    assert packages.wanted(("math", "matplotlib", "pandas")) == ("numpy", "pandas")


@pytest.fixture(scope="module", params=["basic", "strict"])
def runner(request):
    """Each kind of isolation that there is here, for an assignment that allows pandas."""
    if request.param == "strict":
        if sys.platform != "linux":
            pytest.skip("strict isolation is Linux's")
        from grader.sandbox.host.strict import StrictRunner

    runner = StrictRunner(allowed=("numpy", "pandas", "os")) if request.param == "strict" else BasicRunner()
    yield runner
    runner.close()


def outcome(runner, source, *args, allowed=("numpy", "pandas", "os")):
    """What comes of calling f."""
    job = Job(notebook(source), ".ipynb", {}, Limits(), ("f",), allowed)
    with Session(runner.start(job), job) as session:
        return session.call("f", args, SECONDS)


def test_a_package_that_is_allowed_is_there(runner):
    """With what it needs, and what it imports only when it is used."""
    code = "import pandas as pd\ndef f(x):\n    return pd.DataFrame({'a': x}).rolling(2).mean()['a'].sum()"
    assert outcome(runner, code, [1.0, 2.0, 3.0]) == Returned(4.0, seconds=pytest.approx(0, abs=SECONDS))


def test_a_package_knows_its_version(runner):
    """As far as it is shown."""
    code = (
        "import importlib.metadata as m\ndef f():\n    return [m.version('pandas'), len(list(m.distributions())) < 9]"
    )
    version, is_alone = outcome(runner, code, allowed=("pandas", "importlib")).value
    assert version[0].isdigit() and is_alone


def test_no_other_package_is_there(runner):
    """Although it is installed beside the others; the same is said wherever the function runs."""
    code = "def f():\n    import yaml"
    refused = outcome(runner, code)
    assert isinstance(refused, Raised)
    assert (refused.error, refused.message) == (
        "ImportError",
        "it imports yaml; this assignment allows numpy, os, pandas",
    )
    hidden = outcome(runner, code, allowed=())
    assert isinstance(hidden, Raised)
    assert (hidden.error, hidden.message) == ("ModuleNotFoundError", "No module named 'yaml'")


def test_what_is_not_there_may_be_tried(runner):
    """A function that does without it is right."""
    tried = "def f():\n    try:\n        import yaml\n    except ImportError:\n        return 1"
    assert outcome(runner, tried, allowed=()).value == 1


def test_the_folder_around_a_package_is_not_shown():
    """What is listed there is what is allowed."""
    if sys.platform != "linux":
        pytest.skip("strict isolation is Linux's")
    from grader.sandbox.host.strict import StrictRunner

    code = (
        "import os, pandas\ndef f():\n    folder = os.path.dirname(os.path.dirname(pandas.__file__))\n"
        "    try:\n        return sorted(os.listdir(folder))\n    except PermissionError:\n        return []"
    )
    runner = StrictRunner(allowed=("pandas", "os"))
    names = {name.partition("-")[0] for name in outcome(runner, code, allowed=("pandas", "os")).value}
    runner.close()
    assert names <= {"numpy", "numpy.libs", "pandas", "pandas.libs", "dateutil", "python_dateutil", "six", "six.py"} | {
        *("pytz", "tzdata")
    }


def test_an_allowed_package_that_cannot_be_shown_ends_the_run_before_it_starts():
    """Nobody is graded without what they were promised."""
    if sys.platform != "linux":
        pytest.skip("strict isolation is Linux's")
    from grader.sandbox.host.strict import NotStrict, StrictRunner

    with pytest.raises(NotStrict, match=r"no_such_package, which is not installed.*allowed_imports"):
        StrictRunner(allowed=("numpy", "no_such_package"))
    with pytest.raises(NotStrict, match="the grader's own"):
        StrictRunner(allowed=("numpy", "grader"))
