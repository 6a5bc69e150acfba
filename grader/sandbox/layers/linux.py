"""The Linux calls that confine a process and that Python's standard library does not have.

Imports nothing of grader and only the standard library, like everything in this package: it is loaded by file path
into the process that student code is forked from.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import struct

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY = 1
MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_REMOUNT = 32
MS_BIND = 4096
MS_REC = 16384
MS_PRIVATE = 1 << 18
MNT_DETACH = 2

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_CAPBSET_DROP = 24
PR_SET_SECUREBITS = 28
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4

CAPABILITY_VERSION_3 = 0x20080522
# SECBIT_NOROOT, SECBIT_NO_SETUID_FIXUP and SECBIT_NO_CAP_AMBIENT_RAISE, each with its lock.
SECURE_BITS = 0b11001111

MACHINE = platform.machine()
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
CAPSET = {"x86_64": 126, "aarch64": 91}

NOTHING = (0,) * 6

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.argtypes = (ctypes.c_long,) * 7
_libc.prctl.argtypes = (ctypes.c_int, *(ctypes.c_ulong,) * 4)


def check(result: int, what: str) -> int:
    """The result of a call. Raises OSError, naming the call, where it is negative."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(what: str, number: int, *arguments: int) -> int:
    """A system call by its number, with numbers and addresses. Raises OSError where the kernel refuses."""
    return check(_libc.syscall(number, *arguments, *NOTHING[len(arguments) :]), what)


def address(data: bytes) -> int:
    """Where the bytes lie, for as long as the caller keeps them."""
    return ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p).value or 0


def prctl(what: str, option: int, *arguments: int) -> int:
    """An operation on this process. Raises OSError where the kernel refuses."""
    return check(_libc.prctl(option, *arguments, *NOTHING[len(arguments) + 2 :]), what)


def unshare(flags: int) -> None:
    """Leave namespaces for fresh ones. Raises OSError where the host refuses."""
    check(_libc.unshare(flags), "unshare")


def set_namespace(descriptor: int, kind: int) -> None:
    """Enter the namespace that the descriptor stands for. Raises OSError where the host refuses."""
    check(_libc.setns(descriptor, kind), "setns")


def mount(source: str, target: str, kind: str, flags: int, data: str = "") -> None:
    """Mount a file system. Raises OSError where the host refuses."""
    arguments = source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), data.encode()
    check(_libc.mount(*arguments), f"mount {target}")


def unmount(target: str) -> None:
    """Take a file system out of sight, whoever still uses it. Raises OSError where the host refuses."""
    check(_libc.umount2(target.encode(), MNT_DETACH), f"umount {target}")


def pivot_root(new_root: str, put_old: str) -> None:
    """Change the root of this mount namespace. Raises OSError where the host refuses."""
    new, old = new_root.encode(), put_old.encode()
    syscall("pivot_root", PIVOT_ROOT[MACHINE], address(new), address(old))


def drop_capabilities() -> None:
    """Give up every capability, and every way to one: bounding and ambient sets, root's and setuid's magic.

    Raises OSError where the kernel refuses.
    """
    # Refused to an ordinary user, who has nothing to lose; and past the last capability that the kernel knows.
    capability = 0
    while _libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0:
        capability += 1
    with contextlib.suppress(PermissionError):
        prctl("securebits", PR_SET_SECUREBITS, SECURE_BITS)
    prctl("ambient capabilities", PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header, none = struct.pack("=Ii", CAPABILITY_VERSION_3, 0), bytes(24)
    syscall("capset", CAPSET[MACHINE], address(header), address(none))


def forbid_dumps() -> None:
    """Leave no image of this process's memory when it crashes, by whatever program the host has for that."""
    prctl("dumpable", PR_SET_DUMPABLE, 0)


def forbid_new_privileges() -> None:
    """Let no program that is run ever raise this process's privileges. Raises OSError where the kernel refuses."""
    prctl("no_new_privs", PR_SET_NO_NEW_PRIVS, 1)
