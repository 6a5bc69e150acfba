"""Runs a command as on another host: `python hosts.py refusal… -- command…`.

Refusals, in the order in which they are applied: `host` (an outer sandbox, from which nothing of this host is
reached), `home` (none: root's home, where the interpreter may be, can be passed through), `user` (no new user
namespaces, by sysctl), `root` (an ordinary user), `namespaces` (none at all, by a filter as containers have it),
`landlock` and `seccomp` (no such call, as on an old kernel).
"""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import struct
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from grader.sandbox.layers import linux, namespaces, seccomp

SOMEBODY = 12345
EVERYBODY = "0 0 4294967295"
NAMESPACE_CALLS = {"x86_64": (272, 308, 165, 166, 155), "aarch64": (97, 268, 40, 39, 41)}
CLONE = {"x86_64": 56, "aarch64": 220}
CLONE3 = 435
LANDLOCK_CALLS = (444, 445, 446)
SECCOMP_CALL = {"x86_64": 317, "aarch64": 277}
PRCTL = {"x86_64": 157, "aarch64": 167}
NEW_NAMESPACES = 0x7E020000
SET_INTERFACE_FLAGS, UP = 0x8914, 1


def let_pass_through_home() -> None:
    """Put a folder that anyone may pass through in the place of root's home, with the interpreter in it."""
    kept = [path for path in {Path(sys.base_prefix), Path(sys.prefix)} if path.is_relative_to("/root")]
    linux.unshare(linux.CLONE_NEWNS)
    linux.mount("none", "/", "", linux.MS_REC | linux.MS_PRIVATE)
    handles = {path: os.open(path, os.O_PATH) for path in kept}
    linux.mount("none", "/root", "tmpfs", 0, "mode=0755")
    for path, handle in handles.items():
        path.mkdir(parents=True)
        linux.mount(f"/proc/self/fd/{handle}", str(path), "", linux.MS_BIND)


def refuse_user_namespaces() -> None:
    """Go on in a user namespace where everybody is who they are and which allows no further one."""
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        ours.close()
        _map_everybody(os.getppid(), theirs)
    theirs.close()
    linux.unshare(linux.CLONE_NEWUSER)
    ours.send(b"!")
    if not ours.recv(1):
        raise PermissionError("not allowed to map users")
    os.wait()
    Path("/proc/sys/user/max_user_namespaces").write_text("0")


def _map_everybody(process: int, its: socket.socket) -> NoReturn:
    """From outside of its user namespace, and once it has one, let a process be whoever it is."""
    with suppress(OSError):
        if its.recv(1):
            for kind in ("uid_map", "gid_map"):
                Path(f"/proc/{process}/{kind}").write_text(EVERYBODY)
            its.send(b"!")
    os._exit(0)


def become_somebody() -> None:
    """Become an ordinary user."""
    os.setgroups([])
    os.setresgid(SOMEBODY, SOMEBODY, SOMEBODY)
    os.setresuid(SOMEBODY, SOMEBODY, SOMEBODY)
    os.environ["HOME"] = "/nonexistent"


def refuse_calls(calls: Iterable[int], number: int = errno.EPERM) -> None:
    """Let some system calls fail from now on; programs that are run inherit it."""
    refuse = 0x00050000 | number
    tests = [step for call in calls for step in ((seccomp.JUMP_IF_EQUAL, 0, 1, call), (seccomp.RETURN, 0, 0, refuse))]
    install([(seccomp.LOAD, 0, 0, 0), *tests, (seccomp.RETURN, 0, 0, seccomp.ALLOW)])


def refuse_namespaces() -> None:
    """No new namespaces and no mounts, by the filter that containers use."""
    refuse_calls([CLONE3], errno.ENOSYS)
    refuse_calls(NAMESPACE_CALLS[linux.MACHINE])
    install(
        [
            (seccomp.LOAD, 0, 0, 0),
            (seccomp.JUMP_IF_EQUAL, 0, 3, CLONE[linux.MACHINE]),
            (seccomp.LOAD, 0, 0, seccomp.ARGUMENTS_AT),
            (seccomp.JUMP_IF_ANY_BIT, 0, 1, NEW_NAMESPACES),
            (seccomp.RETURN, 0, 0, seccomp.REFUSE),
            (seccomp.RETURN, 0, 0, seccomp.ALLOW),
        ]
    )


def refuse_filters() -> None:
    """No further seccomp filter: neither by its own call nor by prctl."""
    refuse_calls([SECCOMP_CALL[linux.MACHINE]])
    install(
        [
            (seccomp.LOAD, 0, 0, 0),
            (seccomp.JUMP_IF_EQUAL, 0, 3, PRCTL[linux.MACHINE]),
            (seccomp.LOAD, 0, 0, seccomp.ARGUMENTS_AT),
            (seccomp.JUMP_IF_EQUAL, 0, 1, seccomp.PR_SET_SECCOMP),
            (seccomp.RETURN, 0, 0, seccomp.REFUSE),
            (seccomp.RETURN, 0, 0, seccomp.ALLOW),
        ]
    )


def install(instructions: list[seccomp.Instruction]) -> None:
    """Put this process and all that it runs under one more filter."""
    linux.forbid_new_privileges()
    seccomp.load(seccomp.pack(instructions))


def hide_the_host() -> None:
    """Everything that follows happens in namespaces of its own, with a loopback that is up, and ends with them."""
    namespaces.gain_power()
    linux.unshare(linux.CLONE_NEWNET | linux.CLONE_NEWIPC | linux.CLONE_NEWUTS)
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SET_INTERFACE_FLAGS, struct.pack("16sH22x", b"lo", UP))
    namespaces.become_first()
    linux.mount("none", "/proc", "proc", 0)


REFUSALS: dict[str, Callable[[], None]] = {
    "host": hide_the_host,
    "home": let_pass_through_home,
    "user": refuse_user_namespaces,
    "root": become_somebody,
    "namespaces": refuse_namespaces,
    "landlock": lambda: refuse_calls(LANDLOCK_CALLS, errno.ENOSYS),
    "seccomp": refuse_filters,
}


def main() -> None:
    """Apply the refusals and become the command."""
    cut = sys.argv.index("--")
    wanted = sys.argv[1:cut]
    for name, refuse in REFUSALS.items():
        if name in wanted:
            refuse()
    command = sys.argv[cut + 1 :]
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
