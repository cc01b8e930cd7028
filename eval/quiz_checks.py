"""Judge one question with the reader of `eval.quiz_reading`: is its key proven, is a wrong option right too, could the stem mean more?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant import Assistant
from corpus.types import Document
from eval.quiz_reading import (
    CHOICE,
    PART,
    TASK,
    TERM,
    WRITTEN,
    Asked,
    below,
    between,
    cited,
    inside,
    last_day,
    named,
    plain,
    plain_text,
    read_stem,
    stated,
    units_after,
    windows,
)

Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the reader says of one question. way: how it read it.  problems: codes with words, none when all is well."""

    id: str
    kind: str
    way: str
    problems: tuple[str, ...] = ()
    asked: bool | None = None


@dataclass
class Verdict:
    """What is collected while one question is read."""

    item: Item
    document: Document
    asked: Asked
    problems: list[str] = field(default_factory=list)
    way: str = ""

    def expect(self, condition: bool, problem: str) -> None:
        if not condition:
            self.problems.append(problem)

    @property
    def right(self) -> list[str]:
        options = self.item["options"]
        return [options[k] if isinstance(k, int) else k for k in self.item["key"]]

    @property
    def wrong(self) -> list[str]:
        key = self.item["key"]
        return [o for n, o in enumerate(self.item["options"]) if n not in key] if all(isinstance(k, int) for k in key) else []


def check(item: Item, assistant: Assistant, documents: Sequence[Document]) -> Finding:
    """Read one question against the library."""
    problems = []
    for citation in item["citations"]:
        text = next((d.text for d in documents if d.id == citation["document_id"]), "")
        if text[citation["start"] : citation["end"]] != citation["quote"] or not citation["quote"]:
            problems.append("not_verbatim")
    asked = read_stem(item["stem"])
    meant = named(asked, documents) if asked else []
    home = item["citations"][0]["document_id"]
    if asked is None or home not in {d.id for d in meant}:
        return Finding(item["id"], item["kind"], "", (*problems, "source_not_named"))
    if len(meant) > 1:
        problems.append("ambiguous: several documents")
    verdict = Verdict(item, next(d for d in meant if d.id == home), asked)
    READERS[item["kind"]](verdict)
    if re.search("牵头|配合|责任单位", verdict.asked.body) and item["kind"] in ("single", "multiple"):
        for wrong in verdict.wrong:
            verdict.expect(not any(wrong.endswith(r) or r.endswith(wrong) for r in verdict.right), f"also_right: {wrong} may be the same office")
    agreed = _asked(verdict, assistant) if item["kind"] == "single" else None
    return Finding(item["id"], item["kind"], verdict.way, (*problems, *verdict.problems), agreed)


# ---------------------------------------------------------------- one reader for each way of asking


def _choice(verdict: Verdict) -> None:
    body = verdict.asked.body
    if "不属于" in body:
        _not_among(verdict)
    elif part := PART.search(body):
        path = verdict.item["citations"][0]["path"]
        _among(verdict, below(verdict.document, part["head"], path), "heading")
        for value in verdict.wrong:
            verdict.expect(not inside(verdict.document, part["head"], path, value), f"also_right: {value} stands in the part")
    elif term := TERM.search(body):
        _defined(verdict, term["term"])
    elif TASK.search(body) and re.search("牵头|配合单位|责任单位|完成时限|什么时间", body):
        _of_task(verdict)
    else:
        _blank(verdict)


def _blank(verdict: Verdict) -> None:
    """The words around the blank stand in the document with the right value, with no wrong one, and with no other of its kind."""
    verdict.way = "text"
    left, right = windows(verdict.asked.body, CHOICE if CHOICE in verdict.asked.body else WRITTEN)
    many = verdict.item["kind"] == "multiple"
    found = between(verdict.document, left, right, 160 if many else 24)
    for value in verdict.right:
        fine = any(plain(value) in f for f in found) if many else stated(verdict.document, left, right, value)
        verdict.expect(fine, f"key_not_proven: {value}")
    for value in verdict.wrong:
        also = any(plain(value) in f for f in found) if many else stated(verdict.document, left, right, value)
        verdict.expect(not also, f"also_right: {value}")
    if not many and right:
        others = {f for f in found if len(f) <= len(plain(verdict.right[0])) + 2 and f not in map(plain, verdict.right)}
        figures = {f for f in others if re.fullmatch(r"[\d.一二三四五六七八九十两%]+\D{0,3}|20\d\d年\S{0,8}|每.{1,3}", f)}
        accepted = {plain(v) for v in verdict.item["key"] if isinstance(v, str)}
        verdict.expect(not figures - accepted or verdict.item["kind"] == "fill" and not re.match(r"[\d每]", plain(verdict.right[0])), f"ambiguous: {figures}")
    verdict.expect(len(left) + len(right) >= 8, "ambiguous: too few words")


def _among(verdict: Verdict, members: list[str], way: str) -> None:
    verdict.way = way
    verdict.expect(bool(members), "key_not_proven: no such heading")
    for value in verdict.right:
        verdict.expect(any(m.startswith(plain(value)) for m in members), f"key_not_proven: {value}")
    for value in verdict.wrong:
        verdict.expect(not any(plain(value) in m for m in members), f"also_right: {value}")


def _not_among(verdict: Verdict) -> None:
    verdict.way = "not among"
    part, term = PART.search(verdict.asked.body), TERM.search(verdict.asked.body)
    quoted = re.search("“([^”]+)”", verdict.asked.body)
    if part:
        members = below(verdict.document, part["head"], verdict.item["citations"][0]["path"])
        verdict.expect(all(any(m.startswith(plain(w)) for m in members) for w in verdict.wrong), "key_not_proven: not below the heading")
        path = verdict.item["citations"][0]["path"]
        verdict.expect(not any(inside(verdict.document, part["head"], path, r) for r in verdict.right), "key_not_proven: the odd one stands in the part")
        return
    word = term["term"] if term else quoted[1] if quoted else ""
    near = "".join(_near(verdict.document, word))
    verdict.expect(all(plain(w) in near for w in verdict.wrong), "key_not_proven: not with the term")
    verdict.expect(not any(plain(r) in cited(verdict.item) for r in verdict.right), "also_right: the odd one")


def _near(document: Document, word: str) -> list[str]:
    text = plain_text(document.id, document.text)
    return [text[max(0, m.start() - 130) : m.end() + 130] for m in re.finditer(re.escape(plain(word)), text)]


def _defined(verdict: Verdict, term: str) -> None:
    verdict.way = "term"
    quote = cited(verdict.item)
    verdict.expect(plain(term) in quote, "key_not_proven: the term is not in the clause")
    for value in verdict.right:
        verdict.expect(plain(value) in quote and any(plain(value) in n for n in _near(verdict.document, term)), f"key_not_proven: {value}")
    for value in verdict.wrong:
        verdict.expect(plain(value) not in quote, f"also_right: {value}")


def _of_task(verdict: Verdict) -> None:
    """The clause with the task names the right office or day and none of the wrong ones."""
    verdict.way = "clause"
    match = TASK.search(verdict.asked.body)
    task = plain(match["task"]) if match else ""
    quote = cited(verdict.item)
    path = plain("".join(verdict.item["citations"][0]["path"]))
    verdict.expect(task in quote or task in path, "key_not_proven: the task is not in the clause")
    text = plain_text(verdict.document.id, verdict.document.text)
    verdict.expect(text.count(task) >= 1, "ambiguous: no such task")
    for value in verdict.right:
        verdict.expect(units_after(verdict.item, value), f"key_not_proven: {value}")
    for value in verdict.wrong:
        verdict.expect(plain(value) not in quote, f"also_right: {value}")


def _true_false(verdict: Verdict) -> None:
    """A true statement stands in the document piece by piece; a false one does not."""
    body = verdict.asked.body.rstrip("。")
    holds = _holds(verdict, body)
    said = verdict.item["key"] == [0]
    verdict.expect(holds == said, "key_not_proven: the statement" if said else "also_right: the false statement stands in the text")


def _holds(verdict: Verdict, body: str) -> bool:
    verdict.way = "statement"
    document, item = verdict.document, verdict.item
    part = re.match("“([^”]+)”部分(?:包括|依次分为)(.+)", body)
    if part:
        members = below(document, part[1], item["citations"][0]["path"])
        rest = plain(part[2])
        for member in sorted(members, key=len, reverse=True):
            short = plain(re.split("阶段", member)[0] + "阶段") if "阶段" in member else member
            rest = rest.replace(member, "", 1) if member in rest else rest.replace(short, "", 1) if short in rest else rest
        return bool(members) and not re.sub(r"[（()）\d年月]", "", rest)
    task = re.match("“([^”]+)”这项任务的(?:.{2,10})是(.+)", body)
    if task:
        return all(units_after(item, unit) for unit in re.split("[、；]", task[2]))
    term = re.match("“([^”]+)”是指(.+)", body)
    if term:
        return all(plain(p) in cited(item) for p in re.split("[、；]", term[2]))
    text = plain_text(document.id, document.text)
    body = re.sub("^在(.{2,12}领域)，", r"\1，", body)
    return all(plain(p) in text for p in re.split("[，：]", body)) 


def _fill(verdict: Verdict) -> None:
    body = verdict.asked.body
    if part := re.search("“([^”]+)”部分", body):
        members = below(verdict.document, part[1], verdict.item["citations"][0]["path"])
        verdict.way = "heading"
        verdict.expect(any(m.startswith(plain(verdict.right[0])) for m in members), "key_not_proven")
        shown = plain(body)
        missing = [m for m in members if m not in shown and plain(re.split("阶段", m)[0]) not in shown]
        verdict.expect(len(missing) == 1 and missing[0].startswith(plain(verdict.right[0])), "ambiguous: several are missing")
    elif term := TERM.search(body):
        _defined(Verdict(verdict.item | {"key": verdict.item["key"][:1]}, verdict.document, verdict.asked, verdict.problems), term["term"])
        verdict.way = "term"
    elif "这项任务的" in body:
        verdict.item = verdict.item | {"key": verdict.item["key"][:1]}
        _of_task(verdict)
    else:
        kept = verdict.item
        verdict.item = kept | {"key": kept["key"][:1]}
        _blank(verdict)
        verdict.item = kept


def _short(verdict: Verdict) -> None:
    body = verdict.asked.body
    part, term = re.search("“([^”]+)”部分", body), re.search("“([^”]+)”具体指什么", body)
    if part:
        members = below(verdict.document, part[1], verdict.item["citations"][0]["path"])
        _among(verdict, members, "heading")
        verdict.expect(len(members) == len(verdict.item["key"]), "key_not_proven: not all parts")
    elif term:
        _defined(verdict, term[1])
    else:
        _of_task(verdict)


def _match(verdict: Verdict) -> None:
    verdict.way = "pairs"
    for prompt, right in zip(verdict.item["prompts"], verdict.item["key"], strict=True):
        homes = [c for c in verdict.item["citations"] if plain(prompt) in plain(c["quote"]) or plain(prompt) in plain("".join(c["path"]))]
        quote = plain("".join(c["quote"] for c in verdict.item["citations"] if any(c["path"] == h["path"] for h in homes)))
        own = plain("".join(c["quote"] for c in homes)) if homes and any(plain(right) in plain(h["quote"]) for h in homes) else quote
        verdict.expect(all(plain(p) in quote for p in re.split("、", right)), f"key_not_proven: {prompt}")
        for other in verdict.item["key"]:
            fits_too = other != right and all(plain(p) in own for p in re.split("、", other))
            verdict.expect(not fits_too, f"also_right: {prompt} — {other}")


def _order(verdict: Verdict) -> None:
    verdict.way = "order"
    part = re.search("将“([^”]+)”的下列各阶段", verdict.item["stem"])
    if part:
        members = below(verdict.document, part[1], verdict.item["citations"][0]["path"])
        places = [next((n for n, m in enumerate(members) if m.startswith(plain(t))), -1) for t in verdict.item["key"]]
        verdict.expect(places == sorted(places) and -1 not in places, "key_not_proven: the order of the headings")
        return
    days = [set(last_day(verdict.document, task)) for task in verdict.item["key"]]
    verdict.expect(all(days), "key_not_proven: no day")
    pairs = zip(days, days[1:], strict=False)
    verdict.expect(all(min(a) < max(b) for a, b in pairs if a and b), "key_not_proven: the order of the days")


def _case(verdict: Verdict) -> None:
    stem = verdict.item["stem"]
    if "为" in stem and "自查" in stem:
        _case_figures(verdict)
    elif "第一项任务" in stem:
        _case_days(verdict)
    else:
        verdict.way = "who and when"
        for option in verdict.right + verdict.wrong:
            match = re.fullmatch("由(.+)牵头，(.+?)(?:前)?完成", option)
            fits = bool(match) and plain(match[1]) in cited(verdict.item) and plain(match[2]) in cited(verdict.item)  # type: ignore[index]
            verdict.expect(fits == (option in verdict.right), f"{'key_not_proven' if option in verdict.right else 'also_right'}: {option}")


_JUDGED = ("两项均", "只有", "只有", "两项均未")


def _case_figures(verdict: Verdict) -> None:
    verdict.way = "figures compared"
    shown = re.search(r"自查：(.+?)为(\d+)%，(.+?)为(\d+)%。", verdict.item["stem"])
    if not shown:
        verdict.problems.append("key_not_proven: cannot be read")
        return
    met = []
    for name, value in ((shown[1], shown[2]), (shown[3], shown[4])):
        goal = re.search(re.escape(plain(name)) + r"\D{0,6}?(\d+(?:\.\d+)?)%", plain_text(verdict.document.id, verdict.document.text))
        if not goal:
            verdict.problems.append(f"key_not_proven: {name}")
            return
        met.append(float(value) >= float(goal[1]))
    verdict.expect(verdict.item["key"] == [{(True, True): 0, (True, False): 1, (False, True): 2, (False, False): 3}[met[0], met[1]]], "key_not_proven: compared")


def _case_days(verdict: Verdict) -> None:
    verdict.way = "days compared"
    found = re.findall(r"(20\d\d)年(\d{1,2})月完成第[一二]项任务“([^”]+)”", verdict.item["stem"])
    met = []
    for year, month, task in found:
        days = last_day(verdict.document, task)
        if not days:
            verdict.problems.append(f"key_not_proven: {task}")
            return
        ends = {(d.year, d.month) for d in days}
        judged = {(int(year), int(month)) <= end for end in ends}
        verdict.expect(len(judged) == 1, f"ambiguous: {task}: {sorted(ends)}")
        met.append(min(judged))
    if len(met) == 2:
        verdict.expect(verdict.item["key"] == [{(True, True): 0, (True, False): 1, (False, True): 2, (False, False): 3}[met[0], met[1]]], "key_not_proven: compared")


READERS = {
    "single": _choice, "multiple": _choice, "true_false": _true_false, "fill": _fill, "short": _short, "match": _match,
    "order": _order, "case": _case,
}  # fmt: skip


# ---------------------------------------------------------------- asking the assistant


def _asked(verdict: Verdict, assistant: Assistant) -> bool | None:
    """Put the question in words; did the answer name the key and no wrong option? None when it cannot be asked or is refused."""
    body = verdict.asked.body
    task = TASK.search(body)
    question = ""
    if "不属于" in body:
        return None
    if task and "牵头" in body:
        question = f"{task['task']}由谁牵头?"
    elif task and re.search("时限|时间", body):
        question = f"{task['task']}什么时候完成?"
    elif not task and CHOICE in body and "不属于" not in body:
        question = body.rstrip("。").replace(CHOICE, _word_for(verdict.item["options"])) + "?"
    if not question:
        return None
    answer = assistant.ask(question, documents=[verdict.document.id])
    if answer.status != "answered":
        return None
    said = plain(answer.answer)
    return all(plain(r).removesuffix("前") in said for r in verdict.right) and not any(plain(w) in said for w in verdict.wrong)


def _word_for(options: Sequence[str]) -> str:
    if all(re.match("20", o) for o in options):
        return "什么时候"
    return "多久" if all(o.startswith("每") for o in options) else "多少"
