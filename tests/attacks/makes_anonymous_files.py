"""Makes files in memory that no limit of the address space counts."""

import os

STOPPED_BY = ["seccomp"]


def slope(x):
    print("tried")
    os.memfd_create("hoard")
    print("mark")
