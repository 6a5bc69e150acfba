"""Makes memory that is shared across processes and outlives them."""

import ctypes
import os

STOPPED_BY = ["seccomp"]


def call(number, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) for a in arguments])
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def slope(x):
    print("tried")
    number = {"x86_64": 29, "aarch64": 194}[os.uname().machine]
    call(number, 0, 4096, 0o1600)
    print("mark")
