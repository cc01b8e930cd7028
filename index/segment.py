"""The two word segmenters behind one call: rjieba (Rust, 22 times faster) and jieba (the reference), as private instances."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.errors import ConfigError

Cut = Callable[[str], list[str]]
"""One run of Chinese characters to its words, each long word followed or preceded by the dictionary words inside it."""


def rjieba_cut(words: Sequence[str]) -> Cut:
    """Open a segmenter of rjieba that knows `words` besides its own dictionary. Raises ImportError when not installed."""
    import rjieba

    segmenter = rjieba.Jieba()
    for word in words:
        segmenter.add_word(word, None, None)
    return segmenter.cut_for_search


def jieba_cut(words: Sequence[str], cache: Path | None = None) -> Cut:
    """Open a segmenter of jieba that knows `words`; about a second at first, a third of that from the cache."""
    import logging

    import jieba

    # jieba reports every load on standard error, at debug level, through a handler of its own.
    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()
    # jieba unmarshals its cache without any check and puts it under a fixed name in the shared temp folder.
    segmenter.tmp_dir = str(private_folder(cache or _cache_folder()))
    segmenter.initialize()
    for word in words:
        segmenter.add_word(word)
    return lambda run: list(segmenter.cut_for_search(run))


def private_folder(path: Path) -> Path:
    """Make `path` a folder that only its owner may enter, and give it back. Raises ConfigError when others could write to it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    if os.name == "posix" and (found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o022 or path.is_symlink()):
        raise ConfigError(
            "bad_setting", f"缓存文件夹 {path} 不属于当前用户,或者别人可以写入", "请换一个文件夹,或者改正它的属主和权限"
        )
    return path


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("policy-assistant") / "jieba"
