"""Parquet, for those who go on with other tools; needs pyarrow, which is not part of the project."""

from __future__ import annotations

import io

from ...model import GraderError
from ..frames import Frames
from ..options import Choices


def exercises(tables: Frames, choices: Choices) -> bytes:
    """A row per submission and exercise. Raises GraderError where pyarrow is not installed."""
    file = io.BytesIO()
    try:
        tables.exercises.to_parquet(file, index=False)
    except ImportError as error:
        raise GraderError("parquet needs pyarrow, which is not installed here: pip install pyarrow") from error
    return file.getvalue()
