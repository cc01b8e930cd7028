"""The user's own words: a file in the library folder, which changes how texts are cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.library.own_words import WORDS
from corpus.errors import ConfigError


def words_found(assistant: Assistant, word: str) -> int:
    return assistant.library().index.document_frequency(word, field="words")


def test_a_changed_list_of_words_cuts_the_texts_anew(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("关于石榴籽工程的通知\n\n一、总体要求\n\n各单位要推进石榴籽工程。\n", encoding="utf-8")
    own = tmp_path / "library" / WORDS
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add([tmp_path / "a.txt"])
        assert not words_found(assistant, "石榴籽工程")
        own.write_text("# 本地的说法\n石榴籽工程\n", encoding="utf-8")
        assert words_found(assistant, "石榴籽工程")
    with Assistant.open(tmp_path / "library") as assistant:
        assert words_found(assistant, "石榴籽工程")
        own.unlink()
        assert not words_found(assistant, "石榴籽工程")


def test_a_list_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "library") as assistant:
        (tmp_path / "library" / WORDS).write_bytes(b"\xff\xfe\xff")
        with pytest.raises(ConfigError, match=WORDS):
            assistant.library()
