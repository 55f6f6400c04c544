"""A report of the day that names no time: its lead happened on the day of publication, and the record says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from pipeline.articles import Article
from pipeline.entities.names import actor_names, words_key
from pipeline.events.timing_values import EventTime
from pipeline.events.view import View
from pipeline.resolve.time import TimeExpression

#: A dateline («بيروت 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس») ends within so many words.
_DATELINE = 16
_AGENCY = "وكالة"


def publication_time(view: View, article: Article, published: str | None) -> EventTime | None:
    """The time of what the lead tells, where nothing but the publication date can say it.

    Only for a report of the same day: its dateline names the day of publication, or an agency sent it, and no other
    time in the text comes to anything.
    """
    if published is None:
        return None
    told = [t for t in view.times if t.from_ is not None]
    limit = view.start[min(_DATELINE, len(view) - 1)] if len(view) else 0
    in_dateline = [
        t for t in told if t.start < limit and (t.value or "") == published and t.method == "explicit"
    ]
    if len(told) > len(in_dateline) or not (in_dateline or _agency(article.source)):
        return None
    return EventTime(_day(published), inherited=False, published=True)


def lead(view: View, tells: Mapping[int, bool]) -> int | None:
    """The sentence that tells the news: the first of those with an event, if its event is told as past.

    Args:
        tells: for each event, by the view index of its trigger, whether it is told in the main line as done.
    """
    if not tells:
        return None
    first = min(view.sent[at] for at in tells)
    return first if any(view.sent[at] == first and done for at, done in tells.items()) else None


def _agency(source: str | None) -> bool:
    """Whether the source is a news agency: it says so, or is a known one by another name (رويترز، سانا)."""
    if not source:
        return False
    known = actor_names().get(words_key(source)) or ()
    names = (source, *(a.first.name_ar for a in known if a.first.label == "media"))
    return any(name.split()[0] == _AGENCY for name in names if name.split())


def _day(published: str) -> TimeExpression:
    after = date.fromisoformat(published) + timedelta(days=1)
    return TimeExpression(
        text="",
        start=0,
        end=0,
        from_=f"{published}T00:00",
        to=f"{after.isoformat()}T00:00",
        granularity="day",
        method="relative",
        value=published,
        rule="publication",
        rules=(),
        relation="in",
        kind="time",
        inferred=("year", "month", "day"),
    )
