"""What a function can reach is the same before and after a check."""

import warnings

import numpy as np
import pytest

from grader.interfaces.kernel.state_guard import Reached, as_it_was, rebound


def ran(source, *calls):
    """The namespace of some code, in which functions have been called under protection."""
    namespace = {"np": np}
    exec(source, namespace)
    with as_it_was(namespace, [namespace[call] for call in calls]):
        for call in calls:
            namespace[call]()
    return namespace


def test_lists_dicts_sets_and_arrays_are_as_before():
    """Changed in place by the function, and put back."""
    source = """
seen, best, names, W = [1], {"a": [1]}, {1}, np.zeros(3)
def f():
    seen.append(2); best["a"].append(2); best["b"] = 3; names.add(2); W[0] = 5
"""
    after = ran(source, "f")
    assert (after["seen"], after["best"], after["names"], after["W"].tolist()) == ([1], {"a": [1]}, {1}, [0, 0, 0])


def test_the_very_objects_are_kept():
    """Another name for the same list sees nothing either."""
    after = ran("a = [np.ones(2)]\nb = a\ndef f():\n    a[0][0] = 9\n    a.append(1)", "f")
    assert after["a"] is after["b"] and after["b"][0].tolist() == [1, 1] and len(after["b"]) == 1


def test_names_are_bound_as_before():
    """`global` neither changes a variable nor leaves a new one."""
    after = ran("count = 0\ndef f():\n    global count, new\n    count += 1\n    new = 1", "f")
    assert after["count"] == 0 and "new" not in after


def test_what_helpers_reach_is_kept_too():
    """Through other functions, classes, defaults and closures."""
    source = """
log, kept = [], []
class Layer:
    def forward(self): log.append(1)
def helper(memo={}): memo["x"] = 1; Layer().forward()
def closing():
    inner = kept
    def add(): inner.append(1)
    return add
add = closing()
def f(): helper(); add()
"""
    after = ran(source, "f")
    assert (after["log"], after["kept"], after["helper"].__defaults__) == ([], [], ({},))


def test_what_cannot_be_copied_is_left_alone():
    """A generator in a list is no reason to fail."""
    assert (
        len(
            ran("stream = [i for i in [iter([1])]]\nlock = [__import__('threading').Lock()]\ndef f(): lock", "f")[
                "lock"
            ]
        )
        == 1
    )


def test_settings_of_numpy_and_warnings_are_kept_and_neutral_within():
    """A student who turned warnings into errors gets the same result as everybody."""
    namespace = {"np": np}
    exec("def f():\n    np.seterr(all='ignore')\n    return np.log(np.zeros(1))", namespace)
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        with as_it_was(namespace, [namespace["f"]]):
            assert np.geterr()["divide"] == "warn"
            namespace["f"]()
        assert np.geterr()["divide"] == "raise"
        with pytest.raises(UserWarning):
            warnings.warn("still an error", stacklevel=1)


def test_the_state_is_kept_where_something_raises():
    """An interrupt in the middle leaves no trace."""
    namespace = {"a": [1]}
    exec("def f():\n    a.append(2)\n    raise KeyboardInterrupt", namespace)
    with pytest.raises(KeyboardInterrupt), as_it_was(namespace, [namespace["f"]]):
        namespace["f"]()
    assert namespace["a"] == [1]


def test_reached_names_include_those_of_helpers():
    """A function depends on what its helpers mention."""
    namespace = {}
    exec("def g(): return h\ndef h(): pass\ndef f(): return (lambda: g())()", namespace)
    assert {"g", "h"} <= Reached(namespace, [namespace["f"]]).names


def test_a_name_can_stand_for_another_value_for_a_while():
    """One that was not bound is not bound afterwards."""
    namespace = {"a": 1}
    with rebound(namespace, {"a": 2, "b": 3}):
        assert namespace == {"a": 2, "b": 3}
    assert namespace == {"a": 1}
