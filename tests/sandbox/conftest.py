"""Strict isolation is Linux's; elsewhere its tests are not collected, since its modules cannot be imported."""

import sys

collect_ignore = [] if sys.platform == "linux" else ["test_attacks.py", "test_layers.py", "test_strict.py"]
