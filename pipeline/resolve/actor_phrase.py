"""What a mention is made of: quantity, head, and what follows the head and says whose it is.

The reader knows words, not sentences: it needs no tagger, so it works on any string.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pipeline.entities.names import actor_names
from pipeline.resolve.actor_closed import closed, plausible, quantity, safe_country
from pipeline.resolve.actor_forms import (
    NisbaForm,
    RoleForm,
    bare,
    capital_index,
    country_index,
    nisba_index,
    role_index,
)
from pipeline.resolve.actor_parts import Dep, DepKind, Phrase
from pipeline.resolve.actor_words import Hit, Word, look, look_possessed, words_of

_NOUNS = ("own", "of", "arms", "band", "title")
_FAR = 14
_NAME_WORDS = 5


@lru_cache(maxsize=16384)
def read_phrase(mention: str) -> Phrase:
    """Reads a mention. Any string is accepted; clitics may still be on its words."""
    return read_words(words_of(mention))


def read_words(words: tuple[Word, ...], *, tight: bool = False) -> Phrase:
    """Reads a mention that is split already.

    Args:
        tight: the words run on past the mention, as in running text: it ends at the first word that nothing explains,
            and no person's name is looked for.
    """
    begin, counted = (0, False) if tight else quantity(words)
    return _Reader(words, begin, counted, tight).read()


@dataclass
class _Reader:
    """The state of reading one mention; made, used and dropped by :func:`read_words`."""

    words: tuple[Word, ...]
    begin: int
    counted: bool
    tight: bool = False
    deps: list[Dep] = field(default_factory=list)
    person: tuple[int, int] | None = None
    local: bool = False
    named: bool = False

    def read(self) -> Phrase:
        words, at = self.words, self.begin
        if at >= len(words):
            return Phrase(words, at, at, at)
        head = self._head(at)
        if head is None:
            self.named = words[at].definite
            # The owner of a thing still tells what the thing is of: «قافلة للجيش».
            end = self._follow(at + 1, people=False)
            return Phrase(words, at, end, at, head_text=words[at].text, definite=words[at].definite,
                          counted=self.counted, deps=tuple(self.deps))  # fmt: skip
        self.named = head.definite or words[head.head_end - 1].definite
        people = not self.tight and any(_names_one(r) for r in head.roles)
        # «اللواء» may be a brigade: only a word that is nothing but a title makes a name of a definite word.
        titled = bool(head.roles) and all(r.row.kind == "title" for r in head.roles)
        end = self._follow(head.head_end, people=people, titled=titled)
        return Phrase(
            words, at, end, head.head_end, head.actors, head.roles, head.nisba, head.country, head.capital, head.clitic,
            head.head_text, head.pronoun, head.definite, self.counted, tuple(self.deps), self.person,
        )  # fmt: skip

    def _head(self, at: int) -> Phrase | None:
        words = self.words
        known = look(words, at, actor_names())
        role = plausible(look(words, at, role_index(), articles=True))
        nouns = tuple(r for r in role.values if r.row.kind in _NOUNS) if role else ()
        if known and (not nouns or role is None or known.length >= role.length):
            return self._headed(known, actors=known.values, definite=True)
        country = look(words, at, country_index())
        capital = look(words, at, capital_index())
        if capital and country and country.values[0].kind == "city":
            country = None
        if country and safe_country(country) and not nouns and not self.counted:
            return self._headed(country, country=country.values[0], definite=True)
        if nouns and role:
            return self._headed(role, roles=nouns)
        nisba = plausible(look(words, at, nisba_index(), articles=True))
        if nisba:
            return self._headed(nisba, nisba=nisba.values)
        if capital:
            return self._headed(capital, capital=capital.values[0], definite=True)
        owned = look_possessed(words, at, role_index())
        nouns = tuple(r for r in owned.values if r.row.kind in _NOUNS) if owned else ()
        if owned and nouns:
            return self._headed(owned, roles=nouns, pronoun=owned.reading.pronoun, definite=True)
        return None

    def _headed(self, hit: Hit[Any], **parts: object) -> Phrase:
        """A phrase of its head alone."""
        reading = hit.reading
        parts = {"definite": reading.definite} | parts
        return Phrase(
            self.words,
            hit.start,
            hit.start,
            hit.end,
            clitic=reading.clitic,
            head_text=reading.text,
            **parts,  # type: ignore[arg-type]
        )

    def _follow(self, at: int, *, people: bool, titled: bool = False) -> int:
        """Collects what follows the head; returns where the name ends."""
        end = self._collect(at, people=people, titled=titled)
        while end > at and (self.words[end - 1].key == "في" or closed(self.words, end - 1, "link", "owned")):
            end -= 1
        return end

    def _collect(self, at: int, *, people: bool, titled: bool) -> int:
        words, first = self.words, at
        while at < min(len(words), first + _FAR):
            word = words[at]
            if word.broken or self._stops(at):
                return at
            if word.key == "في":
                if self.tight and not (
                    look(words, at + 1, actor_names()) is not None
                    or look(words, at + 1, country_index()) is not None
                ):
                    return at
                self.local = True
                at += 1
                continue
            link = closed(words, at, "link", "owned")
            if link:
                if self.tight and word.key == "من" and self.named:
                    return at  # «انسحب النظام من» belongs to the verb
                at = link.end
                continue
            step = self._dependent(at, first)
            if step < 0:
                return at
            if step:
                at = step
                continue
            if people and self.person is None and self._opens_name(at, first, titled):
                return self._name(at)
            coordinated = word.text.startswith("و") and len(word.text) > 3 and self.named
            if coordinated or (self.tight and not self._explained(at, first)):
                return at
            self.named = self.named or word.definite or word.quoted
            at += 1
        return at

    def _stops(self, at: int) -> bool:
        country = look(self.words, at, country_index())
        if country is not None and country.length > 1:
            return False  # «جنوب السودان» is no direction
        return closed(self.words, at, "cut") is not None

    def _explained(self, at: int, first: int) -> bool:
        """An adjective of a definite head, or the name that an indefinite noun governs."""
        word = self.words[at]
        if bare(word.text) != word.text:
            return self.words[at - 1].definite or at == first
        return at == first and not self.named and word.quoted

    def _dependent(self, at: int, first: int) -> int:
        """Index after the dependent at ``at``; 0 where there is none, -1 where a new noun phrase is coordinated."""
        words = self.words
        known = look(words, at, actor_names())
        role = plausible(look(words, at, role_index(), articles=True))
        if role and not any(r.row.kind in (*_NOUNS, "mod") for r in role.values):
            role = None
        if known and (role is None or known.length >= role.length):
            return self._add("actor", known, actors=known.values)
        country = look(words, at, country_index())
        if country and safe_country(country) and (role is None or country.length > role.length):
            return self._add("country", country, country=country.values[0])
        if role:
            picked = self._pick(role, at)
            tied = bool(role.reading.clitic) or closed(words, at - 1, "link", "owned") is not None
            if self.tight and self.named and not (tied or role.reading.definite or picked.row.kind == "mod"):
                return -1  # «أسرت القوات جنودا»: an indefinite noun after a definite phrase is the next one
            return self._add("role", role, role=picked)
        nisba = plausible(look(words, at, nisba_index(), articles=True))
        if nisba and self._attributive(nisba, at, first):
            return self._add("nisba", nisba, nisba=nisba.values[0])
        return 0

    def _pick(self, hit: Hit[RoleForm], at: int) -> RoleForm:
        """Adjective or noun: after an indefinite noun a definite word is its owner, else it is an adjective."""
        owner = hit.reading.definite and not self.words[at - 1].definite
        adjectives = [r for r in hit.values if r.row.kind == "mod"]
        nouns = [r for r in hit.values if r.row.kind in _NOUNS and r.row.kind != "title"] or [
            r for r in hit.values if r.row.kind in _NOUNS
        ]
        return (nouns + adjectives if owner and nouns else adjectives + nouns)[0]

    def _attributive(self, hit: Hit[NisbaForm], at: int, first: int) -> bool:
        form = hit.values[0]
        if form.row.safe == "none" and not hit.reading.definite:
            return False
        # «وزير المالية»: a definite singular right after an indefinite noun is no adjective of it.
        owner = hit.reading.definite and at == first and not self.named and form.form.number == "s"
        return not (owner and not hit.reading.clitic)

    def _add(self, kind: DepKind, hit: Hit[Any], **value: object) -> int:
        if hit.reading.clitic[:1] == "و":
            return -1
        role = value.get("role")
        local = self.local or hit.reading.clitic == "ب"
        definite = hit.reading.definite or kind in ("actor", "country")
        self.deps.append(Dep(kind if not isinstance(role, RoleForm) or role.row.kind != "mod" else "mod",
                             hit.start, hit.end, local, definite, hit.reading.text, **value))  # type: ignore[arg-type]  # fmt: skip
        self.named = self.named or definite or kind == "nisba"
        return hit.end

    def _opens_name(self, at: int, first: int, titled: bool) -> bool:
        word = self.words[at]
        if word.number or (word.quoted and not titled) or len(word.key) < 2:
            return False
        if word.definite:
            return titled and at == first and at + 1 == len(self.words)
        return titled or self.named or (at > first and self.words[at - 1].definite)

    def _name(self, at: int) -> int:
        end = at
        while end < min(len(self.words), at + _NAME_WORDS):
            word = self.words[end]
            stop = word.broken or word.key == "في" or word.number
            if end > at and (
                stop
                or (word.text.startswith("و") and end + 1 < len(self.words))
                or closed(self.words, end, "cut")
            ):
                break
            end += 1
        self.person = (at, end)
        return end


def _names_one(form: RoleForm) -> bool:
    return form.row.human == "yes" and form.form.number == "s"
