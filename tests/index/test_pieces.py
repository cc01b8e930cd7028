"""A question is split into the pieces that the library for it gives."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from corpus.samples import sample_files
from index.pieces import Pieces
from index.static import MODEL, TOKENIZER_FILE, StaticEncoder
from index.training.vocabulary import build_tokenizer

DEFINITION = (MODEL / TOKENIZER_FILE).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shipped() -> tuple[Pieces, Tokenizer]:
    pieces = Pieces.of(json.loads(DEFINITION))
    assert pieces is not None
    return pieces, Tokenizer.from_str(DEFINITION)


def library(tokenizer: Tokenizer, text: str) -> list[int]:
    ids: list[int] = tokenizer.encode(text, add_special_tokens=False).ids
    return ids


def test_texts_are_split_into_the_pieces_of_the_library(shipped: tuple[Pieces, Tokenizer]) -> None:
    pieces, tokenizer = shipped
    for file in sample_files():
        text = file.read_text(encoding="utf-8", errors="replace")
        for start in range(0, min(len(text), 6000), 300):
            part = text[start : start + 300]
            assert pieces.ids(part) in (None, library(tokenizer, part)), part
    for text in ("防盗窗由谁牵头?", "ＧＢ 2025年①㎡ Kİß", "龘犇㐂丂的", ""):
        assert pieces.ids(text) == library(tokenizer, text)
    assert pieces.ids("人々") is None and pieces.ids("𠀀") is None


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(max_codepoint=0xFFFF), max_size=40) | st.text("的一是在龘犇a1,〇", max_size=30))
def test_any_text_is_split_alike_or_left_to_the_library(shipped: tuple[Pieces, Tokenizer], text: str) -> None:
    pieces, tokenizer = shipped
    ids = pieces.ids(text)
    assert ids is None or ids == library(tokenizer, text)


@given(st.lists(st.sampled_from("甲乙丙"), max_size=12).map("".join))
def test_the_likeliest_split_is_found_and_unknown_characters_are_joined(text: str) -> None:
    tokenizer = build_tokenizer([("甲", -3.0), ("甲甲", -4.0), ("甲乙", -9.0), ("乙", -5.0), ("乙甲甲", -8.5)])
    pieces = Pieces.of(json.loads(tokenizer.to_str()))
    assert pieces is not None and pieces.ids(text) == library(tokenizer, text)


def test_a_tokenizer_of_another_kind_is_left_alone() -> None:
    definition = json.loads(DEFINITION)
    assert Pieces.of(definition | {"normalizer": None}) is None
    assert Pieces.of(definition | {"model": {"type": "BPE"}}) is None


def test_a_question_is_encoded_without_the_library_as_with_it() -> None:
    program = "import sys; from index.static import MODEL, StaticEncoder; StaticEncoder(MODEL).encode(['谁牵头?']); assert 'tokenizers' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])
    encoder, other = StaticEncoder(MODEL), StaticEncoder(MODEL)
    other._pieces = None
    assert (encoder.encode(["防盗窗由谁牵头?", ""]) == other.encode(["防盗窗由谁牵头?", ""])).all()
