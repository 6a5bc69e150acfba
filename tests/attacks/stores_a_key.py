"""Stores a key in the kernel, for another submission to find."""

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
    number = {"x86_64": 248, "aarch64": 217}[os.uname().machine]
    texts = [ctypes.create_string_buffer(text) for text in (b"user", b"from-an-attack", b"answer")]
    kind, name, payload = (ctypes.addressof(text) for text in texts)
    call(number, kind, name, payload, 6, -3)
    print("mark")
