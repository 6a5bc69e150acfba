"""Writes one file that is larger than allowed."""

STOPPED_BY = ["rlimits", "mount", "landlock", "uid"]


def slope(x):
    print("tried")
    with open("large", "wb") as file:
        file.truncate(2**40)
    print("mark")
