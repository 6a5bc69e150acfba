"""Downloads laid out as a folder or as an archive."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path


def lay_out(path: Path, files: Mapping[str, bytes | str], as_zip: bool = False) -> Path:
    """Writes files below the path, or into an archive beside it, and returns what was written."""
    if as_zip:
        path = path.with_name(f"{path.name}.zip")
        path.write_bytes(zipped(files))
        return path
    for name, content in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """An archive of these files, all of one time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 5, 4, 12, 0, 0)), content)
    return buffer.getvalue()
