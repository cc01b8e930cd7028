"""The pages' pieces: escaping, the marked document, the conversation, the languages, the suggestions, the guard."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversations.types import Conversation, Exchange
from assistant.programs.verbs import Where
from assistant.types import Answer, Citation, Understood
from assistant.web.conversation import as_copied, markers, render_conversation
from assistant.web.guard import dress, hosts_for
from assistant.web.markup import element, escape
from assistant.web.source import Place, parse_place, path_at, render_panel, render_text, source_address
from assistant.web.suggestions import candidate_questions, follow_ups, nearest_questions, suggest
from assistant.web.texts import CHINESE, ENGLISH, choose_language
from corpus.types import Card, Cell, Deadline, Document, Duty, Facts, Mention, Section, Source, Span, Table

TEXT = "关于防火的通知\n一、主要任务\n1.动态清零。年底前拆除防盗窗。\n区消防救援大队\n二、保障\n加强领导。"
HOSTILE = "<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1)) \"' onmouseover=1 &amp; <script>alert(1)</script>"


class Reader(HTMLParser):
    """Collect the text and the elements of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def span_of(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def document_of(text: str = TEXT, **parts: object) -> Document:
    heading = span_of("一、主要任务", text) if "一、主要任务" in text else Span(0, 1)
    end = text.index("二、保障") if "二、保障" in text else len(text)
    section = Section(
        index=0, parent=-1, family="cn", level=1, label="一、", number=1, title="主要任务", heading=heading,
        span=Span(heading.start, end), body=Span(heading.end, end), path=("一、主要任务",),
    )  # fmt: skip
    return Document("notice.txt", Source(text, "txt"), Card(title="关于防火的通知"), (section,), id="d1", **parts)  # type: ignore[arg-type]


def citation_of(
    n: int = 1, words: str = "1.动态清零。年底前拆除防盗窗。\n区消防救援大队", answer: str = "区消防救援大队"
) -> Citation:
    clause, marked = span_of(words), span_of(answer)
    path = ("一、主要任务",)
    return Citation(
        n, "d1", "notice.txt", "关于防火的通知", path, clause.start, clause.end, words, ((marked.start, marked.end),)
    )


def answered(text: str = "区消防救援大队", *citations: Citation, **parts: object) -> Answer:
    return Answer("由谁牵头?", "answered", "lead", text, 0.95, citations or (citation_of(),), **parts)  # type: ignore[arg-type]


def shown(answer: Answer, length: int | None = None) -> str:
    return render_conversation(Conversation((Exchange(answer.question, answer, length),)), CHINESE, ())


# ---------------------------------------------------------------- escaping


@given(st.text())
def test_escaped_text_reads_back_as_itself_on_one_line(text: str) -> None:
    html = escape(text)
    assert "\n" not in html and "<" not in html and '"' not in html
    visible = text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    back = Reader(f"<p>{html}</p>").text
    assert len(back) == len(visible)
    assert all(a in (b, "\N{REPLACEMENT CHARACTER}") for a, b in zip(back, visible, strict=True))


def test_characters_that_hide_or_turn_text_around_are_shown_as_marks() -> None:
    assert escape("牵头\u202e单位\u200b:\x00局") == "牵头�单位�:�局"


def test_attribute_values_cannot_leave_their_quotes() -> None:
    html = element("a", "x", title='" onclick="alert(1)', data_text=None)
    assert Reader(html).elements == [("a", {"title": '" onclick="alert(1)'})]


# ---------------------------------------------------------------- source panel


def test_the_whole_text_is_shown_whatever_is_marked() -> None:
    document = document_of()
    html = render_text(document, Place(span_of("年底前拆除防盗窗"), (span_of("防盗窗"),), 1), CHINESE)
    assert Reader(html).text == TEXT.replace("\n", "")


def test_the_clause_is_marked_and_the_answering_words_more_strongly() -> None:
    html = render_text(
        document_of(),
        Place(span_of("1.动态清零。年底前拆除防盗窗。\n区消防救援大队"), (span_of("区消防救援大队"),)),
        CHINESE,
    )
    assert "".join(re.findall(r"<mark>(.*?)</mark>", html)).startswith("1.动态清零。年底前拆除防盗窗。")
    assert '<mark><strong class="words">区消防救援大队</strong></mark>' in html
    assert html.count('id="cited"') == 1


def test_the_panel_names_the_document_and_the_heading_path() -> None:
    document = document_of()
    place = Place(span_of("区消防救援大队"), n=3)
    panel = Reader(render_panel(document, place, path_at(document, place), CHINESE, "/source/d1")).text
    assert panel.startswith("3引用的条款关于防火的通知") and "一、主要任务" in panel


def test_a_table_of_the_format_stays_a_table_with_the_cited_cell_marked() -> None:
    text = "任务 单位\n清零 消防大队\n完"
    cells = tuple(
        Cell(r, c, span_of(w, text), header=r == 0)
        for r, c, w in ((0, 0, "任务"), (0, 1, "单位"), (1, 0, "清零"), (1, 1, "消防大队"))
    )
    document = Document("t.html", Source(text, "html", tables=(Table(Span(0, 12), cells),)), id="d1")
    html = render_text(document, Place(span_of("清零 消防大队", text), (span_of("消防大队", text),)), CHINESE)
    assert '<td id="cited"><mark>清零</mark></td><td><mark><strong class="words">消防大队</strong></mark></td>' in html
    assert html.endswith("<p>完</p>")


def test_the_cells_of_a_flattened_task_list_carry_their_columns_name() -> None:
    text = "1.动态清零。\n年底前\n消防大队\n、住建局\n完"
    lead = (Mention("消防大队", span_of("消防大队", text)), Mention("住建局", span_of("住建局", text)))
    deadline = Deadline("年底前", span_of("年底前", text), "by")
    row = Duty(
        0, "row", 0, (), None, Span(0, 20), Span(8, 20), Mention("动态清零", Span(2, 6)), lead=lead, deadline=deadline
    )
    html = render_text(Document("t.txt", Source(text, "txt"), facts=Facts(duties=(row,)), id="d1"), Place(), CHINESE)
    assert (
        '<p class="cell" data-column="完成时限">年底前</p><p class="cell" data-column="牵头单位">消防大队</p>' in html
    )
    assert html.endswith('<p class="cell">、住建局</p><p>完</p>')


def test_hostile_text_of_a_document_stays_text() -> None:
    reader = Reader(render_text(document_of(HOSTILE), Place(), CHINESE))
    assert {tag for tag, _ in reader.elements} <= {"p", "b", "span", "h3"}
    assert reader.text.replace("\n", "") == HOSTILE.replace("\n", "")


@pytest.mark.parametrize(
    "address",
    [
        {},
        {"start": "5"},
        {"start": "9", "end": "3"},
        {"start": "0", "end": "99999"},
        {"start": "-1", "end": "4"},
        {"start": "x", "end": "²"},
    ],
    ids=str,
)
def test_an_address_that_points_outside_the_text_cites_nothing(address: dict[str, str]) -> None:
    assert parse_place(document_of(), address) == Place()


def test_the_address_of_a_citation_leads_back_to_its_place() -> None:
    citation = citation_of()
    query = dict(
        pair.split("=") for pair in source_address(citation).partition("?")[2].removesuffix("#cited").split("&")
    )
    place = parse_place(document_of(), query)
    assert place == Place(Span(citation.start, citation.end), (Span(*citation.highlight[0]),), 1)


# ---------------------------------------------------------------- conversation


def test_an_answer_shows_its_citations_as_numbered_links() -> None:
    links = [attributes for tag, attributes in Reader(shown(answered())).elements if tag == "a"]
    assert [link["class"] for link in links] == ["cite marker cite-1", "cite chip cite-1"]
    assert all(link["href"] == source_address(citation_of()) for link in links)


def test_a_citation_stands_behind_the_line_it_proves() -> None:
    first, second = citation_of(1, "年底前拆除防盗窗"[:8], "防盗窗"), citation_of(2, "加强领导。", "领导")
    placed = markers(["1.加强领导。", "2.年底前拆除防盗窗"], [first, second])
    assert [[c.n for c in line] for line in placed] == [[2], [1]]


def test_notes_and_confidence_are_said_in_words() -> None:
    text = Reader(shown(answered(notes=("编号有跳号",)))).text
    assert "请注意编号有跳号" in text and "把握很大" in text


def test_a_refusal_is_shown_with_its_reason_and_without_confidence() -> None:
    refused = Answer("工资多少?", "refused", "number", "", 0.1, reason="文件中没有写工资")
    text = Reader(shown(refused)).text
    assert "文件中没有找到依据文件中没有写工资" in text and "把握" not in text


def test_a_streamed_answer_shows_only_what_has_arrived() -> None:
    text = Reader(shown(answered("区消防救援大队"), length=3)).text
    assert "区消防" in text and "救援" not in text


@given(st.text(min_size=1, max_size=40), st.integers(0, 40))
def test_no_prefix_of_a_hostile_answer_becomes_markup(tail: str, length: int) -> None:
    answer = answered(HOSTILE + tail, notes=(HOSTILE,), suggestions=(HOSTILE,))
    for html in (shown(answer, length), shown(answer)):
        assert "\n" not in html
        reader = Reader(html)
        assert not {tag for tag, _ in reader.elements} & {"img", "script", "iframe", "style", "form", "svg"}
        assert not any(name.startswith("on") for _, attributes in reader.elements for name in attributes)


def test_many_citations_are_folded_behind_the_first_four() -> None:
    html = shown(answered("清单", *(citation_of(n) for n in range(1, 10))))
    assert "另外 5 条依据" in Reader(html).text and html.count("cite chip") == 9


def test_copying_an_answer_takes_its_clauses_along() -> None:
    copied = as_copied(answered(), CHINESE)
    assert copied.startswith("区消防救援大队\n\n依据:\n[1] 关于防火的通知 › 一、主要任务\n“1.动态清零。")


def test_a_conversation_gives_its_answered_turns_as_history() -> None:
    conversation = Conversation((Exchange("由谁牵头?", answered()),)).asked("什么时候?")
    assert [(turn.question, turn.answer) for turn in conversation.turns()] == [("由谁牵头?", "区消防救援大队")]


def test_what_no_document_has_is_not_carried_over() -> None:
    refused = Answer("月球?", "refused", "lead", "没有", 0.0, understood=Understood("lead", unknown=("月球",)))
    plain = Answer("几时?", "refused", "deadline", "没有写", 0.0)
    turns = Conversation((Exchange("月球?", refused), Exchange("几时?", plain))).turns()
    assert [turn.question for turn in turns] == ["几时?"]


@pytest.mark.parametrize(
    ("status", "said"), [("clarify", CHINESE.can_be_meant), ("refused", CHINESE.can_be_answered), ("answered", CHINESE.follow_up)]
)
def test_what_is_offered_after_a_reply_says_what_it_is(status: str, said: str) -> None:
    answer = Answer("由谁牵头?", status, "lead", "有6份文件都写到这一点。", 0.5, (), "有6份文件", suggestions=("甲县由谁牵头?",))  # type: ignore[arg-type]
    html = render_conversation(Conversation((Exchange("由谁牵头?", answer),)), CHINESE, ())
    assert said in html and "甲县由谁牵头?" in html
    assert [other for other in (CHINESE.can_be_meant, CHINESE.can_be_answered, CHINESE.follow_up) if other in html] == [said]


def test_an_empty_conversation_offers_the_suggestions() -> None:
    html = render_conversation(Conversation(), ENGLISH, ("防盗窗由谁牵头?",))
    assert '<button type="button" class="suggestion">防盗窗由谁牵头?</button>' in html


# ---------------------------------------------------------------- languages, suggestions, guard


@pytest.mark.parametrize(
    ("setting", "cookie", "accept", "language"),
    [
        ("auto", None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("auto", None, "en-GB,en;q=0.9,zh;q=0.5", "en"),
        ("auto", None, "fr,de;q=0.9,en;q=0.3", "en"),
        ("auto", None, "fr;q=x", "zh"),
        ("auto", None, None, "zh"),
        ("en", None, "zh-CN", "en"),
        ("en", "zh", "en", "zh"),
        ("auto", "xx", "en", "en"),
    ],
)
def test_the_language_is_the_visitors_choice_then_the_setting_then_the_browsers(
    setting: str, cookie: str | None, accept: str | None, language: str
) -> None:
    assert choose_language(setting, cookie, accept) == language


def test_both_languages_have_every_word() -> None:
    for texts in (CHINESE, ENGLISH):
        assert all(getattr(texts, name) for name in texts.__slots__)


def duty_of(heading: str) -> Duty:
    unit = Mention("区消防救援大队", span_of("区消防救援大队"))
    return Duty(
        0, "row", 0, (), None, Span(0, 9), Span(0, 9), Mention(heading, Span(0, 9)), heading=heading, lead=(unit,)
    )


def test_suggestions_are_made_from_tasks_and_only_kept_when_answered() -> None:
    document = document_of(
        facts=Facts(duties=(duty_of("防盗窗动态清零。"), duty_of("应急演练。"), duty_of("该项工作,另行安排")))
    )
    assert [c.question for c in candidate_questions(document, CHINESE)] == [
        "防盗窗动态清零由谁牵头?",
        "应急演练由谁牵头?",
    ]
    refused = Answer("", "refused", "lead", "", 0.0)
    chosen = suggest([document], lambda q: answered() if "演练" in q else refused, CHINESE, count=5, tries=9)
    assert chosen == ("应急演练由谁牵头?",)


def test_suggestions_are_of_several_kinds() -> None:
    document = document_of(facts=Facts(duties=tuple(duty_of(f"专项整治{name}组") for name in "甲乙丙丁")))
    assert len(suggest([document], lambda _: answered(), CHINESE, count=6, tries=9)) == 2


def test_what_to_ask_next_is_offered_as_far_as_it_is_answered() -> None:
    refused = Answer("", "refused", "support", "", 0.0)
    offered = follow_ups(answered(), lambda q: refused if "配合" in q else answered(), CHINESE)
    assert offered == ("什么时候完成?", "区消防救援大队牵头哪些任务?")
    assert follow_ups(refused, lambda _: answered(), CHINESE) == ()


def test_on_loopback_only_loopback_names_are_answered() -> None:
    assert hosts_for("127.0.0.1") == {"localhost", "127.0.0.1", "::1"}
    assert "192.168.1.5" in hosts_for("192.168.1.5")
    assert hosts_for("0.0.0.0") == frozenset()


def test_the_dressed_page_carries_the_nonce_and_no_reference_to_other_sites() -> None:
    page = b'<head><meta\n\t\t\tproperty="og:image"\n\t\t\tcontent="https://example.org/x.jpg"\n\t\t/><script>a</script><script type="module" src="x"></script></head>'
    dressed = dress(page, "abc", "标题".encode())
    assert b"example.org" not in dressed
    assert dressed.count(b"<script") == dressed.count(b'<script nonce="abc"') == 3


def test_instead_of_a_refusal_what_is_near_and_answered_within_the_same_limits_is_offered(assistant_of) -> None:
    notice = "{place}消防整治方案\n\n{place}人民政府\n2024年4月1日\n\n一、任务\n1.清理楼道杂物。2024年6月底前完成。(牵头单位:区住建局)\n2.更换老旧电线。(牵头单位:区供电局)\n"
    assistant = assistant_of(**{"青山区.txt": notice.format(place="青山区"), "白石镇.txt": notice.format(place="白石镇").replace("楼道杂物", "沿街杂物")})
    refused = assistant.ask("月球基地的楼道建设由谁牵头?")
    assert refused.status == "refused"
    offered = nearest_questions(assistant, refused, Where(), (), CHINESE)
    assert "清理楼道杂物由谁牵头?" in offered and all(assistant.ask(question).status == "answered" for question in offered)
    within = nearest_questions(assistant, refused, Where(place="白石镇"), (), CHINESE)
    assert within and "清理楼道杂物由谁牵头?" not in within
