"""Papers kept in the catalog: what comes back, what an edit may do, links, sittings, results, and what goes when a paper goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.config import Config
from assistant.quiz.keeping.codec import read_quiz, stale, written_quiz
from assistant.quiz.keeping.editing import Edit, edited
from assistant.quiz.keeping.papers import Papers, SavedPaper
from assistant.quiz.keeping.replies import read_reply, score_of, words_of
from assistant.quiz.keeping.sittings import Sittings
from assistant.quiz.types import CHOICES, Item, Kind, Quiz, QuizRequest
from assistant.types import Citation
from assistant.web.quiz.results import csv_of
from corpus.errors import BadQuiz, QuizClosed, UnknownQuiz
from tests.assistant.test_quiz import PLAN

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CITED = Citation(1, "d", "a.txt", "标题", ("一、",), 0, 2, "原文", ((0, 1),))


def item_of(kind: Kind, options: tuple[str, ...] = (), key: tuple[int | str, ...] = (), prompts: tuple[str, ...] = (), answer: str = "") -> Item:
    return Item(f"q{len(kind)}", kind, "这是一道题的题干", options, key, f"答案：{answer}。依据：标题。", 2, (CITED,), prompts, answer, (f"f:{kind}",))


SINGLE = item_of("single", ("甲局", "乙局", "丙局"), (1,), answer="B. 乙局")
MULTIPLE = item_of("multiple", ("甲", "乙", "丙"), (0, 2), answer="AC（甲、丙）")
FILL = item_of("fill", key=("40%", "百分之四十"), answer="40%")
ORDER = item_of("order", ("二", "一", "三"), ("一", "二", "三"), answer="B→A→C")
MATCH = item_of("match", ("甲局", "乙局"), ("乙局", "甲局"), ("任务一", "任务二"), answer="1—B；2—A")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("keeping")
    (folder / "a.txt").write_text(PLAN, encoding="utf-8")
    with Assistant.open(folder / "library", Config()) as assistant:
        assistant.add([folder / "a.txt"])
        yield assistant


@pytest.fixture
def papers(library: Assistant) -> Papers:
    return Papers(library.store)


@pytest.fixture
def paper(library: Assistant, papers: Papers) -> SavedPaper:
    return papers.paper(papers.save("消防测试", library.quiz(count=6, seed=1), NOW))


# ---------------------------------------------------------------- papers


def test_a_paper_comes_back_whole_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(PLAN, encoding="utf-8")
    with Assistant.open(tmp_path / "library", Config()) as assistant:
        assistant.add([file])
        quiz = assistant.quiz(count=6, seed=1)
        key = Papers(assistant.store).save(" 消防\n测试 ", quiz, NOW)
        assistant.store.backup(tmp_path / "copy")
    with Assistant.open(tmp_path / "library", Config()) as assistant:
        saved = Papers(assistant.store).paper(key)
    assert (saved.title, saved.quiz, saved.made_at) == ("消防 测试", quiz, NOW)


def test_no_quote_is_kept_and_one_that_changed_does_not_come_back() -> None:
    quiz = Quiz(1, (SINGLE,), QuizRequest(count=1))
    text = written_quiz(quiz)
    assert "原文" not in text
    assert read_quiz(text, lambda *_: "原文") == quiz
    for found in ("别的", ""):
        (item,) = read_quiz(text, lambda *_, found=found: found).items
        assert item.citations[0].quote == "" and stale(item) and item.key == SINGLE.key


def test_a_paper_survives_its_document_but_says_that_the_source_is_gone(assistant_of: Callable[..., Assistant]) -> None:
    library = assistant_of(PLAN)
    papers, quiz = Papers(library.store), library.quiz(count=6, seed=1)
    key = papers.save("消防测试", quiz, NOW)
    library.remove(library.store.documents()[0].id)
    again = papers.paper(key)
    assert [i.stem for i in again.quiz.items] == [i.stem for i in quiz.items]
    assert all(stale(item) for item in again.quiz.items)


def test_two_windows_cannot_overwrite_each_other(papers: Papers, paper: SavedPaper) -> None:
    papers.change(replace(paper, title="甲"))
    with pytest.raises(BadQuiz, match="别处改过"):
        papers.change(replace(paper, title="乙"))
    assert papers.paper(paper.id).title == "甲"


def test_swap_in_a_saved_paper_gives_another_question(library: Assistant, papers: Papers) -> None:
    quiz = papers.paper(papers.save("小测", library.quiz(count=1, seed=1), NOW)).quiz
    (old,) = quiz.items
    (new,) = library.swap(quiz, old.id).items
    assert new.id != old.id and new.stem != old.stem


def test_a_template_is_a_request_under_a_name(papers: Papers) -> None:
    request = QuizRequest(sections=("二、重点任务",), count=7, numbers=(("fill", 2),), difficulty=(2, 4), keep=("q1",))
    papers.save_template("月考", QuizRequest())
    papers.save_template("月考", request)
    (template,) = papers.templates()
    assert template.name == "月考" and template.request == replace(request, keep=())
    papers.delete_template(template.id)
    with pytest.raises(UnknownQuiz):
        papers.template(template.id)


# ---------------------------------------------------------------- edits


def test_an_edited_choice_has_its_answer_and_explanation_in_line() -> None:
    new = edited(SINGLE, Edit("另一道题的题干", ("甲局", "", "丙局", "丁局"), right=[3]))
    assert (new.options, new.key, new.answer) == (("甲局", "丙局", "丁局"), (2,), "C. 丁局")
    assert new.explanation == "答案：C. 丁局。依据：标题。" and new.citations == SINGLE.citations


def test_edited_order_and_match_keep_options_and_key_together() -> None:
    new = edited(ORDER, Edit(ORDER.stem, ("一", "二", "三", "四")))
    assert new.key == ("一", "二", "三", "四") and sorted(new.options) == sorted(new.accepted) and new.options != new.key
    pairs = edited(MATCH, Edit(MATCH.stem, ("丙局", "甲局", ""), prompts=("任务一", "任务二", "")))
    assert pairs.key == ("丙局", "甲局") and pairs.answer == "；".join(f"{n}—{'AB'[pairs.options.index(r)]}" for n, r in enumerate(pairs.accepted, 1))


def test_an_edit_that_changes_nothing_changes_nothing() -> None:
    for item in (SINGLE, MULTIPLE, ORDER, MATCH, FILL):
        options = item.options if item.kind in CHOICES else item.accepted
        assert edited(item, Edit(item.stem, options, item.right, item.prompts, item.accepted)) == item


@pytest.mark.parametrize(
    ("item", "edit"),
    [
        (SINGLE, Edit("题", SINGLE.options, [1])),
        (SINGLE, Edit(SINGLE.stem, ("甲局",), [0])),
        (SINGLE, Edit(SINGLE.stem, ("甲局", "甲局"), [0])),
        (SINGLE, Edit(SINGLE.stem, SINGLE.options, [])),
        (SINGLE, Edit(SINGLE.stem, SINGLE.options, [7])),
        (SINGLE, Edit(SINGLE.stem, ("长" * 301, "乙"), [1])),
        (MULTIPLE, Edit(MULTIPLE.stem, MULTIPLE.options, [1])),
        (FILL, Edit(FILL.stem, accepted=(" \n",))),
        (ORDER, Edit(ORDER.stem, ("一", "二"))),
        (MATCH, Edit(MATCH.stem, ("甲局", ""), prompts=("一", "二"))),
    ],
)  # fmt: skip
def test_what_cannot_be_a_question_is_refused(item: Item, edit: Edit) -> None:
    with pytest.raises(BadQuiz) as refused:
        edited(item, edit)
    assert refused.value.code == "bad_edit" and refused.value.remedy


# ---------------------------------------------------------------- replies


@pytest.mark.parametrize(
    ("item", "values", "score", "words"),
    [
        (SINGLE, ["1"], 1.0, "B. 乙局"),
        (SINGLE, [], 0.0, ""),
        (MULTIPLE, ["0"], 0.5, "A. 甲"),
        (MULTIPLE, ["0", "2"], 1.0, "A. 甲；C. 丙"),
        (FILL, [" 百分之四十 "], 1.0, "百分之四十"),
        (ORDER, ["1", "0", "2"], 1.0, "B→A→C"),
        (ORDER, ["1", "", "2"], 0.0, "B→…→C"),
        (MATCH, ["1", "1"], 0.5, "1—B；2—B"),
    ],
)
def test_replies_are_read_judged_and_said(item: Item, values: list[str], score: float, words: str) -> None:
    reply = read_reply(item, values)
    assert (score_of(item, reply), words_of(item, reply)) == (score, words)


@pytest.mark.parametrize(("item", "values"), [(SINGLE, ["3"]), (SINGLE, ["-1"]), (SINGLE, ["0", "1"]), (ORDER, ["²"]), (FILL, ["长" * 501])])
def test_a_reply_that_cannot_be_meant_is_refused(item: Item, values: list[str]) -> None:
    with pytest.raises(BadQuiz):
        read_reply(item, values)


# ---------------------------------------------------------------- links and sittings


@pytest.fixture
def sittings(papers: Papers) -> Sittings:
    return Sittings(papers)


def right_reply(item: Item) -> list[int] | str:
    if item.kind in CHOICES:
        return list(item.right)
    return [item.options.index(t) for t in item.accepted] if item.options else "、".join(item.accepted if item.kind == "short" else item.accepted[:1])


def test_an_exam_is_judged_at_its_end_and_not_before(sittings: Sittings, paper: SavedPaper) -> None:
    link = sittings.share(paper, "exam", NOW, minutes=30)
    sitting = sittings.begin(link, "张三", "", NOW)
    assert sittings.reply(link, sitting, 1, right_reply(link.items[0]), NOW) is None
    assert sittings.sitting(link.token, sitting.secret).replies[0][2] is None
    done = sittings.finish(link, sitting, {n: right_reply(i) for n, i in enumerate(link.items, 1)}, NOW)
    assert done.points(link.items) == done.total(link.items) == paper.quiz.total and done.wrong() == ()
    with pytest.raises(QuizClosed, match="已经交卷"):
        sittings.reply(link, done, 1, right_reply(link.items[0]), NOW)


def test_what_comes_after_the_time_does_not_count(sittings: Sittings, paper: SavedPaper) -> None:
    link = sittings.share(paper, "exam", NOW, minutes=30)
    sitting = sittings.begin(link, "张三", "", NOW)
    late = NOW + timedelta(minutes=31)
    with pytest.raises(QuizClosed, match="时间已到"):
        sittings.reply(link, sitting, 1, right_reply(link.items[0]), late)
    (done,) = sittings.results(link, late)
    assert done.finished_at == NOW + timedelta(minutes=30) and done.points(link.items) == 0


def test_practice_is_judged_at_once_and_once(sittings: Sittings, paper: SavedPaper) -> None:
    link = sittings.share(paper, "practice", NOW)
    sitting = sittings.begin(link, "张三", "", NOW)
    judged = sittings.reply(link, sitting, 1, right_reply(link.items[0]), NOW)
    assert judged is not None and judged.right and judged.citations
    with pytest.raises(QuizClosed, match="已经答过"):
        sittings.reply(link, sittings.sitting(link.token, sitting.secret), 1, right_reply(link.items[0]), NOW)


def test_a_link_keeps_the_paper_it_was_made_for_and_can_end(sittings: Sittings, papers: Papers, paper: SavedPaper) -> None:
    link = sittings.share(paper, "exam", NOW, days=1)
    papers.change(replace(paper, quiz=replace(paper.quiz, items=paper.quiz.items[:1])))
    assert len(sittings.link(link.token).items) == 6
    with pytest.raises(QuizClosed, match="有效期"):
        sittings.begin(link, "张三", "", NOW + timedelta(days=1))
    sittings.close(paper.id, link.token, NOW)
    with pytest.raises(QuizClosed, match="已关闭"):
        sittings.begin(sittings.link(link.token), "张三", "", NOW)
    with pytest.raises(UnknownQuiz):
        sittings.close(paper.id + 1, link.token, NOW)


def test_mistakes_are_those_answered_wrongly_last(sittings: Sittings, paper: SavedPaper) -> None:
    link = sittings.share(paper, "exam", NOW)
    first = {n: right_reply(i) for n, i in enumerate(link.items, 1) if n > 2}
    sittings.finish(link, sittings.begin(link, "王五", "", NOW), dict(first), NOW)
    assert [i.id for i in sittings.mistakes("王五")] == [i.id for i in link.items[:2]]
    again = sittings.begin(link, "王五", "", NOW, numbers=[1])
    sittings.finish(link, again, {1: right_reply(link.items[0])}, NOW)
    assert [i.id for i in sittings.mistakes("王五")] == [link.items[1].id]
    assert sittings.mistakes("李四") == ()


def test_a_deleted_paper_takes_links_and_results_along(sittings: Sittings, papers: Papers, paper: SavedPaper) -> None:
    def counts() -> list[int]:
        with papers.store.database.raw(writes=False) as connection:
            return [connection.execute(f"SELECT count(*) FROM quiz_{t}").fetchone()[0] for t in ("papers", "shares", "sittings", "replies")]

    before = counts()
    link = sittings.share(paper, "exam", NOW)
    sitting = sittings.begin(link, "张三", "", NOW)
    sittings.reply(link, sitting, 1, right_reply(link.items[0]), NOW)
    assert counts() == [before[0], *(n + 1 for n in before[1:])]
    papers.delete(paper.id)
    assert counts() == [before[0] - 1, *before[1:]]
    with pytest.raises(UnknownQuiz):
        sittings.link(link.token)


def test_results_as_csv_run_no_formula(sittings: Sittings, paper: SavedPaper) -> None:
    link = sittings.share(paper, "exam", NOW)
    sittings.finish(link, sittings.begin(link, '=HYPERLINK("http://x")', "@单位", NOW), {}, NOW)
    (row,) = csv_of([(link, sittings.results(link, NOW))]).decode("utf-8-sig").splitlines()[1:]
    assert row.startswith("消防测试,\"'=HYPERLINK(\"\"http://x\"\")\",'@单位,考试,")


@pytest.mark.parametrize(("mode", "minutes", "days"), [("party", 0, 1), ("exam", 601, 1), ("exam", -1, 1), ("exam", 1, 0), ("exam", 1, 366)])
def test_a_link_that_cannot_be_meant_is_refused(sittings: Sittings, paper: SavedPaper, mode: str, minutes: int, days: int) -> None:
    with pytest.raises(BadQuiz):
        sittings.share(paper, mode, NOW, minutes=minutes, days=days)


@pytest.mark.parametrize("name", ["", " ", "长" * 41, "\x00\u2028"])
def test_a_participant_needs_a_name(sittings: Sittings, paper: SavedPaper, name: str) -> None:
    with pytest.raises(BadQuiz):
        sittings.begin(sittings.share(paper, "exam", NOW), name, "", NOW)
