"""Names of people that the models leave out or cut short, by first names, titles and the form of family names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from pipeline.events.pieces import Piece
from pipeline.knowledge.words import load_words
from pipeline.text.normalize import fold

#: An entity: label, first, one past last, actor id.
Entity = tuple[str, int, int, str]
_PERSON = "PER"
#: Words of a name behind the first, at most.
_MORE = 4
#: Words of a person's entity that may end in a country: first name, family name, country.
_FULL = 3
#: A first name that looks like a preposition, and that; the tags that names get by mistake; the words of an office.
_ALI, _ON = "علي", "على"
_MISTAKEN = frozenset({"VERB", "ADP", "SCONJ"})
_OFFICE = 7
#: Letters of a name: a shorter word is a particle that the tagger took for one.
_LETTERS = 3


@cache
def _class(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in load_words()[name])


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Definite words that follow a name and are no family name («الشيخ محمد | السفير»), without the article."""
    classes = ("titles", "personal_titles", "offices", "bodies", "crowds", "lone_agents", "victims")
    return frozenset(fold(word).removeprefix("ال") for name in classes for word in load_words()[name])


class Persons:
    """Adds to the entities of a view the persons that words and forms alone tell.

    Args:
        pieces: the tokens of the view.
        ents: its entities, in order.
        known: whether a folded form is an event noun or a verb of the lexicon, and so begins no family name.
        state: whether a word is the name of a country or of a capital.
    """

    def __init__(
        self,
        pieces: Sequence[Piece],
        ents: Sequence[Entity],
        known: Callable[[str], bool],
        state: Callable[[str], bool] = lambda norm: False,
    ) -> None:
        self.pieces = pieces
        self.known = known
        self.state = state
        ents = [part for entity in ents for part in self._parts(entity, state)]
        self.key = [fold(piece.norm) for piece in pieces]
        self.ents = list(ents)
        self.at = {k: entity for entity in ents for k in range(entity[1], entity[2])}

    def _parts(self, entity: Entity, state: Callable[[str], bool]) -> list[Entity]:
        """«أنجيلا ميركل | اليونان»: a country behind first and family name is not part of the name."""
        label, first, last, actor = entity
        norms = [piece.norm for piece in self.pieces[first:last]]
        linked = self._linked(first, last)
        cut = self._overrun(first, last) if label == _PERSON and not actor else last
        if cut < last:
            return [(label, first, cut, actor)]
        if label != _PERSON or actor or len(norms) < _FULL or linked or not state(norms[-1]):
            return [entity]
        return [(label, first, last - 1, actor), ("GPE", last - 1, last, "")]

    def _overrun(self, first: int, last: int) -> int:
        """«مشعل بن ماجد | السفير الكوري»، «خالد سهيل | الاعتداء»: where the name ends and the object begins."""
        for k in range(first + 2, last):
            norm, key = self.pieces[k].norm, fold(self.pieces[k].norm)
            before = fold(self.pieces[k - 1].norm)
            links = before in _class("name_links") or before in _class("personal_titles")
            if links or not norm.startswith("ال"):
                continue
            office = key in _class("personal_titles") and k + 1 < last
            nisba = office and self.pieces[k + 1].norm.startswith("ال")
            nisba = nisba and self.pieces[k + 1].norm.endswith(("ي", "ية"))
            if nisba or (self.known(key) and self.pieces[k].pos in ("NOUN", "ADJ")):
                return k
        return last

    def _linked(self, first: int, last: int) -> bool:
        """The last word of the name stands behind «أبو» or its like."""
        return last - first > 1 and fold(self.pieces[last - 2].norm) in _class("name_links")

    def entities(self) -> list[Entity]:
        """The entities, in order, with the persons found."""
        k = 0
        while k < len(self.pieces):
            last = self._name(k)
            country = last - 1
            if last - k >= _FULL and not self._linked(k, last) and self.state(self.pieces[country].norm):
                last = country  # «علي جمعة | إيران»
            if last > k:
                inside = {self.at[i] for i in range(k, last) if i in self.at}
                actor = next((e[3] for e in inside if e[3]), "")
                person = (_PERSON, k, last, actor)
                self.ents = [e for e in self.ents if e not in inside] + [person]
                if last == country:
                    self.ents = [e for e in self.ents if not e[1] <= country < e[2]]
                    self.at[country] = ("GPE", country, country + 1, "")
                    self.ents.append(self.at[country])
                self.at |= dict.fromkeys(range(k, last), person)
            k = max(last, k + 1)
        return sorted(self.ents, key=lambda e: e[1])

    def _name(self, k: int) -> int:
        """One past the name that begins at ``k`` and is longer than what the models made of it, or 0."""
        own = self.at.get(k)
        if own is not None:
            if own[0] != _PERSON or own[1] != k:
                return 0
            last = self._onward(own[2], own[2] - k)
            if last == own[2] == k + 1 and self.key[k] in _class("given_names"):
                last = self._rare_family(k)
            return last if last > own[2] else 0
        if not self._free(k) and not self._mistaken(k):
            return 0
        titled = self._titled(k)
        first = self.key[k] in _class("given_names") or (
            self.key[k] in _class("given_nouns")
            and (titled or self._surely_family(k + 1) or (self._behind_office(k) and self._definite(k + 1)))
        )
        # «الإرهابي | عيدن نتان»، «نائب محافظ كركوك | راكان الجبوري»
        strange = self.pieces[k].pos == "PROPN" and (titled or self._office_held(k))
        strange = strange or (titled and self._before_family(k))
        if not first and not strange:
            return 0
        last = self._onward(k + 1, 1, family=True)
        if last == k + 1 and self.key[k] in _class("given_names"):
            last = self._rare_family(k)
        return last if last > k + 1 else 0

    def _free(self, k: int) -> bool:
        """An indefinite word in no entity that may be a name."""
        piece = self.pieces[k]
        return (
            k not in self.at
            and not piece.norm.startswith("ال")
            and piece.pos in ("NOUN", "PROPN", "ADJ", "X")
        )

    def _mistaken(self, k: int) -> bool:
        """«العقيد | علي البشري»، «الائتلاف السوري | أنس العبدة»: a first name taken for a preposition or a verb."""
        if k in self.at or k + 1 >= len(self.pieces) or self.pieces[k].glued or self.pieces[k + 1].glued:
            return False
        behind = self._titled(k) or self._behind_office(k) or self._behind_name(k)
        if self.pieces[k].norm == _ALI:  # papers that write it for على too
            after = self.pieces[k + 1]
            entity = self.at.get(k + 1)
            named = entity is not None and entity[0] == _PERSON and entity[1] == k + 1
            return behind and (named or after.pos == "PROPN" or self._surely_family(k + 1))
        mistaken = self.pieces[k].pos in _MISTAKEN and self.pieces[k].norm != _ON
        return mistaken and not self.known(self.key[k]) and behind

    def _behind_office(self, k: int) -> bool:
        """«رئيس الهيئة في الائتلاف السوري | فلان»: what ends in a definite word or a name and begins with an office."""
        if k == 0 or not (self.pieces[k - 1].norm.startswith("ال") or k - 1 in self.at):
            return False
        for j in range(k - 1, max(-1, k - 1 - _OFFICE), -1):
            if self.pieces[j].pos in ("VERB", "PUNCT", "CCONJ"):
                return False
            if self.key[j].removeprefix("ال") in _class("offices"):
                return True
        return False

    def _office_held(self, k: int) -> bool:
        """Behind an office, and no name between the two, stand two words that are tagged as names."""
        following = self.pieces[k + 1] if k + 1 < len(self.pieces) else None
        if following is None or following.pos != "PROPN" or following.glued or k + 1 in self.at:
            return False
        if self.pieces[k].glued or self.known(self.key[k]) or len(self.key[k]) < _LETTERS:
            return False
        named = any(self.at[j][0] == _PERSON for j in range(max(0, k - _OFFICE), k) if j in self.at)
        return not named and self._behind_office(k)

    def _before_family(self, k: int) -> bool:
        """«العقيد | واثق الحمداني»: an unknown word between a title and what was read as a name or must be one."""
        behind = self.at.get(k + 1)
        name = (behind is not None and behind[0] == _PERSON and behind[1] == k + 1) or self._surely_family(
            k + 1
        )
        key = self.key[k]
        plain = len(key) >= _LETTERS and key not in _common() and not self.known(key)
        return name and plain and self.key[k - 1].startswith("ال") and not self.pieces[k].glued

    def _rare_family(self, k: int) -> int:
        """One past the open word behind the first name at ``k``, which in office no one bears alone, or past it."""
        title = self.key[k - 1].removeprefix("ال") if k else ""
        ruler = title in _class("princely") or title in _class("first_named")
        office = self._behind_office(k) or (self._titled(k) and not ruler)
        at = k + 1
        if not office or at >= len(self.pieces) or self.pieces[at].glued:
            return at
        if at not in self.at and self.key[at] in _class("given_nouns"):
            return at + 1  # «المستشار نبيل | صادق»: tagged as a verb
        if not self._free(at):
            return at
        piece, key = self.pieces[at], self.key[at]
        plain = piece.pos in ("NOUN", "PROPN", "X") and len(key) >= _LETTERS and key not in _common()
        return at + 1 if plain and not self.known(key) and not piece.norm.endswith(("ا", "ون", "ين")) else at

    def _behind_name(self, k: int) -> bool:
        """«يوسف | علي»: right behind a first name."""
        entity = self.at.get(k - 1)
        return entity is not None and entity[0] == _PERSON and entity[2] - entity[1] == 1

    def _surely_family(self, k: int) -> bool:
        """A definite word that is tagged as a name, or is a relative adjective and tagged as a noun."""
        if k >= len(self.pieces) or k in self.at or self.pieces[k].glued:
            return False
        piece = self.pieces[k]
        name = piece.pos == "PROPN" or (piece.pos == "NOUN" and piece.norm.endswith("ي"))
        return name and piece.norm.startswith("ال")

    def _definite(self, k: int) -> bool:
        """A definite word in no entity that may be a family name."""
        free = k < len(self.pieces) and k not in self.at and not self.pieces[k].glued
        return free and self.pieces[k].norm.startswith("ال") and self._family(k)

    def _titled(self, k: int) -> bool:
        """«الشيخ | صباح»، «العقيد الركن | طاهر»."""
        j = k - 1
        while j > 0 and self.key[j] in _class("rank_tails"):
            j -= 1
        return j >= 0 and self.key[j] in _class("personal_titles")

    def _onward(self, k: int, words: int, *, family: bool = False) -> int:
        """One past what continues a name at ``k``: first names, «بن فلان», and one family name."""
        end = k
        while end < len(self.pieces) and words <= _MORE:
            entity = self.at.get(end)
            if entity is not None:
                if entity[0] != _PERSON or entity[1] != end or not family:
                    return end
                return self._onward(entity[2], words + entity[2] - end)
            piece, key = self.pieces[end], self.key[end]
            if piece.glued:
                return end
            if key in _class("name_links"):
                if end + 1 >= len(self.pieces) or self.pieces[end + 1].glued or end + 1 in self.at:
                    return end
                end += 2
                family = False
            elif key in _class("given_names") and self._free(end):
                end += 1
            elif piece.norm.startswith("ال"):
                return end + 1 if family and self._family(end) else end
            elif piece.pos == "PROPN" and len(key) >= _LETTERS and self._free(end) and not self.known(key):
                end += 1
            else:
                return end
            words += 1
        return end

    def _family(self, k: int) -> bool:
        """A definite word that may be a family name: nobody's office, nothing that happens."""
        bare = self.key[k].removeprefix("ال")
        return (
            self.pieces[k].pos in ("NOUN", "PROPN", "ADJ", "X")
            and bare not in _common()
            and not self.known(self.key[k])
            and not self.pieces[k].norm.endswith(("ات", "ون", "ين", "ية"))
        )
