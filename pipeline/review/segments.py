"""The article as the page shows it: the text cut where slots begin and end.

Every piece tells its offset in code points, so that a selection in the browser, which counts UTF-16, is converted
within one piece and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.fields import Span
from pipeline.review.annotation import Annotation

#: Code points that are shown on each side of the sentence when the article is long.
REACH = 4000
#: The classes of highlighting, the most telling first: where spans overlap it gives the colour.
_KINDS = ("trigger", "actors", "targets", "places", "time", "attribution")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text.

    Attributes:
        start: offset in the article.
        text: what stands there.
        kinds: the slots it belongs to; empty for plain text.
        begins: those of them that begin here: where a label is put.
        sentence: whether it belongs to the sentence of the record.
        other: id of another event whose trigger it is, or None.
    """

    start: int
    text: str
    kinds: tuple[str, ...]
    begins: tuple[str, ...]
    sentence: bool
    other: str | None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of the article that is shown; ``before`` and ``after`` tell whether something is left out there."""

    segments: tuple[Segment, ...]
    before: bool
    after: bool


def window(text: str, sentence: Span, *, whole: bool) -> tuple[int, int]:
    """What of the text is shown: all of it, or :data:`REACH` around the sentence, cut at line breaks or spaces."""
    if whole or len(text) <= 3 * REACH:
        return 0, len(text)
    start, end = max(0, sentence.start - REACH), min(len(text), sentence.end + REACH)
    if start:
        start = max(text.find(mark, start, start + 500) for mark in "\n ") + 1 or start
    if end < len(text):
        end = max(text.rfind(mark, end - 500, end) for mark in "\n ") + 1 or end
    return min(start, sentence.start), max(end, sentence.end)


def excerpt(
    text: str,
    annotation: Annotation | None,
    sentence: Span,
    *,
    others: Sequence[tuple[int, int, str]] = (),
    whole: bool = False,
) -> Excerpt:
    """Cut the shown part of a text into segments.

    Args:
        annotation: whose slots are highlighted.
        sentence: which part is in view.
        others: (start, end, id) of the triggers of other events.
        whole: show all of a long article.
    """
    low, high = window(text, sentence, whole=whole)
    spans = [] if annotation is None else list(_spans(annotation))
    others = [(start, end, other) for start, end, other in others if low <= start and end <= high]
    edges = {low, high, sentence.start, sentence.end}
    for start, end in [(s.start, s.end) for _, s in spans] + [(start, end) for start, end, _ in others]:
        edges |= {start, end}
    points = sorted(edge for edge in edges if low <= edge <= high)
    starts: dict[int, list[str]] = {}
    for kind, span in spans:
        starts.setdefault(span.start, []).append(kind)
    triggers = {point: other for start, end, other in others for point in points if start <= point < end}
    segments = []
    for begin, stop in pairwise(points):
        inside = {kind for kind, span in spans if span.start <= begin and stop <= span.end}
        begins = {kind for kind in starts.get(begin, ()) if kind in inside}
        segments.append(
            Segment(
                start=begin,
                text=text[begin:stop],
                kinds=tuple(kind for kind in _KINDS if kind in inside),
                begins=tuple(kind for kind in _KINDS if kind in begins),
                sentence=sentence.start <= begin and stop <= sentence.end,
                other=triggers.get(begin),
            )
        )
    return Excerpt(tuple(segments), before=low > 0, after=high < len(text))


def _spans(annotation: Annotation) -> list[tuple[str, Span]]:
    spans: list[tuple[str, Span]] = [("trigger", annotation.trigger)]
    spans += [("actors", span) for span in annotation.actors]
    spans += [("targets", span) for span in annotation.targets]
    spans += [("places", span) for span in annotation.places]
    if annotation.time is not None:
        spans.append(("time", annotation.time))
    if annotation.attribution is not None:
        spans.append(("attribution", annotation.attribution))
    return spans
