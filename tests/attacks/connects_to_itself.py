"""Opens a TCP server on the loopback and connects to it."""

import socket

STOPPED_BY = ["net", "seccomp", "landlock"]


def slope(x):
    print("tried")
    server = socket.create_server(("127.0.0.1", 0))
    socket.create_connection(server.getsockname(), timeout=1)
    print("mark")
