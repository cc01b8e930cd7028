"""Re-issued, amended and repealed documents are recognised from what they state; what is not certain is only proposed."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.parse import parse
from corpus.succession import Decision, Edition, edition, set_aside, successions, title_key
from tests.editions import NEW, NOTICE


def repeals_of(text: str) -> list[tuple[str, str, str, date | None]]:
    document = parse(f"东江县管理规定\n{text}".encode(), "规定.txt")
    found = document.facts.repeals
    for repeal in found:
        assert repeal.clause.covers(repeal.span) and (repeal.title or repeal.number)[:4] in repeal.span.of(document.text)
    return [(r.kind, r.title, r.number, r.since) for r in found]


# ---------------------------------------------------------------- what a text says it ends


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "第九条 本办法自2024年1月1日起施行,《甲乙管理办法》(东政发〔2019〕3号)同时废止。",
            [("repealed", "甲乙管理办法", "东政发〔2019〕3号", date(2024, 1, 1))],
        ),
        (
            "本办法自印发之日起施行。2016年印发的《甲管理办法》、《乙管理办法》(东政办〔2015〕12号)同时废止。",
            [("repealed", "甲管理办法", "", None), ("repealed", "乙管理办法", "东政办〔2015〕12号", None)],
        ),
        ("原《甲管理办法》自2024年2月1日起废止。", [("repealed", "甲管理办法", "", date(2024, 2, 1))]),
        ("本预案代替2019年印发的《东江县甲应急预案》。", [("replaced", "东江县甲应急预案", "", None)]),
        ("东政发〔2018〕3号文件同时废止。", [("repealed", "", "东政发〔2018〕3号", None)]),
        ("对《甲管理办法》第三条作如下修改:", [("amended", "甲管理办法", "", None)]),
        ("《甲管理办法》第五条同时废止。", [("amended", "甲管理办法", "", None)]),
        (
            "经研究,决定废止下列文件:\n1.《甲管理办法》(东政发〔2011〕2号)\n2.《乙管理办法》(东政发〔2012〕5号)\n本决定自公布之日起施行。",
            [("repealed", "甲管理办法", "东政发〔2011〕2号", None), ("repealed", "乙管理办法", "东政发〔2012〕5号", None)],
        ),
    ],
)  # fmt: skip
def test_a_text_says_which_documents_it_ends(text, expected):
    assert repeals_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "根据《甲管理办法》制定本规定,不得擅自废止。",
        "按照《甲管理办法》有关规定执行。",
        "已废止的《甲管理办法》不再作为依据。",
        "《甲管理办法》未废止前继续执行。",
        "严禁使用失效灭火器,执行《甲管理办法》。",
    ],
)
def test_a_document_that_is_only_cited_is_not_ended(text):
    assert repeals_of(text) == []


# ---------------------------------------------------------------- links between editions


def one(identity: str, title: str, issued: str = "", **more: object) -> Edition:
    given = {"issuer": "东江县人民政府", "number": "", "published": None, "effective": None, "expires": None} | more
    day = date.fromisoformat(issued) if issued else None
    return Edition(identity, f"{identity}.txt", title, issued=day, **given)


def edition_of(identity: str, text: str) -> Edition:
    document = parse(text.encode(), f"{identity}.txt")
    return edition(identity, document.name, document.card, document.facts.repeals)


OLD = NOTICE.format(mark="", year=2019, number=3, times=1, since="2019年6月1日", end="")


def test_a_repeal_by_number_is_certain_and_counts_from_the_day_the_new_one_applies():
    (link,) = successions([edition_of("new", NEW), edition_of("old", OLD)])
    assert (link.earlier, link.later, link.kind, link.state) == ("old", "new", "repealed", "certain")
    assert link.since == date(2024, 1, 1) and "东政发〔2019〕3号" in link.evidence and link.clause is not None
    assert set_aside([link], date(2023, 12, 31)) == {"new"} and set_aside([link], date(2024, 1, 1)) == {"old"}


@pytest.mark.parametrize(
    "title",
    ["东江县危险房屋管理办法", "东江县危险房屋管理办法(修订)", "东江县危险房屋管理办法(2023年修订版)", "东江县危险房屋管理办法(试行)",
     "关于印发《东江县危险房屋管理办法》的通知", "东江县人民政府关于印发〈东江县危险房屋管理办法(第二版)〉的通知"],
)  # fmt: skip
def test_marks_of_an_edition_and_the_notice_around_it_do_not_make_another_title(title):
    assert title_key(title) == "东江县危险房屋管理办法"


def test_other_years_in_a_title_make_another_document():
    assert title_key("东江县2023年安全生产工作要点") != title_key("东江县2024年安全生产工作要点")


def test_the_same_title_from_the_same_issuer_later_is_certain():
    (link,) = successions([one("a", "东江县危险房屋管理办法", "2019-05-06"), one("b", "东江县危险房屋管理办法", "2023-05-06")])
    assert (link.earlier, link.later, link.kind, link.state, link.since) == ("a", "b", "reissued", "certain", date(2023, 5, 6))


def test_each_edition_follows_the_one_before_it():
    links = successions([one(i, "东江县危险房屋管理办法", f"{year}-05-06") for i, year in (("c", 2023), ("a", 2015), ("b", 2019))])
    assert {(link.earlier, link.later) for link in links} == {("a", "b"), ("b", "c")}
    assert set_aside(links, date(2020, 1, 1)) == {"a", "c"} and set_aside(links, date(2026, 1, 1)) == {"a", "b"}


def test_another_countys_document_of_the_same_title_is_no_edition():
    assert successions([one("a", "危险房屋管理办法", "2019-05-06"), one("b", "危险房屋管理办法", "2023-05-06", issuer="西河县人民政府")]) == ()


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        # Meetings and checks are called each time anew.
        (one("a", "关于召开安全生产会议的通知", "2023-05-06"), one("b", "关于召开安全生产会议的通知", "2024-05-06")),
        # Nobody knows who issued them.
        (one("a", "危险房屋管理办法实施细则", "2019-05-06", issuer=""), one("b", "危险房屋管理办法实施细则", "2023-05-06", issuer="")),
        # Only one of the days is a day of issue.
        (one("a", "东江县危险房屋管理办法", "2019-05-06"), one("b", "东江县危险房屋管理办法", published=date(2023, 5, 6))),
        # One number is one document: its attachments come under other titles.
        (one("a", "东江县整治方案", "2023-05-06", number="东政发〔2023〕8号"), one("b", "东江县任务清单", "2023-06-01", number="东政发〔2023〕8号")),
        (one("a", "东江县危险房屋管理办法"), one("b", "东江县危险房屋管理办法(修订)")),
    ],
)  # fmt: skip
def test_weaker_evidence_is_only_proposed_and_sets_nothing_aside(earlier, later):
    (link,) = successions([earlier, later])
    assert link.state == "proposed" and not set_aside([link], date(2026, 1, 1))


def test_a_draft_gives_way_to_the_final_document_and_never_replaces_one():
    draft = one("draft", "东江县危险房屋管理办法(征求意见稿)", "2023-03-01")
    final = one("final", "东江县危险房屋管理办法", "2023-05-06")
    revision = one("next", "东江县危险房屋管理办法(修订草案)", "2025-03-01")
    assert set_aside(successions([draft, final]), date(2026, 1, 1)) == {"draft"}
    assert set_aside(successions([final, revision]), date(2026, 1, 1)) == {"next"}


def test_a_repeal_of_the_same_title_but_another_number_is_another_document():
    text = NEW.replace("东政发〔2019〕3号", "东政发〔2011〕7号")
    links = successions([edition_of("old", OLD), edition_of("new", text)])
    assert [(link.kind, link.state) for link in links] == [("reissued", "certain")]


def test_a_decision_that_only_repeals_leaves_the_document_to_answer_from():
    decision = "东江县人民政府关于废止部分文件的决定\n决定废止下列文件:\n1.《东江县危险房屋管理办法》(东政发〔2019〕3号)\n东江县人民政府\n2024年3月1日\n"
    (link,) = successions([edition_of("old", OLD), edition_of("decision", decision)])
    assert (link.kind, link.state) == ("ended", "certain") and not set_aside([link], date(2026, 1, 1))


# ---------------------------------------------------------------- what people decide


def test_a_rejected_link_sets_nothing_aside_and_a_confirmed_one_does():
    pair = [one("a", "危险房屋管理办法实施细则", "2019-05-06", issuer=""), one("b", "危险房屋管理办法实施细则", "2023-05-06", issuer="")]
    confirmed = successions(pair, [Decision("a", "b", "confirmed")])
    assert set_aside(confirmed, date(2026, 1, 1)) == {"a"}
    certain = [one("a", "东江县危险房屋管理办法", "2019-05-06"), one("b", "东江县危险房屋管理办法", "2023-05-06")]
    rejected = successions(certain, [Decision("a", "b", "rejected")])
    assert rejected[0].state == "rejected" and not set_aside(rejected, date(2026, 1, 1))


def test_a_person_may_declare_what_no_document_says():
    (link,) = successions([one("a", "甲规定", "2019-05-06"), one("b", "乙办法", "2023-05-06")], [Decision("a", "b", "confirmed")])
    assert link.kind == "declared" and set_aside([link], date(2026, 1, 1)) == {"a"}


def test_a_family_is_never_set_aside_whole():
    pair = [one("a", "甲规定", "2019-05-06"), one("b", "乙办法", "2019-05-06")]
    circle = successions(pair, [Decision("a", "b", "confirmed"), Decision("b", "a", "confirmed")])
    assert len(circle) == 2 and not set_aside(circle, date(2026, 1, 1))


def test_the_term_of_a_document_is_read_from_its_words():
    card = edition_of("x", OLD.replace("本办法自2019年6月1日起施行。", "本办法自印发之日起施行,有效期5年。"))
    assert card.effective == date(2019, 5, 6) and card.expires == date(2024, 5, 5)
