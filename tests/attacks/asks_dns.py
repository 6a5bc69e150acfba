"""Sends a datagram, as a question to a name server would be."""

import socket

STOPPED_BY = ["net", "seccomp"]


def slope(x):
    print("tried")
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"secret.example.org", ("127.0.0.1", 53))
    print("mark")
