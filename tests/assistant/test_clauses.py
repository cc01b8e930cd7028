"""Sentences and segments: the pieces an answer is cut from."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.clauses import clauses_of, section_of, segments, sentences
from corpus.types import Document, Span

DocumentOf = Callable[..., Document]
TEXTS = st.text(alphabet="甲乙丙。;,:、()“”《》\n 1", max_size=80)


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


def pieces(text: str) -> list[str]:
    return [span.of(text) for span in segments(text, Span(0, len(text)))]


def test_a_sentence_ends_at_a_stop_a_semicolon_or_a_line_end() -> None:
    assert cut("甲。乙;丙\n丁!") == ["甲。", "乙;", "丙", "丁!"]


def test_a_comma_ends_a_segment_but_no_sentence() -> None:
    assert cut("到2024年达到60%,到2025年达到80%。") == ["到2024年达到60%,到2025年达到80%。"]
    assert pieces("到2024年达到60%,到2025年达到80%。") == ["到2024年达到60%,", "到2025年达到80%。"]


def test_a_bracket_is_kept_whole() -> None:
    assert cut("完成改造(牵头单位:甲;配合单位:乙。)下一句。") == ["完成改造(牵头单位:甲;配合单位:乙。)下一句。"]


def test_a_quotation_is_kept_whole() -> None:
    assert pieces("落实“管行业,管安全”要求,抓好检查") == ["落实“管行业,管安全”要求,", "抓好检查"]


def test_an_unmatched_bracket_does_not_swallow_the_rest() -> None:
    assert cut("甲(乙。丙。" + "丁" * 200 + "。") != ["甲(乙。丙。" + "丁" * 200 + "。"]


def test_white_space_at_the_edges_is_left_out() -> None:
    assert cut("  甲。 \n\n  乙。 ") == ["甲。", "乙。"]


def test_only_the_span_asked_for_is_cut() -> None:
    text = "甲。乙。丙。"
    assert [span.of(text) for span in sentences(text, Span(2, 4))] == ["乙。"]


@pytest.mark.parametrize("cutter", [sentences, segments])
@given(text=TEXTS)
def test_pieces_cover_their_span_without_overlap(cutter: Callable[[str, Span], tuple[Span, ...]], text: str) -> None:
    spans = cutter(text, Span(0, len(text)))
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    assert all(span.start < span.end for span in spans)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


PLAN = """泽安县消防方案

一、主要任务

(一)改造通道。完成划线。加强巡查。

附件

泽安县消防任务清单

主要任务

具体任务

完成时限

牵头单位

责任单位

甲任务

1.新建充电桩。加强管理。

2024年底

县住建局

县公安局

乙任务

2.改造农贸市场。

2025年底

县商务局

县财政局
"""


def test_the_clauses_of_a_passage_are_its_sentences_with_their_surroundings(document_of: DocumentOf) -> None:
    document = document_of(PLAN)
    passage = next(p for p in document.passages if "加强巡查" in p.span.of(document.text))
    clauses = clauses_of(document, passage)
    clause = next(c for c in clauses if "加强巡查" in c.own)
    assert clause.text == "加强巡查。"
    assert "完成划线" in clause.item and "主要任务" in clause.path and "泽安县" in clause.title


def test_a_row_of_a_task_list_is_one_clause(document_of: DocumentOf) -> None:
    document = document_of(PLAN)
    first, _ = [p for p in document.passages if p.kind == "row"]
    (clause,) = clauses_of(document, first)
    assert clause.span == first.span and "加强管理。" in clause.text and "县住建局" in clause.text


def test_a_passage_knows_its_section(document_of: DocumentOf) -> None:
    document = document_of(PLAN)
    passage = next(p for p in document.passages if "加强巡查" in p.span.of(document.text))
    section = section_of(document, passage)
    assert section is not None and section.span.covers(passage.span)


def test_a_comma_that_groups_digits_ends_no_segment() -> None:
    assert pieces("概算总投资1,260万元,镇自筹360万元") == ["概算总投资1,260万元,", "镇自筹360万元"]
    assert pieces("2024,2025年两批") == ["2024,", "2025年两批"]
