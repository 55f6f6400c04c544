"""The state: a pure function of the log and the records.

What stands is decided by the log alone (:func:`live`); which record a decision belongs to, and whether that record is
still the one that was judged, by the records (:func:`follow`, :func:`status`). :func:`fold` puts them together; the
store keeps the same result in tables, one decision at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from pipeline.review.decisions import ADDED, JUDGEMENTS, Decision, Where

Status = Literal["accepted", "fixed", "rejected", "skipped", "added", "changed"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A record as far as finding it again goes.

    Attributes:
        id: of the record.
        article, sha256: where it stands, and the digest of that text.
        start, end: of its trigger.
        trigger: text of the trigger.
        mode: of the record.
        sentence: its sentence, white space collapsed (:func:`sentence_key`).
        sentence_start: offset of the sentence.
        fingerprint: of its content.
    """

    id: str
    article: str
    sha256: str
    start: int
    end: int
    trigger: str
    mode: str
    sentence: str
    sentence_start: int
    fingerprint: str


class Records(Protocol):
    """What the state asks of the records."""

    def anchor(self, record: str) -> Anchor | None:
        """The record of that id."""

    def in_article(self, article: str) -> Sequence[Anchor]:
        """The records of an article, in reading order."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What one annotator holds of one record: the last judgement that stands, and what became of it."""

    record: str
    decision: Decision
    status: Status


Key = tuple[str, str, str]


def sentence_key(text: str) -> str:
    """A sentence as it is compared between two states of an article."""
    return " ".join(text.split())


def live(decisions: Sequence[Decision]) -> list[bool]:
    """Which decisions stand: all but those that a standing undo undoes (a redo undoes an undo)."""
    standing = [True] * len(decisions)
    index = {decision.id: n for n, decision in enumerate(decisions)}
    for n in range(len(decisions) - 1, -1, -1):
        undone = decisions[n].undoes
        if standing[n] and undone is not None and index.get(undone, n) < n:
            standing[index[undone]] = False
    return standing


def follow(decision: Decision, records: Records) -> str | None:
    """The record a decision belongs to now: of its id, else of its trigger; None where that is gone.

    In an unchanged text the trigger is found by its place: the same span before one that overlaps, the same mode before
    another. In a changed text it is found by its sentence and its place in it. An added event is its own record.
    """
    if decision.record is None or decision.record.startswith(ADDED):
        return decision.record
    if records.anchor(decision.record) is not None:
        return decision.record
    return None if decision.where is None else find(decision.where, _mode(decision), records)


def _mode(decision: Decision) -> str | None:
    judged = decision.before or decision.after
    return None if judged is None else judged.mode


def find(where: Where, mode: str | None, records: Records) -> str | None:
    """The record whose trigger stands at ``where`` today."""
    trigger = where.trigger
    wanted = sentence_key(where.sentence.text)
    inside = trigger.start - where.sentence.start
    best: tuple[bool, bool, int, str] | None = None
    for anchor in records.in_article(where.article):
        if anchor.sha256 == where.sha256:
            if anchor.end <= trigger.start or trigger.end <= anchor.start:
                continue
            off = abs(anchor.start - trigger.start) + abs(anchor.end - trigger.end)
        elif anchor.sentence == wanted and anchor.trigger == trigger.text:
            off = abs(anchor.start - anchor.sentence_start - inside)
        else:
            continue
        rank = (off > 0, anchor.mode != mode, off, anchor.id)
        best = rank if best is None else min(best, rank)
    return None if best is None else best[3]


def status(decision: Decision, fingerprint: str | None) -> Status:
    """What became of a judgement.

    Args:
        decision: a judgement.
        fingerprint: of the record as it is today; None for an added event.

    A record that is neither what was judged nor what the annotator made of it is ``changed``: to be shown again.
    """
    if decision.action == "skip":
        return "skipped"
    if fingerprint is None:
        return "rejected" if decision.action == "reject" else "added"
    judged = [a.fingerprint() for a in (decision.before, decision.after) if a is not None]
    if fingerprint not in judged:
        return "changed"
    if decision.action == "reject":
        return "rejected"
    return "fixed" if decision.action == "fix" else "accepted"


def fold(decisions: Sequence[Decision], records: Records) -> Mapping[Key, Standing]:
    """The state: by (record, annotator, role), the judgement that stands.

    A decision on the record's own id comes before one that followed its trigger there; then the last one counts.
    """
    standing: dict[Key, tuple[bool, Standing]] = {}
    for decision, stands in zip(decisions, live(decisions), strict=True):
        if not stands or decision.action not in JUDGEMENTS:
            continue
        record = follow(decision, records)
        if record is None:
            continue
        direct = record == decision.record
        key = (record, decision.annotator, decision.role)
        if key in standing and standing[key][0] and not direct:
            continue
        anchor = records.anchor(record)
        what = status(decision, anchor.fingerprint if anchor is not None else None)
        standing[key] = (direct, Standing(record, decision, what))
    return {key: found for key, (_, found) in standing.items()}


def to_undo(decisions: Sequence[Decision], annotator: str, role: str) -> Decision | None:
    """The annotator's last decision that stands; what «undo» takes back."""
    own = [
        (d, s)
        for d, s in zip(decisions, live(decisions), strict=True)
        if (d.annotator, d.role) == (annotator, role)
    ]
    return next((d for d, s in reversed(own) if s and d.action not in ("undo", "redo")), None)


def to_redo(decisions: Sequence[Decision], annotator: str, role: str) -> Decision | None:
    """The annotator's undo that «redo» takes back: the last that stands, unless something was decided after it."""
    own = [
        (d, s)
        for d, s in zip(decisions, live(decisions), strict=True)
        if (d.annotator, d.role) == (annotator, role)
    ]
    for decision, stands in reversed(own):
        if decision.action not in ("undo", "redo"):
            return None
        if decision.action == "undo" and stands:
            return decision
    return None


def orphans(decisions: Sequence[Decision], records: Records) -> Iterable[Decision]:
    """Standing judgements whose record is gone and whose trigger is no record's."""
    for decision, stands in zip(decisions, live(decisions), strict=True):
        if stands and decision.action in JUDGEMENTS and follow(decision, records) is None:
            yield decision
