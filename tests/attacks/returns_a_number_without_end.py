"""Returns a whole number that no float can hold, so that whoever compares it fails."""

STATUS = "wrong"


def slope(x):
    print("tried")
    return 10**4000


def square_and_slope(x):
    return 10**4000, [10**4000]
