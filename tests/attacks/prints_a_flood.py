"""Prints fifty megabytes."""


def slope(x):
    print("tried")
    for _ in range(50):
        print("x" * 2**20)
