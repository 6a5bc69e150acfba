"""A warm process that forks a confined one for each submission; run as a script, with nothing in its environment.

It knows no answers and no seed, and reads no byte of a student's. Its parent speaks to it over a socket that it gets
as standard input, a JSON object per message:

    (first)  layers, scratch, packages        → held, refused
    do start (with a socket)                  → started; the new process says the rest over that socket
    do end   patience                         → ended, by_itself or not, its code (a signal as a negative number), and
                                                the seconds of processor time that it took

When the socket closes it ends, and everything that descends from it with it.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

HERE = Path(__file__).resolve().parent
LARGEST_MESSAGE = 65536
CHANNEL = 3
MOST_DESCRIPTORS = 1024  # a zygote has a dozen; the system's own limit may be a billion, which takes minutes to close


def load_file(name: str, path: Path) -> Any:
    """A module or package from its file alone, without the package that it belongs to."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def take_over_standard_files() -> socket.socket:
    """The socket to the parent moves to a private number; what was 0, 1 and 2 becomes nothing to read or see."""
    control = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    os.close(nothing)
    return control


def be_first_to_go() -> None:
    """Where memory runs out, this process and what it forks are better ended than anything else."""
    try:
        Path("/proc/self/oom_score_adj").write_text("900")
    except OSError:
        return


@contextmanager
def forks_unnoticed() -> Iterator[None]:
    """Modules that are imported meanwhile do nothing when this process forks.

    `random` would seed itself and `threading` put its locks in order: here there is one thread, and every call is
    seeded. It would be most of what a fork costs.
    """
    register, os.register_at_fork = os.register_at_fork, lambda **_: None
    try:
        yield
    finally:
        os.register_at_fork = register


@dataclass(frozen=True, slots=True)
class Mould:
    """What every session is forked from: how to confine it, what it may have, and the code that it runs.

    kept_out: names of packages that are installed but not to be imported.
    """

    confinement: Any
    allowance: Any
    child: Any
    kept_out: frozenset[str]


class Zygote:
    """One confined process at a time, on request."""

    def __init__(self, control: socket.socket, mould: Mould) -> None:
        """Take what a session is forked from."""
        self.control, self.mould = control, mould
        self.session = 0

    def serve(self) -> None:
        """Answer the parent until it hangs up."""
        while True:
            message, descriptors, _, _ = socket.recv_fds(self.control, LARGEST_MESSAGE, 1)
            if not message:
                return
            request = json.loads(message)
            answer = self.start(descriptors[0]) if request["do"] == "start" else self.end(request["patience"])
            self.control.send(json.dumps(answer).encode())

    def start(self, channel: int) -> dict[str, Any]:
        """Fork the next session."""
        try:
            self.session = self.mould.confinement.fork()
        except OSError as error:
            return {"fault": f"no process could be forked: {error}"}
        if self.session == 0:
            live(channel, self.mould)
        os.close(channel)
        return {"is": "started"}

    def end(self, patience: float) -> dict[str, Any]:
        """Wait for the session's own end as long as patience lasts, in seconds, then end it."""
        deadline = time.monotonic() + patience
        by_itself, status, usage = os.wait4(self.session, os.WNOHANG)
        while not by_itself and time.monotonic() < deadline:
            time.sleep(0.001)
            by_itself, status, usage = os.wait4(self.session, os.WNOHANG)
        if not by_itself:
            os.kill(self.session, signal.SIGKILL)
            _, status, usage = os.wait4(self.session, 0)
        code, seconds = os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime
        return {"is": "ended", "code": code, "by_itself": bool(by_itself), "seconds": seconds}


def live(descriptor: int, mould: Mould) -> NoReturn:
    """Be a session: put on the confinement, say so, and serve."""
    try:
        os.setsid()  # a signal to its own group reaches nobody else
        os.dup2(descriptor, CHANNEL)
        kept = max(CHANNEL, mould.allowance.ruleset)
        os.closerange(CHANNEL + 1, kept)
        os.closerange(kept + 1, MOST_DESCRIPTORS)
        channel = mould.child.Channel(os.fdopen(CHANNEL, "rb"), os.fdopen(os.dup(CHANNEL), "wb"))
        order = channel.receive()
        try:
            confine(mould, order)
        except OSError as error:
            channel.send({"is": "fault", "reason": str(error)})
        else:
            channel.send({"is": "ready"})
            mould.child.serve_as_main(channel, mould.kept_out)
    finally:
        os._exit(0)


def confine(mould: Mould, order: dict[str, Any]) -> None:
    """Enter the session's place, lay out the support files, and give up every right. Raises OSError."""
    mould.confinement.enter(mould.allowance)
    for name, data in order["support"].items():
        Path(name).write_bytes(data.tobytes())
    limits = {name: order[name] for name in ("memory_mb", "cpu_seconds")}
    mould.confinement.give_up(replace(mould.allowance, **limits))


def prepared(control: socket.socket, plan: dict[str, Any]) -> Zygote:
    """Find out what holds here, settle, load and warm everything, and say so."""
    layers = load_file("_grader_layers", HERE.parent / "layers" / "__init__.py")
    allowance = layers.Allowance(layers.view_of_libraries(plan["packages"]), plan["scratch"])
    held, refused = layers.detect(plan["layers"], allowance)
    confinement = layers.Confinement(held)
    confinement.settle(allowance)
    sys.path.extend(plan["packages"])
    with forks_unnoticed():
        child = load_file("_grader_child", HERE.parent / "guest" / "child.py")
        load_file("_grader_warming", HERE / "warming.py").warm_up(child)
    kept_out = layers.hidden_packages(plan["packages"]) | frozenset(child.OURS)
    allowance = layers.Allowance(layers.view_of_libraries(plan["packages"]), plan["scratch"])
    allowance = confinement.enclose(allowance)
    gc.collect()
    gc.freeze()
    control.send(json.dumps({"held": held, "refused": refused}).encode())
    return Zygote(control, Mould(confinement, allowance, child, kept_out))


def main() -> None:
    """Prepare once, then serve; a failure to prepare is told to the parent."""
    control = take_over_standard_files()
    os.umask(0o022)
    be_first_to_go()
    plan = json.loads(control.recv(LARGEST_MESSAGE))
    home = Path(plan["scratch"]).parent
    beside = os.open(home.parent, os.O_PATH)
    try:
        zygote = prepared(control, plan)
    except Exception as error:
        with suppress(OSError):  # nobody may be there any more to hear it
            control.send(json.dumps({"fault": f"{type(error).__name__}: {error}"}).encode())
    else:
        with suppress(OSError):
            zygote.serve()
    shutil.rmtree(home.name, ignore_errors=True, dir_fd=beside)  # the parent may not be there any more to do it


if __name__ == "__main__":
    main()
