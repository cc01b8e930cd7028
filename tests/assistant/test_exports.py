"""A conversation as a file: every answer with its sources and quotes, and hostile text stays text (R-05)."""

from __future__ import annotations

import io
import re
import zipfile
from urllib.parse import unquote

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversations.export import Format, Labels, as_markdown, exported, printable
from assistant.conversations.types import Conversation, Exchange
from assistant.programs.verbs import Where
from assistant.types import Answer, Citation
from assistant.web.attachments import attachment
from assistant.web.chat.routes import labels_of
from assistant.web.chat.words import WORDS

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(2)) ![y](//evil.example/z) # **b** `c` =1+1 {{7*7}}\n1. <img src=x onerror=alert(3)>\n- http://evil.example @a"
LABELS: Labels = labels_of(WORDS["zh"])


def conversation_of(text: str = "区消防救援大队", quote: str = "1.防盗窗动态清零。\n区消防救援大队") -> Conversation:
    citation = Citation(1, "d1", "a.txt", "消防方案", ("一、任务", "(一)整治"), 3, 9, quote, page=2)
    answered = Answer("由谁牵头?", "answered", "lead", text, 0.95, (citation,), notes=("编号有跳号",))
    refused = Answer("月球?", "refused", "lead", "", 0.1, reason="文件中没有“月球”")
    exchanges = (
        Exchange("防盗窗由谁牵头?", answered, where=Where(place="青山区", as_of="2024")),
        Exchange("月球?", refused, number=2),
        Exchange("以前的?", Answer("以前的?", "answered", "lead", "", 0.0), number=3, hidden=True),
    )
    return Conversation(exchanges, "t", "防盗窗的事")


def paragraphs(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


@pytest.mark.parametrize("format", ["md", "docx"])
def test_every_answer_comes_with_its_numbered_sources_and_their_words(format: Format) -> None:
    content = exported(conversation_of(), format, LABELS)
    text = content.decode() if format == "md" else "\n".join(paragraphs(content))
    for said in ("防盗窗的事", "防盗窗由谁牵头?", "区消防救援大队", "编号有跳号", "消防方案 › 一、任务 › (一)整治 › 第2页", "1.防盗窗动态清零。", "青山区", "2024 有效的版本", "文件中没有找到依据", "文件中没有“月球”", "不再显示"):
        assert said in text.replace("\\", ""), said
    assert re.search(r"\\?\[1\\?\]", text)


def test_a_word_file_holds_hostile_text_as_text_and_nothing_that_runs_or_leads_out() -> None:
    content = exported(conversation_of(HOSTILE, HOSTILE), "docx", LABELS)
    assert HOSTILE in paragraphs(content)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not [name for name in package.namelist() if "vba" in name.lower() or "embed" in name.lower()]
        relations = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".rels"))
        assert "evil.example" not in relations and 'TargetMode="External"' not in relations
        assert "<w:fldSimple" not in package.read("word/document.xml").decode()


def test_markdown_of_hostile_text_means_nothing() -> None:
    text = exported(conversation_of(HOSTILE, HOSTILE), "md", LABELS).decode()
    for live in ("<script", "<img", "](javascript", "![", "http://", " **b**", "`c`"):
        assert not re.search(rf"(?<!\\){re.escape(live)}", text), live
    assert not re.search(r"^> 1\.", text, re.M) and not re.search(r"^> -", text, re.M)


_SPECIAL = set("\\`*_{}[]<>#|~&!$@^")


@given(st.text(max_size=60))
def test_no_sign_of_markdown_stands_unescaped_and_every_word_is_kept(text: str) -> None:
    written = as_markdown(text)
    bare = re.sub(r"\\.", "", written.replace("  \n", "\n"))
    assert not _SPECIAL & set(bare)
    kept = re.sub(r"\\(.)", r"\1", written)
    assert "".join(kept.split()) == "".join(printable(text).split())


@given(st.text(max_size=300), st.sampled_from(["docx", "md"]))
def test_a_files_name_never_leaves_its_folder_nor_hides_its_ending(title: str, ending: str) -> None:
    """U-12."""
    header = attachment(title, ending)
    assert header.isascii() and "\n" not in header and "\r" not in header
    plain = header.split('filename="')[1].split('"')[0]
    name = unquote(header.split("UTF-8''")[1])
    for one in (plain, name):
        assert one.endswith("." + ending) and len(one) <= 90 and not one.startswith(".")
        assert not set('/\\:*?"<>|') & set(one) and one.isprintable()
