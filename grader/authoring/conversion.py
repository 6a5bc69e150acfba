"""A master that has been read → the sources of an assignment, with every case tried on its own reference first."""

from __future__ import annotations

import ast
import re
import zlib
from types import ModuleType

import numpy as np

from ..assignment.vocabulary import like
from ..model import Arguments
from ..sandbox import wire
from .answering import TooLong, quietly, time_limit
from .masters import Draft, Master, MasterError
from .recording import evaluated

DRAWN = 4
MOST_EXAMPLES = 12
SECONDS = 2.0
TRIES = 20


def declaration(master: Master, name: str) -> str:
    """The declaration's source; what cannot be taken is told in the master's notes.

    Raises MasterError if no exercise is left, or if keywords are not valid Python.
    """
    answers = _loaded(master.reference)
    exercises = [source for draft in master.drafts if (source := _exercise(master, draft, answers))]
    if not exercises:
        raise MasterError("no exercise could be made of it: " + "; ".join(master.notes))
    prelude = _qualified(master.prelude.strip(), answers)
    body = "\n\n".join(filter(None, [prelude, _assignment(master, name), *exercises]))
    return f'"""{_text(master.title)}, made from a notebook ({master.tool})."""\n\n{_imports(body)}\n\n{body}\n'


def _imports(body: str) -> str:
    """What the declaration uses."""
    declared = [name for name in ("Assignment", "Deadline", "Limits", "Mistake", "case") if f"{name}(" in body]
    lines = ["import numpy as np\n"] if "np." in body else []
    lines += [f"from grader.assignment import {', '.join(declared)}"]
    lines += ["from grader.assignment import like"] if "like(" in body else []
    return "\n".join([*lines, "\nfrom . import answers"])


def _loaded(source: str) -> ModuleType:
    """The reference, run as the module that it will be."""
    module = ModuleType("answers")
    try:
        exec(compile(source, "the master's solutions", "exec"), module.__dict__)
    except Exception as error:
        raise MasterError(f"the master's solutions do not run: {type(error).__name__}: {error}") from error
    return module


def _assignment(master: Master, name: str) -> str:
    given = _keywords(master.keywords, "the assignment")
    defaults = {"title": repr(master.title), "public_seed": str(zlib.crc32(name.encode()) % 10_000)}
    return f"assignment = Assignment({_written(defaults | given)})"


def _exercise(master: Master, draft: Draft, answers: ModuleType) -> str:
    earlier = [other.name for other in master.drafts[: master.drafts.index(draft)]]
    builds_on = tuple(name for name in earlier if name in _names_in(master.reference, draft.name))
    defaults = {"reference": f"answers.{draft.name}", "points": f"{draft.points or 1:g}"}
    if builds_on:
        defaults["builds_on"] = repr(builds_on)
    keywords = _written(defaults | _keywords(draft.keywords, draft.name))
    generator = draft.generator and _qualified(draft.generator, answers)
    body = generator or _from_calls(draft, answers, master.notes)
    first = body.find(f"def {draft.name}(")  # helpers of the generator come before its decorator
    return f"\n{body[:first]}@assignment.exercise({keywords})\n{body[first:]}" if body else ""


def _from_calls(draft: Draft, answers: ModuleType, notes: list[str]) -> str:
    """A generator of the cases that the master's tests call, and of drawn ones like them where those make sense."""
    function = getattr(answers, draft.name)
    troubles = {call: _trouble(function, call) for call in draft.calls}
    notes += filter(None, troubles.values())
    working = [call for call, trouble in troubles.items() if not trouble]
    if not working:
        notes.append(f"{draft.name}: none of its tests' calls could be taken over, so it is not an exercise")
        return ""
    if len(working) > MOST_EXAMPLES:
        notes.append(f"{draft.name}: {len(working) - MOST_EXAMPLES} of its tests' calls; the first ones are enough")
    drawn = [call for call in working if _can_be_drawn(function, call)]
    if not drawn:
        notes.append(f"{draft.name}: all its cases are fixed; draw others in its generator, so that no table answers")
    ordered = [*drawn, *(call for call in working if call not in drawn)][:MOST_EXAMPLES]
    return _generator(draft, ordered, len(drawn[:MOST_EXAMPLES]))


def _generator(draft: Draft, examples: list[str], drawn: int) -> str:
    """The source: examples once, those first of which others are drawn; then what yields them."""
    constant = f"{draft.name.upper()}_EXAMPLES"
    named = [
        (f"{draft.name}({call})" if len(call) <= 40 else f"example {i}", call)
        for i, call in enumerate(examples, start=1)
    ]
    lines = [f"{constant} = [", *(f"    ({name!r}, ({call},))," for name, call in named), "]\n\n"]
    lines += [f"def {draft.name}(rng):", f'    """{_text(draft.asks)}"""']
    lines += [f"    for name, args in {constant}:", "        yield case(name, *args)"]
    if drawn:
        lines += [f"    for i in range({max(DRAWN, drawn)}):", f"        _, args = {constant}[i % {drawn}]"]
        lines += ['        yield case(f"drawn {i + 1}", *like(rng, *args))']
    return "\n".join(lines)


def _trouble(function: object, call: str) -> str:
    """Why a call cannot be a case: it raises, or answers in a type that no exercise can ask for."""
    try:
        answer = _answer(function, evaluated(call))
        if isinstance(wire.read_frame(_reader(wire.frame({"answer": answer})))["answer"], wire.Foreign):
            return f"{_name(function)}({call}): returns a {type(answer).__name__}, which no exercise can ask for"
    except (Exception, TooLong) as error:
        return f"{_name(function)}({call}): raises {type(error).__name__}, and errors cannot be asked for"
    return ""


def _can_be_drawn(function: object, call: str) -> bool:
    """Whether the reference answers whatever `like` makes of these arguments."""
    rng = np.random.default_rng(0)
    args = evaluated(call)
    drawn = [like(rng, *args) for _ in range(TRIES)]
    if len({str(one) for one in drawn}) < 2:
        return False
    try:
        for one in drawn:
            _answer(function, one)
    except (Exception, TooLong):
        return False
    return True


def _answer(function: object, args: tuple[object, ...]) -> object:
    assert callable(function)
    with quietly(), time_limit(SECONDS):
        return Arguments(args).given_to(function)


def _reader(data: bytes) -> wire.ReadExactly:
    position = 0

    def read(size: int) -> bytes:
        nonlocal position
        position += size
        return data[position - size : position]

    return read


def _name(function: object) -> str:
    return str(getattr(function, "__name__", "function"))


def _keywords(source: str, whose: str) -> dict[str, str]:
    """`points=2, tolerance=1e-9` by name, each value as it is written."""
    try:
        node = ast.parse(f"dict({source})", mode="eval").body
    except SyntaxError as error:
        raise MasterError(f"{whose}: {source!r} is not a list of keywords: {error.msg}") from error
    assert isinstance(node, ast.Call)
    return {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords if keyword.arg}


def _written(keywords: dict[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in keywords.items())


def _qualified(source: str, answers: ModuleType) -> str:
    """Calls of the reference's functions as calls of `answers`, since a generator here has the exercise's name."""
    for name in [name for name, value in vars(answers).items() if callable(value) and not name.startswith("_")]:
        source = re.sub(rf"(?<![\w.])(?<!def ){name}(?=\()", f"answers.{name}", source)
    return source


def _names_in(source: str, function: str) -> set[str]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    return set()


def _text(words: str) -> str:
    """Text within a docstring."""
    return " ".join(words.replace("\\", "\\\\").replace('"', "'").split())
