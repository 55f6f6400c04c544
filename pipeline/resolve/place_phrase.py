"""The surface phrase of a place argument, taken apart: head words, directions, distances, names, and what holds what.

«حي الوعر غرب المدينة» is a named neighbourhood with a neighbour (غرب المدينة); «ريف حمص الشمالي» is an area around a
name; «70 موقعا في محافظتي حلب وإدلب» is vague with a container. Nothing here decides which place a name is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from pipeline.knowledge.places import Head
from pipeline.resolve.place_words import Link, Part, Target, readings, tokens_of, words

_NUMBER = re.compile(r"^\d+(?:[.,]\d+)*$")
#: Longest name in words.
_LONGEST = 6


class Names(Protocol):
    """What the parser asks of a gazetteer, by folded form."""

    def has(self, form: str, *, agree: bool = True) -> bool:
        """Is it a name? With ``agree`` it must agree with a stored one in ال."""

    def firm(self, form: str) -> bool:
        """Can the name be trusted to end there?"""


def parse(mention: str, names: Names) -> tuple[Part, ...]:
    """The parts of a place phrase, in reading order; empty when nothing in it could be a place."""
    return _Parser(tokens_of(mention), names).run()


class _Parser:
    """One pass from the right edge of one part to the next; state lives for one phrase only."""

    def __init__(self, tokens: list[str], names: Names) -> None:
        self.tokens, self.names, self.words = tokens, names, words()
        self.parts: list[Part] = []
        self._reset("first")

    def _reset(self, link: Link) -> None:
        self.link: Link = link
        self.heads: list[Head] = []
        self.bearing: float | None = None
        self.distance: float | None = None
        self.unknown: list[str] = []
        self.vague = False

    def run(self) -> tuple[Part, ...]:
        at = 0
        while at < len(self.tokens):
            at = self._step(at)
        self._flush()
        return tuple(self.parts)

    def _step(self, at: int) -> int:
        steps = (
            self._distance,
            self._name,
            self._relation,
            self._direction,
            self._head,
            self._class,
            self._adjective,
        )
        for step in steps:
            end = step(at)
            if end > at:
                return end
        self._take_unknown(self.tokens[at])
        return at + 1

    # What can stand at a position. Each returns the position after what it took, or the same position.

    def _distance(self, at: int) -> int:
        """«على بعد حوالي 40 كيلومترا (من)», «50 كلم»."""
        tokens, start = self.tokens, at
        while at < len(tokens) and tokens[at] in self.words.distance:
            at += 1
        value, units_at = self._number(at)
        if value is None:
            return start
        for count in (2, 1):
            unit = self.words.units.get(" ".join(tokens[units_at : units_at + count]))
            if unit is not None:
                # A distance after a place opens the phrase that locates it.
                self._flush("near")
                self.distance = round(value * unit, 3)
                end = units_at + count
                while end < len(tokens) and tokens[end] in ("من", "عن", "الي"):
                    end += 1
                return end
        return start

    def _number(self, at: int) -> tuple[float | None, int]:
        tokens = self.tokens
        total, end = 0.0, at
        if at < len(tokens) and _NUMBER.match(tokens[at]):
            digits = tokens[at]
            digits = (
                digits.replace(",", "")
                if re.fullmatch(r"\d{1,3}(,\d{3})+", digits)
                else digits.replace(",", ".")
            )
            return (float(digits), at + 1) if digits.count(".") <= 1 else (None, at)
        while end < len(tokens):
            value = self.words.numbers.get(tokens[end], self.words.numbers.get(tokens[end].removeprefix("و")))
            if value is None:
                break
            total, end = total + value, end + 1
        if end > at:
            # «كيلومترين» is number and unit at once.
            return total, end - 1 if tokens[end - 1] in self.words.units else end
        return None, at

    def _name(self, at: int) -> int:
        headed = bool(self.heads) and self.heads[-1].role == "named" and not self.unknown and not self.vague
        for prefix, first in readings(self.tokens[at]):
            for count in range(min(_LONGEST, len(self.tokens) - at), 0, -1):
                form = " ".join([first, *self.tokens[at + 1 : at + count]])
                doubtful = count == 1 and (len(form) < 2 or self.words.common(form))
                if doubtful and not self._name_all_the_same(form, headed, at):
                    continue
                # «مدينة رستن» is الرستن, but «مدينة جديدة» is no الجديدة.
                agree = not (headed and self.names.firm(form))
                if self.names.has(form, agree=agree) and not self._goes_on(form, at, count):
                    self._prefix(prefix)
                    self._add("name", form)
                    return at + count
        return at

    def _name_all_the_same(self, form: str, headed: bool, at: int) -> bool:
        """Is a place word a name here: after a head («ولاية الجزيرة»), or a well-known one («الإمارات»)?"""
        w = self.words
        if not headed:
            if at and form.removeprefix("ال") in w.demonyms and self.tokens[at - 1].startswith("ال"):
                # «العاصمة السعودية» is an adjective.
                return False
            closed = w.back | w.generic | w.adjectives | w.directions.keys() | w.heads.keys()
            return form.startswith("ال") and form not in closed and self.names.firm(form)
        if form in w.back:
            return self.heads[-1].kinds[0] in ("admin1", "admin2", "region")
        return form not in w.heads and form not in w.adjectives

    def _goes_on(self, form: str, at: int, count: int) -> bool:
        """«قرية تل شور»: a doubtful name before a bare word that is no place word is the start of an unknown one."""
        following = self.tokens[at + count] if at + count < len(self.tokens) else ""
        if count > 1 or not self.heads or not following or following.startswith(("ال", "و", "ب", "ل")):
            return False
        return (
            not self.words.common(following)
            and following not in self.words.skipped
            and not self.names.firm(form)
        )

    def _relation(self, at: int) -> int:
        for count in (4, 3, 2, 1):
            form = " ".join(self.tokens[at : at + count])
            if len(form.split()) < count:
                continue
            bare = form.removeprefix("و")
            near = form in self.words.connecting or bare in self.words.connecting
            if near or form in self.words.containing or (count > 1 and bare in self.words.containing):
                # «مقر في», «قرى من»: a head without a name is vague; «وسط مدينة» is a head, not a preposition.
                if count == 1 and form in self.words.heads and not self.parts and not self.unknown:
                    continue
                self._flush("near" if near else "in")
                return at + count
        return at

    def _direction(self, at: int) -> int:
        for prefix, first in readings(self.tokens[at]):
            for count in (2, 1):
                form = " ".join([first, *self.tokens[at + 1 : at + count]])
                if form not in self.words.directions or len(form.split()) < count:
                    continue
                self._take_direction(self.words.directions[form], form.startswith("ال"), prefix)
                return at + count
        return at

    def _take_direction(self, bearing: float, definite: bool, prefix: str) -> None:
        """«ريف حمص الشمالي»: a definite direction belongs to what stands before it; another opens a phrase."""
        last = self.parts[-1] if self.parts else None
        open_parts = bool(self.heads or self.unknown)
        if definite and last is not None and last.bearing is None and not open_parts and not prefix:
            self.parts[-1] = replace(last, bearing=bearing)
            return
        if not (definite and prefix and (self.heads or self.vague)):
            self._prefix(prefix)
        if not definite and (self.unknown or self.vague or self._bare_head()):
            self._flush("near")
        elif not definite and last is not None and self.link == "first":
            self.link = "near"
        # «الأحياء الشمالية والغربية» has no one bearing.
        self.bearing = None if self.bearing is not None and prefix else bearing

    def _head(self, at: int) -> int:
        for prefix, first in readings(self.tokens[at]):
            for count in (2, 1):
                form = " ".join([first, *self.tokens[at + 1 : at + count]])
                if len(form.split()) < count:
                    continue
                definite = form.startswith("ال")
                head = self.words.heads.get(form) or (self.words.heads.get(form[2:]) if definite else None)
                if head is None or form in self.words.back:
                    continue
                self._prefix(prefix)
                if self.unknown:
                    if head.role in ("named", "area", "edge", "border", "road"):
                        self._flush("apposition")
                    else:
                        return at
                self.vague = self.vague or definite or form in self.words.generic
                self.heads.append(head)
                return at + count
        return at

    def _class(self, at: int) -> int:
        w, token = self.words, self.tokens[at]
        for prefix, form in readings(token):
            if form in w.back and not self.unknown:
                self._prefix(prefix)
                self._add("back", form)
            elif form in w.quantifiers or form in w.generic or _NUMBER.match(form):
                self._prefix(prefix)
                self.vague = True
            else:
                continue
            return at + 1
        return at

    def _adjective(self, at: int) -> int:
        token = self.tokens[at]
        open_noun = bool(self.heads) or self.vague
        stands = token.startswith("ال") or open_noun
        country = self.words.demonyms.get(token.removeprefix("ال")) if stands else None
        if country is not None:
            if self.unknown:
                self._flush("apposition")
            if self.parts and not self.heads and not self.vague and self.bearing is None:
                self.parts[-1] = replace(self.parts[-1], countries=(*self.parts[-1].countries, country))
            else:
                self._add("country", country)
            return at + 1
        if token in self.words.adjectives and (self.parts or open_noun) and not self.unknown:
            # «مدينة صغيرة» names nothing.
            self.vague = self.vague or bool(self.heads)
            return at + 1
        return at

    def _prefix(self, prefix: str) -> None:
        if prefix.endswith(("ب", "ل")):
            self._flush("in")
        elif prefix and (self.parts or self.unknown) and self.link == "first" and not self.heads:
            self._flush("and")

    def _take_unknown(self, token: str) -> None:
        if token in self.words.skipped:
            return
        if self.parts and not self.heads and not self.vague and self.bearing is None and self.link == "first":
            # Words after a complete place are its apposition or its relative clause: they locate nothing.
            return
        self.unknown.append(token)

    def _add(self, target: Target, text: str) -> None:
        link = self.link
        if self.unknown:
            self._flush("apposition")
            link = "apposition"
        elif link == "first" and self.parts:
            link = "apposition"
        self.parts.append(Part(target, text, tuple(self.heads), self.bearing, self.distance, (), link))
        self._reset("first")

    def _flush(self, link: Link = "first") -> None:
        """Closes what is open: unknown words, a head without a name, a vague noun."""
        if self.unknown or self.vague or self._bare_head():
            target: Target = "unknown" if self.unknown else "vague"
            opened: Link = "and" if self.link == "first" and self.parts else self.link
            text = " ".join(self.unknown)
            self.parts.append(Part(target, text, tuple(self.heads), self.bearing, self.distance, (), opened))
        else:
            # A direction, a distance or «وسط» goes on to the name that follows («شمال من حمص», «وسط مدينة»).
            heads, bearing, distance = self.heads, self.bearing, self.distance
            kept: Link = self.link if self.link == "near" else link
            self._reset(kept)
            self.heads, self.bearing, self.distance = heads, bearing, distance
            return
        self._reset(link)

    def _bare_head(self) -> bool:
        return (
            bool(self.heads)
            and self.heads[-1].role in ("named", "site", "institution")
            and self.bearing is None
        )
