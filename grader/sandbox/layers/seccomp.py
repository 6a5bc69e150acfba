"""A seccomp filter of our own: what CPython and NumPy need to compute is allowed, and nothing else.

The filter is a program for the kernel's classic BPF machine. It looks at the architecture, then finds the system
call's number by binary search among ranges of equal treatment, which keeps every path short.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from . import linux

PR_SET_SECCOMP = 22
MODE_FILTER = 2

ALLOW = 0x7FFF0000
KILL_PROCESS = 0x80000000
REFUSE = 0x00050000 | errno.EPERM
UNKNOWN = 0x00050000 | errno.ENOSYS
# From this number on, calls are new enough for the C library to have an older way; it looks for ENOSYS.
NEWER_CALLS = 424

LOAD = 0x20
JUMP_IF_EQUAL = 0x15
JUMP_IF_AT_LEAST = 0x35
JUMP_IF_ANY_BIT = 0x45
AND = 0x54
RETURN = 0x06
NUMBER_AT, ARCHITECTURE_AT, ARGUMENTS_AT = 0, 4, 16
X32_BIT = 0x40000000
INSTRUCTION = "=HBBI"

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# Allowed with any arguments: x86_64's number, aarch64's (None where that architecture never had the call).
CALLS: Mapping[str, tuple[int, int | None]] = {
    # files that are open, or that Landlock and the mount namespace let be opened
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67),
    "pwrite64": (18, 68), "lseek": (8, 62), "close": (3, 57), "close_range": (436, 436), "dup": (32, 23),
    "dup2": (33, None), "dup3": (292, 24), "pipe": (22, None), "pipe2": (293, 59),
    "stat": (4, None), "fstat": (5, 80), "lstat": (6, None), "newfstatat": (262, 79),
    "statx": (332, 291), "access": (21, None), "faccessat": (269, 48), "faccessat2": (439, 439),
    "readlink": (89, None), "readlinkat": (267, 78), "getcwd": (79, 17), "chdir": (80, 49), "fchdir": (81, 50),
    "getdents64": (217, 61), "mkdir": (83, None), "mkdirat": (258, 34), "rmdir": (84, None), "unlink": (87, None),
    "unlinkat": (263, 35), "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276),
    "ftruncate": (77, 46), "fsync": (74, 82), "fdatasync": (75, 83), "flock": (73, 32),
    "umask": (95, 166), "fadvise64": (221, 223), "poll": (7, None), "ppoll": (271, 73), "select": (23, None),
    "pselect6": (270, 72),
    # memory
    "mmap": (9, 222), "munmap": (11, 215), "mprotect": (10, 226), "mremap": (25, 216), "madvise": (28, 233),
    "brk": (12, 214), "msync": (26, 227), "futex": (202, 98), "membarrier": (324, 283), "rseq": (334, 293),
    "set_robust_list": (273, 99),
    # signals to itself, and timers
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "rt_sigpending": (127, 136),
    "rt_sigtimedwait": (128, 137), "rt_sigsuspend": (130, 133), "sigaltstack": (131, 132), "pause": (34, None),
    "restart_syscall": (219, 128), "alarm": (37, None), "getitimer": (36, 102), "setitimer": (38, 103),
    "nanosleep": (35, 101), "clock_nanosleep": (230, 115), "exit": (60, 93), "exit_group": (231, 94),
    # the time, itself and the machine
    "clock_gettime": (228, 113), "clock_getres": (229, 114), "gettimeofday": (96, 169), "time": (201, None),
    "times": (100, 153), "getrusage": (98, 165), "sysinfo": (99, 179), "uname": (63, 160), "getpid": (39, 172),
    "getppid": (110, 173), "gettid": (186, 178), "getpgrp": (111, None), "getpgid": (121, 155), "getuid": (102, 174),
    "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177), "getgroups": (115, 158),
    "getresuid": (118, 148), "getresgid": (120, 150), "getrlimit": (97, 163), "setrlimit": (160, 164),
    "getrandom": (318, 278), "sched_yield": (24, 124), "sched_getaffinity": (204, 123), "getcpu": (309, 168),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Only:
    """A call that is allowed only while one of its arguments (32 bits of it) is one of some values."""

    numbers: tuple[int, int]
    argument: int
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A call that opens a file by flags in one of its arguments; emptying a file that is only to be read is refused.

    Landlock rules over it from version 3 on alone.
    """

    numbers: tuple[int, int | None]
    argument: int


OPENING = {"open": Open((2, None), 1), "openat": Open((257, 56), 2)}
F_DUPFD_TO_SETLK = tuple(range(8))  # F_SETOWN and F_SETSIG, which follow, would send signals
F_DUPFD_CLOEXEC = 1030
TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX = 0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451


def guarded_calls(myself: int) -> dict[str, Only]:
    """Calls that are harmless with some arguments only; signals go to this very process, and limits are its own."""
    return {
        "fcntl": Only((72, 25), 1, (*F_DUPFD_TO_SETLK, F_DUPFD_CLOEXEC)),
        "ioctl": Only((16, 29), 1, (TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX)),
        "kill": Only((62, 129), 0, (myself,)),
        "tgkill": Only((234, 131), 0, (myself,)),
        "prlimit64": Only((302, 261), 0, (0,)),
    }


Instruction = tuple[int, int, int, int]
Rule = tuple[int, list[Instruction]]


def program(machine: str, myself: int) -> tuple[Instruction, ...]:
    """The filter for an architecture and for the process of that id.

    Raises OSError for an architecture that has no table.
    """
    if machine not in ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"no seccomp filter for {machine}")
    search = _search(_ranges(_treatments(machine, myself)))
    return (
        (LOAD, 0, 0, ARCHITECTURE_AT),
        (JUMP_IF_EQUAL, 1, 0, ARCHITECTURES[machine]),
        (RETURN, 0, 0, KILL_PROCESS),
        (LOAD, 0, 0, NUMBER_AT),
        (JUMP_IF_ANY_BIT, 0, 1, X32_BIT),
        (RETURN, 0, 0, KILL_PROCESS),
        *search,
    )


def _treatments(machine: str, myself: int) -> dict[int, list[Instruction]]:
    column = 0 if machine == "x86_64" else 1
    allowed = {numbers[column]: _verdict(ALLOW) for numbers in CALLS.values()}
    guarded = {only.numbers[column]: _guard(only) for only in guarded_calls(myself).values()}
    opening = {each.numbers[column]: _guard_open(each) for each in OPENING.values()}
    return {number: code for number, code in (allowed | guarded | opening).items() if number is not None}


def _verdict(action: int) -> list[Instruction]:
    return [(RETURN, 0, 0, action)]


def _guard(only: Only) -> list[Instruction]:
    count = len(only.values)
    tests = [(JUMP_IF_EQUAL, count - i, 0, value) for i, value in enumerate(only.values)]
    return [(LOAD, 0, 0, ARGUMENTS_AT + 8 * only.argument), *tests, *_verdict(REFUSE), *_verdict(ALLOW)]


def _guard_open(opening: Open) -> list[Instruction]:
    return [
        (LOAD, 0, 0, ARGUMENTS_AT + 8 * opening.argument),
        (JUMP_IF_ANY_BIT, 0, 3, os.O_TRUNC),
        (AND, 0, 0, os.O_ACCMODE),
        (JUMP_IF_EQUAL, 0, 1, os.O_RDONLY),
        *_verdict(REFUSE),
        *_verdict(ALLOW),
    ]


def _ranges(treatments: Mapping[int, list[Instruction]]) -> list[Rule]:
    """Every number's treatment as [first number, code], neighbours of equal treatment as one."""
    rules: list[Rule] = [(0, _verdict(REFUSE))]
    for number in range(max(*treatments, NEWER_CALLS) + 2):
        otherwise = REFUSE if number < NEWER_CALLS else UNKNOWN
        code = treatments.get(number, _verdict(otherwise))
        if code != rules[-1][1]:
            rules.append((number, code))
    return rules


def _search(rules: Sequence[Rule]) -> list[Instruction]:
    if len(rules) == 1:
        return rules[0][1]
    middle = len(rules) // 2
    below, above = _search(rules[:middle]), _search(rules[middle:])
    return [(JUMP_IF_AT_LEAST, len(below), 0, rules[middle][0]), *below, *above]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


@cache  # a zygote makes it once for all that it forks as the first of a pid namespace
def packed(machine: str, myself: int) -> bytes:
    """The filter as the kernel reads it. Raises OSError for an architecture that has no table."""
    return pack(program(machine, myself))


def pack(instructions: Sequence[Instruction]) -> bytes:
    """Instructions as the kernel reads them."""
    return b"".join(struct.pack(INSTRUCTION, *instruction) for instruction in instructions)


def install() -> None:
    """Put this process under the filter for good. Raises OSError where the kernel refuses."""
    load(packed(linux.MACHINE, os.getpid()))


def load(code: bytes) -> None:
    """Put this process under a filter of packed instructions. Raises OSError where the kernel refuses."""
    whole = _Program(len(code) // struct.calcsize(INSTRUCTION), code)
    linux.prctl("seccomp", PR_SET_SECCOMP, MODE_FILTER, ctypes.addressof(whole))
