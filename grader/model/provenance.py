"""Where a grade comes from."""

from __future__ import annotations

VERSION = "0.1.0"
