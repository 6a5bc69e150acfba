"""What installing the project alone brings along: how many packages, and how many megabytes.

    python benchmarks/install_size.py [SOURCE] [--small]

Makes a fresh virtual environment in a temporary folder, installs SOURCE (this checkout by default) into it as a
student would, and lists what came, largest first. The aim is 110 MB (10⁶ bytes) at most for what a check needs,
compiled files included. With `'.[grade]'` it is what a teacher installs.
--small installs nothing and lists the environment that it runs in, to see that it works.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AIM_MB = 110
SHOWN = 15


def main() -> None:
    """Print the packages and their sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="?", default=str(ROOT))
    parser.add_argument("--small", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = packages(Path(sys.prefix)) if options.small else installed(Path(folder), options.source)
    sizes = {name: size for name, (size, _) in found.items()}
    for name, size in Counter(sizes).most_common(SHOWN):
        print(f"{size / 1e6:8.1f} MB  {name}")
    whole = sum(size + compiled for size, compiled in found.values())
    print(f"{len(sizes)} packages, {sum(sizes.values()) / 1e6:.0f} MB as they come, {whole / 1e6:.0f} MB once compiled")
    print(f"the aim is {AIM_MB} MB at most")


def installed(folder: Path, source: str) -> dict[str, tuple[int, int]]:
    """Bytes of each package that pip installs for the source, pip itself apart: as it comes, and compiled files."""
    venv.create(folder, with_pip=True)
    python = next(path for path in (folder / "bin" / "python", folder / "Scripts" / "python.exe") if path.exists())
    before = packages(folder)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", source], check=True)
    return {name: size for name, size in packages(folder).items() if name not in before}


def packages(folder: Path) -> dict[str, tuple[int, int]]:
    """Bytes of every installed package by its own record of files, compiled ones counted apart."""
    return {path.name.partition("-")[0]: size_of(path) for path in folder.rglob("site-packages/*.dist-info")}


def size_of(info: Path) -> tuple[int, int]:
    """Bytes of the files that a package's record lists."""
    lines = (info / "RECORD").read_text(encoding="utf-8").splitlines()
    files = [info.parent / line.rsplit(",", 2)[0].strip('"') for line in lines]
    sizes = [(file.suffix == ".pyc", file.stat().st_size) for file in files if file.is_file()]
    return sum(size for is_compiled, size in sizes if not is_compiled), sum(
        size for is_compiled, size in sizes if is_compiled
    )


if __name__ == "__main__":
    main()
