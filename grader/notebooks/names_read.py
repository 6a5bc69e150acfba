"""Which names of the notebook's top level a statement reads: as it runs, and when a function made by it is called.

The compiler has worked that out already, by the language's scoping rules, so its instructions are read.
"""

import dis
import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from types import CodeType
from typing import Any

from .names_bound import RANDOM_STATE


def _numbers(*names: str) -> frozenset[int]:
    """The numbers of these instructions, as far as this Python has them."""
    return frozenset(dis.opmap[name] for name in names if name in dis.opmap)


def _any_of(numbers: Iterable[int]) -> re.Pattern[bytes]:
    return re.compile(b"[" + b"".join(re.escape(bytes([number])) for number in numbers) + b"]")


_LOADS = _numbers("LOAD_NAME", "LOAD_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS", "DELETE_NAME", "DELETE_GLOBAL")
_STORES = _numbers("STORE_NAME", "STORE_GLOBAL")
_JUMPS = frozenset((*dis.hasjrel, *dis.hasjabs))
_ENDS = _numbers("JUMP_FORWARD", "JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT", "RETURN_VALUE", "RETURN_CONST")
_ENDS |= _numbers("RAISE_VARARGS", "RERAISE")
_FOR, _UNPACKS = "FOR_ITER", ("UNPACK_", "EXTENDED_ARG")
_LOAD, _STORE = _any_of(_LOADS), _any_of(_STORES)
_LOAD_GLOBAL = dis.opmap["LOAD_GLOBAL"]
_IN_EVERY_NAMESPACE = frozenset({"__name__", "__annotations__", "__conditional_annotations__"})


@dataclass(frozen=True, slots=True)
class Reads:
    """Names read while the statement runs, and names read by the bodies of the functions that it makes."""

    now: frozenset[str]
    later: frozenset[str]


NOTHING = Reads(frozenset(), frozenset())


def reads(statement: CodeType) -> Reads:
    """Names that a compiled statement takes from the top level; those that it certainly binds first are its own."""
    # A class's body and a comprehension run with the statement that they stand in; a function's body when it is called.
    now, later = [statement], list[CodeType]()
    for code in now:
        for inner in _nested(code):
            (now if _runs_at_once(inner) else later).append(inner)
    for code in later:
        later += _nested(code)
    taken: dict[int, set[str]] = {}
    for code in reversed(now):  # inner ones first
        taken[id(code)] = _taken(code, taken)
    return Reads(_complete(taken[id(statement)], now), _complete(set().union(*map(_taken, later)), later))


def _nested(code: CodeType) -> list[CodeType]:
    return [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def _is_function(code: CodeType) -> bool:
    """Whether its own names are not among those that it looks up by name."""
    return bool(code.co_flags & inspect.CO_OPTIMIZED)


def _runs_at_once(code: CodeType) -> bool:
    """Whether it is a class's body, or one of those that the compiler names itself, such as <listcomp>."""
    return not _is_function(code) or (code.co_name.startswith("<") and code.co_name != "<lambda>")


def _complete(names: set[str], codes: list[CodeType]) -> frozenset[str]:
    """The names, and the random state if anything called `random` is mentioned."""
    is_random = any("random" in code.co_names for code in codes)
    return frozenset((names | {RANDOM_STATE} if is_random else names) - _IN_EVERY_NAMESPACE)


def _taken(code: CodeType, inner: dict[int, set[str]] | None = None) -> set[str]:
    """Names that it reads and does not certainly bind first; inner: what the code nested in it reads at once."""
    nested = {key: inner[key] for key in map(id, _nested(code)) if key in inner} if inner else {}
    names = set(_named(code, _LOAD)).union(*nested.values())
    if _is_function(code) or names.isdisjoint(_named(code, _STORE)):
        return names
    return _Flow(code, nested).unbound()


def _named(code: CodeType, instructions: re.Pattern[bytes]) -> Iterator[str]:
    """The names in these instructions, each of which is two bytes: its number and its argument."""
    raw = code.co_code
    for match in instructions.finditer(raw[::2]):
        place = 2 * match.start()
        yield code.co_names[_argument(raw, place) >> (raw[place] == _LOAD_GLOBAL)]


def _argument(raw: bytes, place: int) -> int:
    """An instruction's argument, whose upper bytes stand in the instructions before it."""
    argument, shift = raw[place + 1], 8
    while place and raw[place - 2] == dis.EXTENDED_ARG:
        place -= 2
        argument |= raw[place + 1] << shift
        shift += 8
    return argument


@dataclass(slots=True)
class _Flow:
    """Follows the instructions of a block or class: what is certainly bound at each, whichever way led there."""

    code: CodeType
    nested: dict[int, set[str]]
    reached: dict[int, frozenset[str]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    variables: dict[int, frozenset[str]] = field(default_factory=dict)  # of loops, bound also where they end

    def unbound(self) -> set[str]:
        """The names read where they may not be bound yet."""
        steps = list(dis.get_instructions(self.code))
        ranges = dis.Bytecode(self.code).exception_entries  # type: ignore[attr-defined]
        self.variables = {step.offset: _variables(steps, i) for i, step in enumerate(steps) if step.opname == _FOR}
        # Loops and handlers lead back to instructions seen before: follow them until nothing changes.
        before = None
        while before != self.reached:
            before = dict(self.reached)
            self.taken = set()
            self.follow(steps, ranges)
        return self.taken

    def follow(self, steps: list[dis.Instruction], ranges: list[Any]) -> None:
        bound: frozenset[str] | None = frozenset()  # None if nothing has led here yet
        for step in steps:
            bound = self.joined(step.offset, bound)
            if bound is None:
                continue
            self.taken |= self.names_read(step, bound)
            there = bound | self.variables.get(step.offset, frozenset())
            for target in _leads_to(step, ranges):
                self.reached[target] = there & self.reached.get(target, there)
            if step.opcode in _STORES:
                bound |= {step.argval}
            elif step.opcode in _ENDS:
                bound = None

    def joined(self, offset: int, bound: frozenset[str] | None) -> frozenset[str] | None:
        """What is bound at an instruction: all that is on every way there."""
        jumped = self.reached.get(offset)
        if bound is None or jumped is None:
            return jumped if bound is None else bound
        return bound & jumped

    def names_read(self, step: dis.Instruction, bound: frozenset[str]) -> set[str]:
        nested = self.nested.get(id(step.argval)) if step.opname == "LOAD_CONST" else None
        names = {step.argval} if step.opcode in _LOADS else nested or set()
        is_own = step.opname == "LOAD_NAME" or self.code.co_name == "<module>"
        return names - bound if is_own else names  # a class's own names are not seen from within what it nests


def _variables(steps: list[dis.Instruction], loop: int) -> frozenset[str]:
    """What a loop binds at each turn; every loop is taken to turn at least once."""
    stores = takewhile(lambda step: step.opcode in _STORES or step.opname.startswith(_UNPACKS), steps[loop + 1 :])
    return frozenset(step.argval for step in stores if step.opcode in _STORES)


def _leads_to(step: dis.Instruction, ranges: list[Any]) -> Iterator[int]:
    """Where a jump or an exception goes on from an instruction."""
    if step.opcode in _JUMPS:
        yield step.argval
    yield from (handled.target for handled in ranges if handled.start <= step.offset < handled.end)
