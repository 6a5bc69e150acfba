"""What confines student code, as a list: each layer has a name, what it promises, and how a process puts it on.

A host may refuse some layers. `detect` tries each in a throw-away process, on top of those before it that held;
what holds is then put on by a `Confinement`, which leaves the others out. There is no other path.

Only the standard library is used, and nothing of grader: this package is loaded by file path into the zygote.
"""

from __future__ import annotations

import os
import resource
import socket
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from . import landlock, linux, namespaces, seccomp
from .view import View, view_of_libraries

__all__ = [
    "LAYERS",
    "PROMISES",
    "Allowance",
    "Confinement",
    "Layer",
    "View",
    "broken_promises",
    "detect",
    "view_of_libraries",
]


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a confined process may have.

    scratch: its working directory, the only thing in the one above it. memory_mb and cpu_seconds bound one session.
    ruleset: the descriptor of what Landlock is to allow, ready to be put on.
    """

    view: View
    scratch: str
    memory_mb: int = 2048
    cpu_seconds: int = 30
    ruleset: int = -1


@dataclass(frozen=True, slots=True)
class Layer:
    """One confinement: its name, what it promises, and how a process puts it on (OSError where the host refuses)."""

    name: str
    promise: str
    put_on: Callable[[Allowance], None]


FIRST = 1  # the id of the first process in a pid namespace


class Confinement:
    """Some layers on their way onto a process.

    The zygote is to `settle` before it loads anything and to `enclose` itself when everything is loaded; what it
    forks with `fork` is to `enter` its place, and to `give_up` its rights before it runs anything of a student's.
    """

    def __init__(self, names: Collection[str]) -> None:
        """Take the layers of these names, in the order in which they are put on."""
        self.names = tuple(layer.name for layer in LAYERS if layer.name in names)
        self.fork: Callable[[], int] = os.fork

    def settle(self, allowance: Allowance) -> None:
        """Prepare the zygote; with a pid namespace it goes on as another process. Raises OSError."""
        if any(layer.name in self.names for layer in (*SHARED, *PLACES)):
            namespaces.gain_power()
        self._put_on(SHARED, allowance)
        if "pid" in self.names:
            namespaces.become_first()
            self.fork = namespaces.PidNamespace().fork

    def enclose(self, allowance: Allowance) -> Allowance:
        """Move the zygote to a root directory of libraries alone; what it returns has nothing left to hide.

        Raises OSError.
        """
        readable = allowance.view.readable
        if "mount" in self.names:
            namespaces.move_root(allowance.scratch, readable, allowance.view.hidden)
        else:
            readable = tuple(allowance.view.entries())
        if "seccomp" in self.names:
            seccomp.packed(linux.MACHINE, FIRST)
        ruleset = self._ruleset(readable, allowance.scratch) if "landlock" in self.names else -1
        return replace(allowance, view=View(readable, ()), ruleset=ruleset)

    def _ruleset(self, readable: Iterable[str], scratch: str) -> int:
        """What every session may open.

        A rule on the place of a mount does not reach what is mounted there, but one on the directory above does. A
        scratch directory that is no mount is a part of the disk, which nothing bounds: it is only read.
        """
        above = str(Path(scratch).parent)
        own = (above, landlock.SCRATCH) if "mount" in self.names else (scratch, landlock.READ)
        return landlock.ruleset([*((path, landlock.access_to(path)) for path in readable), own])

    def enter(self, allowance: Allowance) -> None:
        """Move this process into namespaces of its own, its scratch directory the working one. Raises OSError."""
        self._put_on(PLACES, allowance)
        os.chdir(allowance.scratch)

    def give_up(self, allowance: Allowance) -> None:
        """Confine this process for good. Raises OSError where a layer does not hold."""
        self._put_on(RIGHTS, allowance)

    def _put_on(self, layers: Iterable[Layer], allowance: Allowance) -> None:
        for layer in layers:
            if layer.name in self.names:
                layer.put_on(allowance)


def _pid(allowance: Allowance) -> None:
    if os.getpid() != FIRST:
        raise OSError("not the first process of a pid namespace of its own")


def _fresh(flag: int) -> Callable[[Allowance], None]:
    return lambda allowance: linux.unshare(flag)


def _uts(allowance: Allowance) -> None:
    linux.unshare(linux.CLONE_NEWUTS)
    socket.sethostname("sandbox")


def _mount(allowance: Allowance) -> None:
    namespaces.mount_scratch(allowance.scratch)


def _limits(allowance: Allowance) -> None:
    bounds = {
        resource.RLIMIT_AS: allowance.memory_mb * 2**20,
        resource.RLIMIT_CPU: allowance.cpu_seconds,
        resource.RLIMIT_FSIZE: 16 * 2**20,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, bound in bounds.items():
        resource.setrlimit(kind, (bound, bound))
    linux.forbid_dumps()


def _landlock(allowance: Allowance) -> None:
    landlock.restrict(allowance.ruleset)


# What one session leaves nothing in for the next is the zygote's own, and all that it forks are in it.
SHARED = (
    Layer("uts", "neither learns the host's name nor changes it", _uts),
    Layer("net", "has no network, not even the host's own loopback", _fresh(linux.CLONE_NEWNET)),
)
PLACES = (
    Layer("pid", "sees no process but its own, and whatever it starts ends with it", _pid),
    Layer("ipc", "shares no memory, queue or semaphore with others", _fresh(linux.CLONE_NEWIPC)),
    Layer("mount", "sees libraries, a scratch directory in memory and no other file", _mount),
)
RIGHTS = (
    Layer("uid", "is not root", lambda _: namespaces.become_nobody()),
    Layer("user", "is nobody, in a user namespace of its own", _fresh(linux.CLONE_NEWUSER)),
    Layer("capabilities", "has no privilege and no way to one", lambda _: linux.drop_capabilities()),
    Layer("lifeline", "ends when the process that it was forked from ends", lambda _: namespaces.die_with_parent()),
    Layer("rlimits", "has bounded memory, processor time, file size and open files", _limits),
    Layer("no_new_privs", "gains nothing by running a program", lambda _: linux.forbid_new_privileges()),
    Layer("landlock", "opens libraries for reading, its scratch directory, and no other file", _landlock),
    Layer(
        "seccomp",
        "starts and signals no process, opens no socket, asks little of the kernel",
        lambda _: seccomp.install(),
    ),
)
LAYERS = (*SHARED, *PLACES, *RIGHTS)

# What strict isolation promises, and the sets of layers any one of which keeps the promise.
PROMISES: Mapping[str, tuple[frozenset[str], ...]] = {
    "no network": (frozenset({"net"}), frozenset({"seccomp"})),
    # Landlock does not speak of modes, owners and times of files; the filter does.
    "no file beyond libraries and scratch": (frozenset({"mount"}), frozenset({"landlock", "seccomp"})),
    "no signal to and no memory of another process": (frozenset({"pid"}), frozenset({"seccomp"})),
    "the end of all that it starts": (frozenset({"pid"}), frozenset({"seccomp"})),
    "bounded use of the machine": (frozenset({"rlimits", "seccomp"}),),
    "no privilege": (frozenset({"capabilities", "no_new_privs"}),),
}


def broken_promises(held: Collection[str]) -> list[str]:
    """The promises of strict isolation that these layers do not keep."""
    return [promise for promise, ways in PROMISES.items() if not any(way <= set(held) for way in ways)]


def detect(wanted: Collection[str], allowance: Allowance) -> tuple[list[str], dict[str, str]]:
    """Of the wanted layers those that hold on this host, and why each of the others does not.

    Each is tried in a throw-away process, on top of those before it that held.
    """
    held: list[str] = []
    refused: dict[str, str] = {}
    for layer in LAYERS:
        if layer.name in wanted:
            reason = _trial([*held, layer.name], allowance)
            if reason:
                refused[layer.name] = reason
            else:
                held.append(layer.name)
    return held, refused


def _trial(names: Sequence[str], allowance: Allowance) -> str:
    """Why these layers cannot be put on together; empty where they can."""
    reader, writer = os.pipe()
    if os.fork() == 0:
        _report(writer, lambda: _rehearse(Confinement(names), allowance, writer))
    os.close(writer)
    with os.fdopen(reader) as said:
        reason = said.read()
    os.wait()
    return reason.removesuffix(HOLDS) if reason.endswith(HOLDS) else reason or "the trial process died"


HOLDS = "holds"


def _report(writer: int, attempt: Callable[[], None]) -> NoReturn:
    """Say over the pipe why the attempt fails, or that it holds, and end this process."""
    try:
        attempt()
    except OSError as error:
        os.write(writer, str(error).encode())
    finally:
        os._exit(0)


def _rehearse(confinement: Confinement, allowance: Allowance, writer: int) -> None:
    """Do what a zygote does and what it forks does."""
    confinement.settle(allowance)
    allowance = confinement.enclose(allowance)
    child = confinement.fork()
    if child:
        os.waitpid(child, 0)
    else:
        _report(writer, lambda: _live(confinement, allowance, writer))


def _live(confinement: Confinement, allowance: Allowance, writer: int) -> None:
    confinement.enter(allowance)
    confinement.give_up(allowance)
    for path in (*allowance.view.readable, allowance.scratch):
        os.close(os.open(path, os.O_RDONLY))
    os.write(writer, HOLDS.encode())
