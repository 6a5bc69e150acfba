"""Recurses through C until the stack is used up."""

import sys

STATUS = "crashed"
EARNS = 1


def slope(x):
    sys.setrecursionlimit(10**9)
    return deeper(None)


def deeper(_):
    return list(map(deeper, [None]))


def square_and_slope(x):
    return x * x, [2 * x]
