"""Loads a program or a map into the kernel."""

import ctypes
import os

STOPPED_BY = ["seccomp", "capabilities", "uid", "user", "rlimits"]


def call(number, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) for a in arguments])
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def slope(x):
    print("tried")
    number = {"x86_64": 321, "aarch64": 280}[os.uname().machine]
    attributes = ctypes.create_string_buffer(bytes([2, 0, 0, 0, 4, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0]), 72)
    call(number, 0, ctypes.addressof(attributes), 72)
    print("mark")
