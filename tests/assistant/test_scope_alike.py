"""Documents of one title for several places or years, found without going through the library for each."""

from __future__ import annotations

from assistant.question.scope import Catalogue, Known


def known(id: str, title: str, place: str = "") -> Known:
    return Known(id, f"{id}.txt", title, (place,) if place else (), None)


LIBRARY = Catalogue(
    [
        known("a", "青山区古树名木保护管理办法", "青山区"),
        known("b", "关于开展冬季清雪工作的通知"),
        known("c", "白石区古树名木保护管理办法", "白石区"),
        known("d", "黑水区古树名木保护管理办法", "黑水区"),
    ]
)


def test_like_documents_come_in_the_order_of_the_library() -> None:
    assert [document.id for document in LIBRARY.alike("c")] == ["a", "c", "d"]
    assert [document.id for document in LIBRARY.twins("c")] == ["a", "d"]


def test_a_document_without_twins_is_alone() -> None:
    assert [document.id for document in LIBRARY.alike("b")] == ["b"]
    assert LIBRARY.twins("b") == ()


def test_a_document_that_is_not_there_has_no_twins() -> None:
    assert LIBRARY.alike("z") == LIBRARY.twins("z") == ()
