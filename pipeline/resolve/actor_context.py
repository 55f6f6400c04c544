"""What an article has said of its actors so far: short forms, surnames and repeated offices point back to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.entities.names import known_actors, words_key
from pipeline.resolve.actor_mentions import Mentioned, Mentions
from pipeline.resolve.actor_parts import Phrase
from pipeline.resolve.actor_phrase import read_phrase
from pipeline.resolve.actor_types import HeadFeatures, ResolvedActor

#: How far back, in characters, a possessive pronoun may reach for its owner.
_NEAR = 300
#: Folded: what an armed group is called that fights a government in the name of its opponents.
_OPPOSITION = "المعارضه"
#: Share of the mentions with a country that makes it the country of an article that names none.
_MAJORITY = 2 / 3


@dataclass(frozen=True)
class ActorContext:
    """The actors of one article.

    Attributes:
        month: of publication, as 202412, or None.
        country: ISO 3166-1 alpha-3 the article is about, or None; inferred: it was counted from its mentions.
        mentions: full mentions in the order of the text; they grow while the article is read for the first time.
        armed_opposition: an armed opposition is among them, so «المعارضة» is it.
    """

    month: int | None = None
    country: str | None = None
    inferred: bool = False
    mentions: Mentions = field(default_factory=Mentions)
    armed_opposition: bool = False

    def short(self, keys: tuple[str, ...], heads: frozenset[str], start: int) -> tuple[Mentioned, str] | None:
        """The actor that a short form stands for: a listed form, or the bare head noun of an earlier mention."""
        return self.mentions.back(start, self.mentions.of_short(keys), *self.mentions.of_heads(heads))

    def surname(self, keys: tuple[str, ...], start: int) -> tuple[Mentioned, str] | None:
        """The person whose name these words end."""
        return self.mentions.back(
            start, self.mentions.of_short(keys), fits=lambda m: m.actor.label == "person"
        )

    def same_beginning(self, keys: tuple[str, ...], start: int) -> tuple[Mentioned, str] | None:
        """A fuller earlier mention that begins with the same words («وزير الدفاع» after «وزير الدفاع التركي»)."""
        return self.mentions.back(
            start, self.mentions.of_beginning(keys), fits=lambda m: m.actor.country is not None
        )

    def owner(self, pronoun: str, start: int) -> Mentioned | None:
        """The group that «ـها», «ـه», «ـهم» on an armed noun most likely means: the last that agrees, near by."""
        for mention in self.mentions.near(start, _NEAR):
            gender, number, human = mention.features
            if pronoun == "ها":
                fits = (gender == "f" and number == "s") or (number == "p" and human is not True)
            elif pronoun == "ه":
                fits = gender == "m" and number == "s"
            else:
                fits = number == "p" and human is not False
            if fits:
                return mention
        return None

    def country_of(self, heads: frozenset[str], start: int) -> str | None:
        """The country that the last mention with one of these nouns had («المعارضة» after «المعارضة السورية»)."""
        found = self.mentions.back(
            start, *self.mentions.of_heads(heads), fits=lambda m: m.actor.country is not None
        )
        return found[0].actor.country if found and found[1] == "back" else None


def lemmas(phrase: Phrase) -> frozenset[str]:
    """Lemmas of the head noun, which a later bare noun may repeat."""
    return frozenset(r.row.lemma for r in phrase.roles)


def _parts(mentions: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The mentions and the noun phrases inside them («الجيش السوري» of «قائد الجيش السوري»), in reading order."""
    found = set(mentions)
    for text, start in mentions:
        phrase = read_phrase(text)
        for dep in phrase.deps:
            if dep.kind in ("role", "actor") and dep.start > phrase.begin:
                rest = [
                    dep.text or phrase.words[dep.start].text,
                    *(w.text for w in phrase.words[dep.start + 1 : phrase.end]),
                ]
                found.add((" ".join(rest), start + 1))
    return sorted(found, key=lambda m: (m[1], -len(m[0])))


def make_context(
    mentions: Sequence[tuple[str, int]],
    published: str | None,
    country: str | None,
    resolve: Callable[[str, int, ActorContext], ResolvedActor],
    features: Callable[[str], HeadFeatures],
) -> ActorContext:
    """The context of an article; mentions are read in the order of the text, each with what stood before it.

    Args:
        mentions: text and code-point offset of what may be an actor.
        published: ISO 8601; decides which term of an actor holds.
        resolve, features: the resolver's own.
    """
    context = ActorContext(_month(published), country)
    if country is None:
        guess = _guess_country(mentions, context, resolve)
        context = replace(context, country=guess, inferred=guess is not None)
    for text, start in _parts(mentions):
        mention = _full(text, start, context, resolve, features)
        if mention is not None:
            context.mentions.add(mention)
            if mention.actor.role == "REB" and _OPPOSITION in mention.keys:
                context = replace(context, armed_opposition=True)
    return context


def _month(published: str | None) -> int | None:
    digits = (published or "")[:7].split("-")
    if not digits[0].isdigit() or len(digits[0]) != 4:
        return None
    return int(digits[0]) * 100 + (int(digits[1]) if len(digits) > 1 and digits[1].isdigit() else 6)


def _guess_country(
    mentions: Sequence[tuple[str, int]],
    context: ActorContext,
    resolve: Callable[[str, int, ActorContext], ResolvedActor],
) -> str | None:
    # Nothing has been said before, so that the same words always mean the same.
    counts: Counter[str] = Counter()
    for text, times in Counter(text for text, _ in mentions).items():
        code = resolve(text, 0, context).country
        if code is not None:
            counts[code] += times
    if not counts:
        return None
    likely, most = counts.most_common(1)[0]
    return likely if most >= 2 and most >= _MAJORITY * counts.total() else None


def _full(
    text: str,
    start: int,
    context: ActorContext,
    resolve: Callable[[str, int, ActorContext], ResolvedActor],
    features: Callable[[str], HeadFeatures],
) -> Mentioned | None:
    phrase = read_phrase(text)
    actor = resolve(text, start, context)
    known = known_actors().get(actor.actor_id) if actor.actor_id and phrase.actors else None
    identified = actor.actor_id is not None and known_actors()[actor.actor_id].first.label == "person"
    person = actor.label == "person" and (phrase.person is not None or identified)
    attributes = [d for d in phrase.deps if d.kind != "mod" and not d.local]
    covered = {k for d in phrase.deps for k in range(d.start, d.end)}
    named = any(
        k not in covered and phrase.words[k].key != "في" for k in range(phrase.head_end, phrase.end)
    ) and bool(phrase.roles)
    nobody = actor.label == "unknown" and not phrase.roles
    if nobody or not (known or person or attributes or named) or actor.rule.startswith("coref"):
        return None
    short: set[tuple[str, ...]] = set()
    if actor.actor_id is not None:
        owner = known_actors()[actor.actor_id]
        same = bool(phrase.actors) or person
        short = {words_key(s) for s in owner.short} if same else set()
    if person:
        last = words_key(actor.name)
        short |= {last[-1:], last[-2:]} if len(last) > 1 else set()
    heads = lemmas(phrase)
    if known:
        heads |= {r.row.lemma for r in read_phrase(known.first.name_ar.split()[0]).roles}
    return Mentioned(start, phrase.keys, heads, frozenset(short - {()}), actor, features(text))
