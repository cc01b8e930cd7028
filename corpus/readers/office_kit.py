"""A program of its own: convert one file by LibreOffice's library (LibreOfficeKit), without the sockets its command line opens.

    python office_kit.py LIBRARY PROFILE SOURCE TARGET FORMAT

Runs only the standard library, for it is started by path. Exit code 0 when TARGET was written.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Any

# Places in the tables of functions of LibreOfficeKit.h, which begin with their own size; they have not changed since version 4.2.
_LOAD, _SAVE = 2, 2


def convert(library: str, profile: str, source: str, target: str, form: str) -> bool:
    """Load `source` and save it as `target` in the format named by LibreOffice's suffix `form`."""
    # Draws into memory, needs no display.
    os.environ["SAL_USE_VCLPLUGIN"] = "svp"
    kit = ctypes.CDLL(library, mode=ctypes.RTLD_GLOBAL)
    hook = kit.libreofficekit_hook_2
    hook.restype, hook.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_char_p]
    office = hook(os.path.dirname(library).encode(), Path(profile).as_uri().encode())
    if not office:
        return False
    load = _method(office, _LOAD, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)
    document = load(office, Path(source).as_uri().encode())
    if not document:
        return False
    save = _method(document, _SAVE, ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p)
    return bool(save(document, Path(target).as_uri().encode(), form.encode(), None))


def _method(subject: int, at: int, result: Any, *arguments: Any) -> Any:
    table = ctypes.cast(subject, ctypes.POINTER(ctypes.c_void_p))[0]
    function = ctypes.cast(table, ctypes.POINTER(ctypes.c_void_p))[at]
    return ctypes.CFUNCTYPE(result, *arguments)(function)


if __name__ == "__main__":
    done = convert(*sys.argv[1:6])
    sys.stdout.flush()
    # LibreOffice is not made to be taken down in order.
    os._exit(0 if done else 1)
