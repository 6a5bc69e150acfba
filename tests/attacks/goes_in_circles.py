"""Defines each function by the other one, hoping that a replaced helper does the work."""


def slope(x):
    print("tried")
    return square_and_slope(x)[1][0]


def square_and_slope(x):
    return x * x, [slope(x)]
