"""The spine: understand → search → gather → judge → compose. The only place that orders the steps."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from assistant.answering.against import after
from assistant.answering.citing import cited
from assistant.answering.confidence import SMALL, UNREAD, Found, judge, presence
from assistant.answering.draft import Draft, citations, shortened
from assistant.answering.evidence import NOTHING_GATHERED, Gathered, K, gather
from assistant.answering.nearby import nearby
from assistant.answering.premises import premise_problem, scope_problem
from assistant.answering.problems import NOT_NEAR, NOTHING, covered, problem_of, strangers
from assistant.answering.replied import Replied
from assistant.answering.several import Steps, answers_to_all
from assistant.answering.sides import beside
from assistant.answering.verdicts import verdict
from assistant.compose.composers import compose, with_the_other_kinds
from assistant.compose.texts import clean
from assistant.english.border import frame
from assistant.lexicon.cues import INSTRUCTION, SMALL_TALK
from assistant.library.library import Library
from assistant.question.query import Query, search_text
from assistant.question.question_kinds import asked_for
from assistant.question.understand import understand
from assistant.question.understood import understood
from assistant.reading import arbiter, choice, concord, rescue
from assistant.reading.candidates import candidates
from assistant.reading.checked import asked_as, chosen_by, found_of
from assistant.reading.offers import Offer, offers
from assistant.reading.sights import look
from assistant.reading.witness import seconded
from assistant.types import Answer, Turn

THRESHOLD = 0.4


def answer(
    question: str, library: Library, *, history: Sequence[Turn] = (), documents: Sequence[str] = (), threshold: float = THRESHOLD
) -> Answer:
    """Answer one question from the library, or refuse with the reason. history: earlier turns, oldest first."""
    started = time.perf_counter()
    query = understand(question, library.knowledge, history=history, documents=documents)
    steps = Steps(library, partial(_surer, library=library, threshold=threshold), partial(_judged, library=library, threshold=threshold), refuse)
    whole = steps.reply(query)
    reply = after(question, steps, history) or beside(whole, steps) or verdict(whole, steps, history, documents) or answers_to_all(whole, steps, history, documents)
    reply = _rescued(reply, whole, library, threshold) or _agreed(reply, whole, library, threshold) or _as_read(reply, whole, library, threshold) or reply
    reply = _for_reference(_chosen(reply, whole, library, threshold) or reply, whole, library)
    read = understood(query, history[-1].question if history else "")
    return replace(reply, question=question, latency_ms=(time.perf_counter() - started) * 1000, understood=read)


def _surer(query: Query, library: Library, threshold: float) -> Replied:
    """Answer one question; a follow-up that can be read in another way too by the reading with the surer answer."""
    best = _replied(query, library, threshold)
    for other in query.otherwise:
        if best.answer.status == "answered" and not (other.follow_up or other.meant):
            continue  # the question alone is asked where nothing that was spoken of answers it
        if best.answer.status == "answered" and best.answer.confidence > _SURE and other.meant:
            break
        reply = _replied(other, library, threshold)
        surer = best.answer.status != "answered" or reply.answer.confidence > best.answer.confidence + _MUCH
        best = reply if surer and reply.answer.status == "answered" else best
    return best


_MUCH, _SURE = 0.03, 0.8


def _replied(query: Query, library: Library, threshold: float) -> Replied:
    if SMALL_TALK.search(query.folded) or INSTRUCTION.search(query.text):
        return Replied(query, refuse(query, "这不是关于文件内容的问题;可以问牵头单位、完成时限、目标数字、条款含义等"))
    library.expect(search_text(query), asked_as(query), k=K, documents=query.scope.documents, chosen=chosen_by(query))
    if problem := scope_problem(query, library):
        return Replied(query, refuse(query, problem, confidence=threshold * presence(found_of(query, NOTHING_GATHERED, library))))
    gathered = gather(query, library)
    found = found_of(query, gathered, library)
    # A refusal is less sure than any answer that is given; how sure says how likely the library has the answer all the same.
    doubt = threshold * presence(found)
    if problem := premise_problem(query, gathered, library):
        return Replied(query, refuse(query, problem, confidence=doubt), gathered, found)
    first = _of_kind(query, gathered, found, library=library, threshold=threshold)
    if first.answer.status == "answered" or query.language == "en":
        return first
    # Nothing for the kind of answer that the question seems to want: it may have been meant as another.
    others = (_of_kind(asked_for(query, kind), gathered, found, library=library, threshold=threshold) for kind in query.other_kinds)
    return next((other for other in others if other.answer.status == "answered"), first)


def _of_kind(query: Query, gathered: Gathered, found: Found, *, library: Library, threshold: float) -> Replied:
    """Answer from the evidence with the kind of answer that the question is read to want."""
    draft = compose(query, gathered, library)
    if draft and draft.text:
        draft = with_the_other_kinds(draft, query, gathered, library)
    if draft is None:
        return Replied(query, refuse(query, NOTHING, confidence=threshold * presence(found)), gathered, found)
    answer = _judged(query, draft, gathered, found, library=library, threshold=threshold)
    return Replied(query, answer, gathered, found, draft if answer.status == "answered" else None)


def _rescued(given: Answer, whole: Replied, library: Library, threshold: float) -> Answer | None:
    """Give what the network reads in the best passages where the rules refuse for want of evidence; None where they do not, or it is not sure."""
    query = whole.query
    if given.reason not in (NOTHING, NOT_NEAR) or threshold > rescue.RIGHT or not rescue.readable(query) or (reader := library.rescuer) is None:
        return None
    if whole.found.passages > SMALL:
        return None  # there some passage fits any question by chance
    return _read(rescue.rescued(query, tuple(offers(query, look(query, whole.gathered, reader)))), whole, library, threshold)


def _agreed(given: Answer, whole: Replied, library: Library, threshold: float) -> Answer | None:
    """Give the text that two ways to look for it find first, where the rules refuse for want of evidence; None where they differ."""
    if given.reason not in (NOTHING, NOT_NEAR) or threshold > concord.RIGHT or whole.found.passages > SMALL:
        return None
    query = whole.query
    draft = concord.agreed(query, whole.gathered, whole.found.strength, library)
    if draft is None or problem_of(query, draft, library):
        return None
    trace = (("kind", query.kind), ("basis", "agreed"))
    notes = (*_slips(query), *_doubts(draft))
    return Answer(query.text, "answered", query.kind, draft.text, concord.RIGHT, citations(cited(draft, whole.gathered)), "", notes, trace=trace)


def _read(taken: tuple[Offer, float] | None, whole: Replied, library: Library, threshold: float) -> Answer | None:
    """Give what was read, with how sure it is, as the answer; None where nothing was, or where it is about something else than the question."""
    if taken is None or problem_of(whole.query, taken[0].draft, library):
        return None
    query, (offer, probability) = whole.query, taken
    draft = offer.draft
    trace = (("kind", query.kind), ("basis", draft.basis), *((name, f"{value:.3f}") for name, value in offer.features))
    notes = (*_slips(query), *_doubts(draft))
    return Answer(query.text, "answered", query.kind, draft.text, max(probability, threshold), citations(cited(draft, whole.gathered)), "", notes, trace=trace)


def _as_read(given: Answer, whole: Replied, library: Library, threshold: float) -> Answer | None:
    """Give what the network reads in the passages cited, where it is rather right than the answer of the rules; None where it is not."""
    query = whole.query
    if not arbiter.readable(query) or not arbiter.open_to_doubt(given) or (reader := library.reader) is None:
        return None
    sights = look(query, whole.gathered, reader, wanted=lambda window: arbiter.cited(given, window.document.id, window.span))
    return _read(arbiter.better(given, tuple(offers(query, sights))), whole, library, threshold)


def _chosen(given: Answer, whole: Replied, library: Library, threshold: float) -> Answer | None:
    """Give what is clearly likelier right than the answer, of all that could be said; None where the answer stands."""
    query = whole.query
    if not choice.open_to_doubt(query, given) or whole.found.passages > SMALL or (reader := library.reader) is None:
        return None
    best = choice.chosen(given, candidates(query, given, whole.gathered, whole.found, library, reader))
    if best is None or best[1] < threshold:
        return None
    draft, probability = best[0].draft, best[1]
    notes = tuple(dict.fromkeys((*_slips(query), *draft.notes, *_doubts(draft))))
    trace = (("kind", draft.kind), ("basis", draft.basis), ("chosen", f"{probability:.3f}"))
    return Answer(query.text, "answered", draft.kind, draft.text, probability, citations(cited(draft, whole.gathered)), "", notes, trace=trace)


def _slips(query: Query) -> tuple[str, ...]:
    return tuple(f"问题中的“{written}”按“{meant}”理解" for written, meant in query.corrections)


def _for_reference(reply: Answer, whole: Replied, library: Library) -> Answer:
    """Let a refusal show what comes nearest to the question."""
    if reply.status != "refused":
        return reply
    quotes = nearby(whole.gathered)
    library.fetched({quote.document.id: quote.document for quote in quotes}.values(), *_CITED)
    return replace(reply, nearest=citations(quotes))


def _judged(query: Query, draft: Draft, gathered: Gathered, found: Found, *, library: Library, threshold: float) -> Answer:
    """Give the draft as an answer with its probability, or the refusal it comes to."""
    doubt = threshold * presence(found)
    about = covered(draft)
    problem = draft.missing or ("" if draft.text else "文件中没有写明") or problem_of(query, draft, library)
    # In a large library the network has read the best passages (`found.here`), which tells more than reading what is cited.
    second = UNREAD if problem or found.passages > SMALL else seconded(query, draft, library.checker)
    verdict = judge(query, draft, about, found, second)
    trace = (("kind", query.kind), ("basis", draft.basis), *((n, f"{v:.3f}") for n, v in verdict.features))
    if problem:
        refusal = refuse(query, problem, kind=draft.kind, confidence=doubt)
        return replace(refusal, trace=(("problem", problem), *trace))
    if verdict.probability < threshold:
        refusal = refuse(query, NOT_NEAR, kind=draft.kind, confidence=doubt)
        return replace(refusal, trace=trace)
    library.fetched({quote.document.id: quote.document for quote in draft.quotes}.values(), *_CITED)
    text = frame(draft.kind, draft.text) + _task_line(draft) if query.language == "en" else draft.text
    notes = tuple(dict.fromkeys((*_slips(query), *_taken_for(query, draft), *draft.notes, *_doubts(draft))))
    return Answer(query.text, "answered", draft.kind, text, verdict.probability, citations(cited(draft, gathered)), "", notes, trace=trace)


_CITED = ("source", "card", "notes", "repeals")
"""What is read of a document to cite it: the page, the place, what its reader and its corrections say, what it ends."""


def _doubts(draft: Draft) -> tuple[str, ...]:
    """Give what the reader of the file doubts about the places that are cited: a page that was hard to recognise."""
    places = [(quote.document, quote.span) for quote in draft.quotes[:_MOST_DOUBTED]]
    return tuple(note.message for document, span in places for note in document.notes if len(note.span) and note.span.overlaps(span))


_MOST_DOUBTED = 10


def _taken_for(query: Query, draft: Draft) -> tuple[str, ...]:
    """Say which task was taken when the question's own word for it is not the document's."""
    if draft.basis not in ("duty", "row") or not draft.quotes:
        return ()
    unsaid = strangers(query, covered(draft))
    if not unsaid:
        return ()
    return (f"文件中没有“{'、'.join(unsaid[:3])}”的说法,按最接近的任务回答:{_task_of(draft)}",)


def _task_of(draft: Draft) -> str:
    quote = draft.quotes[0]
    text = clean(quote.span.of(quote.document.text).split("\n")[0])
    # 由市水务局牵头。 alone does not say what; the heading above it does.
    return shortened(clean(quote.path[-1]) if quote.path and len(text) < _BARE_STATEMENT else text, 60)


_BARE_STATEMENT = 16


def _task_line(draft: Draft) -> str:
    """An English reply names the task it took: the asker's word is seldom the document's."""
    return f"\nTask: {_task_of(draft)}" if draft.basis in ("duty", "row") and draft.quotes else ""


def refuse(query: Query, reason: str, *, kind: str = "", confidence: float = 0.0) -> Answer:
    """Make the refusal: an honest sentence with its reason. confidence: how likely an answer is there all the same, below the threshold."""
    text = frame("refused", reason) if query.language == "en" else f"文件中没有依据回答这个问题:{reason}。"
    return Answer(query.text, "refused", kind or query.kind, text, confidence, (), reason)
