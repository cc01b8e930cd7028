"""Two texts side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.library.comparison import compared
from corpus.types import Document, Source

OLD = "某市办法\n\n第一条 为了加强管理,制定本办法。\n第二条 罚款500元以上。\n第三条 本办法自2020年起施行。\n"
NEW = "某市办法\n\n第一条 为了加强管理,制定本办法。\n第二条 罚款800元以上。\n第四条 鼓励举报违法行为,给予奖励。\n第三条 本办法自2020年起施行。\n"


def document(text: str) -> Document:
    return Document("a.txt", Source(text, "txt"))


def test_paragraphs_are_aligned_and_their_differing_characters_marked() -> None:
    pairs = compared(document(OLD), document(NEW))
    assert [pair.kind for pair in pairs] == ["same", "same", "changed", "right", "same"]
    assert [piece.text for piece in pairs[2].left if piece.differs] == ["5"]
    assert [piece.text for piece in pairs[2].right if piece.differs] == ["8"]
    assert pairs[3].right_span is not None and pairs[3].right_span.of(NEW).startswith("第四条")


def test_white_space_and_width_are_no_difference() -> None:
    assert [pair.kind for pair in compared(document("第一条 (略)"), document("第一条　（略）"))] == ["same"]
    assert compared(document(""), document("甲\n乙"))[1].kind == "right"


@given(st.lists(st.text("甲乙丙丁12。", max_size=8), max_size=8), st.lists(st.text("甲乙丙丁12。", max_size=8), max_size=8))
def test_each_side_is_there_whole_and_in_order(ours: list[str], theirs: list[str]) -> None:
    left, right = "\n".join(ours), "\n".join(theirs)
    pairs = compared(document(left), document(right))
    shown = ["".join(piece.text for piece in pair.left) for pair in pairs if pair.left_span]
    assert shown == [line for line in ours if line.strip()]
    shown = ["".join(piece.text for piece in pair.right) for pair in pairs if pair.right_span]
    assert shown == [line for line in theirs if line.strip()]
