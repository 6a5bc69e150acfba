"""Makes a user namespace of its own, to be root in it."""

import ctypes
import os

STOPPED_BY = ["seccomp", "user"]


def call(number, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) for a in arguments])
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def slope(x):
    print("tried")
    number = {"x86_64": 272, "aarch64": 97}[os.uname().machine]
    call(number, 0x10000000)
    print("mark")
