"""What runs student code: answers one request after another until its channel closes.

Nothing here is trusted by the parent, and nothing of the grader is imported: `wire` and `extract` are loaded from
their files, before the first byte of a student's arrives. The protocol, each message a dict:

    do open     notebook, suffix, names, limits         → is opened (what was found) or unreadable
    do load     name, helpers                           → is loaded, raised or missing
    do call     name, args, helpers, seed               → is returned, raised or missing
    do listing                                          → is listing (for `grader extract`)

Every answer says the number `n` of its request, which both sides count from 1. helpers are names whose functions the
parent answers for: while such a request runs, any number of `is ask` (name, args) are sent, each answered by
`do answer` (value) or `do refuse` (message).
"""

from __future__ import annotations

import builtins
import importlib.util
import os
import random
import re
import sys
import time
import types
from collections.abc import Callable, Collection
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

HERE = Path(__file__).resolve().parent
OURS = ("reference", "assignments", "grader")
MAX_SOURCE = 20_000
DOES_NOT_PARSE = "does not parse"
ERRORS = np.geterr()

Answer = dict[str, Any]


def load_file(name: str, path: Path) -> Any:
    """A module from its file alone, without its package."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


wire = load_file("_grader_wire", HERE.parent / "wire.py")
stubs = load_file("_grader_stubs", HERE / "stubs.py")
written = load_file("_grader_written", HERE / "written.py")
Printed = load_file("_grader_printed", HERE / "printed.py").Printed
showing = load_file("_grader_showing", HERE / "plotting_stubs.py")
failures = load_file("_grader_failures", HERE / "failures.py")
missing: Callable[[str], Answer] = failures.missing
raised: Callable[..., Answer] = failures.raised
last_frame: Callable[[BaseException], str] = failures.last_frame
extract = load_file("_grader_extract", HERE.parent.parent / "notebooks" / "__init__.py")


class NotInStudentCode:
    """An import hook that keeps packages out, the grader's own above all, where no stronger layer does."""

    def __init__(self, names: Collection[str]) -> None:
        """Take the packages' names."""
        self.names = names

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Refuse one of the names unless the working directory has its own of that name."""
        top = name.partition(".")[0]
        if top in self.names and not _lies_beside(top):
            raise ModuleNotFoundError(f"No module named {top!r}", name=top)


class Loaded:
    """One exercise's function in a namespace of its own, with what could not be run on the way to it."""

    def __init__(self, program: Any, helpers: tuple[str, ...], ask: Any) -> None:
        """Run the units in notebook order; one that fails costs only the names that it binds."""
        self.failures: dict[str, tuple[BaseException, Any]] = {}
        self.binds = {name for unit in program.units for name in unit.binds}
        self.namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
        stand_ins = stubs.StandIns(helpers, ask)
        stand_ins.install(self.namespace)
        for unit in program.units:
            try:
                exec(unit.code, self.namespace)
            except BaseException as error:
                self.failures.update(dict.fromkeys(unit.binds or ("*",), self.failure_behind(error) or (error, unit)))
            stand_ins.install(self.namespace)
        self.function: Any = self.namespace.get(program.name)

    def failure_behind(self, error: BaseException) -> tuple[BaseException, Any] | None:
        """The earlier failure that explains a NameError, if one does."""
        if isinstance(error, NameError) and error.name is not None:
            return self.failures.get(error.name) or self.failures.get("*")
        return None


class Submission:
    """A student's notebook within this process."""

    def __init__(self, request: dict[str, Any], channel: Channel) -> None:
        """Read and extract it; the modules that it writes itself go beside the support files."""
        self.channel = channel
        notebook = extract.read_cells(request["notebook"].tobytes(), request["suffix"])
        self.extraction = extract.extract(notebook)
        self.assignment = notebook.assignment
        self.cells = {cell.index: cell.source for cell in notebook.cells}
        self.loaded: dict[tuple[str, tuple[str, ...]], Loaded] = {}
        self.number = 0
        self.asked = frozenset(request.get("names", ()))
        self.allowed = frozenset(request.get("allowed", ()))
        self.printed = Printed()
        sys.meta_path.append(written.WrittenModules(written.lay_out(self.extraction.written)))
        sys.stdout = sys.stderr = self.printed

    def opened(self) -> Answer:
        """What a grade's record says of the notebook."""
        found = self.extraction.found
        return {
            "is": "opened",
            "assignment": self.assignment,
            "found": {name: [b.kind, b.cell, b.line, bool(b.stub)] for name, b in found.items()},
            "skipped": [[s.cell, s.line, s.reason] for s in self.extraction.skipped],
            "missing": self.missing_modules(),
            "sources": self.sources(),
        }

    def sources(self) -> dict[str, str]:
        """The statements that bind the names asked for, as the student wrote them."""
        units = {name: unit for unit in self.extraction.units for name in self.asked.intersection(unit.binds)}
        return {name: unit.text[:MAX_SOURCE] for name, unit in units.items()}

    def missing_modules(self) -> list[list[Any]]:
        """Modules that the notebook imports and that are not here: [module, cell, line].

        Whoever checks their own work in the notebook imports the grader, which no function needs.
        """
        missing = (m for m in self.extraction.modules if not _is_there(m.name))
        return [[m.name, m.cell, m.line] for m in missing if m.name.partition(".")[0] != "grader"]

    def load(self, name: str, helpers: tuple[str, ...]) -> Answer:
        """Run what the function needs. A name that is not there, or a stub, is missing."""
        binding = self.extraction.found.get(name)
        if binding is not None and binding.stub:
            return missing("its body is still the template's stub")
        program = self.extraction.program(name)
        if refusal := self.refusal(program):
            return refusal
        _reset()
        self.loaded[name, helpers] = loaded = Loaded(program, helpers, self.ask)
        if not callable(loaded.function) and (definition := self.extraction.definition(name)):
            self.loaded[name, helpers] = loaded = Loaded(definition, helpers, self.ask)
        if callable(loaded.function):
            depends = sorted(self.asked.intersection(loaded.binds) - {name})
            return {"is": "loaded", "parameters": stubs.parameters(loaded.function), "depends": depends}
        if name in loaded.failures:
            error, unit = loaded.failures[name]
            return raised(error, unit_place=(unit.cell, unit.line))
        if name in loaded.namespace:
            return missing(
                f"the name is bound to a value of type {type(loaded.function).__name__}, which cannot be called"
            )
        return missing(self._why_not_there(name))

    def refusal(self, program: Any) -> Answer | None:
        """An import that the assignment does not allow, as the error that it amounts to; None where all are."""
        if not self.allowed:
            return None
        for unit in program.units:
            for module in unit.modules:
                if message := self.objection(module, {Path(name).stem for name in self.extraction.written}):
                    return raised(ImportError(message), unit_place=(unit.cell, unit.line))
        return None

    def objection(self, module: str, own: Collection[str] = ()) -> str:
        """Why a module may not be imported, empty where it may; own modules of the student's always may."""
        top = module.partition(".")[0]
        if not self.allowed or top in self.allowed or top in own or top == "__future__" or _lies_beside(top):
            return ""
        return f"it imports {top}; this assignment allows {', '.join(sorted(self.allowed))}"

    def _why_not_there(self, name: str) -> str:
        """A cell that does not parse may be where the function stands."""
        defines = re.compile(rf"^\s*(?:def\s+{re.escape(name)}\s*\(|{re.escape(name)}\s*=[^=])", re.MULTILINE)
        for skipped in self.extraction.skipped:
            if skipped.reason.startswith(DOES_NOT_PARSE) and defines.search(self.cells[skipped.index]):
                return f"its cell {skipped.reason} (cell {skipped.cell}, line {skipped.line})"
        return "the notebook defines no function of this name"

    def call(self, name: str, args: tuple[Any, ...], helpers: tuple[str, ...], seed: int) -> Answer:
        """Call it once with its own copy of the inputs, as if nothing had been called before."""
        loaded = self.loaded.get((name, helpers))
        if loaded is None:
            return missing("it could not be loaded")
        before = [_snapshot(arg) for arg in args]
        _reset(seed)
        try:
            value = loaded.function(*args)
            answer = {"is": "returned", "value": value}
        except NotImplementedError as error:
            answer = missing("it raises NotImplementedError") if last_frame(error) == name else raised(error)
        except BaseException as error:
            answer = raised(error, behind=loaded.failure_behind(error))
        changed = [i for i, arg in enumerate(args) if _is_changed(arg, before[i])]
        return answer | {"changed": changed}

    def ask(self, name: str, args: tuple[Any, ...]) -> Any:
        """What the parent answers for a helper. Raises what it refuses with, and WireError for what cannot be sent."""
        self.channel.write(wire.frame({"is": "ask", "n": self.number, "name": name, "args": tuple(args)}))
        reply = self.channel.receive()
        if reply["do"] == "refuse":
            raise ValueError(f"{name}: {reply['message']}")
        return reply["value"]

    def listing(self) -> Answer:
        """Everything that extraction found, for people and scripts."""
        return self.opened() | {
            "is": "listing",
            "ends": {name: b.end_line for name, b in self.extraction.found.items()},
            "indexes": {name: b.index for name, b in self.extraction.found.items()},
            "skipped_indexes": [s.index for s in self.extraction.skipped],
            "modules": [[m.name, m.cell, m.line, m.star] for m in self.extraction.modules],
            "source": self.extraction.source(),
        }


def _snapshot(value: Any) -> Any:
    """What an argument holds, to the bit."""
    if isinstance(value, np.ndarray):
        return value.dtype, value.shape, value.tobytes()
    if isinstance(value, list | tuple):
        return [_snapshot(part) for part in value]
    if isinstance(value, dict):
        return [(key, _snapshot(part)) for key, part in value.items()]
    return value.hex() if isinstance(value, float) else value


def _is_changed(arg: Any, before: Any) -> bool:
    """Whether the argument no longer holds what it did; so it does where it can no longer be looked at."""
    try:
        return bool(_snapshot(arg) != before)
    except BaseException:
        return True


def _reset(seed: int = 0) -> None:
    """Random numbers, and what NumPy does about a division by zero, as if nothing had been called before."""
    random.seed(seed)
    np.random.seed(seed)
    np.seterr(**ERRORS)


def _lies_beside(module: str) -> bool:
    return Path(f"{module}.py").exists() or Path(module).is_dir()


def _is_there(module: str) -> bool:
    if module.partition(".")[0] in sys.modules and module.partition(".")[0] not in OURS:
        return True
    try:
        return importlib.util.find_spec(module.partition(".")[0]) is not None
    except (ImportError, ValueError):
        return False


class Channel:
    """The two ends of the wire as files, kept away from the numbers that student code expects."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        """Take binary files to read requests from and write answers to."""
        self.incoming, self.outgoing = incoming, outgoing

    def receive(self) -> Any:
        """The next request; EOFError where there is none any more."""
        return wire.read_frame(self._exactly)

    def _exactly(self, size: int) -> bytes:
        data = self.incoming.read(size)
        if len(data) < size:
            raise EOFError
        return data

    def send(self, answer: Answer) -> None:
        """Send an answer; a value that cannot be sent becomes the name of its type."""
        try:
            data = wire.frame(answer)
        except (wire.WireError, RecursionError, ValueError) as error:
            data = wire.frame(raised(error) | {name: answer[name] for name in ("n", "printed", "seconds")})
        self.write(data)

    def write(self, data: bytes) -> None:
        """Send a frame as it is."""
        self.outgoing.write(data)
        self.outgoing.flush()


def serve(channel: Channel) -> None:
    """Answer requests until the channel closes."""
    submission: Submission | None = None
    for number in count(1):
        try:
            request = channel.receive()
        except EOFError:
            return
        started = time.perf_counter()
        if request["do"] == "open":
            submission, answer = _open(request, channel)
        elif submission is not None:
            answer = answered(submission, request, number)
        printed = submission.printed.take() if submission else ""
        channel.send(answer | {"n": number, "printed": printed, "seconds": time.perf_counter() - started})


def _open(request: dict[str, Any], channel: Channel) -> tuple[Submission | None, Answer]:
    try:
        submission = Submission(request, channel)
    except extract.Unreadable as error:
        return None, {"is": "unreadable", "reason": str(error)}
    return submission, submission.opened()


def answered(submission: Submission, request: dict[str, Any], number: int) -> Answer:
    """What a submission answers to any request but the one that opens it."""
    submission.number = number
    match request["do"]:
        case "load":
            return submission.load(request["name"], request["helpers"])
        case "call":
            return submission.call(request["name"], request["args"], request["helpers"], request["seed"])
        case _:
            return submission.listing()


def limit_resources(memory_mb: int, cpu_seconds: float) -> None:
    """Bound this process where the system can; it applies to whatever it starts, too."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    bounds = {
        resource.RLIMIT_AS: memory_mb * 2**20,
        resource.RLIMIT_CPU: int(cpu_seconds) + 1,
        resource.RLIMIT_FSIZE: 64 * 2**20,
        resource.RLIMIT_CORE: 0,
    }
    for kind, bound in bounds.items():
        try:
            resource.setrlimit(kind, (bound, bound))
        except (ValueError, OSError):
            continue


def take_over_standard_files() -> Channel:
    """The pipes to the parent move to private numbers; what was 0, 1 and 2 becomes nothing to read or see."""
    channel = Channel(os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb"))
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    return channel


def serve_as_main(channel: Channel, kept_out: Collection[str] = OURS) -> None:
    """Serve in a process where the student's is the main program and the working directory comes first."""
    sys.path.insert(0, str(Path.cwd()))
    sys.meta_path.insert(0, NotInStudentCode(kept_out))
    showing.install()
    sys.modules["__main__"] = types.ModuleType("__main__")
    serve(channel)


def main() -> None:
    """Serve one submission over the standard files, in the directory that the parent chose."""
    channel = take_over_standard_files()
    limit_resources(int(sys.argv[1]), float(sys.argv[2]))
    serve_as_main(channel)


if __name__ == "__main__":
    main()
