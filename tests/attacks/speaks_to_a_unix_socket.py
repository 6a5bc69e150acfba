"""Connects to a unix socket in the file system, as a container's engine has one."""

import socket

STOPPED_BY = ["mount", "seccomp", "uid"]


def slope(x):
    print("tried")
    socket.socket(socket.AF_UNIX).connect("../../class/socket")
    print("mark")
