"""Landlock: which files a process may open, and that it signals and speaks to none outside, by the kernel's rules.

The kernel says how much of it it knows; bits of later versions are asked for where they are there.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from pathlib import Path

from . import linux

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION = 1
PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIRECTORY = 1, 1 << 1, 1 << 2, 1 << 3
READ = READ_FILE | READ_DIRECTORY
FIRST_VERSION = (1 << 13) - 1
MOVE_BETWEEN = 1 << 13
TRUNCATE = 1 << 14
DEVICE_CONTROL = 1 << 15
# What may be done in the scratch directory: all but run programs and make devices, sockets, pipes and links.
MAKE_DIRECTORY, MAKE_FILE = 1 << 7, 1 << 8
REMOVE_DIRECTORY, REMOVE_FILE = 1 << 4, 1 << 5
SCRATCH = READ | WRITE_FILE | MAKE_DIRECTORY | MAKE_FILE | REMOVE_DIRECTORY | REMOVE_FILE | TRUNCATE
DEVICE = READ_FILE | WRITE_FILE

BIND_AND_CONNECT_TCP = 0b11
ABSTRACT_SOCKETS_AND_SIGNALS = 0b11

Rule = tuple[str, int]


def version() -> int:
    """The version of Landlock that the kernel speaks. Raises OSError where it speaks none."""
    return linux.syscall("landlock_create_ruleset", CREATE_RULESET, 0, 0, ASK_VERSION)


def handled(spoken: int) -> tuple[int, int, int]:
    """What that version can forbid: of the file system, of the network, and beyond the process's own domain."""
    files = FIRST_VERSION
    files |= MOVE_BETWEEN if spoken >= 2 else 0
    files |= TRUNCATE if spoken >= 3 else 0
    files |= DEVICE_CONTROL if spoken >= 5 else 0
    return files, BIND_AND_CONNECT_TCP if spoken >= 4 else 0, ABSTRACT_SOCKETS_AND_SIGNALS if spoken >= 6 else 0


def ruleset(rules: Iterable[Rule]) -> int:
    """The descriptor of a set of rules, paths and what may be done beneath, that forbids all else Landlock knows of.

    A path that is not there is passed over. Raises OSError where the kernel refuses.
    """
    parts = handled(version())
    attributes = struct.pack("=QQQ", *parts)
    # An older kernel takes a longer structure as long as what it does not know is zero.
    descriptor = linux.syscall("landlock_create_ruleset", CREATE_RULESET, linux.address(attributes), len(attributes))
    for path, access in rules:
        _allow(descriptor, path, access & parts[0])
    return descriptor


def restrict(ruleset: int) -> None:
    """Put this process under a set of rules for good, and let go of its descriptor. Raises OSError."""
    linux.syscall("landlock_restrict_self", RESTRICT_SELF, ruleset)
    os.close(ruleset)


def _allow(ruleset: int, path: str, access: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        beneath = struct.pack("=Qi", access, descriptor)
        linux.syscall("landlock_add_rule", ADD_RULE, ruleset, PATH_BENEATH, linux.address(beneath))
    finally:
        os.close(descriptor)


def access_to(path: str) -> int:
    """What using a path means: a folder is listed, a device also written to."""
    if path.startswith("/dev/"):
        return DEVICE
    return READ if Path(path).is_dir() else READ_FILE
