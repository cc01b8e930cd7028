"""Words of the command line as values; what cannot be one is refused in Chinese."""

from __future__ import annotations

import argparse
import os

LONGEST_LIST = 1000


def text(word: str) -> str:
    """Read a word of the command line as UTF-8, also where the locale is none."""
    return os.fsencode(word).decode("utf-8", "replace")


def count(word: str) -> int:
    """Read how many are wanted."""
    value = int(word)
    if not 1 <= value <= LONGEST_LIST:
        raise argparse.ArgumentTypeError(f"应为 1 到 {LONGEST_LIST} 的整数: {word}")
    return value


def seconds(word: str) -> float:
    """Read a number of seconds."""
    value = float(word)
    if not 0.1 <= value <= 86_400:
        raise argparse.ArgumentTypeError(f"应为 0.1 到 86400 的秒数: {word}")
    return value


def port(word: str) -> int:
    """Read a port."""
    value = int(word)
    if not 1 <= value <= 65535:
        raise argparse.ArgumentTypeError(f"应为 1 到 65535 的整数: {word}")
    return value


def days(word: str) -> int:
    """Read for how many days something holds."""
    value = int(word)
    if not 1 <= value <= 3650:
        raise argparse.ArgumentTypeError(f"应为 1 到 3650 的整数: {word}")
    return value
