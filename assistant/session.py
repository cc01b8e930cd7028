"""`Assistant`: a library opened for adding and asking. The one object with life that every face (command line, web, REST) uses."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from assistant.accounts.types import Principal
from assistant.answer import answer
from assistant.answering.corrected import with_corrections
from assistant.config import Config
from assistant.library import factbook
from assistant.library.editions import Editions, asked_day, found_in_former, with_editions, write_links
from assistant.library.factbook import fits
from assistant.library.library import Library
from assistant.library.own_words import WORDS, mark
from assistant.library.searching import places_for
from assistant.types import Answer, SearchHit, Turn
from corpus.corrections import Correction, Made
from corpus.errors import BadQuestion, LibraryCorrupt, NoDocuments, UnknownDocument
from corpus.intake import TAKEN, AddReport, FileReport, add_files, refresh
from corpus.sandbox import parse_file
from corpus.store import Store
from corpus.succession import Succession
from corpus.text import fold
from corpus.types import Document, Duty
from corpus.uploads import add_upload, label_of
from index.build import Change
from index.encoder import setting_of
from index.engine import Index
from index.lexical import HEADING_MARK
from index.rerank import Reranker, open_reranker
from index.tokens import Tokens
from index.types import Unit

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.query_engine import RetrieverQueryEngine

    from assistant.quiz.types import Quiz, QuizRequest


class Assistant:
    """Ask and add. Many threads may ask at once; changes to the library are one at a time."""

    def __init__(self, store: Store, folder: Path, config: Config) -> None:
        self.store = store
        self.folder = folder
        self.config = config
        self._library: Library | None = None
        self._words: tuple[int, int] | None = None
        self._tokeniser: Tokens | None = None
        self._lock = threading.RLock()
        self._one_adds = threading.Lock()
        self._before_closing: list[Callable[[], None]] = []
        self._views: dict[frozenset[str], Assistant] = {}
        self._index_folder = folder / "index"

    @classmethod
    def open(cls, folder: str | Path | None = None, config: Config | None = None) -> Assistant:
        """Open the library in `folder` (made when absent); without one, the configured folder."""
        config = config or Config.load(env=os.environ)
        place = Path(folder) if folder is not None else config.library_folder
        return cls(Store.open(place), place, config)

    def before_closing(self, act: Callable[[], None]) -> None:
        """Have something done before the library is closed: whoever works with it in the background ends that."""
        self._before_closing.append(act)

    def close(self) -> None:
        for act in self._before_closing:
            act()
        for view in list(self._views.values()):
            view.close()
        with self._lock:
            if self._library is not None:
                self._library.index.close()
                self._library = None
            self.store.close()

    def __enter__(self) -> Assistant:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def seen_by(self, principal: Principal) -> Assistant:
        """Give the library as it is for somebody: documents outside his collections do not exist in it. Faces read through this."""
        if principal.collections is None:
            return self
        from assistant.library.views import View

        return View.of(self, principal.collections, self._views)

    # ------------------------------------------------------------ changing

    def add(self, paths: Sequence[str | Path], progress: Any = None, *, collection: str = "") -> AddReport:
        """Add files and folders; see `corpus.intake.add_files`. The index is brought up to date before this returns.

        Questions are answered meanwhile, from the documents that the index knows. After Ctrl-C the index waits for the next question.
        """
        started = time.monotonic()
        with self._one_adds:
            report = add_files(self.store, paths, progress, collection)
        if not report.interrupted and any(f.status in TAKEN for f in report.files):
            self.library()
        return replace(report, seconds=time.monotonic() - started)

    def add_upload(self, data: bytes, name: str, collection: str = "", *, by: str = "") -> FileReport:
        """Add a file that was sent under `name`, which is only a label; sent again with other bytes it is a new version.

        collection: id or name of the one it goes into.  by: who sends it, for the audit trail.
        Raises ParseError or InputError ("bad_name") when it cannot be taken, UnknownCollection. Questions are answered meanwhile.
        """
        label = label_of(name)
        outcome = add_upload(self.store, data, label, collection, by=by)
        if outcome.status in ("added", "new_version"):
            self.library()
        return FileReport(label, outcome.status, outcome.document_id)

    def remove(self, document: str, *, by: str = "") -> str:
        """Remove a document by id or name; give its id. by: who does, for the audit trail."""
        with self._lock:
            identity = self.store.remove(document, by=by)
            self.library()
            return identity

    def supersede(self, earlier: str, later: str, verdict: str = "confirmed", *, by: str) -> tuple[Succession, ...]:
        """Confirm or reject that a document takes the place of an earlier one, or take that back (""); give the links between the two.

        verdict: "confirmed", "rejected" or "".  by: who says so. Raises UnknownDocument, InputError ("same_document").
        """
        with self._lock:
            pair = (self.store.document(earlier).id, self.store.document(later).id)
            self.store.decide(*pair, verdict, by=by)
            return tuple(link for link in self.store.successions() if (link.earlier, link.later) == pair)

    def remarks(self, document: str) -> tuple[str, ...]:
        """Say what somebody who relies on a document today has to know: replaced, changed, a draft, not yet or no longer in force."""
        editions = self.store.editions()
        known = Editions(editions, self.store.successions(editions))
        return tuple(known.remarks(known.by_id[self.store.document(document).id], date.today()))

    def correct(self, document: str, corrections: Sequence[Correction], *, by: str) -> tuple[Made, ...]:
        """Correct facts of a document; give all its corrections. by: who corrects.

        Raises UnknownDocument, InputError ("clause_not_found", "ambiguous_clause", "no_fact_there"); then nothing is kept.
        """
        with self._lock:
            self.store.correct(document, corrections, self._fresh(document), by=by)
            self.library()
            return self.store.corrections(document)

    def undo_correction(self, document: str, number: int, *, by: str) -> tuple[Made, ...]:
        """Take a correction of a document back; give all its corrections. Raises UnknownDocument, InputError ("unknown_correction")."""
        with self._lock:
            self.store.undo_correction(document, number, self._fresh(document), by=by)
            self.library()
            return self.store.corrections(document)

    def _fresh(self, document: str) -> Document:
        """Read a stored document anew, as the parsers see it without corrections."""
        return parse_file(self.store.original(document), self.store.name_of(document))

    def reparse(self, document: str) -> str:
        """Read the stored file of a document again with the parsers of today; give its id. Corrections hold.

        Raises UnknownDocument, ParseError.
        """
        with self._lock:
            identity = self.store.document(document).id
            self.store.reparse(identity, self._fresh(identity))
            self.library()
            return identity

    def reindex(self) -> int:
        """Parse again what other versions of the parsers read, and rebuild the derived index; give the number of passages."""
        with self._lock:
            refresh(self.store)
            self._drop()
            return self._build().count

    # ------------------------------------------------------------ asking

    def ask(
        self, question: str, history: Sequence[Turn] = (), documents: Sequence[str] = (), *, as_of: date | None = None
    ) -> Answer:
        """Answer a question with citations, or refuse with a reason.

        history: earlier turns, oldest first.  documents: ids or names to limit the search to, also ones no longer in force.
        as_of: the day whose editions of the documents count; None for the day the question asks for (2022年时…), else today.
        Raises BadQuestion when the question is empty or over the limit, UnknownDocument for an unknown filter.
        """
        if not (text := question.strip()):
            raise BadQuestion("empty_question", "问题是空的", "请输入要问的内容")
        limit = self.config.max_question_length
        if len(text) > limit:
            raise BadQuestion("question_too_long", f"问题有{len(text)}个字,超过上限{limit}个字", "请缩短问题后再问")
        identities = [self.store.document(d).id for d in documents]
        library = self.library()
        today = date.today()
        asked, rest = asked_day(text, today) if as_of is None and library.editions.several else (as_of, text)
        day = asked or today
        aside = library.editions.aside(day) - frozenset(identities)
        aside -= library.editions.named([text, *(turn.question for turn in history[-1:])], day) if asked is None else frozenset()
        reply = partial(answer, rest or text, history=tuple(history)[-6:], documents=identities, threshold=self.config.confidence_threshold)
        found = reply(library=library.without(aside))
        if found.status == "refused" and aside and not identities and library.ranks_any(rest or text, aside):
            found = found_in_former(found, reply(library=library), library.editions, aside)
        library.check({citation.document_id for citation in found.shown})
        found = with_corrections(found, library.document)
        return replace(with_editions(found, library.editions, library.document, day, asked=asked is not None), question=text)

    def select(
        self, *, issuer: str = "", place: str = "", since: date | None = None, until: date | None = None, as_of: date | None = None
    ) -> tuple[str, ...]:
        """Give the ids of the documents that fit every filter given, for `documents` of `ask`, `search` and `duties`.

        Only documents in force on the day `as_of` (None: today), of those that have several editions.

        issuer: part of the issuer's name.  place: a place the document is from, with or without its level.  since, until: first and
        last day on which it was issued or published; a document without a date does not fit.  Raises NoDocuments when none fits.
        """
        found = tuple(r.id for r in self._in_force(day=as_of).rows if fits(r, fold(issuer), fold(place), since, until))
        if not found:
            asked = "、".join(str(x) for x in (issuer, place, since, until) if x)
            raise NoDocuments("no_match", f"没有符合条件的文件:{asked}", "请放宽发文单位、地区或日期")
        return found

    def search(self, query: str, k: int = 10, documents: Sequence[str] = ()) -> tuple[SearchHit, ...]:
        """Give the `k` best places for `query`, best first, each a passage with the item around it: see `assistant.library.searching`."""
        library = self.library()
        found = places_for(query, library, k=k, documents=[self.store.document(d).id for d in documents])
        library.check({place.document.id for place in found})
        return tuple(
            SearchHit(p.document.id, p.document.name, p.path, p.span.start, p.span.end, p.span.of(p.document.text), p.score) for p in found
        )

    def duties(self, documents: Sequence[str] = ()) -> Iterator[tuple[Document, Duty]]:
        """Give every duty of the documents named, else of all that are in force, in document order."""
        chosen = [self.store.document(d).id for d in documents]
        return self._in_force(chosen).duties(chosen)

    def _in_force(self, chosen: Collection[str] = (), day: date | None = None) -> Library:
        """Give the library of the editions in force on `day` (None: today) and of the documents chosen by id, whatever they are."""
        library = self.library()
        return library.without(library.editions.aside(day or date.today()) - frozenset(chosen))

    def quiz(self, request: QuizRequest | None = None, **choices: Any) -> Quiz:
        """Make a paper of questions whose keys cited clauses prove; `choices` are fields of `QuizRequest` (count, kinds, seed, …).

        Raises BadQuiz for a request that cannot be met at all; where there are fewer questions than asked for, `shortfall` says why.
        """
        from assistant.quiz.service import make_quiz
        from assistant.quiz.types import QuizRequest

        wanted = replace(request or QuizRequest(), **choices)
        return make_quiz(self._in_force([self.store.document(d).id for d in wanted.documents]), wanted)

    def swap(self, quiz: Quiz, item: str) -> Quiz:
        """Put another question in the place of the one with the id `item`. Raises BadQuiz when there is no other."""
        from assistant.quiz.service import swap

        return swap(self._in_force([self.store.document(d).id for d in quiz.request.documents]), quiz, item)

    def retriever(self, k: int = 10, documents: Sequence[str] = ()) -> BaseRetriever:
        """Give the library as a llama-index retriever: `k` nodes, best first, with their place in the metadata.

        It keeps to the generation of now; ask again after a change. Raises MissingExtra when llama-index-core is not installed.
        """
        from index.remote import retriever

        library = self.library()
        return retriever(library.index, library.described, k, documents=[self.store.document(d).id for d in documents] or None)

    def query_engine(self, k: int = 10, documents: Sequence[str] = ()) -> RetrieverQueryEngine:
        """Give the library as a llama-index query engine that answers with the passages themselves, without a language model."""
        from index.remote import query_engine

        library = self.library()
        return query_engine(library.index, library.described, k, documents=[self.store.document(d).id for d in documents] or None)

    def verify(self) -> tuple[str, ...]:
        """Check catalog and index; give the problems found, none when all is well."""
        problems = list(self.store.verify())
        try:
            self.library().index.verify()
        except LibraryCorrupt as error:
            problems.append(error.message)
        return tuple(problems)

    # ------------------------------------------------------------ the open library

    def library(self) -> Library:
        """Give the current generation, building or rebuilding the derived index when the catalog has moved on."""
        with self._lock:
            generation = self.store.generation
            if self._library is not None and self._library.generation == generation and self._words == mark(self.folder / WORDS):
                if self._library.decided != self.store.decided:
                    self._library = self._opened(self._library.index)
                return self._library
            if self.store.is_adding() and (behind := self._behind()):
                return behind
            self._drop()
            try:
                index = Index.open(self._index_folder, tokens=self._tokens())
                if index.generation != generation or index.encoder != setting_of(self.config.encoder):
                    index.close()
                    return self._update()
                self._library = self._opened(index)
                return self._library
            except LibraryCorrupt:
                # The index is derived: whatever is wrong with it, the catalog makes a new one.
                return self._build()

    def _behind(self) -> Library | None:
        """Give the last generation without what has changed since, while documents are added one by one; None when there is none.

        A new index for each of a thousand documents would cost more than all of them; the one who adds makes it at the end.
        """
        if self._library is None:
            try:
                self._library = self._opened(Index.open(self._index_folder, tokens=self._tokens()))
            except LibraryCorrupt:
                return None
        if not len(self._library.index) or self._library.index.encoder != setting_of(self.config.encoder):
            return None
        now = {(shelf.id, shelf.first_key) for shelf in self.store.shelves()}
        return self._library.without(frozenset(row.id for row in self._library.rows if (row.id, row.first_key) not in now))

    def _opened(self, index: Index) -> Library:
        return Library(self.store, index, reranker=self._reranker, reader=self.config.reader)

    @cached_property
    def _reranker(self) -> Reranker | None:
        return open_reranker(self.config.reranker)

    def _tokens(self) -> Tokens:
        """Give the tokeniser with the words of the user's own list as it is now; another one only when that has changed."""
        now = mark(self.folder / WORDS)
        if self._tokeniser is None or self._words != now:
            self._words, self._tokeniser = now, Tokens(dictionary=self.folder / WORDS if now else None)
        return self._tokeniser

    def _drop(self) -> None:
        # Not closed: a thread may still be searching it; the last reference closes it.
        self._library = None

    def _build(self) -> Library:
        """Build the index anew from all passages."""
        generation = self.store.generation
        tokens = self._tokens()
        index = Index.build(
            self._index_folder, self._units(None), encoder=setting_of(self.config.encoder), generation=generation, tokens=tokens,
            beside=self._beside(tokens),
        )  # fmt: skip
        self._library = self._opened(index)
        return self._library

    def _update(self) -> Library:
        """Bring the index up to what the catalog holds."""
        generation = self.store.generation
        wanted = {shelf.id: (shelf.first_key, shelf.passages) for shelf in self.store.shelves()}
        tokens = self._tokens()
        index = Index.update(
            self._index_folder, wanted, self._units, encoder=setting_of(self.config.encoder), generation=generation, tokens=tokens,
            beside=self._beside(tokens),
        )  # fmt: skip
        self._library = self._opened(index)
        return self._library

    def _beside(self, tokens: Tokens) -> Callable[[Change], None]:
        """Give what writes the rest of a generation beside its index: the factbook and the links between editions."""
        facts = factbook.writer(self.store, tokens)

        def write(change: Change) -> None:
            facts(change)
            write_links(self.store, change.folder)

        return write

    def _units(self, documents: Collection[str] | None) -> Iterator[Unit]:
        for shelf in self.store.shelves():
            if documents is not None and shelf.id not in documents:
                continue
            try:
                raw = self.store.raw(shelf.id)
            except UnknownDocument:
                continue  # removed since: the next generation is without it
            title = raw.part("card").title or shelf.name
            for passage in raw.part("passages"):
                yield Unit(shelf.first_key + passage.ordinal, shelf.id, title, HEADING_MARK.join(passage.path), passage.span.of(raw.text))
