"""Reads the memory of the process that it was forked from, where the addresses are its own."""

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
    number = {"x86_64": 310, "aarch64": 270}[os.uname().machine]
    here, there = ctypes.create_string_buffer(8), id(os)
    local = (ctypes.c_size_t * 2)(ctypes.addressof(here), 8)
    remote = (ctypes.c_size_t * 2)(there, 8)
    call(number, os.getppid(), ctypes.addressof(local), 1, ctypes.addressof(remote), 1, 0)
    print("mark")
