"""Returns something of a type whose name is millions of letters long, so that every line about it is, too."""

import sys

STATUS = "crashed"
EARNS = 1


def slope(x):
    frame = sys._getframe()
    while "number" not in frame.f_locals:
        frame = frame.f_back
    number = frame.f_locals["number"]
    name = "A" * 4_000_000
    said = f'"is":"returned","n":{number},"value":{{"o":["{name}",null]}},"changed":[]'
    text = ("{" + said + "}").encode()
    print("tried")
    with open(3, "wb", closefd=False) as channel:
        channel.write(len(text).to_bytes(4, "big") + bytes(4) + text)


def square_and_slope(x):
    return x * x, [2 * x]
