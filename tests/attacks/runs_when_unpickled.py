"""Returns an object that would run a command wherever it is unpickled."""

import os


class Command:
    def __reduce__(self):
        return os.system, ("echo mark > ../../written-by-an-attack",)


def slope(x):
    print("tried")
    return Command()
