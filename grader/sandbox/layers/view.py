"""What of the file system a confined process may read: the interpreter, the libraries and a few devices."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")
LINKER_CACHE = "/etc/ld.so.cache"
# Where packages are installed: the solutions may be among them, and whatever else would do the exercise.
PACKAGE_FOLDERS = ("site-packages", "dist-packages")


@dataclass(frozen=True, slots=True)
class View:
    """Paths that may be read with all that is beneath them, but for the folders that are hidden."""

    readable: tuple[str, ...]
    hidden: tuple[str, ...]

    def entries(self) -> Iterator[str]:
        """The readable paths, where a folder that holds a hidden one stands as what else it holds."""
        for path in self.readable:
            yield from self._shown(Path(path))

    def _shown(self, path: Path) -> Iterator[str]:
        if any(Path(folder).is_relative_to(path) for folder in self.hidden):
            for entry in path.iterdir():
                if str(entry) not in self.hidden:
                    yield from self._shown(entry)
        else:
            yield str(path)


def view_of_libraries(packages: Iterable[str]) -> View:
    """What this interpreter needs, as things stand: to be taken when everything is loaded.

    packages: files and folders of installed packages, to be shown besides; of the folders that they lie in, none is.
    """
    standard = [entry for entry in sys.path if Path(entry).is_dir()]
    folders = [path for path in _outermost([*standard, *_system_folders()]) if Path(path).is_dir()]
    shown = [*folders, *packages]
    files = [path for path in (*_mapped_files(), LINKER_CACHE, *DEVICES) if Path(path).exists()]
    hidden = (str(Path(folder, name)) for folder in standard for name in PACKAGE_FOLDERS)
    return View(
        (*shown, *(path for path in files if not _is_within(path, shown))),
        tuple(path for path in hidden if Path(path).is_dir()),
    )


def _outermost(folders: Iterable[str]) -> list[str]:
    """The folders without those that lie within another one."""
    kept: list[str] = []
    for path in sorted(folders, key=len):
        if not _is_within(path, kept):
            kept.append(path)
    return kept


def _is_within(path: str, folders: Iterable[str]) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)


def _system_folders() -> list[str]:
    multiarch = sysconfig.get_config_var("MULTIARCH") or getattr(sys.implementation, "_multiarch", "")
    folders = [f"/usr/lib/{multiarch}", f"/lib/{multiarch}"] if multiarch else []
    real = {str(Path(folder).resolve()) for folder in [*folders, "/usr/lib64", "/lib64"] if Path(folder).is_dir()}
    return sorted(real)


def _mapped_files() -> list[str]:
    lines = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines()
    paths = {line.split(maxsplit=5)[5] for line in lines if "/" in line}
    return sorted(path for path in paths if ".so" in Path(path).name)
