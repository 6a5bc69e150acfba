"""A warm process that forks a confined one for each submission; started with nothing in its environment.

It knows no answers and no seed, and reads no byte of a student's. Its parent speaks to it over a socket that it gets
as standard input, a JSON object per message:

    (first)  layers, scratch, packages,       → held, refused, and of the packages those that are absent, and those
             ahead, folders                     that are not shown, with the reason
    do start (with a socket)                  → started; the new process says the rest over that socket
    do end   patience                         → ended, by_itself or not, its code (a signal as a negative number), and
                                                the seconds of processor time that it took

When the socket closes it ends, and everything that descends from it with it.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..layers import Allowance, Confinement, detect, view_of_libraries
from ..packages import PackageFinder, found

if TYPE_CHECKING:
    from .sessions import SessionTemplate

LARGEST_MESSAGE = 65536


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


def prepared(control: socket.socket, plan: dict[str, Any]) -> Zygote:
    """Find out what holds here, settle, load and warm everything, and say so."""
    shown = found(plan["packages"], plan["folders"])
    allowance = Allowance(view_of_libraries(shown.readable()), plan["scratch"])
    held, refused = detect(plan["layers"], allowance)
    confinement = Confinement(held)
    confinement.settle(allowance)
    sys.meta_path.append(PackageFinder(shown))
    # NumPy is loaded here, after the zygote has become the process that it stays, and before it can read nothing more.
    with forks_unnoticed():
        from . import sessions  # noqa: PLC0415 - see above

        broken = sessions.load(name for name in plan["ahead"] if name.partition(".")[0] in shown.modules)
        sessions.warm_up()
    # Taken anew: by now it is known which libraries the packages have loaded from where.
    allowance = confinement.enclose(Allowance(view_of_libraries(shown.readable()), plan["scratch"]))
    # What is collected in a session would be written to, and a page that is written to is copied.
    gc.collect()
    gc.freeze()
    said = {"held": held, "refused": refused, "absent": shown.absent, "not_shown": {**shown.refused, **broken}}
    control.send(json.dumps(said).encode())
    return Zygote(control, sessions.SessionTemplate(confinement, allowance))


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


class Zygote:
    """One confined process at a time, on request."""

    def __init__(self, control: socket.socket, template: SessionTemplate) -> None:
        self.control, self.template = control, template
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
            self.session = self.template.confinement.fork()
        except OSError as error:
            return {"fault": f"no process could be forked: {error}"}
        if self.session == 0:
            self.template.live(channel)
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
