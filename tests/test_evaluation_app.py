"""The Evaluation pages over a real server: run, look, write a known question, make one of a disliked answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app import create_app
from assistant import Assistant
from assistant.accounts.types import LOCAL
from assistant.config import Config
from assistant.conversations.judging import Judgements
from assistant.conversations.types import Exchange
from assistant.known.keeping import Knowledge
from assistant.known.rows import row_of
from assistant.known.types import Question, Quote
from tests.web_server import NOTICE, OTHER

LEAD = Question(
    "k1", "青山区防盗窗动态清零由谁牵头?", kind="lead", docs=("青山区方案.txt",), answer="区消防救援大队", must=(("区消防救援大队",),),
    evidence=(Quote("青山区方案.txt", "(牵头单位:区消防救援大队;配合单位:区住建局、各街道)"),),
)  # fmt: skip
WRONG = replace(LEAD, id="k2", question="白石镇防盗窗什么时候清完?", kind="deadline", docs=("白石镇方案.txt",), answer="12月底前", must=(("12月底前",),), evidence=(Quote("白石镇方案.txt", "2024年9月底前"),))
TYPED = {"question": "谁负责应急演练?", "kind": "lead", "lang": "zh", "answerable": "yes", "answer": "区教育局", "must": "区教育局 | 教育局\n", "doc": "青山区方案.txt", "quote": "(牵头单位:区教育局;配合单位:区应急管理局)"}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("evaluation")
    for name, text in {"青山区方案.txt": NOTICE, "白石镇方案.txt": OTHER}.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Assistant.open(folder / "library", Config(library=str(folder / "library"))) as assistant:
        assistant.add([folder / "青山区方案.txt", folder / "白石镇方案.txt"])
        yield assistant


@pytest.fixture(scope="module")
def web(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(assistant.config, assistant), base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client


def lines(*questions: Question) -> str:
    return "".join(json.dumps(row_of(question), ensure_ascii=False) + "\n" for question in questions)


def run(web: TestClient, name: str = "own") -> None:
    started = web.post("/evaluation/run", data={"questions": name})
    assert started.status_code == 303, started.text
    for _ in range(600):
        now = web.get("/evaluation/progress").json()
        if now["state"] != "running":
            break
    assert now["state"] == "done", now


def test_a_run_shows_figures_wrong_answers_with_their_clauses_and_the_run_before(web: TestClient, assistant: Assistant) -> None:
    assert web.post("/evaluation/questions/import", content=lines(LEAD, WRONG)).json() == {"new": 2, "changed": 0}
    run(web)
    page = web.get("/evaluation").text
    assert "50.0%" in page and "缺少要点:12月底前" in page and "12月底前" in page and "没有答对的题 (1)" in page
    source = next(re.finditer(r'href="(/source/[^"]+)"', page))[1].replace("&amp;", "&")
    assert "白石镇消防安全整治方案" in web.get(source.split("#")[0]).text
    charts = [json.loads(found.replace("&quot;", '"')) for found in re.findall(r'data-chart="([^"]+)"', page)]
    assert charts[0]["kind"] == "bars" and charts[0]["series"][0]["values"] == [100.0, 0.0]
    assert web.post("/evaluation/questions/import", content=lines(replace(WRONG, answer="9月底前", must=(("9月底前",),)))).json() == {"new": 0, "changed": 1}
    run(web)
    page = web.get("/evaluation").text
    assert "比上次好 50.0" in page and "上次错、这次对 (1)" in page and "全部答对。" in page
    assert "Right" in web.get("/evaluation", headers={"accept-language": "en"}).text
    assert len(re.findall(r"/evaluation/runs/\d+", page)) == 2 and web.get("/evaluation/runs/1").status_code == 200


def test_a_question_is_written_checked_changed_exported_and_removed(web: TestClient, assistant: Assistant) -> None:
    fault = web.post("/evaluation/questions/new", data={**TYPED, "quote": "(牵头单位:区教育局"})
    assert fault.status_code == 303  # verbatim as well
    wrong = web.post("/evaluation/questions/new", data={**TYPED, "quote": "牵头单位是区教育局"})
    assert wrong.status_code == 422 and "依据不在文件" in wrong.text and "谁负责应急演练?" in wrong.text
    exported = web.get("/evaluation/questions/file").text
    kept = [json.loads(line) for line in exported.splitlines()]
    made = next(row for row in kept if row["question"] == TYPED["question"])
    assert made["must"] == [["区教育局", "教育局"]] and made["evidence"] == [{"doc": "青山区方案.txt", "quote": "(牵头单位:区教育局"}] and made["docs"] == ["青山区方案.txt"]
    key = next(k.key for k in Knowledge(assistant.store).listing(LOCAL) if k.question.id == made["id"])
    assert web.post(f"/evaluation/questions/{key}", data={**TYPED, "kind": "unanswerable", "answerable": "no", "must": "", "doc": "", "quote": ""}).status_code == 303
    assert not Knowledge(assistant.store).known(key, LOCAL).question.answerable
    assert web.post(f"/evaluation/questions/{key}/delete", data={"sure": "1"}).status_code == 303
    assert web.get(f"/evaluation/questions/{key}").status_code == 404


def test_a_disliked_answer_becomes_a_known_question(web: TestClient, assistant: Assistant) -> None:
    answer = assistant.ask("白石镇防盗窗动态清零由谁牵头?")
    judgements = Judgements(assistant.store)
    judgements.judge("t", Exchange(answer.question, answer), (), LOCAL, helpful=False, reason="incomplete", comment="少了<b>配合单位</b>")
    page = web.get("/evaluation/disliked").text
    assert "答案不全" in page and "&lt;b&gt;配合单位" in page
    address = re.search(r"/evaluation/questions/new\?from=(\d+)", page)
    assert address
    form = web.get(address[0]).text
    cited = re.findall(r'name="cited" value="([^"]+)"', form)
    assert cited and 'selected="">牵头单位' in form and "镇应急消防管理站" in form
    given = {"question": answer.question, "kind": "lead", "lang": "zh", "answerable": "yes", "answer": "镇应急消防管理站", "must": "镇应急消防管理站", "judgement": address[1]}
    assert web.post("/evaluation/questions/new", data={**given, "cited": cited, "doc": "", "quote": ""}).headers["location"] == "/evaluation/disliked"
    made = Knowledge(assistant.store).listing(LOCAL)[-1]
    assert made.judgement == int(address[1]) and all(quote.quote in OTHER for quote in made.question.evidence) and made.question.evidence
    assert judgements.counts(LOCAL)["made"] == 1 and "没有未处理的评价" in web.get("/evaluation/disliked").text


def test_what_is_no_question_file_is_refused(web: TestClient) -> None:
    for body, code in ((b"\xff\xfe", "bad_questions_file"), (b"{", "bad_questions_file"), (b'{"question": "a", "id": "x"}\n{"question": "b", "id": "x"}', "bad_known_question")):
        reply = web.post("/evaluation/questions/import", content=body)
        assert 400 <= reply.status_code < 500 and reply.json()["error"]["code"] == code
    assert web.post("/evaluation/run", data={"questions": "没有"}).status_code == 422


def test_samples_are_offered_where_they_are(web: TestClient, tmp_path: Path) -> None:
    assert "示例文件的问题" not in web.get("/evaluation").text.partition("历次测评")[0]
