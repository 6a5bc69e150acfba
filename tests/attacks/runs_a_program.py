"""Runs a shell."""

import subprocess

STOPPED_BY = ["seccomp", "rlimits", "mount", "landlock"]


def slope(x):
    print("tried")
    subprocess.run(["/bin/sh", "-c", "true"], check=True)
    print("mark")
