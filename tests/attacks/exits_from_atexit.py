"""Leaves something to be run when the interpreter ends, then ends it."""

import atexit
import sys


def slope(x):
    atexit.register(lambda: open("../../written-by-an-attack", "w").write("mark"))
    print("tried")
    atexit._run_exitfuncs()
    sys.exit()
