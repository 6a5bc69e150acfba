"""Says that it printed arrays of many axes, which take long to be made into a text."""

import sys

STATUS = "crashed"
EARNS = 1


def slope(x):
    frame = sys._getframe()
    while "number" not in frame.f_locals:
        frame = frame.f_back
    number = frame.f_locals["number"]
    arrays = ",".join(['{"|b1":[1000' + ",1" * 31 + "]}"] * 2000)
    said = f'"is":"returned","n":{number},"value":0.5,"changed":[],"printed":[{arrays}]'
    text, blob = ("{" + said + "}").encode(), bytes(2_000_000)
    print("tried")
    with open(3, "wb", closefd=False) as channel:
        channel.write(len(text).to_bytes(4, "big") + len(blob).to_bytes(4, "big") + text + blob)


def square_and_slope(x):
    return x * x, [2 * x]
