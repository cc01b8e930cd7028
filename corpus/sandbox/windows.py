"""A job object of Windows: an upper bound of memory, no further processes, and the end of all when the program ends.

The structures are those of `JOBOBJECT_EXTENDED_LIMIT_INFORMATION` in winnt.h.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from typing import Any

from corpus.sandbox.limits import MEBIBYTE, Limits

_ACTIVE_PROCESSES, _PROCESS_MEMORY, _KILL_ON_CLOSE = 0x8, 0x100, 0x2000
_EXTENDED_LIMITS = 9
_PROGRAM_ITSELF = 256 * MEBIBYTE


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    )


class _ExtendedLimits(ctypes.Structure):
    _fields_ = (
        ("basic", _BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


if sys.platform == "win32":

    def bind(process: subprocess.Popen[bytes], limits: Limits) -> Any:
        """Bind a process to `limits`; give the job, which holds as long as it is kept."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        wanted = _ExtendedLimits()
        wanted.basic.flags = _PROCESS_MEMORY | _KILL_ON_CLOSE | (0 if limits.scratch else _ACTIVE_PROCESSES)
        wanted.basic.active_processes = 1
        wanted.process_memory = limits.memory + _PROGRAM_ITSELF
        kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(wanted), ctypes.sizeof(wanted))
        kernel.AssignProcessToJobObject(job, ctypes.c_void_p(int(process._handle)))
        return _Job(job, kernel)

    class _Job:
        """Closes the job's handle, and so ends its processes, when it is no longer kept."""

        def __init__(self, handle: Any, kernel: Any) -> None:
            self._handle, self._kernel = handle, kernel

        def __del__(self) -> None:
            self._kernel.CloseHandle(self._handle)
