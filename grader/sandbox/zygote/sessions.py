"""What is forked from a zygote: a session that confines itself before it reads a byte of a student's."""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

from .. import wire
from ..guest.imports import be_the_main_program
from ..guest.serving import FileChannel, serve
from ..guest.submission import opening
from ..layers import Allowance, Confinement
from .rehearsal import requests

CHANNEL = 3
MOST_DESCRIPTORS = 1024  # a zygote has a dozen; the system's own limit may be a billion, which takes minutes to close
ROUNDS = 12
MOST_REASON = 500


@dataclass(frozen=True, slots=True)
class SessionTemplate:
    """What every session is forked from: how to confine it, and what it may have."""

    confinement: Confinement
    allowance: Allowance

    def live(self, descriptor: int) -> NoReturn:
        """Be a session: put on the confinement, say so, and serve."""
        try:
            os.setsid()  # a signal to its own group reaches nobody else
            os.dup2(descriptor, CHANNEL)
            kept = max(CHANNEL, self.allowance.ruleset)
            os.closerange(CHANNEL + 1, kept)
            os.closerange(kept + 1, MOST_DESCRIPTORS)
            channel = FileChannel(os.fdopen(CHANNEL, "rb"), os.fdopen(os.dup(CHANNEL), "wb"))
            order = channel.receive()
            try:
                self._confine(order)
            except OSError as error:
                channel.write(wire.frame({"is": "fault", "reason": str(error)}))
            else:
                channel.write(wire.frame({"is": "ready"}))
                be_the_main_program()
                serve(channel, opening)
        finally:
            os._exit(0)

    def _confine(self, order: dict[str, Any]) -> None:
        """Enter the session's place, lay out the support files, and give up every right. Raises OSError."""
        self.confinement.enter(self.allowance)
        for name, data in order["support"].items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(data.tobytes())
        limits = {name: order[name] for name in ("memory_mb", "cpu_seconds")}
        self.confinement.give_up(replace(self.allowance, **limits))


def load(modules: Iterable[str]) -> dict[str, str]:
    """Import modules, so that no session has to; those that cannot be, with the reason."""
    broken = {}
    for name in modules:
        try:
            importlib.import_module(name)
        except Exception as error:
            broken[name] = f"it cannot be imported: {type(error).__name__}: {error}"[:MOST_REASON]
    # It looks for libraries in /proc, which no session has, unless it believes that there is none.
    if hasattr(sys.modules.get("threadpoolctl"), "_HAS_PROCFS"):
        sys.modules["threadpoolctl"]._HAS_PROCFS = False  # type: ignore[attr-defined]
    return broken


def warm_up() -> None:
    """Be a session that is asked for everything, over and over, and leave nothing of it behind.

    What a fork finds imported, compiled, cached and settled, it need not do. The interpreter adapts its code to what
    it meets only after a while, and a fork pays for every page that it is the first to write to.
    """
    finders = sys.meta_path[:]
    frames = b"".join(map(wire.frame, requests()))
    for _ in range(ROUNDS):
        serve(FileChannel(io.BytesIO(frames), io.BytesIO()), opening)
    sys.meta_path[:] = finders
