"""What is held to be true of a record when all have spoken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.review.annotation import Annotation, relocated
from pipeline.review.decisions import Decision
from pipeline.review.queries import Opinion

Outcome = Literal["event", "none", "open", "dispute"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one record or added event.

    Attributes:
        outcome: ``event`` (with its annotation), ``none`` (rejected), ``open`` (nobody judged it as it is now) or
            ``dispute`` (annotators differ and nobody adjudicated).
        annotation: in the text of today.
        by: whose judgement it rests on.
        adjudicated: whether an adjudicator decided.
    """

    outcome: Outcome
    annotation: Annotation | None = None
    by: tuple[str, ...] = ()
    adjudicated: bool = False


def counts(opinion: Opinion) -> bool:
    """Whether a judgement says something of today's record: skips do not, nor rejections of what it was before."""
    if opinion.status == "skipped" or opinion.decision.action == "skip":
        return False
    return not (opinion.status == "changed" and opinion.decision.after is None)


def held(decision: Decision, text: str) -> Annotation | None:
    """What a judgement holds to be true, in the text of today; None for a rejection or where its words are gone."""
    if decision.after is None or decision.where is None:
        return None
    return relocated(decision.after, decision.where.sentence, text)


def settle(opinions: Sequence[Opinion], text: str) -> Verdict:
    """The verdict: the adjudicator's; else the annotators', if they agree in every slot.

    Args:
        opinions: judgements on one record that stand.
        text: of the article today.
    """
    counted = [
        o for o in opinions if counts(o) and (o.decision.after is None or held(o.decision, text) is not None)
    ]
    rulings = [o for o in counted if o.role == "adjudicator"]
    if rulings:
        # Several adjudicators: the last word counts.
        last = max(rulings, key=lambda o: o.decision.at)
        return _verdict([last], text, adjudicated=True)
    values = {"" if o.decision.after is None else o.decision.after.fingerprint() for o in counted}
    if not counted:
        return Verdict("open")
    if len(values) > 1:
        return Verdict("dispute", by=tuple(o.annotator for o in counted))
    return _verdict(counted, text, adjudicated=False)


def _verdict(agreed: Sequence[Opinion], text: str, *, adjudicated: bool) -> Verdict:
    annotation = held(agreed[0].decision, text)
    by = tuple(o.annotator for o in agreed)
    return Verdict("none" if annotation is None else "event", annotation, by, adjudicated)
