"""Pairs of submissions whose code is alike, after what anybody would write in the same way is taken away.

Each function is reduced to its tokens without names, comments and formatting. Every few neighbouring tokens make a
hash, of which the smallest of each window is kept as a fingerprint (winnowing: Schleimer, Wilkerson and Aiken 2003), so
a copy of some length is always seen, wherever it stands. What the template and the lecture give is subtracted, and what
many share counts nothing. It ranks pairs; it accuses nobody.
"""

from __future__ import annotations

import heapq
import io
import keyword
import tokenize
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

GRAM = 8  # tokens that make a hash: what is shorter any two solutions have in common
WINDOW = 4  # neighbouring hashes of which one is kept: a copy of GRAM + WINDOW - 1 tokens is always seen
COMMON = 0.03  # a fingerprint that more than this share of the submissions have is a natural form
FEW = 5  # but so many may have copied from one another in any class
LEAST = 6  # fingerprints that a pair must share before it is worth a look
LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
NUMPY = (
    "abs all any append arange argmax axis copy dot einsum enumerate exp eye float full hstack int len log max mean min"
    " ones outer pop range reshape reversed shape sorted sqrt square stack sum tanh transpose vstack where zeros zip T"
)
KEPT = {*keyword.kwlist, *NUMPY.split()}  # names that say what is done; any other may be another
Marks = Mapping[int, tuple[int, ...]]
"""Fingerprints, each with the lines on which it begins."""


@dataclass(frozen=True, slots=True)
class Code:
    """One submission's code. owner: the same for the members of a group, who are no pair."""

    name: str
    owner: str
    source: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two submissions and the lines of each that they share.

    evidence: the fingerprints that they share, each divided by how many others have it. share: of the smaller one's.
    """

    one: str
    other: str
    evidence: float
    share: float
    lines_of_one: tuple[int, ...]
    lines_of_other: tuple[int, ...]


def pairs(codes: Sequence[Code], given: Iterable[str] = (), most: int = 200) -> list[Pair]:
    """The pairs that have most in common, first. given: code that everybody has, which is subtracted."""
    known = {mark for text in given for mark in fingerprints(text)}
    marks = [{mark: at for mark, at in fingerprints(code.source).items() if mark not in known} for code in codes]
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for place, found in enumerate(marks):
        for mark in found:
            holders[mark].append(place)
    limit = max(FEW, COMMON * len({code.owner for code in codes}))
    best: list[tuple[float, int, int, int]] = []
    # One submission against all later ones at a time, so that memory does not grow with the number of pairs.
    for place, found in enumerate(marks):
        evidence: defaultdict[int, float] = defaultdict(float)
        count: defaultdict[int, int] = defaultdict(int)
        for mark in found:
            if 1 < len(holders[mark]) <= limit:
                for other in holders[mark]:
                    if other > place:
                        evidence[other] += 1 / (len(holders[mark]) - 1)
                        count[other] += 1
        for other, value in evidence.items():
            if count[other] >= LEAST and codes[place].owner != codes[other].owner:
                (heapq.heappush if len(best) < most else heapq.heappushpop)(best, (value, place, other, count[other]))
    rare = [{mark: at for mark, at in found.items() if len(holders[mark]) <= limit} for found in marks]
    return [_pair(codes, rare, found) for found in sorted(best, reverse=True)]


def fingerprints(source: str) -> dict[int, tuple[int, ...]]:
    """The fingerprints of a program, function by function, so that their order makes no difference."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for tokens in _functions(source):
        hashes = [
            (zlib.crc32(" ".join(text for text, _ in tokens[i : i + GRAM]).encode()), tokens[i][1])
            for i in range(len(tokens) - GRAM + 1)
        ]
        for i in range(max(len(hashes) - WINDOW + 1, min(len(hashes), 1))):
            mark, line = min(hashes[i : i + WINDOW])
            found[mark].add(line)
    return {mark: tuple(sorted(lines)) for mark, lines in found.items()}


def _pair(codes: Sequence[Code], marks: Sequence[Marks], found: tuple[float, int, int, int]) -> Pair:
    evidence, one, other, count = found
    both = marks[one].keys() & marks[other].keys()
    lines = [tuple(sorted({line for mark in both for line in marks[place][mark]})) for place in (one, other)]
    share = count / max(1, min(len(marks[one]), len(marks[other])))
    return Pair(codes[one].name, codes[other].name, evidence, min(share, 1.0), *lines)


def _functions(source: str) -> Iterator[list[tuple[str, int]]]:
    """The tokens of each definition at the top, and of what stands between them, as kinds with their lines."""
    tokens: list[tuple[str, int]] = []
    for token in _tokens(source):
        if token.type in LAYOUT:
            continue
        if token.start[1] == 0 and token.string in ("def", "class", "async", "@"):
            yield tokens
            tokens = []
        tokens.append((_kind(token), token.start[0]))
    yield tokens


def _kind(token: tokenize.TokenInfo) -> str:
    """What is left of a token: a name may be any other, and so may a text and a number."""
    if token.type == tokenize.NAME:
        return token.string if token.string in KEPT else "n"
    if token.type == tokenize.NUMBER:
        return "0"
    return "s" if token.type == tokenize.STRING else token.string


def _tokens(source: str) -> Iterator[tokenize.TokenInfo]:
    """The tokens up to where the text is no Python any more."""
    try:
        yield from tokenize.generate_tokens(io.StringIO(source).readline)
    except (tokenize.TokenError, SyntaxError, ValueError):
        return
