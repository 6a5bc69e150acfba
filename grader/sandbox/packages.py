"""Which installed packages student code may import, and the files that are theirs.

A package is taken by its distribution's own record of files, and so is what it needs. Nothing else is shown of the
folder that they lie in: the reference may stand there, and whatever else would do the exercise. What is the grader's
own is refused, and what is installed as editable, since it has no such record.

Only the standard library is used, and nothing of grader: this is loaded by file beside student code.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

USUAL = ("numpy", "scipy")  # where an assignment names none
# They only show things, and are stood in for, whether they are installed or not.
DISPLAYS = frozenset({"IPython", "ipywidgets", "matplotlib", "mpl_toolkits", "plotly", "seaborn", "tqdm"})
PARTS = {"scipy": ("scipy.special", "scipy.linalg", "scipy.optimize")}  # which it does not import itself
OURS = frozenset({"grader", "reference", "assignments", "_grader"})
FOLDERS = frozenset({"site-packages", "dist-packages"})  # where a folder of a package's name is that package
_REQUIRED = re.compile(r"^Requires-Dist:\s*([\w.-]+)([^\n]*)", re.MULTILINE)
_RUNS_OF_SIGNS = re.compile(r"[-_.]+")


def wanted(allowed: Collection[str]) -> tuple[str, ...]:
    """The packages to look for: those that an assignment allows, else the usual ones; NumPy in any case.

    Python's own modules are none, and neither are those that stand for plots and the like.
    """
    names = (*USUAL[:1], *(allowed or USUAL))
    return tuple(dict.fromkeys(name for name in names if name not in sys.stdlib_module_names | DISPLAYS))


def imported_ahead(allowed: Collection[str]) -> tuple[str, ...]:
    """What is imported once for all submissions: these packages, and parts of one that is asked for by name."""
    return tuple(part for name in wanted(allowed) for part in (name, *(PARTS.get(name, ()) if allowed else ())))


@dataclass(frozen=True)
class Distribution:
    """Something that is installed: the folder that it lies in, and the one with what is recorded of it."""

    folder: str
    record: str

    @property
    def name(self) -> str:
        """As it is compared."""
        return normalized(Path(self.record).stem.partition("-")[0])

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Its files by their paths below the folder, metadata among them."""
        rows = csv.reader(self._text("RECORD").splitlines())
        return tuple(row[0] for row in rows if row and row[0] and not row[0].startswith(("..", "/")))

    @cached_property
    def whole(self) -> tuple[str, ...]:
        """Folders that are its own with all that is in them, where a system's package manager keeps the record."""
        if self.files or Path(self.folder).name not in FOLDERS:
            return ()
        named = [name for name in self._text("top_level.txt").split() if name.isidentifier() and name not in OURS]
        return tuple(name for name in named if Path(self.folder, name).is_dir())

    @cached_property
    def modules(self) -> dict[str, str]:
        """What can be imported at the top, and the file or folder of each."""
        tops = {path.partition("/")[0] for path in self.files if "/" in path}
        single = {path for path in self.files if "/" not in path and path.endswith((".py", ".so", ".pyd"))}
        names = {top.partition(".")[0]: top for top in single} | {top: top for top in tops.union(self.whole)}
        return {name: f"{self.folder}/{top}" for name, top in names.items() if name.isidentifier()}

    @cached_property
    def requires(self) -> tuple[str, ...]:
        """The names of the distributions that it needs, but for what only an extra of it does."""
        fields = (self._text("METADATA") or self._text("PKG-INFO")).partition("\n\n")[0]
        needed = (name for name, rest in _REQUIRED.findall(fields) if "extra" not in rest.partition(";")[2])
        return tuple(map(normalized, needed))

    @property
    def is_editable(self) -> bool:
        """Whether it is installed as a link to where somebody works on it."""
        try:
            said = json.loads(self._text("direct_url.json") or "{}")
            return bool(said.get("dir_info", {}).get("editable"))
        except (ValueError, AttributeError):
            return False

    def _text(self, name: str) -> str:
        try:
            return Path(self.record, name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""


def normalized(name: str) -> str:
    """A distribution's name as it is compared."""
    return _RUNS_OF_SIGNS.sub("-", name).lower()


class Installed:
    """The distributions in some folders; of two of one name that in the earlier folder."""

    def __init__(self, folders: Iterable[str]) -> None:
        self.by_name: dict[str, Distribution] = {}
        self._tops: set[str] = set()
        for folder in dict.fromkeys(folders):
            with suppress(OSError):
                for entry in sorted(Path(folder).iterdir()):
                    self._tops.add(entry.name.partition(".")[0])
                    if entry.suffix in (".dist-info", ".egg-info"):
                        each = Distribution(folder, str(entry))
                        self.by_name.setdefault(each.name, each)

    def owner(self, module: str) -> Distribution | None:
        """The distribution that a module is from: of the same name, mostly."""
        likely = self.by_name.get(normalized(module))
        if likely and (module in likely.modules or likely.is_editable):
            return likely
        # Reading what all of them record takes long.
        others = self.by_name.values() if module in self._tops else ()
        return next((each for each in others if module in each.modules), None)

    def needed(self, one: Distribution) -> Iterator[Distribution]:
        """What a distribution needs itself, as far as it is here and may be shown."""
        found = (self.by_name[name] for name in one.requires if name in self.by_name)
        return (each for each in found if not each.is_editable and OURS.isdisjoint(each.modules))


@dataclass(frozen=True)
class Packages:
    """What may be imported: some distributions and those that they need.

    absent: of the packages that were asked for, those that are not installed. refused: those that are, and why they
    may not be shown.
    """

    distributions: tuple[Distribution, ...]
    absent: tuple[str, ...]
    refused: Mapping[str, str]

    @cached_property
    def modules(self) -> dict[str, str]:
        """What can be imported at the top, and the file or folder of each."""
        return {name: place for each in reversed(self.distributions) for name, place in each.modules.items()}

    def readable(self) -> Iterator[str]:
        """Files and folders that hold nothing but what these distributions record."""
        listed = {f"{each.folder}/{path}" for each in self.distributions for path in each.files}
        for each in self.distributions:
            for top in sorted({path.partition("/")[0] for path in each.files}):
                place = f"{each.folder}/{top}"
                yield from _whole(place, listed) if Path(place).is_dir() else (place,)
            yield from (f"{each.folder}/{name}" for name in each.whole)
            if each.whole:
                yield each.record


def found(names: Collection[str], folders: Iterable[str]) -> Packages:
    """The packages of these names, and what they need, as they are installed in some folders."""
    here = Installed(folders)
    taken: dict[str, Distribution] = {}
    absent, refused = [], {}
    for name in names:
        owner = here.owner(name)
        if name in OURS:
            refused[name] = "it is the grader's own"
        elif owner is None:
            absent.append(name)
        elif owner.is_editable:
            refused[name] = "it is installed as editable, so that there is no record of its files"
        else:
            waiting = [owner]
            while waiting:
                one = waiting.pop()
                if one.name not in taken:
                    taken[one.name] = one
                    waiting += here.needed(one)
    return Packages(tuple(taken.values()), tuple(absent), refused)


def _whole(folder: str, listed: Collection[str]) -> list[str]:
    """The folder itself if everything in it is listed, else what of it is."""
    kept: list[str] = []
    is_whole = True
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                inside = [entry.path] if _is_cache(entry, folder, listed) else _whole(entry.path, listed)
            else:
                inside = [entry.path] if entry.path in listed else []
            is_whole = is_whole and inside == [entry.path]
            kept += inside
    return [folder] if is_whole else kept


def _is_cache(entry: os.DirEntry[str], folder: str, listed: Collection[str]) -> bool:
    """Whether it holds the compiled forms of listed files alone."""
    if entry.name != "__pycache__":
        return False
    return all(f"{folder}/{cached.name.partition('.')[0]}.py" in listed for cached in Path(entry.path).iterdir())


class PackageFinder(MetaPathFinder):
    """Finds packages where they are, not by the folder that they lie in, which may not be listed."""

    def __init__(self, packages: Packages) -> None:
        self.modules = packages.modules
        self.records = {each.name: each.record for each in packages.distributions}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of one of them; what is within a package is found as ever."""
        place = self.modules.get(fullname)
        if place is None:
            return None
        if not Path(place).is_dir():
            return spec_from_file_location(fullname, place)
        start = Path(place, "__init__.py")
        if start.exists():
            return spec_from_file_location(fullname, start, submodule_search_locations=[place])
        spec = ModuleSpec(fullname, None, is_package=True)
        spec.submodule_search_locations = [place]
        return spec

    def find_distributions(self, context: Any) -> Iterator[Any]:
        """What `importlib.metadata` knows of them: some ask for their own version."""
        from importlib.metadata import PathDistribution  # noqa: PLC0415 - takes long, and few ask

        for name, record in self.records.items():
            if context.name is None or normalized(context.name) == name:
                yield PathDistribution(Path(record))
