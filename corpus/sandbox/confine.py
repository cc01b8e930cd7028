"""What a process gives up before it reads a file from outside: memory, time, files, the network, other programs.

Three layers, each for what the others cannot see. Limits of the operating system bind the libraries in C as well; Landlock, where
the kernel has it, takes the files, the ports and the signals away for good; an audit hook of Python refuses the rest by name, on
every system. A refusal is a PermissionError, as readers know it from any machine that is locked down.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path
from typing import Any

from corpus.sandbox.limits import Limits

_PROGRAM = Path(__file__).resolve().parents[2]
_NICE = 5

# What the parsers, their libraries and an office program read of the system: itself, fonts and the clock; no one's files.
_SYSTEM_PATHS = (
    "/usr /lib /lib32 /lib64 /bin /opt /System /Library /Applications /etc/ld.so.cache /etc/fonts /etc/localtime /etc/alternatives"
    " /etc/libreoffice /var/spool/libreoffice /etc/mime.types /var/cache/fontconfig /var/lib/libreoffice /proc/cpuinfo /proc/meminfo /proc/stat /proc/sys /proc/self /sys/devices/system /dev/null /dev/zero"
    " /dev/urandom /dev/random"
)

_STARTS = ("subprocess.", "os.fork", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.startfile", "pty.", "os.kill")
_REACHES_OUT = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "imaplib.", "poplib.", "telnetlib.", "nntplib.", "webbrowser.")
_CHANGING = (
    "os.chdir os.chflags os.chmod os.chown os.link os.mkdir os.mkfifo os.mknod os.remove os.removexattr os.rename"
    " os.rmdir os.setxattr os.symlink os.truncate os.unlink os.utime shutil.chown shutil.copyfile shutil.copymode shutil.copystat"
    " shutil.copytree shutil.make_archive shutil.move shutil.rmtree shutil.unpack_archive"
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def program_paths() -> tuple[str, ...]:
    """Give the folders that this program and its libraries lie in, and those of the system that they read."""
    # Not all of `sys.path`: the folder that somebody works in stands there as well.
    libraries = [path for path in sys.path if path.endswith((".zip", "-packages"))]
    own = [str(_PROGRAM), sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values(), *libraries]
    # `/proc/self` is another folder in every process, so it keeps its name.
    found = {path if path == "/proc/self" else os.path.realpath(path) for path in (*own, *_SYSTEM_PATHS.split()) if os.path.exists(path)}
    return tuple(sorted(found - {"/"}))


def confine(limits: Limits, readable: tuple[str, ...], scratch: str) -> None:
    """Bind this process to `limits` for good. scratch: its private folder, "" when it may write nothing."""
    if sys.platform != "win32":
        os.nice(_NICE)
        _limit_resources(limits)
    if sys.platform == "linux":
        from corpus.sandbox.linux import restrict_files

        restrict_files(readable, (scratch,) if scratch else ())
    sys.addaudithook(_guard(readable, scratch))


if sys.platform != "win32":
    import resource

    def _limit_resources(limits: Limits) -> None:
        seconds = max(1, round(limits.cpu))
        bounds = [
            (resource.RLIMIT_AS, _own_size() + limits.memory),
            (resource.RLIMIT_FSIZE, limits.scratch),
            (resource.RLIMIT_NOFILE, limits.files),
            (resource.RLIMIT_CORE, 0),
        ]
        # Counts every process and thread of the user, so that nothing but "none at all" can be said; does not bind root.
        if not limits.threads:
            bounds.append((resource.RLIMIT_NPROC, 0))
        for kind, bound in bounds:
            _limit(kind, bound, bound)
        _limit(resource.RLIMIT_CPU, seconds, seconds + 2)

    def _limit(kind: int, soft: int, hard: int) -> None:
        highest = resource.getrlimit(kind)[1]
        if highest != resource.RLIM_INFINITY:
            soft, hard = min(soft, highest), min(hard, highest)
        try:
            resource.setrlimit(kind, (soft, hard))
        except (OSError, ValueError):
            # macOS knows RLIMIT_AS and refuses to lower it; there the watch over the clock has to do.
            return

    def _own_size() -> int:
        """Give the address space this process takes already, in bytes; 0 where the system does not say."""
        try:
            pages = int(Path("/proc/self/statm").read_bytes().split()[0])
        except (OSError, ValueError):
            return 0
        return pages * resource.getpagesize()


def _guard(readable: tuple[str, ...], scratch: str) -> Any:
    roots = tuple(path.rstrip(os.sep) + os.sep for path in readable)
    changes = frozenset(_CHANGING.split())
    own = os.path.realpath(scratch) + os.sep if scratch else ""

    def within(path: object, folders: tuple[str, ...]) -> bool:
        if isinstance(path, int):
            return True
        if not isinstance(path, str | bytes | os.PathLike):
            return False
        place = os.path.abspath(os.fsdecode(path))
        return place in readable or place.startswith(folders)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            writes = isinstance(flags, int) and flags & _WRITING
            if not (within(path, (own,) if own else ()) if writes else within(path, (*roots, own) if own else roots)):
                raise PermissionError(13, "reading or writing outside is not allowed", os.fspath(path))
        elif event in changes:
            if not own or not all(within(path, (own,)) for path in arguments if isinstance(path, str | bytes)):
                raise PermissionError(13, f"{event} is not allowed while a file is read")
        elif event.startswith(_REACHES_OUT) or (not own and event.startswith(_STARTS)):
            raise PermissionError(13, f"{event} is not allowed while a file is read")

    return hook
