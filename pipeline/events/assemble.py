"""From the events of an article to records: spans in code points, resolved times, places and actors."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import cast

from pipeline.articles import Article
from pipeline.events.confidence import confidence, signs
from pipeline.events.finished import Finished, evidence
from pipeline.events.nounphrases import NP
from pipeline.events.quantities import parse_quantity
from pipeline.events.slots import Argument, Filled
from pipeline.events.sources import Speaker
from pipeline.events.timing_values import EventTime
from pipeline.events.view import View
from pipeline.knowledge.quantities import load_quantities
from pipeline.records import (
    SCHEMA_VERSION,
    Actor,
    ArticleRef,
    Attribution,
    EventRecord,
    Place,
    Provenance,
    Quantity,
    Relation,
    SentenceRef,
    TriggerRef,
    When,
    record_id,
)
from pipeline.resolve.actor import ActorContext, ActorResolver
from pipeline.resolve.place import PlaceContext, PlaceResolver
from pipeline.text.normalize import clean

#: What stands between coordinated places, which share a head: «محافظتي أبين ولحج».
_JOINED = frozenset({"و", "،", ",", "، و", "،و", "أو"})
_EDGES = " \t\n\r،,.؛:\"'«»()[]-–"
_AROUND = 6
_RELATION_ORDER = {"in": 0, "to": 1, "from": 2, "near": 3}
#: Quotation marks and brackets are left off a span only where their partner is not inside it.
_PAIRS = {'"': '"', "«": "»", "(": ")", "[": "]", "“": "”"}


class Assembler:
    """Makes the records of one article.

    Args:
        view: the article's tokens; ``actors``, ``places``: the resolvers with their article contexts.
        provenance: version, engine, models and knowledge of the run.
    """

    def __init__(
        self,
        article: Article,
        view: View,
        actors: tuple[ActorResolver, ActorContext],
        places: tuple[PlaceResolver, PlaceContext],
        provenance: dict[str, str],
    ) -> None:
        self.article = article
        self.view = view
        self.actors, self.actor_context = actors
        self.places, self.place_context = places
        self.provenance = provenance
        self.reference = ArticleRef(
            id=article.id,
            title=article.title,
            url=article.url,
            source=article.source,
            published=article.published,
            sha256=article.sha256,
        )
        self._named = [(a, view.surface(a, b)) for label, a, b, _ in view.ents if label in ("GPE", "LOC")]
        self._density = 0.0
        self._ordinals: Counter[tuple[str, str, str]] = Counter()
        #: The light verbs that records are named by.
        self._shown: set[int] = set()

    def records(self, events: Sequence[Finished]) -> list[tuple[Finished, EventRecord]]:
        """The events with their records, in the order of their triggers."""
        self._density = 100 * len(events) / max(1, len(self.view))
        return [(e, self._record(e)) for e in sorted(events, key=lambda e: e.filled.mention.at)]

    def _record(self, event: Finished) -> EventRecord:
        filled = event.filled
        trigger = filled.candidate.trigger
        sentence = self._sentence(filled.mention.at)
        trigger_ref = self._trigger(filled)
        actors = [self._actor(a) for a in _in_order(filled.slot("actor"))]
        targets = [self._actor(a) for a in _in_order(filled.slot("target"))]
        places = self._places(filled)
        when = _when(event.time)
        key = (trigger.mode, " ".join(clean(sentence.text).split()), trigger_ref.text)
        ordinal = self._ordinals[key]
        self._ordinals[key] += 1
        chief = min(places, key=lambda p: _RELATION_ORDER[p.relation], default=None)
        return EventRecord(
            id=record_id(self.article.id, *key, ordinal),
            schema_version=SCHEMA_VERSION,
            actor=actors[0].text if actors else None,
            action=self._action(filled),
            target=targets[0].text if targets else None,
            place=chief.text if chief else None,
            time=event.time.expression.value if event.time else None,
            type=trigger.type,
            mode=trigger.mode,
            cameo=trigger.cameo,
            assertion=event.stance.assertion,  # type: ignore[arg-type]
            confidence=confidence(signs(event, actors, places, self.view, self._density)),
            article=self.reference,
            sentence=sentence,
            trigger=trigger_ref,
            actors=actors,
            targets=targets,
            places=places,
            when=when,
            attribution=self._attribution(event.stance.speaker),
            quantities=self._quantities(trigger.mode, filled.slot("target") or filled.slot("actor")),
            cluster=None,
            provenance=Provenance(**self.provenance, rule=trigger.rule, evidence=evidence(event)),
        )

    def _sentence(self, at: int) -> SentenceRef:
        index = self.view.sent[at]
        start, end = self.view.span(*self.view.sents[index])
        return SentenceRef(text=self.view.text[start:end], start=start, end=end, index=index)

    def _trigger(self, filled: Filled) -> TriggerRef:
        mention = filled.mention
        at = mention.at
        verb = mention.light_verb
        if verb is not None and verb.trigger == "verb" and mention.light not in self._shown:
            at = mention.light  # of «شن غارات وقصفا» the second is told by its noun
            self._shown.add(at)
        start, end = self.view.start[at], self.view.end[self.view.word_end[at] - 1]
        return TriggerRef(
            text=self.view.text[start:end],
            start=start,
            end=end,
            lemma=clean(filled.candidate.trigger.entry.verb or filled.candidate.trigger.entry.noun or ""),
        )

    def _action(self, filled: Filled) -> str:
        """The trigger as written, with its light verb and fixed words in text order."""
        mention = filled.mention
        at = sorted({mention.at, *filled.candidate.fixed, *([mention.light] if mention.light >= 0 else [])})
        return " ".join(
            self.view.text[self.view.start[i] : self.view.end[self.view.word_end[i] - 1]] for i in at
        )

    def span(self, np: NP) -> tuple[int, int]:
        """Code-point offsets of a phrase without loose punctuation at its edges."""
        start, end = self.view.span(np.first, np.last)
        text = self.view.text
        while (
            start < end
            and text[start] in _EDGES
            and _PAIRS.get(text[start], "\0") not in text[start + 1 : end]
        ):
            start += 1
        while (
            end > start
            and text[end - 1] in _EDGES
            and not any(text[end - 1] == c and o in text[start : end - 1] for o, c in _PAIRS.items())
        ):
            end -= 1
        return start, end

    def _actor(self, argument: Argument) -> Actor:
        start, end = self.span(argument.np)
        text = self.view.text[start:end]
        label = self.view.ent_label(argument.np.head)
        adjective = argument.how.endswith("adjective")
        found = self.actors.resolve(text, start, self.actor_context, ent_label=label, adjective=adjective)
        return Actor(
            text=text,
            start=start,
            end=end,
            name=found.name,
            label=found.label,
            country=found.country,
            role=found.role,
            implicit=argument.implicit,
        )

    def _places(self, filled: Filled) -> list[Place]:
        arguments = _in_order(filled.slot("place"))
        spans = [self.span(a.np) for a in arguments]
        texts = [self.view.text[s:e] for s, e in spans]
        around = self._places_around(filled.mention.at)
        made = []
        head, before = "", -1
        for argument, (start, end), text in zip(arguments, spans, texts, strict=True):
            joined = before >= 0 and self.view.text[before:start].strip() in _JOINED
            head, before = (head if joined else "") or self.places.shared_head(text), end
            shared = f"{head} {text}" if joined and head and not self.places.shared_head(text) else text
            found = self.places.resolve(
                shared, self.place_context, near=[t for t in (*texts, *around) if t != text]
            )
            made.append(
                Place(
                    text=text,
                    start=start,
                    end=end,
                    relation=_relation(argument, found.relation),
                    name_en=found.name_en,
                    gazetteer_id=found.gazetteer_id,
                    lat=_rounded(found.lat, 5),
                    lon=_rounded(found.lon, 5),
                    admin1=found.admin1,
                    country=found.country,
                    precision=found.precision,
                    distance_km=_rounded(found.distance_km, 1),
                    bearing=_rounded(found.bearing, 1),
                    score=_rounded(found.score, 3),
                )
            )
        return made

    def _places_around(self, at: int) -> list[str]:
        """The other place names of the paragraph, closest first: what «المدينة» and a homonym lean on."""
        here = bisect_left(self._named, (at,))
        near = self._named[max(0, here - _AROUND) : here + _AROUND]
        names = [
            (abs(first - at), name)
            for first, name in near
            if self.view.paragraph[first] == self.view.paragraph[at]
        ]
        return list(dict.fromkeys(name for _, name in sorted(names)))[:_AROUND]

    def _attribution(self, speaker: Speaker | None) -> Attribution | None:
        if speaker is None or speaker.np is None:
            return None
        start, end = self.span(speaker.np)
        return Attribution(
            text=self.view.text[start:end],
            start=start,
            end=end,
            cue=self.view.surface(speaker.cue_first, speaker.cue_last),
        )

    def _quantities(self, mode: str, arguments: Sequence[Argument]) -> list[Quantity]:
        kind = load_quantities().kinds.get(mode)
        found = []
        for argument in _in_order(arguments) if kind else ():
            start, end = self.span(argument.np)
            text = self.view.text[start:end]
            _, number, human = self.actors.head_features(text)
            bounds = parse_quantity(
                text, singular=number == "s" and human is True and not text.startswith("ال")
            )
            if bounds is not None and kind is not None:
                found.append(
                    Quantity(kind=kind, low=bounds.low, high=bounds.high, text=text, start=start, end=end)
                )
        return found


def _relation(argument: Argument, found: str | None) -> Relation:
    """The frame's relation; «near» where only the phrase says so (مشارف المدينة)."""
    if argument.relation in ("from", "to", "near"):
        return cast(Relation, argument.relation)
    return "near" if found == "near" else "in"


def _in_order(arguments: Sequence[Argument]) -> list[Argument]:
    return sorted(arguments, key=lambda a: a.np.first)


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(float(value), digits)


def _when(time: EventTime | None) -> When | None:
    if time is None:
        return None
    found = time.expression
    if time.inherited or time.published:
        return When(
            text=None,
            start=None,
            end=None,
            from_=found.from_,
            to=found.to,
            granularity=found.granularity,
            method="publication" if time.published else "discourse",
        )
    return When(
        text=found.text,
        start=found.start,
        end=found.end,
        from_=found.from_,
        to=found.to,
        granularity=found.granularity,
        method=found.method,
    )
