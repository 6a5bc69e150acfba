"""Computes in one call of C, which no signal handler of Python interrupts."""

STATUS = "timed_out"
EARNS = 1


def slope(x):
    return 3 ** (10**9)


def square_and_slope(x):
    return x * x, [2 * x]
