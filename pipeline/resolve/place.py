"""Where: the phrase of a place argument becomes a gazetteer place with coordinates, precision and score.

The article comes first (:meth:`PlaceResolver.context`): its country and its unambiguous places. Then each phrase is
taken apart (:mod:`pipeline.resolve.place_phrase`), its name chosen among homonyms
(:mod:`pipeline.resolve.place_choice`), and what cannot be found is given the area that holds it, if the text names
one (:mod:`pipeline.resolve.place_reader`). Better silent than wrong.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.entities.gazetteer import Gazetteer, load_gazetteer
from pipeline.entities.gazetteer_file import name_key
from pipeline.resolve.place_context import Finder, PlaceContext, read_context
from pipeline.resolve.place_reader import PhraseReader, target_index
from pipeline.resolve.place_result import ResolvedPlace
from pipeline.resolve.place_words import Part

__all__ = ["PlaceContext", "PlaceResolver", "ResolvedPlace"]


class PlaceResolver:
    """Resolves place phrases. Holds caches only: equal input gives equal output."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.gazetteer = gazetteer or load_gazetteer()
        self._finder = Finder(self.gazetteer)

    def context(self, mentions: Sequence[str], country: str | None = None) -> PlaceContext:
        """The context of an article.

        Args:
            mentions: surfaces of all its place mentions, repeated ones too.
            country: ISO 3166-1 alpha-3 that the article's source tells, if it tells one.
        """
        return read_context(self._finder, mentions, country)

    def resolve(self, mention: str, context: PlaceContext, *, near: Sequence[str] = ()) -> ResolvedPlace:
        """What ``mention`` denotes.

        Args:
            mention: surface of the argument, head words included («ريف حمص الشمالي»).
            context: of the article.
            near: other place mentions of the sentence or paragraph, the closest first.
        """
        parts = self._finder.parse(mention)
        if not parts:
            return ResolvedPlace()
        # A name repeated nearby is no evidence for itself.
        others = tuple(m for m in near if m != mention and not _same_name(self._finder.parse(m), parts))
        return PhraseReader(self._finder, context, others).read(parts)

    def shared_head(self, mention: str) -> str:
        """The head word that a phrase shares with those coordinated to it («محافظتي أبين ولحج»), or nothing.

        A dual or plural: what stands first among the words of a head is its singular.
        """
        parts = self._finder.parse(mention)
        head = parts[0].heads[0] if parts and parts[0].heads else None
        first = mention.split(maxsplit=1)[0]
        if head is None or head.role != "named" or name_key(first) in (name_key(head.words[0]), ""):
            return ""
        return first if name_key(first) in {name_key(word) for word in head.words} else ""

    def is_place(self, mention: str) -> bool:
        """Does the phrase denote a place at all, by the gazetteer or by its place words?

        Names of organisations («وزارة الدفاع») are none, sites («مقر الوزارة») are.
        """
        parts = self._finder.parse(mention)
        if not parts:
            return False
        index = target_index(parts)
        holder = next(iter(parts[index + 1 :]), None)
        # «70 موقعا في حلب»: vague, but in a place.
        vague = (
            parts[index].target == "vague"
            and holder is not None
            and holder.link == "in"
            and self._denotes(holder)
        )
        return vague or self._denotes(parts[index])

    def _denotes(self, part: Part) -> bool:
        stated = bool(part.heads) or part.bearing is not None
        if part.target == "name":
            return stated or any(m.safe for m in self.gazetteer.find(["في", *part.text.split()]))
        if part.target in ("back", "country"):
            return stated or part.target == "back"
        return bool(part.heads) and part.heads[0].role != "institution"


def _same_name(one: Sequence[Part], other: Sequence[Part]) -> bool:
    names = [next((p.text for p in parts if p.target == "name"), None) for parts in (one, other)]
    return names[0] is not None and names[0] == names[1]
