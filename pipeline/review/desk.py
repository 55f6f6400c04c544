"""The annotator's desk: what the pages do with the store, without a word of HTTP."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline import __version__
from pipeline.articles.article import Article
from pipeline.fields import Span
from pipeline.review.annotation import Annotation, relocated
from pipeline.review.decisions import Action, Decision, Where, new_id, now
from pipeline.review.guide import REASONS, ToldError, type_of
from pipeline.review.queries import (
    Judged,
    Me,
    Opinion,
    comments,
    judged,
    last_redoable,
    last_undoable,
    opinions,
)
from pipeline.review.queue import ORDERS, STATUSES, Choice
from pipeline.review.state import sentence_key
from pipeline.review.store import Store
from pipeline.review.values import EditError, check, cut

_NONCE = re.compile(r"d_[0-9a-f]{16}")
_SENTENCE_END = re.compile(r"[.!?؟\n]")
#: What tells of others' judgements, and is not shown to those who must not know them.
_TELLING_STATUSES = frozenset(("contested", "dispute", "double", "commented"))


class DeskError(ToldError):
    """What was asked cannot be done. ``status`` is the HTTP status."""

    def __init__(self, status: int, key: str, **values: object) -> None:
        super().__init__(key, **values)
        self.status = status


@dataclass(frozen=True)
class Desk:
    """One annotator at work.

    Attributes:
        store: records and decisions.
        me: who it is, and whether they annotate or adjudicate.
        blind: whether what others decided, and how sure the extractor is, is hidden.
    """

    store: Store
    me: Me
    blind: bool = False

    @cached_property
    def orders(self) -> tuple[str, ...]:
        """The sort orders that are offered."""
        hidden = set() if self.store.sampled else {"sample"}
        if self.blind:
            hidden |= {"disagreement", "uncertainty"}
        return tuple(order for order in ORDERS if order not in hidden)

    @cached_property
    def statuses(self) -> tuple[str, ...]:
        """The filters by status that are offered."""
        return tuple(status for status in STATUSES if not (self.blind and status in _TELLING_STATUSES))

    @cached_property
    def default(self) -> Choice:
        """What is looked at first."""
        if self.me.role == "adjudicator":
            return Choice(order="reading", status="dispute")
        return Choice(order="sample" if self.store.sampled else "reading")

    def choice(self, parameters: Mapping[str, str]) -> Choice:
        """The choice of a query string, as far as it is offered."""
        given = dict(parameters)
        if given.get("order") not in self.orders:
            given.pop("order", None)
        if given.get("status") not in self.statuses:
            given.pop("status", None)
        if self.blind:
            given.pop("sure", None)
        return Choice.read(given, self.default)

    def item(self, record: str) -> tuple[Judged, Article]:
        """What there is to judge under an id, in its article as it is today.

        Raises:
            DeskError: there is no such record, or it is not in this annotator's sample.
        """
        self.store.refresh()
        found = judged(self.store, record)
        if found is not None and self.blind and found.added_by not in (None, self.me.annotator):
            found = None
        article = None if found is None else self.article(found.where.article)
        if found is None or article is None:
            raise DeskError(404, "no_record")
        if found.where.sha256 != article.sha256:
            moved = relocated(found.annotation, found.where.sentence, article.text)
            if moved is None:
                raise DeskError(410, "text_gone")
            found = Judged(
                found.id, moved, self.where(article, moved.trigger), None, found.versions, found.added_by
            )
        return found, article

    def article(self, article: str) -> Article | None:
        """The article of an id."""
        with self.store.lock:
            return self.store.index.article(article)

    def where(self, article: Article, trigger: Span) -> Where:
        """Where an event stands that is no record: its sentence is that of a record, else it is cut at full stops."""
        with self.store.lock:
            near = [a for a in self.store.index.in_article(article.id) if a.start <= trigger.start]
        for anchor in reversed(near):
            end = anchor.sentence_start + len(anchor.sentence)
            if anchor.sentence_start <= trigger.start and trigger.end <= end:
                text = article.text[anchor.sentence_start : end]
                if sentence_key(text) == anchor.sentence:
                    sentence = Span(text=text, start=anchor.sentence_start, end=end)
                    return Where(
                        article=article.id, sha256=article.sha256, trigger=trigger, sentence=sentence
                    )
        before = [
            m.end() for m in _SENTENCE_END.finditer(article.text, max(0, trigger.start - 1000), trigger.start)
        ]
        after = _SENTENCE_END.search(article.text, trigger.end, trigger.end + 1000)
        begin = before[-1] if before else max(0, trigger.start - 1000)
        stop = after.end() if after else min(len(article.text), trigger.end + 1000)
        sentence = cut(article.text, begin, stop)
        return Where(article=article.id, sha256=article.sha256, trigger=trigger, sentence=sentence)

    def seen(self, record: str) -> list[Opinion]:
        """What is held of a record, as far as this annotator may know it."""
        mine = (self.me.annotator, self.me.role)
        return [o for o in opinions(self.store, record) if not self.blind or (o.annotator, o.role) == mine]

    def mine(self, record: str) -> Opinion | None:
        """What this annotator holds of a record."""
        mine = (self.me.annotator, self.me.role)
        return next((o for o in opinions(self.store, record) if (o.annotator, o.role) == mine), None)

    def comments(self, record: str) -> list[Decision]:
        """The comments on a record that this annotator may see."""
        found = comments(self.store, record)
        return [c for c in found if not self.blind or c.annotator == self.me.annotator]

    def decide(
        self, record: str, action: str, *, seen: str, draft: Annotation | None, reason: str | None, nonce: str
    ) -> Decision:
        """Judge a record: accept it (with the draft, if that differs), reject it or skip it.

        Args:
            seen: fingerprint of what the annotator had before them.
            draft: what they made of it; None for no change.
            reason: of a rejection, one of :data:`pipeline.review.guide.REASONS`.
            nonce: id of the decision; the same one sent twice is one decision.

        Raises:
            DeskError: there is no such record, it has changed meanwhile, or the draft cannot be.
        """
        if action not in ("accept", "reject", "skip"):
            raise DeskError(422, "no_decision", action=action)
        found, article = self.item(record)
        before = found.annotation
        if before.fingerprint() != seen:
            raise DeskError(409, "record_changed")
        if action == "reject" and reason not in REASONS:
            raise DeskError(422, "no_reason")
        what: Action = "reject" if action == "reject" else "skip"
        after = None
        if action == "accept":
            after = before if draft is None else self._checked(draft, article, before)
            what = "accept" if after.fingerprint() == before.fingerprint() else "fix"
        return self._log(
            what,
            nonce,
            record=record,
            where=found.where,
            before=before,
            after=after,
            reason=reason if action == "reject" else None,
            versions=dict(found.versions),
        )

    def add(self, article: str, sha256: str, draft: Annotation, *, nonce: str) -> Decision:
        """Add an event that the extractor missed.

        Raises:
            DeskError: there is no such article, its text changed, or the draft cannot be.
        """
        self.store.refresh()
        found = self.article(article)
        if found is None:
            raise DeskError(404, "no_article")
        if found.sha256 != sha256:
            raise DeskError(409, "article_changed")
        after = self._checked(draft, found, None)
        return self._log(
            "add", nonce, record=new_id("add_"), where=self.where(found, after.trigger), after=after
        )

    def comment(self, record: str, text: str, *, nonce: str) -> Decision:
        """Comment on a record.

        Raises:
            DeskError: there is no such record, or nothing to say.
        """
        found, _ = self.item(record)
        if not text.strip() or len(text) > 5000:
            raise DeskError(422, "comment_length")
        return self._log("comment", nonce, record=record, where=found.where, comment=text.strip())

    def undo(self, *, redo: bool = False) -> str | None:
        """Take back the last decision that stands, or (``redo``) the last taking back. The record it was about.

        Raises:
            DeskError: there is nothing to take back.
        """
        with self.store.lock:
            self.store.refresh()
            found = (last_redoable if redo else last_undoable)(self.store, self.me)
            if found is None:
                raise DeskError(409, "nothing_redo" if redo else "nothing_undo")
            self._log("redo" if redo else "undo", new_id(), undoes=found[0])
            return found[1]

    def propose(self, article: Article, start: int, end: int, like: Annotation | None) -> Annotation:
        """A draft for a new event of a trigger: of the mode that this word has most often, else that of ``like``.

        Raises:
            DeskError: the span is none.
        """
        try:
            trigger = cut(article.text, start, end)
        except EditError as error:
            raise DeskError(422, error.key, **error.values) from error
        with self.store.lock:
            row = self.store.index.db.execute(
                'SELECT mode FROM records WHERE "trigger" = ? GROUP BY mode ORDER BY count(*) DESC, mode LIMIT 1',
                (trigger.text,),
            ).fetchone()
        mode = row[0] if row is not None else like.mode if like is not None else "attack"
        if type_of(mode) is None:
            mode = "attack"
        return Annotation(trigger=trigger, type=type_of(mode) or "", mode=mode, assertion="asserted")

    def _checked(self, draft: Annotation, article: Article, machine: Annotation | None) -> Annotation:
        try:
            return check(draft, article, machine)
        except EditError as error:
            raise DeskError(422, error.key, **error.values) from error

    def _log(self, action: Action, nonce: str, **fields: object) -> Decision:
        if not _NONCE.fullmatch(nonce):
            raise DeskError(422, "no_nonce")
        versions = {**dict(fields.pop("versions", None) or {}), "review": __version__}  # type: ignore[call-overload]
        decision = Decision.model_validate(
            {
                "id": nonce,
                "at": now(),
                "annotator": self.me.annotator,
                "role": self.me.role,
                "action": action,
                "versions": versions,
                **fields,
            }
        )
        with self.store.lock:
            self.store.refresh()
            known = self.store.index.db.execute(
                "SELECT 1 FROM state.entries WHERE id = ?", (nonce,)
            ).fetchone()
            if known is None:
                self.store.log.append(decision)
                self.store.refresh()
        return decision
