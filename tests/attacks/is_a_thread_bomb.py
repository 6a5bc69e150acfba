"""Starts threads as often as it can, up to forty."""

import threading
import time

STOPPED_BY = ["seccomp", "rlimits"]


def slope(x):
    print("tried")
    for _ in range(40):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    print("mark")
