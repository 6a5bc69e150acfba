"""Attaches to the process that it was forked from as a debugger would."""

import ctypes
import os

STOPPED_BY = ["pid", "seccomp", "landlock", "uid", "user", "capabilities"]


def call(number, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) for a in arguments])
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def slope(x):
    print("tried")
    number = {"x86_64": 101, "aarch64": 117}[os.uname().machine]
    seize = 0x4206
    call(number, seize, os.getppid(), 0, 0)
    print("mark")
