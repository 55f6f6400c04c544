"""Verbs by form: every finite form that news uses, conjugated by mazini from root and pattern."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from mazini import MaziniError, conjugate

from pipeline.knowledge.conjugations import TABLE, load_conjugations
from pipeline.knowledge.load import data_path
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
    def first(self) -> bool:
        """«هاجمنا»: those who speak, whom nobody names."""
        return self.persons == {"1p"}

    @property
    def dual(self) -> bool:
        """Only two subjects (بحثا)."""
        return bool(self.persons) and self.persons <= {"3md", "3fd"}

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
    verb = _verb(root, pattern, reduced)
    return {surface: list(forms) for surface, forms in verb.forms.items()}


def derived(root: str, pattern: str, slot: str, *, reduced: bool = False) -> tuple[str, ...]:
    """The vocalised forms of one cell of a verb's paradigm.

    Args:
        slot: one of :data:`CELLS`: ``vn`` (masdar), ``ap`` (active participle), ``past_3ms`` (the citation form).

    Raises:
        mazini.MaziniError: no such root or pattern.
    """
    return _verb(root, pattern, reduced).cells[slot]


#: Cells of a paradigm that are asked for with their vowels.
CELLS = ("vn", "ap", "past_3ms")


@dataclass(frozen=True, slots=True)
class _Verb:
    """What is used of a verb's paradigm: readings by folded form, and the vocalised forms of :data:`CELLS`."""

    forms: Mapping[str, tuple[Form, ...]]
    cells: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=8192)
def _verb(root: str, pattern: str, reduced: bool) -> _Verb:
    known = _table().get(_key(root, pattern, reduced))
    return conjugate_verb(root, pattern, reduced) if known is None else _read(known)


def conjugate_verb(root: str, pattern: str, reduced: bool) -> _Verb:
    """A verb conjugated anew; milliseconds, most of them spent on forms that nobody asks for."""
    paradigm = _paradigm(root, pattern, reduced)
    cells = {slot: tuple(f for f in paradigm.get(slot, ()) if f != "?") for slot in CELLS}
    return _Verb({surface: tuple(forms) for surface, forms in _finite(paradigm).items()}, cells)


def _finite(paradigm: Mapping[str, tuple[str, ...]]) -> dict[str, list[Form]]:
    """The finite forms that news uses, folded, with their readings."""
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    for slot, forms in paradigm.items():
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


def _paradigm(root: str, pattern: str, reduced: bool) -> dict[str, tuple[str, ...]]:
    """All forms of a verb by mazini's cells."""
    try:
        slots = conjugate(root, pattern, reduced=reduced, passive=True).slots
    except MaziniError:  # a pattern that has no personal passive (انفعل)
        slots = conjugate(root, pattern, reduced=reduced).slots
    return {slot: tuple(form.form for form in forms) for slot, forms in slots.items()}


# ---- the table of verbs that were conjugated before ----------------------------------------------


def _key(root: str, pattern: str, reduced: bool) -> str:
    return f"{root}|{pattern}|{'reduced' if reduced else ''}"


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    """The verbs of the table; none where it was made by another version of mazini."""
    table = load_conjugations()
    return table["verbs"] if table["mazini"] == version("mazini") else {}


def _read(row: Mapping[str, Any]) -> _Verb:
    forms = {
        surface: tuple(
            Form("verb", tense, voice, frozenset(persons.split())) for tense, voice, persons in readings
        )
        for surface, readings in row["forms"].items()
    }
    return _Verb(forms, {slot: tuple(row["cells"][slot]) for slot in CELLS})


def write_table(verbs: Iterable[tuple[str, str, bool]]) -> Path:
    """Conjugates verbs (root, pattern, reduced) and writes the table beside the knowledge: equal input, equal bytes."""
    rows = {}
    for root, pattern, reduced in sorted(set(verbs)):
        verb = conjugate_verb(root, pattern, reduced)
        forms = {
            s: [[f.tense, f.voice, " ".join(sorted(f.persons))] for f in fs] for s, fs in verb.forms.items()
        }
        rows[_key(root, pattern, reduced)] = {"forms": forms, "cells": dict(verb.cells)}
    content = json.dumps(
        {"mazini": version("mazini"), "verbs": rows}, ensure_ascii=False, separators=(",", ":")
    )
    path = data_path(TABLE)
    path.write_bytes(gzip.compress(content.encode(), mtime=0))
    return path


def wanted(form: Form) -> tuple[str | None, str | None]:
    """Gender and number of the subject that a verb form asks for; None where it does not say."""
    if form.plural:
        return None, "p"
    if form.feminine:
        return "f", "s"
    if form.masculine:
        return "m", "s"
    return None, None
