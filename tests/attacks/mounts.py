"""Mounts a file system, as root of namespaces of its own."""

import ctypes
import os

STOPPED_BY = ["seccomp", "landlock", "user"]


def call(number, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) for a in arguments])
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def slope(x):
    print("tried")
    unshare, mount = {"x86_64": (272, 165), "aarch64": (97, 40)}[os.uname().machine]
    call(unshare, 0x10000000 | 0x00020000)
    kind = ctypes.create_string_buffer(b"tmpfs")
    place = ctypes.create_string_buffer(os.getcwd().encode())
    call(mount, ctypes.addressof(kind), ctypes.addressof(place), ctypes.addressof(kind), 0, 0)
    print("mark")
