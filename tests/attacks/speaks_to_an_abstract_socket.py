"""Connects to an abstract unix socket that somebody else listens on."""

import socket

STOPPED_BY = ["net", "seccomp", "landlock"]


def slope(x):
    print("tried")
    socket.socket(socket.AF_UNIX).connect("\0grader-attack-suite")
    print("mark")
