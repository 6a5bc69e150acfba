"""Fresh namespaces: a process that sees no other process, no network, and a file system of libraries and one
directory of its own.

They are made in three steps. The zygote gains the power to make namespaces, and becomes the first process of a pid
namespace, so that nothing that descends from it outlives it. Once its libraries are loaded it moves to a root
directory that holds those alone. Each session is then forked into namespaces of its own.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Collection
from pathlib import Path

from . import linux

NOBODY = 65534
MOST_DESCRIPTORS = 1024
SCRATCH_OPTIONS = "size=64m,nr_inodes=2k,mode=0777"
ROOT_OPTIONS = "size=1m,mode=0755"
PLAIN = linux.MS_NOSUID | linux.MS_NODEV


def gain_power() -> None:
    """Hold the capabilities that namespaces take: root has them, anyone else has them in a user namespace.

    Raises OSError where the host refuses.
    """
    user, group = os.getuid(), os.getgid()
    try:
        linux.unshare(linux.CLONE_NEWNS)
    except OSError:
        linux.unshare(linux.CLONE_NEWUSER | linux.CLONE_NEWNS)
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    linux.mount("none", "/", "", linux.MS_REC | linux.MS_PRIVATE)


def become_first() -> None:
    """Go on as the first process of a fresh pid namespace; who called stays behind to wait and to end alike.

    Raises OSError where the host refuses.
    """
    linux.unshare(linux.CLONE_NEWPID)
    first = os.fork()
    if first:
        os.closerange(3, MOST_DESCRIPTORS)
        _, status = os.waitpid(first, 0)
        os._exit(max(os.waitstatus_to_exitcode(status), 1) if status else 0)
    die_with_parent()


def die_with_parent() -> None:
    """End this process when the one that forked it ends. Raises OSError where the kernel refuses."""
    linux.prctl("pdeathsig", linux.PR_SET_PDEATHSIG, signal.SIGKILL)


class PidNamespace:
    """The zygote's own pid namespace, from which it forks each session into a further one."""

    def __init__(self) -> None:
        """Remember the way back. Raises OSError where there is no /proc."""
        self.own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def fork(self) -> int:
        """Fork a process that is the first of its namespace. Raises OSError where the host refuses."""
        linux.unshare(linux.CLONE_NEWPID)
        child = -1
        try:
            child = os.fork()
        finally:
            if child:
                linux.set_namespace(self.own, linux.CLONE_NEWPID)
        return child


def move_root(place: str, readable: Collection[str], hidden: Collection[str]) -> None:
    """Make a root directory of what may be read, without what is hidden in it, and move there for good.

    place: an empty directory, which is there in the new root as well. Raises OSError where the host refuses.
    """
    linux.mount("none", place, "tmpfs", PLAIN, ROOT_OPTIONS)
    for link in ("/lib", "/lib64", "/usr/lib64"):
        if Path(link).is_symlink():
            _below(place, link).parent.mkdir(parents=True, exist_ok=True)
            _below(place, link).symlink_to(Path(link).readlink())
    for path in sorted({*readable, *hidden}, key=len):
        if path in hidden:
            linux.mount("none", str(_below(place, path)), "tmpfs", PLAIN, ROOT_OPTIONS)
        else:
            _show(place, path)
    _below(place, place).mkdir(parents=True, exist_ok=True)
    os.chdir(place)
    linux.pivot_root(".", ".")
    linux.unmount(".")
    os.chdir("/")
    linux.mount("none", "/", "", linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY | PLAIN)


def _below(place: str, path: str) -> Path:
    return Path(place, path.lstrip("/"))


def _show(place: str, path: str) -> None:
    """Bind a path at the same place below the new root, to be read alone."""
    target = _below(place, path)
    if Path(path).is_dir():
        target.mkdir(parents=True, exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    linux.mount(path, str(target), "", linux.MS_BIND | linux.MS_REC)
    protect = linux.MS_NOSUID if path.startswith("/dev/") else PLAIN | linux.MS_RDONLY
    linux.mount("none", str(target), "", linux.MS_REMOUNT | linux.MS_BIND | protect | _already(path))


def _already(path: str) -> int:
    """Flags of the mount beneath, which a user namespace must not take away."""
    return os.statvfs(path).f_flag & (linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC)


def mount_scratch(place: str) -> None:
    """Put a fresh directory in memory over the place, seen by this process alone.

    Raises OSError where the host refuses.
    """
    linux.unshare(linux.CLONE_NEWNS)
    linux.mount("none", place, "tmpfs", PLAIN | linux.MS_NOEXEC, SCRATCH_OPTIONS)


def become_nobody() -> None:
    """Change from root to the user that owns nothing. Raises OSError where this is not root, or not allowed."""
    if os.getuid() != 0:
        raise OSError("not run as root: there is no other user to become")
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
