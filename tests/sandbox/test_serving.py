"""The guest's side of the protocol, over files instead of a process."""

import io

import numpy as np
import pytest

from grader import model
from grader.sandbox import wire
from grader.sandbox.guest import functions
from grader.sandbox.guest.answers import Lack
from grader.sandbox.guest.serving import FileChannel, serve

OPEN = {"do": "open", "notebook": np.frombuffer(b"x = 1", "|u1"), "suffix": ".py"}
LOAD = {"do": "load", "name": "f", "helpers": ()}
CALL = {"do": "call", "name": "f", "args": (3,), "keywords": (), "helpers": (), "seed": 0}
LISTING = {"do": "listing"}


class Doubling:
    """Functions without a notebook: every one doubles."""

    def load(self, name, helpers):
        return {"is": "loaded"}

    def call(self, name, args, helpers, seed):
        print("called")
        return functions.called(name, lambda x: 2 * x, args, seed)

    def listing(self):
        return {"is": "listing"}


def opening(request, ask):
    """Takes every notebook but an empty one."""
    return (Doubling(), {"is": "opened"}) if request["notebook"].size else (None, {"is": "unreadable"})


def answers(*requests):
    """What is answered to these requests, which are sent at once."""
    incoming, outgoing = io.BytesIO(b"".join(map(wire.frame, requests))), io.BytesIO()
    serve(FileChannel(incoming, outgoing), opening)
    outgoing.seek(0)
    return [wire.read_frame(outgoing.read) for _ in requests]


def test_every_request_is_answered_by_its_number():
    """In order, and what is printed is said with the call that printed it."""
    said = answers(OPEN, LOAD, CALL, LISTING)
    assert [answer["is"] for answer in said] == ["opened", "loaded", "returned", "listing"]
    assert [answer["n"] for answer in said] == [1, 2, 3, 4]
    assert [answer["printed"] for answer in said] == ["", "", "called\n", ""]
    assert said[2]["value"] == 6


@pytest.mark.parametrize("request_", [LOAD, CALL, LISTING, {"do": "no such thing"}], ids=lambda each: each["do"])
def test_a_first_request_that_opens_nothing_is_refused(request_):
    """And the next one may still open a notebook."""
    refused, opened = answers(request_, OPEN)
    assert refused["is"] == "refused" and opened["is"] == "opened"


def test_a_notebook_is_opened_once():
    """What has run of one student's must not run beside another's; nor after one that cannot be read."""
    unreadable = OPEN | {"notebook": np.frombuffer(b"", "|u1")}
    assert [answer["is"] for answer in answers(OPEN, OPEN, CALL)] == ["opened", "refused", "returned"]
    assert [answer["is"] for answer in answers(unreadable, CALL)] == ["unreadable", "refused"]


def test_an_unknown_request_is_refused():
    """It is not taken for one that is known."""
    assert [answer["is"] for answer in answers(OPEN, {"do": "no such thing"})] == ["opened", "refused"]


def test_a_lack_has_the_same_names_on_both_sides():
    """The guest says which it is without the model, the host takes it for one of the model's."""
    assert {str(lack) for lack in Lack} == {str(lack) for lack in model.Lack}
