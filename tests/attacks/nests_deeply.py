"""Returns a list that is nested a hundred thousand deep."""


def slope(x):
    print("tried")
    nested = []
    for _ in range(10**5):
        nested = [nested]
    return nested
