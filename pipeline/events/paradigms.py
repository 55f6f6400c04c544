"""Verbs by form: every finite form that news uses, conjugated by mazini from root and pattern."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from mazini import MaziniError, conjugate

from pipeline.text.normalize import fold

Kind = Literal["verb", "masdar", "noun", "participle"]
Voice = Literal["active", "passive", "either"]
#: Persons that news uses. The second person and the imperative only make false alarms, and so does the first
#: person outside of «هاجمنا»: نصب is «to erect», not «we hit». Of many women, news says it in the singular; their
#: plural looks like other words (لجأن, لجان).
_PERSONS = {
    "past": ("3ms", "3fs", "3md", "3fd", "3mp", "1p"),
    "imperfect": ("3ms", "3fs", "3md", "3fd", "3mp"),
    "jussive": ("3ms", "3fs"),
}
_TENSES = {"past": "past", "ind": "imperfect", "sub": "imperfect", "juss": "jussive"}


@dataclass(frozen=True, slots=True)
class Form:
    """What a word form may be, in one reading.

    Attributes:
        kind: verb, masdar, noun or (active) participle.
        tense: ``past``, ``imperfect`` or ``jussive`` (a form that only the jussive has: لم يعد) for verbs, else empty.
        voice: for verbs; ``either`` where the unvocalised form is both.
        persons: mazini's codes (3ms, 3fs, 3mp …) that share the form.
    """

    kind: Kind
    tense: str = ""
    voice: Voice = "active"
    persons: frozenset[str] = frozenset()

    @property
    def plural(self) -> bool:
        """Only a plural or dual subject (سيطروا): in Arabic order the subject then stands before it or is unsaid."""
        return bool(self.persons) and self.persons <= {"3mp", "3md", "3fd", "1p"}

    @property
    def feminine(self) -> bool:
        """Only a feminine singular subject (سيطرت); non-human plurals count as such."""
        return bool(self.persons) and self.persons <= {"3fs", "3fd"} and "3fs" in self.persons

    @property
    def masculine(self) -> bool:
        """Only a masculine singular subject (سيطر، يسيطر)."""
        return bool(self.persons) and self.persons <= {"3ms", "3md"} and "3ms" in self.persons


def conjugated(root: str, pattern: str, *, reduced: bool = False) -> dict[str, list[Form]]:
    """Folded third-person forms (and the past «we») of a verb → what they are.

    Args:
        root: radicals, hamza as ء.
        pattern: the wazn's Arabic name.

    Raises:
        mazini.MaziniError: no such root or pattern.
    """
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    for slot, forms in _paradigm(root, pattern, reduced).items():
        tense, _, rest = slot.partition("_")
        voice, person = ("passive", rest[5:]) if rest.startswith("pass_") else ("active", rest)
        if tense in _TENSES and person in _PERSONS[_TENSES[tense]]:
            for form in forms:
                surface = fold(form)
                if surface.isalpha():
                    found.setdefault((surface, _TENSES[tense]), {}).setdefault(voice, set()).add(person)
    result: dict[str, list[Form]] = {}
    for (surface, tense), voices in found.items():
        if tense == "jussive" and (surface, "imperfect") in found:
            continue
        if len(voices) == 2 and voices["active"] & voices["passive"]:
            persons = voices["active"] | voices["passive"]
            result.setdefault(surface, []).append(Form("verb", tense, "either", frozenset(persons)))
        else:
            for voice, persons in voices.items():
                result.setdefault(surface, []).append(
                    Form("verb", tense, "active" if voice == "active" else "passive", frozenset(persons))
                )
    return result


def derived(root: str, pattern: str, slot: str, *, reduced: bool = False) -> tuple[str, ...]:
    """The vocalised forms of one cell of a verb's paradigm.

    Args:
        slot: mazini's name of the cell: ``vn`` (masdar), ``ap`` (active participle), ``past_3ms`` …

    Raises:
        mazini.MaziniError: no such root or pattern.
    """
    return tuple(form for form in _paradigm(root, pattern, reduced).get(slot, ()) if form != "?")


@lru_cache(maxsize=4096)
def _paradigm(root: str, pattern: str, reduced: bool) -> dict[str, tuple[str, ...]]:
    """All forms of a verb by mazini's cells. A verb takes milliseconds and is asked for by several."""
    try:
        slots = conjugate(root, pattern, reduced=reduced, passive=True).slots
    except MaziniError:  # a pattern that has no personal passive (انفعل)
        slots = conjugate(root, pattern, reduced=reduced).slots
    return {slot: tuple(form.form for form in forms) for slot, forms in slots.items()}
