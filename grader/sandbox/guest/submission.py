"""A student's notebook within this process: what it holds, and its functions, each run from the slice that it needs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...notebooks import Program, Unit, Unreadable, extract, read_cells
from .answers import MAX_REASON, MAX_SOURCE, MOST_ROWS, Answer, Lack, missing, raised
from .functions import Ask, Given, Loaded, called, parameters, reset
from .imports import is_there, objection, provide


def opening(request: dict[str, Any], ask: Ask) -> tuple[Submission | None, Answer]:
    """The notebook that is sent, and what it holds; none where it cannot be read."""
    try:
        submission = Submission(request, ask)
    except Unreadable as error:
        return None, {"is": "unreadable", "reason": str(error)}
    return submission, submission.opened()


class Submission:
    """A notebook's functions. Raises Unreadable if it is none."""

    def __init__(self, request: dict[str, Any], ask: Ask) -> None:
        """Read and extract it; the modules that it writes itself go beside the support files."""
        notebook = read_cells(request["notebook"].tobytes(), request["suffix"])
        self._ask = ask
        self._assignment = notebook.assignment
        self._extraction = extract(notebook)
        self._own_modules = {Path(name).stem for name in self._extraction.written}
        self._loaded: dict[tuple[str, tuple[str, ...]], Loaded] = {}
        self._asked = frozenset(request.get("names", ()))
        self._allowed = frozenset(request.get("allowed", ()))
        provide(self._extraction.written)

    def opened(self) -> Answer:
        """What a grade's record says of the notebook, and where the names asked for are bound."""
        return {"is": "opened"} | self._contents(self._asked)

    def _contents(self, names: Collection[str]) -> Answer:
        extraction = self._extraction
        found = {name: binding for name, binding in extraction.found.items() if name in names}
        return {
            "assignment": self._assignment[:MAX_REASON],
            "found": {name: [b.kind, b.cell, b.line, bool(b.stub)] for name, b in found.items()},
            "skipped": [[s.cell, s.line, str(s.kind), s.reason[:MAX_REASON]] for s in extraction.skipped[:MOST_ROWS]],
            "missing": self._missing_modules()[:MOST_ROWS],
            "sources": self._sources(),
        }

    def _sources(self) -> dict[str, str]:
        """The statements that bind the names asked for, as the student wrote them."""
        units = {name: unit for unit in self._extraction.units for name in self._asked.intersection(unit.binds)}
        return {name: unit.text[:MAX_SOURCE] for name, unit in units.items()}

    def _missing_modules(self) -> list[list[Any]]:
        """Modules that the notebook imports and that are not here: [module, cell, line].

        Whoever checks their own work in the notebook imports the grader, which no function needs.
        """
        absent = (m for m in self._extraction.modules if not is_there(m.name))
        return [[m.name[:MAX_REASON], m.cell, m.line] for m in absent if m.name.partition(".")[0] != "grader"]

    def load(self, name: str, helpers: tuple[str, ...]) -> Answer:
        """Run what the function needs. A name that is not there, or a stub, is missing."""
        binding = self._extraction.found.get(name)
        if binding is not None and binding.stub:
            return missing(Lack.STUB)
        program = self._permitted(self._extraction.program(name))
        if refusal := self._refusal(program):
            return refusal
        loaded = self._run(program, helpers)
        if not callable(loaded.function) and (definition := self._extraction.definition(name)):
            loaded = self._run(definition, helpers)
        self._loaded[name, helpers] = loaded
        if callable(loaded.function):
            depends = sorted(self._asked.intersection(loaded.binds) - {name})
            return {"is": "loaded", "parameters": parameters(loaded.function), "depends": depends}
        if name in loaded.failures:
            error, place = loaded.failures[name]
            return raised(error, where=place)
        if name in loaded.namespace:
            return missing(Lack.NOT_CALLABLE, type(loaded.function).__name__)
        return self._absent(name)

    def _run(self, program: Program, helpers: tuple[str, ...]) -> Loaded:
        reset()
        return Loaded(program, helpers, self._ask)

    def _permitted(self, program: Program) -> Program:
        """The program without imports that the assignment does not allow, as far as the function does not need them."""
        refused = {unit for unit in program.trials if self._objection(unit)}
        return replace(program, units=tuple(unit for unit in program.units if unit not in refused))

    def _refusal(self, program: Program) -> Answer | None:
        """An import that the assignment does not allow, as the error that it amounts to; None if all are allowed."""
        for unit in program.units:
            if error := self._objection(unit):
                return raised(error, where=(unit.cell, unit.line))
        return None

    def _objection(self, unit: Unit) -> ImportError | None:
        modules = unit.modules if self._allowed else ()
        return next(filter(None, (objection(module, self._allowed, self._own_modules) for module in modules)), None)

    def _absent(self, name: str) -> Answer:
        """The name is not bound; it may stand in a cell that does not parse, or in another spelling."""
        clue = self._extraction.clue(name)
        return missing(Lack(clue.kind), clue.detail, (clue.cell, clue.line)) if clue else missing(Lack.UNDEFINED)

    def call(self, name: str, given: Given, helpers: tuple[str, ...], seed: int) -> Answer:
        """Call a function that has been loaded."""
        loaded = self._loaded.get((name, helpers))
        if loaded is None:
            return missing(Lack.NOT_LOADED)
        return called(name, loaded.function, given, seed, loaded.failure_behind)

    def listing(self) -> Answer:
        """Everything that extraction found, for people and scripts."""
        found, skipped = self._extraction.found, self._extraction.skipped[:MOST_ROWS]
        return {
            "is": "listing",
            **self._contents(found),
            "ends": {name: b.end_line for name, b in found.items()},
            "indexes": {name: b.index for name, b in found.items()},
            "skipped_indexes": [s.index for s in skipped],
            "modules": [[m.name, m.cell, m.line, m.star] for m in self._extraction.modules[:MOST_ROWS]],
            "source": self._extraction.source(),
        }
