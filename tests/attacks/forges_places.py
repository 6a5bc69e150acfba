"""Says that it raised at a place that is none, so that whoever writes it down fails: that would not be a zero."""

import os
import sys

STATUS = "crashed"
EARNS = 1


def slope(x):
    frame = sys._getframe()
    while "number" not in frame.f_locals:
        frame = frame.f_back
    number = frame.f_locals["number"]
    said = f'"is":"raised","n":{number},"error":"E","message":"","place":[1e999,1]'
    text = ("{" + said + "}").encode()
    print("tried")
    os.write(3, len(text).to_bytes(4, "big") + bytes(4) + text)


def square_and_slope(x):
    return x * x, [2 * x]
